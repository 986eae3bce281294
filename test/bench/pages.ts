import { parseArgs } from 'node:util'
import { signInAs } from '../console/browse.ts'
import { openConsole } from '../console/open-console.ts'
import { openCase, read, submitted } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { fill } from './fill.ts'

/**
 * How long the server takes for each page at the volume of years, and how heavy a first view is: on the PostgreSQL of
 * TEST_DATABASE_URL, with rows that `fill.ts` makes. Prints the median and the slowest of some runs in milliseconds; ends
 * with 1 where a page passes its bound. Timings hold for the machine and the day.
 */
const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '9' },
  },
})
if (!process.env.TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL names the PostgreSQL to fill')
const bound = { ms: 200, bytes: 100_000 }

const site = await openConsole()
const url = site.opened.url ?? ''
const people = {
  lin: personWith('bench-lin', '林书远', ['officer', 'approver'], binhai),
  mei: personWith('bench-mei', '梅清和', ['auditor'], binhai),
  wen: personWith('bench-wen', '温秀兰', ['registrar'], binhai),
  an: personWith('bench-an', '安立诚', ['security-administrator']),
  xiao: personWith('bench-xiao', '萧维新', ['system-administrator']),
}
for (const person of Object.values(people)) {
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
}
const begun = Date.now()
const volume = { entries: Number(values.entries), requests: Number(values.requests) }
await fill(
  url,
  volume,
  binhai,
  [people.lin.id, people.mei.id, 'bench-other'],
  ['land-120116', 'house-120116', '313110000092'],
)
process.stdout.write(
  `filled ${volume.entries} entries and ${volume.requests} requests in ${Math.round((Date.now() - begun) / 1000)} s\n`,
)

// What stands at the head of every list is real, and opens.
const file = await openCase(site)
const inquiries: string[] = []
for (let at = 0; at < 20; at += 1) {
  const again = { ...file.inquiry, purposeOf: undefined }
  const { id } = await read<{ id: string }>(await submitted(site, again), 202)
  inquiries.push(id)
}
const [request] = inquiries
const [exchange] = await site.gateway.reads.exchangesOf(request ?? '')
const [entry] = await site.gateway.reads.entries({ caseId: file.id, limit: 1 })

const pages: Readonly<Record<keyof typeof people, readonly string[]>> = {
  lin: [
    '/',
    `/cases/${file.id}`,
    `/cases/${file.id}/timeline`,
    `/cases/${file.id}/inquiry`,
    `/cases/${file.id}/measures`,
    `/requests/${request}`,
    '/renewals',
    '/tasks',
    '/drafts',
    '/batches',
    `/find?number=${encodeURIComponent(file.number)}`,
  ],
  mei: [
    '/audit',
    `/audit?case=${encodeURIComponent(file.number)}`,
    `/audit?court=${encodeURIComponent(binhai)}&from=2026-01-01`,
    `/audit?person=${people.lin.id}`,
    `/audit/entries/${entry?.id}`,
    `/audit/exchanges/${exchange?.delivery.id}`,
    '/audit/reveals',
    '/audit/statistics',
    '/audit/anomalies',
    '/audit/samples',
    '/audit/searches',
  ],
  wen: ['/'],
  an: ['/admin', '/admin/people'],
  xiao: ['/admin', '/admin/registries', '/admin/health'],
}

type Told = {
  readonly page: string
  readonly median: number
  readonly slowest: number
  readonly bytes: number
  readonly status: number
}
const told: Told[] = []
const style = (await (await site.app.request('/console.css')).text()).length
for (const [who, paths] of Object.entries(pages) as [keyof typeof people, readonly string[]][]) {
  const visitor = site.visitor()
  await signInAs(visitor, people[who].username, chosen)
  for (const path of paths) {
    const spans: number[] = []
    let bytes = 0
    let status = 0
    for (let run = 0; run <= Number(values.runs); run += 1) {
      const from = performance.now()
      const shown = await visitor.get(path)
      // The first one warms what a running gateway has warm.
      if (run > 0) spans.push(performance.now() - from)
      bytes = Buffer.byteLength(shown.text) + style
      status = shown.status
    }
    spans.sort((one, other) => one - other)
    const [median, slowest] = [spans[Math.floor(spans.length / 2)] ?? 0, spans.at(-1) ?? 0]
    const one = { page: `${who} ${path}`, median: Math.round(median), slowest: Math.round(slowest), bytes, status }
    told.push(one)
    process.stdout.write(
      `${String(one.median).padStart(6)} ms ${String(one.slowest).padStart(6)} ms ${String(Math.round(bytes / 1000)).padStart(5)} kB  ${status}  ${one.page}\n`,
    )
  }
}
await site.close()
const over = told.filter(({ median, bytes }) => median > bound.ms || bytes > bound.bytes)
process.stdout.write(`${JSON.stringify({ volume, pages: told.length, over })}\n`)
process.exitCode = over.length > 0 ? 1 : 0
