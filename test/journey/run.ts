import { parseArgs, styleText } from 'node:util'
import { formatBeijing } from '../../src/domain/beijing-date.ts'
import { type JourneyEnd, playJourney, type Telling } from './play.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
})
const onTerminal = process.stdout.isTTY === true && !values.json
const paint = (style: 'green' | 'dim' | 'bold' | 'red', text: string): string =>
  onTerminal ? styleText(style, text) : text
const began = Date.now()
const since = (): string => `${((Date.now() - began) / 1000).toFixed(1)} s`.padStart(8)

const tell: Telling = ({ kind, text }) => {
  const out = values.json ? process.stderr : process.stdout
  if (kind === 'begins') out.write(`${paint('dim', since())}  ${paint('bold', text)}\n`)
  else out.write(`${' '.repeat(10)}${paint('green', '✓')} ${text}\n`)
}

function print(end: JourneyEnd): void {
  process.stdout.write(`\n  时间线 timeline (北京时间)\n`)
  for (const { at, text } of end.timeline)
    process.stdout.write(`    ${formatBeijing(new Date(at)).slice(11)}  ${text}\n`)
  process.stdout.write(`\n  查控请求单 deliveries\n`)
  for (const { registry, measure, states, grade } of end.deliveries)
    process.stdout.write(`    ${registry.padEnd(14)}${measure.padEnd(9)}${grade}  ${states.join(' → ')}\n`)
  for (const reference of [...end.effects.lost, ...end.effects.doubled, ...end.effects.unordered])
    process.stdout.write(`    ${paint('red', '✗')} ${reference} 未恰好办理一次 did not take effect exactly once\n`)
  process.stdout.write(`\n  ${end.ok ? paint('green', '全程无误 all is well') : paint('red', '有误 not well')}\n`)
}

try {
  const postgres = process.env.TEST_DATABASE_URL
  const end = await playJourney({ ...(postgres && { postgres }), keepFiles: values.keep }, tell)
  if (values.json) process.stdout.write(`${JSON.stringify(end)}\n`)
  else print(end)
  process.exitCode = end.ok ? 0 : 1
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`)
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ deliveries: [], evidence: { entries: 0, verified: 0, failed: 0 }, ok: false })}\n`,
    )
  process.exitCode = 1
}
