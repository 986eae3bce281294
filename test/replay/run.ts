import { parseArgs } from 'node:util'
import { replayDrill } from './drill.ts'

const { values } = parseArgs({ options: { replays: { type: 'string', default: '10000' } } })
const replays = Number(values.replays)
let isSound = true
for (const rateScale of [1, 1000]) {
  process.stdout.write(`  限额倍数 limits × ${rateScale}\n`)
  const end = await replayDrill({ replays, atOnce: 32, rateScale })
  process.stdout.write(`${JSON.stringify(end, null, 2)}\n`)
  const refused = (end.answers['401 client-assertion-replayed'] ?? 0) + (end.answers['429 rate-limited'] ?? 0)
  isSound &&= refused === replays && end.others.failed.length === 0 && end.others.calls > 0
}
process.exitCode = isSound ? 0 : 1
