import { randomInt } from 'node:crypto'
import type { Admitted } from '../domain/admit.ts'
import type { ImportedControl } from '../domain/imported-control.ts'
import type { Parent } from '../domain/measure.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { Approval, AskedRequest } from '../domain/request.ts'
import { hoursToRespond } from '../domain/response-time.ts'
import type { SealCode } from '../domain/seal.ts'
import { parentOf } from '../domain/stands-on.ts'
import { daysToBegin } from '../domain/term.ts'
import type { DeliveryId, PullAdapter } from '../relay/port.ts'
import { claimsOf } from '../signing/claims/from-request.ts'
import type { RequestClaims } from '../signing/claims/request.ts'
import { noteOnCase } from './journal.ts'
import { checkSeals } from './papers.ts'
import type { Counter, Parts } from './parts.ts'
import type { RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { parentDelivery, parentImport } from './stands-on.ts'

export type DeliverCode = SealCode | 'registry-unknown' | 'registry-cannot-carry' | 'reference-exhausted'

/**
 * Makes one delivery for each registry of an admitted request: signed with the court's key, rendered for the dialect,
 * committed with its entry before a byte leaves. From here on its bytes and its id never change (invariants 1 and 2). The
 * seals of its papers are verified first: with one that is not as the policy wants there is no delivery at all.
 */
export async function deliver(
  parts: Parts,
  act: CaseAct,
  request: RequestRow,
  admitted: Admitted,
  approvals: readonly Approval[],
): Promise<{ kind: 'delivered' } | Refusal<DeliverCode>> {
  const unsealed = await checkSeals(parts, act, request.asked)
  if (unsealed) return unsealed
  for (const { code } of admitted.registries) {
    const counter = parts.counter(code)
    if (!counter) return refuse('registry-unknown', 'registries')
    const refused = await deliverTo(parts, act, counter, request, admitted, approvals)
    if (refused) return refused
  }
  return { kind: 'delivered' }
}

async function deliverTo(
  parts: Parts,
  act: CaseAct,
  { registry, registered, adapter }: Counter,
  request: RequestRow,
  admitted: Admitted,
  approvals: readonly Approval[],
): Promise<Refusal<DeliverCode> | undefined> {
  const id = parts.newId() as DeliveryId
  const issuedAt = parts.clock()
  const caseSeq = await act.takeNumber()
  const claims = await claimsFor(parts, act, { registry, registered }, request.asked, admitted, {
    ...{ delivery: id, caseSeq, issuedAt, approvals },
  })
  const jws = await parts.signer.sign(`court:${act.file.court}`, 'writ-request+jws', claims)
  const named = await nameFor(act, registry.code, adapter, claims, id)
  if (isRefusal(named)) return named
  const { reference, rendered } = named
  const envelope = await act.keep('envelope', Buffer.from(jws))
  const rendering = rendered && (await act.keep('rendering', rendered))
  await act.addDelivery(
    {
      id,
      caseId: act.file.id,
      request: request.id,
      registry: registry.code,
      reference,
      measure: request.measure,
      caseSeq,
      phase: 'ready',
      answer: 'silent',
      createdAt: issuedAt,
      validUntil: new Date(claims.validUntil),
      respondBy: new Date(claims.respondBy),
      attempts: 0,
      jws,
      ...(rendered && { rendered }),
    },
    envelope,
    rendering,
  )
  const after = [{ rel: 'request', jti: request.entry }]
  await noteOnCase(parts, act, {
    kind: 'delivery.created',
    request: request.id,
    delivery: id,
    registry: registry.code,
    message: envelope,
    after,
  })
  return undefined
}

/** Exactly what a registry is told: the claims that its delivery is signed over. */
export async function claimsFor(
  parts: Parts,
  act: CaseAct,
  { registry, registered }: Pick<Counter, 'registry' | 'registered'>,
  asked: AskedRequest,
  { party }: Admitted,
  { issuedAt, ...given }: Pick<Parameters<typeof claimsOf>[0], 'delivery' | 'caseSeq' | 'issuedAt' | 'approvals'>,
): Promise<RequestClaims> {
  return claimsOf({
    ...given,
    gateway: parts.gatewayId,
    court: act.file.court,
    case: act.file.number,
    registry,
    subject: party.subject,
    asked: await withParentReference(act, asked),
    issuedAt,
    validUntil: later(issuedAt, daysToBegin * 24),
    respondBy: asked.respondBy ?? later(issuedAt, hoursFor(parts, registered, asked)),
  })
}

function hoursFor(
  { responses = [] }: Parts,
  { code: registry, respondWithinHours }: Counter['registered'],
  { measure }: AskedRequest,
): number {
  return hoursToRespond(responses, { registry, measure: measure.kind }, respondWithinHours)
}

type Named = { readonly reference: string; readonly rendered?: Uint8Array }

/** Registries that pull call a delivery by a short number of their own; one that is taken is drawn again. */
async function nameFor(
  act: CaseAct,
  registry: RegistryCode,
  adapter: Counter['adapter'],
  claims: RequestClaims,
  id: DeliveryId,
): Promise<Named | Refusal<'reference-exhausted' | 'registry-cannot-carry'>> {
  if (adapter.kind !== 'pull') {
    await act.address(registry, id, id)
    return { reference: id }
  }
  for (let tries = 0; tries < 20; tries += 1) {
    const reference = adapter.reference(claims, drawDigits)
    if (!(await act.address(registry, reference, id))) continue
    return renderedAs(adapter, claims, reference)
  }
  return refuse('reference-exhausted', 'registries')
}

/** What a dialect has no word or character for cannot go there: the officer is told, and nothing has been written. */
function renderedAs(
  adapter: PullAdapter,
  claims: RequestClaims,
  reference: string,
): Named | Refusal<'registry-cannot-carry'> {
  try {
    const rendered = adapter.render(claims, reference)
    return rendered ? { reference, rendered } : { reference }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return refuse('registry-cannot-carry', 'registries')
    throw cause
  }
}

/**
 * Dialects name the earlier act by what the registry calls it, so the parent's reference travels as its control number.
 * The native protocol has a word for the delivery itself: there a number the registry never gave would be a lie.
 */
async function withParentReference(act: CaseAct, asked: AskedRequest): Promise<AskedRequest> {
  const { measure } = asked
  const parent = parentOf(asked)
  const imported = await parentImport(act, asked)
  // The registry never had a delivery of that id from us: it knows its own number, and the paper.
  if (imported && 'parent' in measure) return { ...asked, measure: { ...measure, parent: namesOf(imported) } }
  const row = await parentDelivery(act, asked)
  if (
    !parent ||
    !row ||
    parent.controlNo ||
    row.reference === row.id ||
    measure.kind === 'inquire' ||
    !('parent' in measure)
  )
    return asked
  return { ...asked, measure: { ...measure, parent: { ...parent, controlNo: row.reference, case: act.file.number } } }
}

function namesOf({ controlNo, case: number, paperNo }: ImportedControl): Parent {
  return { ...(controlNo !== undefined && { controlNo }), case: number, rulingNo: paperNo }
}

function drawDigits(digits: number): string {
  return Array.from({ length: digits }, () => randomInt(10)).join('')
}

function later(from: Date, hours: number): Date {
  return new Date(from.getTime() + hours * 3_600_000)
}
