import { parseCaseNumber } from '../../src/domain/case-number.ts'
import { type DocumentReference, missingDocument } from '../../src/domain/legal-basis.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { requestClaims } from '../../src/signing/claims/request.ts'
import { digestOf, readCompact } from '../../src/signing/compact.ts'
import { envelopeTypes, openEnvelope } from '../../src/signing/envelope.ts'
import { type Misbehaviour, misbehaviourOf, recordEffect, sandboxNow } from '../sandbox.ts'
import { type Kept, keptIn, type LandBooks, post, say } from './sandbox-books.ts'
import { type Content, carryOut, lookUp, standingOn } from './sandbox-bureau.ts'
import type { Partner } from './sandbox-partner.ts'
import type { Risen, Unit } from './sandbox-world.ts'

export type Pace = { readonly slowMs: number; readonly tomorrowMs: number }

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
  if (refused) return [say(books, delivery, refused)]
  if (twist === 'refuses') return [say(books, delivery, refusal('not-our-area', '不属本单位辖区，不予办理'))]
  return speak(books, delivery, decide(books, claims), twist, pace)
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
  const { content, effects, risen } = carryOut(books.units, claims, nextControl, sandboxNow())
  for (const effect of effects) recordEffect(books, claims.jti, effect)
  tellRisen(books, risen)
  return content
}

/** Tells of seals of ours that have come to hold: 轮候转正, with the term that now begins. */
export function tellRisen(books: LandBooks, risen: readonly Risen[]): void {
  for (const { unit, seal } of risen) {
    if (!seal.delivery || !books.deliveries[seal.delivery]) continue
    const told = say(books, seal.delivery, { kind: 'activated', targets: [standingOn(unit, seal)] })
    post(books, seal.delivery, [told])
  }
}

/** Turns the pre-seals of a unit into seals and tells the courts whose they are. */
export function tellConverted(books: LandBooks, unit: Unit): void {
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
