import { parseCaseNumber } from '../../src/domain/case-number.ts'
import { type DocumentReference, missingDocument } from '../../src/domain/legal-basis.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { requestClaims } from '../../src/signing/claims/request.ts'
import { digestOf, readCompact } from '../../src/signing/compact.ts'
import { envelopeTypes, openEnvelope } from '../../src/signing/envelope.ts'
import { type Misbehaviour, misbehaviourOf, recordEffect, sandboxNow } from '../sandbox.ts'
import { type Kept, keptIn, type LandBooks, post, say } from './sandbox-books.ts'
import { type Content, carryOut, lookUp, serveConveyance, standingOn } from './sandbox-bureau.ts'
import type { Partner } from './sandbox-partner.ts'
import { isOver, type Moved, settleQueue, type Unit } from './sandbox-world.ts'

export type Pace = { readonly slowMs: number; readonly tomorrowMs: number; readonly taxMs: number }

/** Reads a request and checks who signed it: the court it is of, with the court's own key, for this bureau. */
export async function readRequest(text: string, code: string, gatewayId: string, partner: Partner) {
  const kid = readCompact(text)?.header.kid
  const found = kid === undefined ? undefined : await partner.keyOf(kid)
  return openEnvelope<RequestClaims>(text, {
    typ: envelopeTypes.request,
    keysOf: () => found?.key,
    audience: code,
    now: sandboxNow(),
    // The gateway's keys are of many courts: a key of one signs for no other.
    binds: ({ iss, via }) => (found?.owner !== `court:${iss}` ? 'issuer' : via === gatewayId ? undefined : 'audience'),
    schema: requestClaims,
  })
}

/** What came of a delivery brought to the counter: the statement to hand back, or why none is. */
export type Brought = { readonly kind: 'said'; readonly statement: number } | { readonly kind: 'contradicts' | 'away' }

/**
 * Takes a delivery in. A known one is answered with what was said before and has no second effect, for ever; call inside
 * `change`, so that it is remembered before anyone is answered.
 */
export function takeIn(books: LandBooks, jws: string, claims: RequestClaims, digest: string, pace: Pace): Brought {
  const known = books.deliveries[claims.jti]
  if (known) {
    return known.digest === digest ? { kind: 'said', statement: known.said.length - 1 } : { kind: 'contradicts' }
  }
  const twist = misbehaviourOf(claims.subject.idNumber, books)
  if (twist === 'unavailable' && isAway(books, claims.jti)) return { kind: 'away' }
  const kept: Kept = { jws, digest, claims, arrivedAt: sandboxNow().toISOString(), said: [] }
  books.deliveries[claims.jti] = kept
  if (claims.measure === 'convey') serveConveyance(books.units, claims)
  const wait = twist === 'slow' ? pace.slowMs : twist === 'tomorrow' ? pace.tomorrowMs : 0
  if (claims.measure === 'inquire' && wait === 0) {
    const [first = 0, ...rest] = answer(books, claims.jti, 'as-sent', pace)
    post(books, claims.jti, rest, 300)
    return { kind: 'said', statement: first }
  }
  books.jobs.push({ kind: 'answer', delivery: claims.jti, due: sandboxNow().getTime() + wait })
  return { kind: 'said', statement: say(books, claims.jti, { kind: 'received' }) }
}

/** Decides a delivery, once, effect and words together; gives the statements in the order they will be spoken. */
export function answer(books: LandBooks, delivery: string, papers: 'as-sent' | Content, pace: Pace): number[] {
  const { claims } = keptIn(books, delivery)
  const twist = misbehaviourOf(claims.subject.idNumber, books)
  const isBarred = books.barred.some((one) => one.delivery === delivery && one.court === claims.iss)
  const refused = papers !== 'as-sent' ? papers : isBarred ? withdrawn : flawIn(claims)
  const no = refused ?? (twist === 'refuses' ? refusal('not-our-area', '不属本单位辖区，不予办理') : undefined)
  if (no) {
    dropConveyance(books, delivery)
    return [say(books, delivery, no)]
  }
  if (claims.measure === 'convey') {
    books.jobs.push({ kind: 'register', delivery, due: sandboxNow().getTime() + pace.taxMs })
    return [say(books, delivery, { kind: 'accepted' })]
  }
  return register(books, delivery, pace)
}

/** Does what was taken up, in the register: for a conveyance this is the day its tax is paid. */
export function register(books: LandBooks, delivery: string, pace: Pace): number[] {
  const { claims } = keptIn(books, delivery)
  const twist = misbehaviourOf(claims.subject.idNumber, books)
  return speak(books, delivery, decide(books, claims), twist, pace)
}

/** A conveyance that comes to nothing no longer stands in anybody's way. */
export function dropConveyance(books: LandBooks, delivery: string): void {
  for (const unit of books.units.filter(({ conveying }) => conveying === delivery)) {
    delete unit.conveying
    tellMoved(books, settleQueue(unit, sandboxNow()))
  }
}

function decide(books: LandBooks, claims: RequestClaims): Content {
  if (claims.measure === 'inquire') {
    recordEffect(books, claims.jti, 'inquire')
    return lookUp(books.units, claims)
  }
  const nextControl = () => {
    books.controls += 1
    return `津滨封〔${sandboxNow().getFullYear()}〕${String(books.controls).padStart(6, '0')}号`
  }
  const { content, effects, moved } = carryOut(books.units, claims, nextControl, sandboxNow())
  for (const effect of effects) recordEffect(books, claims.jti, effect)
  tellMoved(books, moved)
  return content
}

/** Tells of seals of ours that have come to hold (轮候转正, with the term that now begins) or are gone. */
export function tellMoved(books: LandBooks, moved: readonly Moved[]): void {
  for (const { unit, seal, how } of moved) {
    if (!seal.delivery || !books.deliveries[seal.delivery]) continue
    const stands = standingOn(unit, seal)
    const content: Content =
      how === 'activated'
        ? { kind: 'activated', targets: [stands] }
        : { kind: 'ended', targets: [{ ...stands, effect: 'ended', endedBy: how }] }
    post(books, seal.delivery, [say(books, seal.delivery, content)])
  }
}

/** Seals that nobody extended are gone with their last day, and what waits takes their place. */
export function expireAll(books: LandBooks): void {
  for (const unit of books.units) tellMoved(books, settleQueue(unit, sandboxNow()))
}

export const anyExpired = ({ units }: LandBooks): boolean =>
  units.some(({ seals }) => seals.some((seal) => isOver(seal, sandboxNow())))

/** Turns the pre-seals of a unit into seals and tells the courts whose they are. */
export function tellConverted(books: LandBooks, unit: Unit): void {
  unit.titled = true
  for (const seal of unit.seals.filter(({ pre }) => pre)) {
    seal.pre = false
    if (!seal.delivery || !seal.holds || !books.deliveries[seal.delivery]) continue
    const told = say(books, seal.delivery, { kind: 'converted', targets: [standingOn(unit, seal)] })
    post(books, seal.delivery, [told])
  }
}

function speak(
  books: LandBooks,
  delivery: string,
  final: Content,
  twist: Misbehaviour | undefined,
  pace: Pace,
): number[] {
  switch (twist) {
    case 'out-of-order': {
      const accepted = say(books, delivery, { kind: 'accepted' })
      return [say(books, delivery, final), accepted]
    }
    case 'duplicate': {
      const told = say(books, delivery, final)
      return [told, told]
    }
    case 'corrected':
      books.jobs.push({ kind: 'correct', delivery, due: sandboxNow().getTime() + pace.slowMs })
      return [say(books, delivery, final.targets ? final : { kind: 'nothing' })]
    case 'malformed':
    case 'wrong-key':
    case 'lies-about-digest':
    case 'wrong-reference':
      return [say(books, delivery, final, twist)]
    case 'slow':
    case 'tomorrow':
    case 'refuses':
    case 'unavailable':
    case undefined:
      return [say(books, delivery, final)]
  }
}

/** Says again, rightly, what was said wrongly. */
export function correct(books: LandBooks, delivery: string): number {
  const { claims, said } = keptIn(books, delivery)
  const before = said.at(-1)?.claims.targets
  if (!before) return say(books, delivery, { ...lookUp(books.units, claims), kind: 'corrected' })
  const targets = before.map((target) => ({ ...target, registeredAt: sandboxNow().toISOString() }))
  return say(books, delivery, { kind: 'corrected', targets })
}

/** The legal ground, checked from the message alone (invariant 7). */
function flawIn(claims: RequestClaims): Content | undefined {
  const [first, second] = claims.officers
  if (Date.parse(claims.validUntil) < sandboxNow().getTime()) return refusal('out-of-time', '已过请求有效期')
  if (isRefusal(parseCaseNumber(claims.case))) return refusal('case-number', '案号不符合规范')
  if (first?.workCertificate === second?.workCertificate) return refusal('officers', '须两名执行人员证件')
  if (claims.measure !== 'inquire' && claims.approvals.length === 0) return refusal('approval', '未见审批')
  const missing = missingDocument(claims.measure, claims.basis.documents as readonly DocumentReference[])
  return missing && refusal('document-missing', '无文书，协助执行单位业务审核未通过')
}

/** Fetches every document the request names and holds it against its digest; undefined when all are in order. */
export async function flawInPapers({ basis, jti }: RequestClaims, partner: Partner): Promise<Content | undefined> {
  for (const { sha256, length } of basis.documents) {
    const bytes = await partner.document(jti, sha256)
    if (bytes === 'absent') return refusal('document-missing', '无文书，协助执行单位业务审核未通过')
    if (bytes.length !== length || digestOf(bytes) !== sha256) return refusal('document-mismatch', '文书与请求不一致')
  }
  return undefined
}

const refusal = (code: string, text: string): Content => ({ kind: 'refused', reason: { code, text } })
const withdrawn = refusal('withdrawn', '法院已撤回')

function isAway(books: LandBooks, delivery: string): boolean {
  const times = (books.turnedAway[delivery] ?? 0) + 1
  books.turnedAway[delivery] = times
  return times <= 2
}
