import { randomUUID } from 'node:crypto'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { digestOf } from '../../src/signing/compact.ts'
import type { StoredKey } from '../../src/signing/key-file.ts'
import { emptySharedBooks, type Misbehaviour, type SharedBooks, sandboxNow } from '../sandbox.ts'
import type { Content, Said } from './sandbox-bureau.ts'
import { paperOf } from './sandbox-paper.ts'
import { firstUnits, type Unit } from './sandbox-world.ts'

/** What is wrong with a statement, on purpose. The gateway will never acknowledge it, so it is soon given up. */
export type Twist = Extract<Misbehaviour, 'wrong-key' | 'malformed' | 'lies-about-digest' | 'wrong-reference'>

/** A statement as the books keep it: signed anew each time it is sent, which is the same bytes only under Ed25519. */
export type Statement = { claims: Said; twist?: Twist; paper?: string[] }

/** A delivery the bureau has: remembered for ever, with all it ever said about it. */
export type Kept = { jws: string; digest: string; claims: RequestClaims; arrivedAt: string; said: Statement[] }

/** A statement on its way to the gateway, tried until it is acknowledged. */
export type Letter = { delivery: string; statement: number; due: number; tries: number; mostTries?: number }

/** Work on a desk: to answer a delivery that was signed for, to register one whose tax is paid, to correct what was said. */
export type Job = { kind: 'answer' | 'register' | 'correct'; delivery: string; due: number }

export type LandBooks = SharedBooks & {
  keys: StoredKey[]
  /** Which of them it signs with; the first until it went over to another. */
  keyInUse?: string
  units: Unit[]
  deliveries: Record<string, Kept>
  /** Withdrawn by a court before they arrived: should they arrive from it after all, they have no effect. */
  barred: { delivery: string; court: string }[]
  letters: Letter[]
  jobs: Job[]
  /** How often a delivery was brought while the bureau was away. */
  turnedAway: Record<string, number>
  receipts: number
  controls: number
}

export const emptyLandBooks = (): LandBooks => ({
  ...emptySharedBooks(),
  keys: [],
  units: firstUnits(),
  deliveries: {},
  barred: [],
  letters: [],
  jobs: [],
  turnedAway: {},
  receipts: 0,
  controls: 0,
})

/** Adds a statement about a delivery, numbered and addressed, and gives its place among them. */
export function say(books: LandBooks, delivery: string, content: Content, twist?: Twist): number {
  const kept = keptIn(books, delivery)
  books.receipts += 1
  const { claims } = kept
  const paper = bears(content) ? paperLines(claims, content) : undefined
  const statement: Said = {
    iss: claims.aud,
    aud: claims.via,
    iat: Math.floor(sandboxNow().getTime() / 1000),
    jti: randomUUID(),
    re: twist === 'wrong-reference' ? randomUUID() : delivery,
    re_sha256: digestOf(twist === 'lies-about-digest' ? `${kept.jws}.` : kept.jws),
    sequence: kept.said.length + 1,
    receivedAt: kept.arrivedAt,
    receiptNumber: `${claims.aud}-${String(books.receipts).padStart(8, '0')}`,
    ...content,
    ...(paper && { sealedReceipt: receiptOf(paperOf(paper)) }),
  }
  return kept.said.push({ claims: statement, ...(twist && { twist }), ...(paper && { paper }) }) - 1
}

/** Puts statements in the post, one after another. */
export function post(books: LandBooks, delivery: string, statements: readonly number[], delayMs = 0): void {
  const { said } = keptIn(books, delivery)
  for (const [at, statement] of statements.entries()) {
    const due = sandboxNow().getTime() + delayMs + at * 300
    books.letters.push({ delivery, statement, due, tries: 0, ...(said[statement]?.twist && { mostTries: 2 }) })
  }
}

export function keptIn(books: LandBooks, delivery: string): Kept {
  const kept = books.deliveries[delivery]
  if (!kept) throw new Error('the books have no such delivery')
  return kept
}

const bears = ({ kind, targets }: Content) =>
  kind !== 'refused' && (targets ?? []).some(({ effect }) => effect !== 'none')

function paperLines(claims: RequestClaims, { targets = [] }: Content): string[] {
  const results = targets.map(
    ({ asset, effect, controlNo }) => `${asset.unitCode ?? asset.certNo} ${effect} ${controlNo ?? ''}`,
  )
  return [
    '协助执行回执',
    `案号：${claims.case}`,
    `查控请求单：${claims.jti}`,
    ...results,
    '滨海新区规划和自然资源局（示范）',
  ]
}

function receiptOf(paper: Uint8Array): NonNullable<Said['sealedReceipt']> {
  return { sha256: digestOf(paper), mediaType: 'application/pdf', length: paper.length }
}
