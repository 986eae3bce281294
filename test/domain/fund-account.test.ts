import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkKeeper,
  checkKept,
  checkPayee,
  type FundAccount,
  fundAccountsOf,
  payeeFrom,
  settlePayee,
} from '../../src/domain/fund-account.ts'
import { asked, measureOf } from '../support/court.ts'

const { payee } = measureOf.transfer
const entered = (id: string, over: Partial<FundAccount> = {}): FundAccount => {
  return { id, payee, enteredBy: 'qian', enteredAt: new Date(0), ...over }
}
const confirmed = (id: string, over: Partial<FundAccount> = {}) => entered(id, { confirmedBy: 'feng', ...over })
const other = { ...payee, account: '0302000000000000001' }

describe('the account of a case', () => {
  test('is the last that was confirmed, whatever was entered since; of what was entered only the last can be confirmed', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 8 }), (words) => {
        const all = words.map((is, at) => (is ? confirmed(String(at)) : entered(String(at))))
        const { confirmed: now, waiting } = fundAccountsOf(all)
        expect(now?.id).toBe(words.includes(true) ? String(words.lastIndexOf(true)) : undefined)
        expect(waiting?.id).toBe(words.at(-1) === false ? String(words.length - 1) : undefined)
      }),
    )
  })

  test('is not there before two clerks have said so', () => {
    expect(payeeFrom({})).toMatchObject({ code: 'fund-account-missing' })
    expect(payeeFrom({ waiting: entered('1') })).toMatchObject({ code: 'fund-account-unconfirmed' })
    expect(payeeFrom({ confirmed: confirmed('1'), waiting: entered('2', { payee: other }) })).toEqual(payee)
  })

  test.each(['name', 'bankName', 'bankCode', 'account'] as const)('another %s is another account', (field) => {
    const accounts = { confirmed: confirmed('1', { payee: { ...payee, [field]: 'another' } }) }
    expect(checkPayee(asked(measureOf.transfer), accounts)).toMatchObject({ code: 'payee-not-fund-account' })
  })

  test('is asked for by transfers and by nothing else', () => {
    for (const measure of Object.values(measureOf)) {
      expect(checkPayee(asked(measure), {})?.code).toBe(
        measure.kind === 'transfer' ? 'fund-account-missing' : undefined,
      )
      expect(checkKeeper({ id: 'qian' }, asked(measure), { confirmed: confirmed('1') })?.code).toBe(
        measure.kind === 'transfer' ? 'fund-account-keeper' : undefined,
      )
    }
  })

  test('is filled into a transfer that names none, and nowhere else', () => {
    const { payee: _, ...measure } = measureOf.transfer
    expect(settlePayee(asked(measureOf.transfer), {})).toEqual(asked(measureOf.transfer))
    expect(settlePayee({ ...asked(measureOf.transfer), measure }, { confirmed: confirmed('1') })).toMatchObject({
      measure: { payee },
    })
    expect(settlePayee({ ...asked(measureOf.transfer), measure }, {})).toMatchObject({ code: 'fund-account-missing' })
  })

  test('keeps whoever entered it and whoever confirmed it away from transfers, and nobody else', () => {
    const accounts = { confirmed: confirmed('1') }
    const keeps = (id: string) => checkKeeper({ id }, asked(measureOf.transfer), accounts)?.code
    expect([keeps('qian'), keeps('feng'), keeps('zhao')]).toEqual([
      'fund-account-keeper',
      'fund-account-keeper',
      undefined,
    ])
  })

  test('is held by a court, and a number that looks like a card’s passes its check', () => {
    expect(checkKept(payee)).toBeUndefined()
    expect(checkKept({ ...payee, name: '张某某' })).toMatchObject({ code: 'fund-account-holder' })
    expect(checkKept({ ...payee, account: '6217000000000000021' })).toMatchObject({ code: 'card-number-check' })
    expect(checkKept({ ...payee, account: '0302000000000000001' })).toBeUndefined()
  })
})
