import { refusalOf } from '../../domain/authority.ts'
import type { Objection } from '../../domain/draft.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { noteLoose } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { BatchTerms } from '../ports/batch.ts'
import { type Once, replay } from '../submit.ts'
import type { SaidRow } from './read-row.ts'
import { type Weighed, weighBatch } from './weigh.ts'

export type StartCode = 'role-missing' | 'idempotency-key-reused'

export type Started =
  | { readonly kind: 'started' | 'replayed'; readonly id: string }
  /** Nothing was kept of it. */
  | { readonly kind: 'objected'; readonly weighed: Weighed }

export type SaidBatch = {
  readonly terms: BatchTerms
  readonly rows: readonly SaidRow[]
  /** What was asked within a week is meant to be asked again. */
  readonly again: boolean
}

/**
 * An officer starts a batch of inquiries. Every row is held against the law first, and one that may not go out keeps all of
 * them here; then the batch, its rows and its entry are committed together, and the rows become requests by and by.
 */
export async function startBatch(
  parts: Parts,
  officer: Person,
  { terms, rows, again }: SaidBatch,
  once: Once,
): Promise<Started | Refusal<StartCode>> {
  const barred = refusalOf(officer, 'batch.keep')
  if (barred) return barred
  const earlier = await parts.store.note(async (act) => ({ was: await act.recall(once.client, once.key) }))
  if (earlier.was) return replayed(earlier.was, once)
  const weighed = again
    ? await weighBatch(parts, officer, terms, rows)
    : withoutRepeats(await weighBatch(parts, officer, terms, rows))
  if (weighed.alike.length > 0 || weighed.rows.some(({ objections }) => objections.length > 0))
    return { kind: 'objected', weighed }
  return parts.store.note(async (act): Promise<Started | Refusal<StartCode>> => {
    const meanwhile = await act.recall(once.client, once.key)
    if (meanwhile) return replayed(meanwhile, once)
    const id = parts.newId()
    const kept = await act.keep('batch', Buffer.from(JSON.stringify(terms)))
    const entry = await noteLoose(parts, act, { kind: 'batch.started', by: officer, about: id, message: kept })
    const planned = weighed.rows.flatMap((one) => one.planned ?? [])
    const at = parts.clock()
    const batch = {
      id,
      maker: officer.id,
      state: 'running',
      rows: planned.length,
      startedAt: at,
      since: at,
      entry,
    } as const
    await act.batches.add(batch, planned, kept)
    await act.remember(once.client, once.key, { digest: once.digest, status: 201, location: id })
    return { kind: 'started', id }
  })
}

/** What was asked lately stands against its row until somebody says that it is meant. */
export function withoutRepeats({ alike, rows }: Weighed): Weighed {
  const lately = (on: string): Objection => ({
    code: 'batch-asked-lately',
    field: 'registries',
    detail: { askedOn: on },
  })
  return {
    alike,
    rows: rows.map((one) =>
      one.askedOn === undefined ? one : { ...one, objections: [...one.objections, lately(one.askedOn)] },
    ),
  }
}

function replayed(earlier: Parameters<typeof replay>[0], once: Once): Started | Refusal<StartCode> {
  const said = replay(earlier, once)
  return isRefusal(said) ? said : { kind: 'replayed', id: said.id }
}
