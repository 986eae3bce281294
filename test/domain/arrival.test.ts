import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fitsInto,
  fulfilledAfter,
  isClosed,
  matchArrival,
  outstandingOf,
  parseBankNumber,
  type Transfer,
} from '../../src/domain/arrival.ts'
import { type Currency, type Money, renminbi, zeroMoney } from '../../src/domain/money.ts'
import { yuan } from '../support/court.ts'

const dollars = 'USD' as Currency
const transfer = (delivery: string, due: string, over: Partial<Transfer> = {}): Transfer => ({
  ...{ delivery, request: 'r', registry: 'bank', reference: `ref-${delivery}`, currency: renminbi },
  ...{ due: yuan(due), arrived: zeroMoney },
  ...over,
})
const came = (amount: string, transferReference?: string, currency = renminbi) => {
  return { amount: yuan(amount), currency, ...(transferReference !== undefined && { transferReference }) }
}
const whyNot = (...asked: Parameters<typeof matchArrival>) => {
  const match = matchArrival(...asked)
  return match.kind === 'unmatched' ? match.why : match.transfer.delivery
}

describe('money that has come', () => {
  test('belongs to the transfer whose number it bears, ours or the bank’s', () => {
    const open = [transfer('a', '100'), transfer('b', '100')]
    expect(whyNot(came('100', 'ref-b'), open)).toBe('b')
    expect(whyNot(came('100', 'a'), open)).toBe('a')
    expect(whyNot(came('100', 'ref-c'), open)).toBe('no-transfer')
  })

  test('belongs, without a number, to the only transfer that waits for just this amount', () => {
    expect(whyNot(came('100'), [transfer('a', '100'), transfer('b', '200')])).toBe('a')
    expect(whyNot(came('100'), [transfer('a', '100'), transfer('b', '100')])).toBe('several')
    expect(whyNot(came('99.99'), [transfer('a', '100')])).toBe('no-transfer')
    expect(whyNot(came('100'), [])).toBe('no-transfer')
  })

  test('closes nothing by itself when its amount or its currency is another', () => {
    expect(whyNot(came('99.99', 'a'), [transfer('a', '100')])).toBe('amount-differs')
    expect(whyNot(came('100', 'a', dollars), [transfer('a', '100')])).toBe('amount-differs')
    expect(whyNot(came('100', undefined, dollars), [transfer('a', '100')])).toBe('no-transfer')
  })

  test('goes to no transfer that is closed, and to what is open of one that came in part', () => {
    expect(whyNot(came('100', 'a'), [transfer('a', '100', { arrived: yuan('100') })])).toBe('no-transfer')
    expect(whyNot(came('60'), [transfer('a', '100', { arrived: yuan('40') })])).toBe('a')
  })

  test('is counted by hand only in its currency and for no more than is still to come', () => {
    const open = transfer('a', '100', { arrived: yuan('40') })
    expect(fitsInto(came('60'), open)).toBe(true)
    expect(fitsInto(came('1'), open)).toBe(true)
    expect(fitsInto(came('60.01'), open)).toBe(false)
    expect(fitsInto(came('60', undefined, dollars), open)).toBe(false)
  })

  test('never closes more than was due, and whatever is matched fits', () => {
    const money = fc.integer({ min: 1, max: 500 }).map((fen) => yuan((fen / 100).toFixed(2)))
    const transfers = fc
      .array(fc.tuple(money, money), { maxLength: 5 })
      .map((sums) => sums.map(([due, arrived], at) => transfer(String(at), due, { arrived: arrived as Money })))
    fc.assert(
      fc.property(money, transfers, (amount, open) => {
        const match = matchArrival({ amount, currency: renminbi }, open)
        if (match.kind === 'unmatched') return
        expect(isClosed(match.transfer)).toBe(false)
        expect(outstandingOf(match.transfer)).toBe(amount)
        expect(fitsInto({ amount, currency: renminbi }, match.transfer)).toBe(true)
      }),
    )
  })

  test('counts into what was performed', () => {
    expect(fulfilledAfter(undefined, yuan('210000'))).toBe('210000.00')
    expect(fulfilledAfter(yuan('0.01'), yuan('210000'))).toBe('210000.01')
  })

  test('bears a number that is one: signs, and no name in it', () => {
    expect(parseBankNumber(' 20250610-000123 ')).toBe('20250610-000123')
    for (const text of ['', '123', '张某某转账', 'a b c d', '-abcd', 'x'.repeat(65)])
      expect(parseBankNumber(text)).toMatchObject({ code: 'bank-number-malformed' })
  })
})
