import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Effect, type Statement, statementKindList } from '../../src/domain/statement.ts'
import { heldBy } from '../../src/gateway/control-of.ts'
import type { StatementRow } from '../../src/gateway/ports/rows.ts'
import { account, house, parcel } from '../support/court.ts'

const start = Date.parse('2026-06-03T01:15:00Z')

/** A committed statement; it arrives a minute after it was issued, an hour after the one before it. */
function row(statement: Statement): StatementRow {
  const issuedAt = new Date(start + statement.sequence * 3_600_000)
  const at = { issuedAt, arrivedAt: new Date(issuedAt.getTime() + 60_000) }
  const id = `statement ${statement.sequence}`
  const proof = { jti: id, digest: id, grade: 'A', entry: id, receipt: id, message: Buffer.from(id) } as const
  return { id, delivery: 'delivery', ...proof, ...at, statement }
}

const target = fc.record({
  asset: fc.constantFrom(house, parcel, account),
  effect: fc.constantFrom<Effect>('waiting', 'effective', 'ended', 'none'),
})
const word = fc.record({ kind: fc.constantFrom(...statementKindList), targets: fc.array(target, { maxLength: 3 }) })
const history = fc
  .array(word, { maxLength: 8 })
  .map((words) => words.map((said, n) => row({ ...said, sequence: n + 1, holdings: [], receivedAt: new Date(start) })))

test('the same statements make the same controls, in whatever order they came (invariant 5)', () => {
  const arrivals = history.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })),
  )
  fc.assert(
    fc.property(arrivals, ([rows, arrived]) => {
      expect(heldBy(arrived)).toEqual(heldBy(rows))
    }),
  )
})

test('what holds has held since some day; what waits or never was has none (invariant 12)', () => {
  fc.assert(
    fc.property(history, (rows) => {
      for (const { target: so, effectiveFrom } of heldBy(rows)) {
        if (so.effect === 'effective') expect(effectiveFrom).toBeInstanceOf(Date)
        if (so.effect === 'waiting' || so.effect === 'none') expect(effectiveFrom).toBeUndefined()
      }
    }),
  )
})

test('what was activated never holds from before its activation', () => {
  const waits = row({ kind: 'waiting', sequence: 1, holdings: [], targets: [{ asset: house, effect: 'waiting' }] })
  const rises = row({ kind: 'activated', sequence: 2, holdings: [], targets: [{ asset: house, effect: 'effective' }] })
  const again = { ...row({ ...rises.statement, sequence: 3 }) }
  const since = ([held]: ReturnType<typeof heldBy>) => held?.effectiveFrom
  expect(since(heldBy([waits, rises]))).toEqual(rises.issuedAt)
  // Said twice, it rose once; and a registry that forgot to say that it waited has said so now.
  expect(since(heldBy([waits, rises, again]))).toEqual(rises.issuedAt)
  const executed = row({ ...waits.statement, kind: 'executed', targets: [{ asset: house, effect: 'effective' }] })
  expect(since(heldBy([executed, rises]))).toEqual(rises.issuedAt)
})
