import { parseArgs } from 'node:util'
import { rotationDrill } from './drill.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } })
const postgres = process.env.TEST_DATABASE_URL
const end = await rotationDrill({
  rounds: Number(values.rounds),
  pauseMs: 1200,
  restMs: 100,
  say: (line) => process.stdout.write(`  ${line}\n`),
  ...(postgres && { postgres }),
})
process.stdout.write(`${JSON.stringify(end, null, 2)}\n`)
const { failed, unanswered, quarantined, evidence } = end
const isSound = failed.length + unanswered + quarantined + evidence.before + evidence.during === 0
process.exitCode = isSound ? 0 : 1
