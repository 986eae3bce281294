import { z } from '@hono/zod-openapi'
import { courtsOf } from '../../domain/authority.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { EntryFilter, PlacedEntry } from '../../gateway/ports/reads.ts'
import type { DeliveryRow } from '../../gateway/ports/rows.ts'
import { recordKinds } from '../../ledger/record.ts'
import { caseNumber, given, moment, registryCode } from '../fields.ts'
import { maskExchange } from '../masked.ts'
import { found } from '../problem.ts'
import { type Calling, caseAt, caseNumbered, deliveryAt } from '../reach.ts'
import { pageQuery } from '../surface.ts'
import { type Seen, seen, viewOf } from './seen.ts'
import { type ExchangeView, viewExchange } from './views.ts'

/** What one may filter the entries by. */
export const entryFilters = pageQuery.extend({
  kind: z.enum(recordKinds).optional(),
  without: z
    .enum(['audit.viewed'])
    .optional()
    .openapi({ description: '不含监督查看 · leaves out the looks of those who audit' }),
  from: moment.optional(),
  to: moment.optional(),
  case: caseNumber.optional(),
  request: z.uuid().optional(),
  delivery: z.uuid().optional(),
  registry: registryCode.optional(),
  person: z.uuid().optional(),
  court: z.string().max(20).optional(),
})

/** As many of the entries of one exchange as stand beside it, the newest. */
export const entriesOfExchange = 200

/** A filter as the store takes it, and what the look at it is about. */
type AskedOfLog = { readonly filter: EntryFilter; readonly about: Seen }

/** An auditor of some courts sees the entries of those, and nobody those of a sealed case, whatever was asked for. */
export async function askedOfLog(
  gateway: Parts,
  calling: Calling,
  { case: number, ...asked }: z.output<typeof entryFilters>,
): Promise<AskedOfLog> {
  const file = number === undefined ? undefined : await caseNumbered(gateway, calling, number)
  const reach = { courts: courtsOf(calling.person, 'audit.read'), viewer: calling.person.id }
  return {
    filter: { ...given({ ...asked, ...reach }), ...(file && { caseId: file.id }) },
    about: {
      ...given({ caseId: file?.id, request: asked.request, delivery: asked.delivery }),
      view: viewOf('log', asked),
    },
  }
}

/** An entry of a case within reach; one that belongs to no case, by the court it was made at. */
export async function entryAt(gateway: Parts, calling: Calling, id: string): Promise<PlacedEntry> {
  const entry = found(await gateway.reads.entry(id))
  if (entry.caseId !== undefined) await caseAt(gateway, calling, entry.caseId, 'not-found')
  const courts = courtsOf(calling.person, 'audit.read')
  return found(courts === undefined || (entry.court !== undefined && courts.includes(entry.court)) ? entry : undefined)
}

/** One exchange as an auditor sees it before a reason was given, and that it was seen is in the log; `about` says for what. */
export async function exchangeAt(
  gateway: Parts,
  calling: Calling,
  id: string,
  about?: string,
): Promise<{ readonly row: DeliveryRow; readonly view: ExchangeView }> {
  const { reads } = gateway
  const { row } = await deliveryAt(gateway, calling, id)
  const read = async () =>
    [await reads.exchange(id), await reads.entries({ delivery: id, limit: entriesOfExchange })] as const
  const look = {
    caseId: row.caseId,
    delivery: id,
    view: viewOf(about ? 'sample-item' : 'exchange'),
    ...(about && { about }),
  }
  const [exchange, entries] = await seen(gateway, calling.person, look, read)
  return { row, view: maskExchange(viewExchange(found(exchange), entries, gateway)) }
}
