import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { courtsOf } from '../../domain/authority.ts'
import { courts } from '../../domain/court.ts'
import type { Person } from '../../domain/person.ts'
import { packLayout } from '../../evidence/pack.ts'
import { exportBundle } from '../../gateway/export-bundle.ts'
import { reveal } from '../../gateway/reveal.ts'
import { askedOfLog, entryAt, exchangeAt } from '../../http/audit/asked.ts'
import { figuresAsked } from '../../http/audit/figures.ts'
import { revealsAsked } from '../../http/audit/reveals.ts'
import { seen } from '../../http/audit/seen.ts'
import { viewEntry, viewExchange } from '../../http/audit/views.ts'
import { given, reason } from '../../http/fields.ts'
import { found, granted, Refused } from '../../http/problem.ts'
import { deliveryAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { bytesPage } from './bytes-page.ts'
import { entryPage } from './entry-page.ts'
import { exchangePage } from './exchange-page.ts'
import { askedBy, readFigureDays, readFilters, readRevealDays } from './filters.ts'
import { logPage, logTrouble, type Named } from './log-page.ts'
import { revealsPage } from './reveals-page.ts'
import { checkEntryScript } from './scripts/check-entry.ts'
import { logProofScript } from './scripts/log-proof.ts'
import { statisticsPage } from './statistics-page.ts'

/** A reason that is none comes back to the page that asked for it. */
const reasonForm = z.object({ reason: z.string().max(500).default('') })

/** What was done before anything left, however often it was looked at since. */
const stepKinds = ['request.submitted', 'request.approved', 'request.returned', 'delivery.created'] as const

/** How long an export waits for the log to cover what it takes along. */
const proofWaitMs = 5000

/** The auditor's log. Every page is the deed of the audit API, shows what that shows, and is itself an entry. */
export function auditPages(pages: Hono, { gateway, registries, people, log }: ConsoleParts, open: DeskDoor): void {
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const registryNames = async () => new Map((await registries.all()).map(({ code, name }) => [code as string, name]))
  const courtsFor = (person: Person) => {
    const mine = courtsOf(person, 'audit.read')
    return courts.map(({ code }) => code).filter((code) => mine?.includes(code) ?? true)
  }

  /** Staff and cases by their ids: an auditor reads who did what, and parties stand nowhere here. */
  const namedIn = async (
    entries: readonly { person?: string | undefined; caseId?: string | undefined }[],
  ): Promise<Named> => {
    const ids = [...new Set(entries.flatMap(({ person }) => person ?? []))]
    const found = await Promise.all(ids.map((id) => people.byId(id, gateway.clock())))
    const files = await reads.casesWith([...new Set(entries.flatMap(({ caseId }) => caseId ?? []))])
    return {
      people: new Map(found.flatMap((person) => (person ? [[person.id, person.name]] : []))),
      cases: new Map(files.map(({ id, number }) => [id, number])),
      registries: await registryNames(),
    }
  }

  pages.get(
    '/audit',
    open('audit.read', async (c, at) => {
      const choices = { courts: courtsFor(at.person), registries: await registryNames() }
      const filters = readFilters(c.req.query(), gateway.clock())
      if (!filters) return c.html(logTrouble('wrong', choices, at), 422)
      const asked = await unlessUnknown(askedOfLog(gateway, at, askedBy(filters)))
      if (!asked) return c.html(logTrouble('unknown', choices, at), 404)
      const { after: _, limit: __, ...all } = asked.filter
      const [entries, counts] = await seen(gateway, at.person, asked.about, async () => [
        await reads.entries(asked.filter),
        await reads.entriesByDay(all),
      ])
      return c.html(logPage({ ...(await namedIn(entries)), ...choices, filters, entries, counts }, at))
    }),
  )

  pages.get(
    '/audit/statistics',
    open('audit.read', async (c, at) => {
      const choices = { courts: courtsFor(at.person), registries: await registryNames() }
      const asked = readFigureDays(c.req.query(), gateway.clock())
      if (!asked) return c.html(logTrouble('wrong', choices, at), 422)
      const figures = await figuresAsked(gateway, at.person, asked)
      return c.html(statisticsPage({ ...choices, asked, figures }, at))
    }),
  )

  pages.get(
    '/audit/reveals',
    open('audit.read', async (c, at) => {
      const asked = readRevealDays(c.req.query())
      const choices = { courts: courtsFor(at.person), registries: await registryNames() }
      if (!asked) return c.html(logTrouble('wrong', choices, at), 422)
      const told = await unlessUnknown(revealsAsked(gateway, at, askedBy(asked)))
      if (!told) return c.html(logTrouble('unknown', choices, at), 404)
      const { counts, reveals } = told
      return c.html(revealsPage({ ...(await namedIn([...reveals, ...counts])), asked, counts, reveals }, at))
    }),
  )

  pages.get(
    '/audit/entries/:id',
    open('audit.read', async (c, at) => {
      const entry = await entryAt(gateway, at, idOf(c))
      const named = await seen(gateway, at.person, given({ caseId: entry.caseId }), () => namedIn([entry]))
      return c.html(entryPage(entry, named, at))
    }),
  )

  pages.get(
    '/audit/entries/:id/proof',
    open('audit.read', async (c, at) => {
      const { id, caseId } = await entryAt(gateway, at, idOf(c))
      const proved = await seen(gateway, at.person, given({ caseId }), () => log.prove(id, proofWaitMs))
      const { proof } = found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet')
      return c.body(proof, 200, attachment('text/plain; charset=utf-8', `${id}.tlog-proof`))
    }),
  )

  const exchange = async (at: AtDesk, id: string, isShort?: true) => {
    const { row, view } = await exchangeAt(gateway, at, id)
    const steps = await reads.entries({ request: row.request, kinds: stepKinds, limit: 200 })
    const own = steps.filter(({ delivery }) => delivery === undefined || delivery === id).map(viewEntry)
    const around = [...new Map([...own, ...view.entries].map((entry) => [entry.id, entry])).values()]
    around.sort((one, other) => (one.id < other.id ? -1 : 1))
    const named = await namedIn(around)
    const number = named.cases.get(row.caseId) ?? ''
    return exchangePage({ ...named, view, measure: row.measure, case: number, around, ...(isShort && { isShort }) }, at)
  }

  pages.get(
    '/audit/exchanges/:id',
    open('audit.read', async (c, at) => c.html(await exchange(at, idOf(c)))),
  )

  pages.post(
    '/audit/exchanges/:id/bytes',
    open('audit.reveal', async (c, at) => {
      const asked = reason.safeParse((await formOf(c, at.who.token, reasonForm)).reason)
      const { row, file } = await deliveryAt(gateway, at, idOf(c))
      if (!asked.success) return c.html(await exchange(at, row.id, true), 422)
      const what = { what: 'exchange', which: row.id, reason: asked.data } as const
      const { revealed, entry } = granted(await reveal(gateway, at.person, 'audit.reveal', file, what))
      const plain = revealed.what === 'exchange' ? revealed.exchange : undefined
      return c.html(bytesPage(viewExchange(found(plain), [], gateway), entry, at))
    }),
  )

  pages.post(
    '/audit/exchanges/:id/evidence',
    open('bundle.export', async (c, at) => {
      const asked = reason.safeParse((await formOf(c, at.who.token, reasonForm)).reason)
      const { row } = await deliveryAt(gateway, at, idOf(c))
      if (!asked.success) return c.html(await exchange(at, row.id, true), 422)
      const why = { reason: asked.data, exporter: at.mark, waitMs: proofWaitMs }
      const { layout, entry } = granted(await exportBundle(gateway, log, at.person, row, why))
      const bundle = JSON.stringify({ ...packLayout(layout), viewer: at.mark, entry })
      return c.body(bundle, 200, attachment('application/json', `${row.id}.bundle.json`))
    }),
  )

  for (const [path, script] of [
    ['/check-entry.js', checkEntryScript],
    ['/log-proof.js', logProofScript],
  ] as const)
    pages.get(path, (c) =>
      c.body(script, 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': 'public, max-age=3600',
      }),
    )
}

function attachment(mediaType: string, name: string): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  }
}

/** A case that is not there, or out of reach, is one answer; the page it was asked on says so. */
async function unlessUnknown<T>(asking: Promise<T>): Promise<T | undefined> {
  return asking.catch((cause: unknown) => {
    if (cause instanceof Refused && cause.code === 'case-unknown') return undefined
    throw cause
  })
}
