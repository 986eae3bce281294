import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMoney,
  compareMoney,
  currencies,
  formatMoney,
  type Money,
  parseCurrency,
  parseMoney,
  renminbi,
  subtractMoney,
  sumMoney,
  zeroMoney,
} from '../../src/domain/money.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'

function money(text: string): Money {
  const amount = parseMoney(text)
  if (isRefusal(amount)) throw new Error(`${text}: ${amount.code}`)
  return amount
}

/** Amounts up to the largest an order may name, as fen. */
const fen = fc.bigInt({ min: 0n, max: 10n ** 20n - 1n })
const amounts = fen.map((value) => {
  const digits = value.toString().padStart(3, '0')
  return money(`${digits.slice(0, -2)}.${digits.slice(-2)}`)
})
const modest = fc.nat().map((whole) => money(String(whole)))

describe('reading an amount', () => {
  test.each([
    ['5', '5.00'],
    ['5.1', '5.10'],
    ['5.10', '5.10'],
    ['0', '0.00'],
    ['0.01', '0.01'],
    ['1295200.00', '1295200.00'],
    ['999999999999999999.99', '999999999999999999.99'],
  ])('%s is %s', (text, canonical) => expect(parseMoney(text)).toBe(canonical))

  test('a number is refused, however whole it looks', () => {
    for (const value of [5, 5.1, 1295200, 0, Number.NaN, 5n, null, undefined, {}, ['5']]) {
      expect(parseMoney(value)).toEqual(refuse('money-not-text'))
    }
  })

  test('a third decimal is refused, never rounded away', () => {
    expect(parseMoney('5.001')).toEqual(refuse('money-decimals'))
    expect(parseMoney('5.000')).toEqual(refuse('money-decimals'))
  })

  test.each([
    '',
    ' 5',
    '5 ',
    '-5',
    '+5',
    '5.',
    '.5',
    '05',
    '00',
    '1e3',
    '0x10',
    '1,295,200.00',
    '５',
    '5\n',
    'Infinity',
    '1000000000000000000',
  ])('%j is no amount', (text) => expect(parseMoney(text)).toEqual(refuse('money-malformed')))

  test('what was read reads the same again', () => {
    fc.assert(fc.property(amounts, (amount) => parseMoney(amount) === amount))
  })
})

describe('reckoning', () => {
  test('what is actually frozen and what is over balance make up the freeze', () => {
    expect(addMoney(money('210000'), money('1085200'))).toBe('1295200.00')
    expect(subtractMoney(money('1295200'), money('210000'))).toBe('1085200.00')
  })

  test('a tenth and two tenths are three tenths', () => {
    expect(addMoney(money('0.1'), money('0.2'))).toBe('0.30')
  })

  test('an amount never falls below zero', () => {
    expect(subtractMoney(money('0.01'), money('0.02'))).toEqual(refuse('money-negative'))
    expect(subtractMoney(money('5'), money('5'))).toBe(zeroMoney)
  })

  test('adding then taking away gives back what was there', () => {
    fc.assert(fc.property(amounts, amounts, (a, b) => subtractMoney(addMoney(a, b), b) === a))
  })

  test('a sum does not depend on order and is readable as an amount', () => {
    fc.assert(
      fc.property(fc.array(modest, { maxLength: 50 }), (list) => {
        const total = sumMoney(list)
        expect(sumMoney([...list].reverse())).toBe(total)
        expect(parseMoney(total)).toBe(total)
      }),
    )
    expect(sumMoney([])).toBe(zeroMoney)
  })

  test('amounts compare as amounts, not as text', () => {
    expect(compareMoney(money('9'), money('10'))).toBe(-1)
    expect(compareMoney(money('10'), money('10.00'))).toBe(0)
    expect(compareMoney(money('10.01'), money('10'))).toBe(1)
    fc.assert(fc.property(amounts, amounts, (a, b) => compareMoney(a, b) === -compareMoney(b, a) + 0))
    fc.assert(fc.property(amounts, amounts, (a, b) => compareMoney(addMoney(a, b), a) >= 0))
  })
})

test('people read amounts in groups of three', () => {
  expect(formatMoney(money('1295200'))).toBe('1,295,200.00')
  expect(formatMoney(money('295200.5'))).toBe('295,200.50')
  expect(formatMoney(money('5'))).toBe('5.00')
  fc.assert(fc.property(amounts, (amount) => formatMoney(amount).replaceAll(',', '') === amount))
})

test('a currency is three capital letters we know', () => {
  expect(parseCurrency('CNY')).toBe(renminbi)
  for (const code of Object.keys(currencies)) expect(parseCurrency(code)).toBe(code)
  for (const text of ['cny', 'RMB', '156', '', 'toString']) {
    expect(parseCurrency(text)).toEqual(refuse('currency-unknown'))
  }
})
