import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '70000' },
    calls: { type: 'string', default: '25000' },
    connections: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
  },
})
process.stdout.write(`  seed ${values.seed}\n`)
const amount = {
  messages: Number(values.messages),
  calls: Number(values.calls),
  connections: Number(values.connections),
}
const { inputs, grownMiB, faults } = await fuzz(amount, Number(values.seed), (line) =>
  process.stdout.write(`  ${line}\n`),
)
process.stdout.write(`${JSON.stringify({ inputs, grownMiB, faults })}\n`)
process.exitCode = faults === 0 && grownMiB < 1024 ? 0 : 1
