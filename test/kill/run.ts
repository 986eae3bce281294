import { parseArgs } from 'node:util'
import { isExactlyOnce } from '../journey/books.ts'
import { drill } from './drill.ts'

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200' }, kills: { type: 'string', default: '50' } },
})
const postgres = process.env.TEST_DATABASE_URL
const end = await drill({
  requests: Number(values.requests),
  kills: Number(values.kills),
  random: Math.random,
  say: (line) => process.stdout.write(`  ${line}\n`),
  ...(postgres && { postgres }),
})
process.stdout.write(`${JSON.stringify(end, null, 2)}\n`)
const sound = end.answered === end.acknowledged && isExactlyOnce(end.effects) && end.evidence.failed === 0
process.exitCode = sound ? 0 : 1
