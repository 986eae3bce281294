import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { playConformance } from './play.ts'
import { line, summary } from './report.ts'
import { readKeys, readSubjects } from './subjects.ts'

const usage = `npm run conformance -- --origin <where your registry listens> --key <your public JWK> --code <your code>
  --subjects <subjects.json> [--gateway-port 9180] [--gateway-id writ.local] [--patience 30] [--json]
Before: tell your registry that the gateway is http://127.0.0.1:9180 and calls itself writ.local, and start it.`

const { values } = parseArgs({
  options: {
    origin: { type: 'string' },
    key: { type: 'string' },
    code: { type: 'string' },
    subjects: { type: 'string' },
    'gateway-port': { type: 'string', default: '9180' },
    'gateway-id': { type: 'string', default: 'writ.local' },
    patience: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
})

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

async function run(): Promise<boolean> {
  const { origin, key, code, subjects } = values
  if (!origin || !key || !code || !subjects) throw new Error(usage)
  const options = {
    origin: origin.replace(/\/$/, ''),
    code,
    keys: readKeys(readJson(key)),
    subjects: readSubjects(readJson(subjects)),
    gateway: { port: Number(values['gateway-port']), id: values['gateway-id'] },
    patienceMs: Number(values.patience) * 1000,
    kills: true,
  }
  const out = values.json ? process.stderr : process.stdout
  const report = await playConformance(options, (result) => out.write(`${line(result, out.isTTY === true)}\n`))
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : summary(report))
  return report.conforms
}

try {
  process.exitCode = (await run()) ? 0 : 1
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  // A line that was opened before something else broke must not keep the process.
  process.exit(2)
}
