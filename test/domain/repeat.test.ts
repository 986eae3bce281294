import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Asset } from '../../src/domain/asset.ts'
import { addDays } from '../../src/domain/beijing-date.ts'
import { addedAt, addedBy } from '../../src/domain/ceiling.ts'
import { addMoney, compareMoney, type Money, splitMoney, subtractMoney, sumMoney } from '../../src/domain/money.ts'
import { checkRepeat, hitsIn, nextRepetition, placedBy, sharesOf } from '../../src/domain/repeat.ts'
import type { Statement } from '../../src/domain/statement.ts'
import { account, asked, bank, day, house, measureOf, sure, whole, yuan } from '../support/court.ts'

const other: Asset = { class: 'deposit', account: '6217000000000000020' }
const freezing = (...targets: readonly (readonly [Asset, string])[]) => ({
  ...measureOf.freeze,
  targets: targets.map(([asset, amount]) => whole(asset, { amount: yuan(amount) })),
})
const told = (sequence: number, amount: string, overQuota?: string, asset = account): Statement => ({
  kind: 'executed',
  sequence,
  holdings: [],
  targets: [{ asset, effect: 'effective', amount: yuan(amount), ...(overQuota && { overQuota: yuan(overQuota) }) }],
})

describe('an order that is repeated', () => {
  const today = day('2026-06-03')
  const repeated = (repeatUntil: string, measure: object = freezing([account, '100'])) =>
    checkRepeat({ measure: measure as never, repeatUntil: day(repeatUntil) }, today)

  test('is for thirty days at most, and not for days that are past', () => {
    expect(repeated('2026-06-03')).toBeUndefined()
    expect(repeated(addDays(today, 30))).toBeUndefined()
    const detail = { earliest: '2026-06-03', latest: '2026-07-03' }
    expect(repeated(addDays(today, 31))).toMatchObject({ code: 'repeat-too-long', detail })
    expect(repeated('2026-06-02')).toMatchObject({ code: 'repeat-too-long', detail })
    expect(checkRepeat({ measure: measureOf.seal }, today)).toBeUndefined()
  })

  test('freezes deposits in yuan and nothing else', () => {
    expect(repeated('2026-06-04', measureOf.seal)).toMatchObject({ code: 'repeat-not-money' })
    expect(repeated('2026-06-04', { ...freezing([account, '1']), currency: 'USD' })).toMatchObject({
      code: 'repeat-not-money',
    })
    expect(repeated('2026-06-04', freezing([house, '1']))).toMatchObject({ code: 'repeat-not-money' })
  })
})

describe('what a bank says of one freeze', () => {
  test('is a hit each time it holds more than before, and never less for being moved on', () => {
    const statements = [told(1, '20', '30'), told(2, '35', '15'), told(3, '35', '15'), told(4, '5', '0')]
    expect(hitsIn(statements).map(({ sequence, amount }) => `${sequence} ${amount}`)).toEqual(['1 20.00', '2 15.00'])
    expect(placedBy(statements.slice(0, 2), yuan('50'))).toMatchObject({ held: '35.00', waiting: '15.00' })
    expect(placedBy(statements.slice(0, 2), yuan('50')).busy).toEqual([account])
  })

  test('that names no sum may hold all that was asked; nothing found holds nothing', () => {
    const vague: Statement = {
      kind: 'executed',
      sequence: 1,
      holdings: [],
      targets: [{ asset: account, effect: 'effective' }],
    }
    expect(placedBy([vague], yuan('50'))).toEqual({ held: '0.00', waiting: '50.00', busy: [account] })
    const none: Statement = { kind: 'nothing', sequence: 1, holdings: [], targets: [] }
    expect(placedBy([none], yuan('50'))).toEqual({ held: '0.00', waiting: '0.00', busy: [] })
  })
})

describe('the next repetition', () => {
  test('asks the rest in equal parts, to the fen, under the order’s own papers, and is repeated by nothing', () => {
    const order = asked(freezing([account, '100'], [other, '100']), {
      repeatUntil: day('2026-06-30'),
      urgentReason: '急',
    })
    const next = nextRepetition(order, sharesOf(order), yuan('50.01'))
    expect(next?.measure).toMatchObject({
      targets: [{ asset: account, amount: '25.01', registry: bank.code }, { amount: '25.00' }],
    })
    expect(next?.basis).toEqual(order.basis)
    expect(next).not.toHaveProperty('repeatUntil')
    expect(next).not.toHaveProperty('urgentReason')
    expect(nextRepetition(order, [], yuan('50'))).toBeUndefined()
    expect(nextRepetition(order, sharesOf(order), yuan('0'))).toBeUndefined()
  })

  test('parts of a sum are the sum', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 60 }), (fen, parts) => {
        const money = `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}` as Money
        expect(sumMoney(splitMoney(money, parts))).toBe(money)
      }),
    )
  })

  test('however the banks answer, what is held and what may be never passes the one total, and hits are never lost', () => {
    const share = fc.record({ take: fc.integer({ min: 0, max: 100 }), over: fc.integer({ min: 0, max: 100 }) })
    fc.assert(
      fc.property(fc.array(fc.array(share, { minLength: 2, maxLength: 2 }), { maxLength: 12 }), (days) => {
        const order = asked(freezing([account, '600'], [other, '400']))
        const total = addedBy(order)
        let taken = yuan('0')
        let run: typeof order | undefined = order
        for (const answers of days) {
          if (run?.measure.kind !== 'freeze') break
          expect(compareMoney(addMoney(taken, addedBy(run)), total)).toBeLessThanOrEqual(0)
          const targets = run.measure.targets.map(({ asset, amount = yuan('0') }, at) => {
            const held = percent(amount, answers[at]?.take ?? 0)
            const rest = sure(subtractMoney(amount, held))
            return {
              asset,
              effect: 'effective' as const,
              amount: held,
              overQuota: percent(rest, answers[at]?.over ?? 0),
            }
          })
          const said: Statement = { kind: 'executed', sequence: 1, holdings: [], targets }
          const { held, waiting } = placedBy([said], addedAt(run.measure, bank.code))
          expect(held).toBe(sumMoney(hitsIn([said]).map(({ amount }) => amount)))
          taken = sumMoney([taken, held, waiting])
          expect(compareMoney(taken, total)).toBeLessThanOrEqual(0)
          run = nextRepetition(order, sharesOf(order), sure(subtractMoney(total, taken)))
        }
      }),
    )
  })
})

function percent(money: Money, part: number): Money {
  const fen = (BigInt(money.replace('.', '')) * BigInt(part)) / 100n
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}` as Money
}
