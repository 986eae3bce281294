import { fold, hasGap, isAnswered } from '../domain/fold.ts'
import type { Registry } from '../domain/registry.ts'
import type { Statement } from '../domain/statement.ts'
import type { Proved, Reception, Unproved } from '../relay/port.ts'
import { followStatement } from './follow-statement.ts'
import { type Actor, type Noted, noteLoose, noteOnCase } from './journal.ts'
import { mergeDelaySeconds, type Parts } from './parts.ts'
import type { DeliveryRow, StatementRow } from './ports/rows.ts'
import type { CaseAct, Located } from './ports/store.ts'
import { projectControls } from './project-controls.ts'

/** At most this many unproved messages an hour are kept for each registry; beyond that it is told 429. */
export const quarantineCap = 100

/** A statement may be on its way by the other road; after so long it is asked for. */
const gapSeconds = 5

type Told = { readonly message: Uint8Array; readonly parsed: Proved | Unproved; readonly by?: Actor }

/** A proved message with its bytes; where people spoke for the registry, who, and the entries it rests on. */
type Admitting = {
  readonly message: Uint8Array
  readonly parsed: Proved
  readonly by?: Actor
  readonly after?: Noted['after']
}

/**
 * A registry says something about a delivery. A proved statement is committed with its exact bytes and its entry before
 * anyone is told of it, and the delivery's state is folded anew; the same statement again changes nothing and gets the
 * same receipt; what proves nothing is quarantined as evidence (invariants 1, 2, 4, 5).
 */
export async function receive(parts: Parts, registry: Registry, reference: string, told: Told): Promise<Reception> {
  const { message } = told
  const located = await parts.store.locate(registry.code, reference)
  if (!located) return { kind: 'unknown-delivery' }
  const reception = await judge(parts, located, told)
  const code = unprovedBy(reception)
  if (code === undefined) return reception
  if (await isFlooded(parts, registry)) return { kind: 'flooded' }
  await parts.store.act(located.caseId, (act) => quarantine(parts, act, registry, located, message, code))
  return reception
}

async function judge(
  parts: Parts,
  { caseId, delivery: id }: Located,
  { message, parsed, by }: Told,
): Promise<Reception> {
  if (parsed.kind === 'unproved') return { kind: 'unproved', code: parsed.code }
  const answer = await parts.store.act(caseId, async (act): Promise<Reception> => {
    const delivery = await act.delivery(id)
    return delivery
      ? admitStatement(parts, act, delivery, { message, parsed, ...(by && { by }) })
      : { kind: 'unknown-delivery' }
  })
  return answer.kind === 'no-such-case' ? { kind: 'unknown-delivery' } : answer
}

/** Under which code a message is kept as evidence instead of counting: it proves nothing, or nothing new. */
function unprovedBy(reception: Reception): string | undefined {
  switch (reception.kind) {
    case 'unproved':
      return reception.code
    case 'contradicted':
      return 'statement-contradicts'
    case 'sequence-used':
      return 'statement-sequence-used'
    case 'committed':
    case 'repeated':
    case 'unknown-delivery':
    case 'flooded':
      return undefined
  }
}

/** The same inside an act that has more to write: what people state for a registry is committed with how they came to it. */
export async function admitStatement(
  parts: Parts,
  act: CaseAct,
  delivery: DeliveryRow,
  admitting: Admitting,
): Promise<Reception> {
  const { parsed } = admitting
  const told = await act.statements(delivery.id)
  const same = told.find((row) => row.jti === parsed.jti)
  if (same && same.digest === parsed.digest)
    return { kind: 'repeated', receipt: same.receipt, sequence: same.statement.sequence }
  if (same) return { kind: 'contradicted' }
  const sequence = parsed.statement.sequence ?? (told.at(-1)?.statement.sequence ?? 0) + 1
  if (told.some((row) => row.statement.sequence === sequence)) return { kind: 'sequence-used' }
  const row = await commitStatement(parts, act, delivery, {
    ...admitting,
    parsed: { ...parsed, statement: { ...parsed.statement, sequence } },
  })
  await refold(parts, act, delivery, [...told, row])
  await followStatement(parts, act, delivery, row)
  return { kind: 'committed', receipt: row.receipt, sequence }
}

async function commitStatement(
  parts: Parts,
  act: CaseAct,
  delivery: DeliveryRow,
  { message, parsed, by, after }: Admitting & { readonly parsed: { readonly statement: Statement } },
): Promise<StatementRow> {
  const kept = await act.keep('statement', message)
  // One moment for the statement and its entry: two that differ by a blink read as two events.
  const arrivedAt = parts.clock()
  const entry = await noteOnCase({ ...parts, clock: () => arrivedAt }, act, {
    kind: 'statement.received',
    request: delivery.request,
    delivery: delivery.id,
    registry: delivery.registry,
    message: kept,
    ...(by && { by }),
    ...(after && { after }),
  })
  const receipt = await parts.signer.sign('receipt', 'writ-receipt+jws', {
    iss: parts.gatewayId,
    aud: delivery.registry,
    iat: Math.floor(arrivedAt.getTime() / 1000),
    jti: parts.newId(),
    statement: parsed.jti,
    re: delivery.id,
    payload_sha256: parsed.digest,
    log: parts.logOrigin,
    entry,
    mmd: mergeDelaySeconds,
  })
  const row: StatementRow = {
    id: parts.newId(),
    delivery: delivery.id,
    jti: parsed.jti,
    digest: parsed.digest,
    grade: parsed.grade,
    issuedAt: parsed.issuedAt,
    arrivedAt,
    entry,
    receipt,
    statement: parsed.statement,
    message,
  }
  await act.addStatement(row, kept)
  return row
}

async function refold(parts: Parts, act: CaseAct, delivery: DeliveryRow, told: readonly StatementRow[]): Promise<void> {
  const statements = told.map((row) => row.statement)
  const { answer } = fold(statements, delivery.measure)
  // What it said to a gateway that was killed meanwhile is not lost: a registry that is called is asked for all of it.
  const asks = hasGap(statements) && parts.counter(delivery.registry)?.adapter.kind === 'push'
  const answeredAt = isAnswered(answer) ? told.at(-1)?.arrivedAt : undefined
  const more = { ...(answeredAt && { answeredAt }), ...(asks && { askInSeconds: gapSeconds }) }
  await act.moveDelivery(delivery.id, { phase: 'answered', answer, ...more })
  await projectControls(parts, act, delivery)
}

async function quarantine(
  parts: Parts,
  act: CaseAct,
  { code: registry }: Registry,
  { delivery }: Located,
  message: Uint8Array,
  code: string,
): Promise<void> {
  const kept = await act.keep('quarantine', message)
  const entry = await noteOnCase(parts, act, {
    kind: 'statement.quarantined',
    delivery,
    registry,
    message: kept,
  })
  await act.addQuarantine({
    id: parts.newId(),
    registry,
    delivery,
    code,
    arrivedAt: parts.clock(),
    entry,
    payload: kept.id,
  })
}

/**
 * An authenticated registry sent something that belongs to no delivery we know, or cannot be read far enough to tell:
 * kept outside any case, under the same cap. Anonymous senders never get here.
 */
export async function quarantineLoose(
  parts: Parts,
  registry: Registry,
  message: Uint8Array,
  code: string,
): Promise<'kept' | 'flooded'> {
  if (await isFlooded(parts, registry)) return 'flooded'
  await parts.store.note(async (act) => {
    const kept = await act.keep('quarantine', message)
    const entry = await noteLoose(parts, act, { kind: 'statement.quarantined', registry: registry.code, message: kept })
    await act.addQuarantine({
      id: parts.newId(),
      registry: registry.code,
      code,
      arrivedAt: parts.clock(),
      entry,
      payload: kept.id,
    })
  })
  return 'kept'
}

async function isFlooded(parts: Parts, registry: Registry): Promise<boolean> {
  const hourAgo = new Date(parts.clock().getTime() - 3_600_000)
  return (await parts.store.quarantinedSince(registry.code, hourAgo)) >= quarantineCap
}
