import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import type { Deed } from '../../src/domain/authority.ts'
import { needOf } from '../../src/domain/authority.ts'
import type { Person } from '../../src/domain/person.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { Role } from '../../src/domain/role.ts'
import { startBatch } from '../../src/gateway/batches/start.ts'
import { keepAnomalies } from '../../src/gateway/keep-anomalies.ts'
import { askSearch, decideSearch } from '../../src/gateway/search-subject.ts'
import { signInAs } from '../console/browse.ts'
import { consoleOn, openConsole } from '../console/open-console.ts'
import { recipesOn } from '../console/recipes.ts'
import { openCase, read, submitted } from '../http/case.ts'
import { villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { keptTemplate } from '../support/database.ts'
import { personWith, seat } from '../support/people.ts'
import { fill, type Run } from './fill.ts'

/**
 * How long the server takes for each page at the volume of years, and how heavy a first view is: on the PostgreSQL of
 * TEST_DATABASE_URL, or on the embedded engine, with rows that `fill.ts` makes. A filled PostgreSQL is kept for the day and
 * copied by the next run. `--only` takes the pages whose path has a text in it. Prints the median and the slowest of some
 * runs in milliseconds; ends with 1 where a page passes its bound. Timings hold for the machine and the day.
 */
const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '9' },
    only: { type: 'string', default: '' },
  },
})
const bound = { ms: 200, bytes: 100_000 }
const volume = { entries: Number(values.entries), requests: Number(values.requests) }
const sought = { idType: 'id-card' as const, idNumber: '120116198503120013' }
const idOf = (at: number) => `01900000-0000-7000-8000-00000000000${at}`
const people = {
  lin: { ...personWith('bench-lin', '林书远', ['officer', 'approver'], binhai), id: idOf(1) },
  mei: { ...personWith('bench-mei', '梅清和', ['auditor'], binhai), id: idOf(2) },
  wen: { ...personWith('bench-wen', '温秀兰', ['registrar'], binhai), id: idOf(3) },
  an: { ...personWith('bench-an', '安立诚', ['security-administrator']), id: idOf(4) },
  xiao: { ...personWith('bench-xiao', '萧维新', ['system-administrator']), id: idOf(5) },
  shen: { ...personWith('bench-shen', '沈鉴明', ['audit-administrator']), id: idOf(6) },
  ding: clerkOf({ ...personWith('bench-ding', '丁守业', ['registry-clerk']), id: idOf(7) }),
}

/** A registry's clerk holds the role for one registry. */
function clerkOf(person: Person): Person {
  return { ...person, holds: person.holds.map((held) => ({ ...held, registry: villageBank })) }
}

/** Says how long something took that no page waits for. */
async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const begun = Date.now()
  await work()
  process.stdout.write(`${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s\n`)
}

const filled = (run: Run) =>
  timed(`${volume.entries} entries and ${volume.requests} requests filled in`, () =>
    fill(run, volume, binhai, [people.lin.id, people.mei.id, idOf(9)], ['land-120116', 'house-120116', '313110000092']),
  )

const server = process.env.TEST_DATABASE_URL
if (server)
  process.env.TEST_DATABASE_TEMPLATE = await keptTemplate(
    server,
    `${volume.entries}_${volume.requests}`,
    async (url) => {
      const client = postgres(url, { max: 1, onnotice: () => {} })
      await filled((statement) => client.unsafe(statement))
      await client.end()
    },
  )
const site = await openConsole()
if (!server) await filled((statement) => site.opened.database.queries.execute(sql.raw(statement)))
for (const person of Object.values(people)) {
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
}

await timed('days counted', async () => {
  while ((await site.opened.countDays()) > 0);
})

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

/** Files to keep, and what is answered of those that a recipe's people made for themselves alone. */
const noPage =
  /:sha256$|version$|\/(?:proof|export|template(?:\.xlsx)?|population)$|^\/proofs\/|^\/batches\/:id|^\/audit\/searches\/:id|:code\/conformance/

// One search that was agreed to, and a batch of two thousand rows.
const asked = await askSearch(site.gateway, people.mei, { ...sought, reason: '核对请求原文与裁定' })
const search = isRefusal(asked) ? '' : asked.id
await decideSearch(site.gateway, people.shen, search, 'allowed')
const { basis, officers, contact } = file.inquiry
const terms = { statute: basis.statute, purpose: basis.purpose, officers, contact }
const asking = { registries: ['land-120116'], kinds: [], measure: '' }
const row = { row: 1, case: file.number, subject: file.party, ...asking }
const once = { client: people.lin.id, key: 'bench-batch', digest: 'bench' }
const started = await startBatch(site.gateway, people.lin, { terms, rows: [row], again: true }, once)
const batch = 'id' in started ? started.id : ''
await site.opened.database.queries.execute(
  sql.raw(`insert into batch_row (shard, batch, row, case_id, party, registries, kinds, documents, state, request, done_at)
    select shard, batch, row + i, case_id, party, registries, kinds, documents, 'submitted', '${request}', now()
    from batch_row, generate_series(1, 1999) i where batch = '${batch}'`),
)
await site.opened.database.queries.execute(sql.raw(`update batch set rows = 2000 where id = '${batch}'`))

/** Every page that is for a deed, on a case that has something of everything, as the first of these people who may. */
const recipes = await recipesOn(site)
const link = await read<{ url: string }>(
  await site.call('officerLin', 'POST', `/v1/cases/${file.id}/progress-links`, {}),
  201,
)
function everyPageOf(who: keyof typeof people): readonly string[] {
  const holding = (deed: Deed) => {
    const need = needOf(deed)
    return Object.entries(people).find(([, { holds }]) => holds.some(({ role }) => need[role as Role]))?.[0]
  }
  return consoleOn(site).routes.flatMap(({ method, path, handler }) => {
    const { opens } = handler as { opens?: Deed }
    const recipe = recipes[`${method} ${path}`]
    return method === 'GET' && opens && recipe && !noPage.test(path) && holding(opens) === who ? [recipe.path] : []
  })
}

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
    `/batches/${batch}`,
    `/batches/${batch}?after=1000`,
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
    '/audit/anomalies?kind=reveal-without-act',
    '/audit/anomalies?kind=instant-approval&fresh=1',
    '/audit/samples',
    '/audit/searches',
    `/audit/searches/${search}`,
  ],
  wen: ['/', new URL(link.url, 'http://writ').pathname],
  an: ['/admin', '/admin/consents?waiting=no', '/account'],
  xiao: ['/admin', '/portal/land-120116'],
  shen: ['/admin'],
  ding: ['/clerk'],
}

await timed('anomalies looked for', () => keepAnomalies({ ...site.gateway, people: site.opened.people }))

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
  // One of what the list leads to, found anew each time.
  const [, found] = /href="(\/audit\/anomalies\/[^"]+)"/.exec((await visitor.get('/audit/anomalies')).text) ?? []
  const all = [...new Set([...paths, ...everyPageOf(who), ...(found ? [found.replaceAll('&amp;', '&')] : [])])]
  for (const path of all.filter((one) => `${who} ${one}`.includes(values.only))) {
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
