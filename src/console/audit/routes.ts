import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { packLayout } from '../../evidence/pack.ts'
import { exportBundle } from '../../gateway/export-bundle.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import type { DeliveryRow } from '../../gateway/ports/rows.ts'
import { reveal } from '../../gateway/reveal.ts'
import { attachment } from '../../http/attachment.ts'
import { entryAt } from '../../http/audit/asked.ts'
import { figuresAsked } from '../../http/audit/figures.ts'
import { revealsAsked } from '../../http/audit/reveals.ts'
import { seen, viewOf } from '../../http/audit/seen.ts'
import { viewExchange } from '../../http/audit/views.ts'
import { given, reason } from '../../http/fields.ts'
import { found, granted } from '../../http/problem.ts'
import { deliveryAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { anomalyPages } from './anomaly-routes.ts'
import { bytesPage } from './bytes-page.ts'
import { entryPage } from './entry-page.ts'
import { exchangePage } from './exchange-page.ts'
import { askedBy, readFigureDays, readRevealDays } from './filters.ts'
import { logTrouble } from './log-page.ts'
import { logPages, unlessUnknown } from './log-routes.ts'
import { namesOf } from './names.ts'
import { countsOnAPage, revealsPage } from './reveals-page.ts'
import { samplePages } from './sample-routes.ts'
import { checkEntryScript } from './scripts/check-entry.ts'
import { logProofScript } from './scripts/log-proof.ts'
import { searchPages } from './search-routes.ts'
import { statisticsPage } from './statistics-page.ts'

/** A reason that is none comes back to the page that asked for it. */
const reasonForm = z.object({ reason: z.string().max(500).default('') })

/** How long an export waits for the log to cover what it takes along. */
const proofWaitMs = 5000

/** The auditor's log. Every page is the deed of the audit API, shows what that shows, and is itself an entry. */
export function auditPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, log } = parts
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const { namedIn, registryNames, courtsFor, exchangeShown } = namesOf(parts)
  logPages(pages, parts, open)
  anomalyPages(pages, parts, open)
  samplePages(pages, parts, open)
  searchPages(pages, parts, open)

  pages.get(
    '/audit/statistics',
    open('audit.read', async (c, at) => {
      const choices = { courts: courtsFor(at.person), registries: await registryNames() }
      const asked = readFigureDays(c.req.query(), gateway.clock())
      if (!asked) return c.html(logTrouble('wrong', choices, at), 422)
      const nobody = { ofCourts: [], ofRegistries: [], overdue: [] }
      if (asked.from > asked.to)
        return c.html(statisticsPage({ ...choices, asked, figures: nobody, cases: new Map(), isWrong: true }, at), 422)
      const figures = await figuresAsked(gateway, at.person, asked)
      const { cases } = await namedIn(figures.overdue)
      return c.html(statisticsPage({ ...choices, asked, figures, cases, now: gateway.clock() }, at))
    }),
  )

  pages.get(
    '/audit/reveals',
    open('audit.read', async (c, at) => {
      const asked = readRevealDays(c.req.query())
      const choices = { courts: courtsFor(at.person), registries: await registryNames() }
      if (!asked) return c.html(logTrouble('wrong', choices, at), 422)
      const told = await unlessUnknown(revealsAsked(gateway, at, askedBy(asked), countsOnAPage + 1))
      if (!told) return c.html(logTrouble('unknownAlone', choices, at), 404)
      const { counts, reveals } = told
      return c.html(revealsPage({ ...(await namedIn([...reveals, ...counts])), asked, counts, reveals }, at))
    }),
  )

  /** Of what takes two people: the other half of it, as far as whoever reads this may see it. */
  const otherHalf = async ({ id, kind, about, court }: PlacedEntry) => {
    if (!kind.startsWith('consent.') || about === undefined) return []
    const all = await gateway.reads.entries({ about, kinds: ['consent.asked', 'consent.decided'], limit: 10 })
    return all.filter((one) => one.id !== id && one.court === court)
  }

  pages.get(
    '/audit/entries/:id',
    open('audit.read', async (c, at) => {
      const entry = await entryAt(gateway, at, idOf(c))
      const named = await seen(
        gateway,
        at.person,
        { ...given({ caseId: entry.caseId }), view: viewOf('entry', { kind: entry.kind }) },
        async () => {
          const others = await otherHalf(entry)
          return { others, ...(await namedIn([entry, ...others])) }
        },
      )
      return c.html(entryPage(entry, named, at, named.others))
    }),
  )

  pages.get(
    '/audit/entries/:id/proof',
    open('audit.read', async (c, at) => {
      const { id, caseId, kind } = await entryAt(gateway, at, idOf(c))
      const proved = await seen(gateway, at.person, { ...given({ caseId }), view: viewOf('proof', { kind }) }, () =>
        log.prove(id, proofWaitMs),
      )
      const { proof } = found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet')
      return c.body(proof, 200, saved('text/plain; charset=utf-8', `${id}.tlog-proof`))
    }),
  )

  const exchange = async (at: AtDesk, id: string, isShort?: true) =>
    exchangePage({ ...(await exchangeShown(at, id)), ...(isShort && { isShort }) }, at)

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
      const adapter = gateway.counter(row.registry)?.adapter
      const tell = (message: Uint8Array) => (adapter?.kind === 'pull' ? adapter.tell?.(message) : undefined)
      return c.html(bytesPage(viewExchange(found(plain), [], gateway), entry, tell, at))
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
      return c.body(bundle, 200, saved('application/json', bundleName(row, gateway.clock())))
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

/** An auditor's copy: of whom it is told and on which day, and of the case nothing. */
function bundleName({ id, registry }: Pick<DeliveryRow, 'id' | 'registry'>, now: Date): string {
  return `核验包-${registry}-${toBeijingDate(now)}-${id.slice(-8)}.bundle.json`
}

function saved(mediaType: string, name: string): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': attachment(name),
    'Cache-Control': 'no-store',
  }
}
