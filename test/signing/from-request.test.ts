import { expect, test } from 'vitest'
import type { Money } from '../../src/domain/money.ts'
import { renminbi } from '../../src/domain/money.ts'
import { requestClaims } from '../../src/signing/claims/request.ts'
import { house, inquire, requestOf, seal } from './exchange.ts'

test('a request says who asks whom about whom, in Beijing’s time, with the number of before 1999', () => {
  const claims = requestOf(seal)
  expect(requestClaims.safeParse(claims).success).toBe(true)
  expect(claims).toMatchObject({
    iss: '津0116',
    via: 'gw.test.writ',
    aud: 'land-120116',
    validUntil: '2026-07-03T09:15:00+08:00',
    subject: { idNumber: '120116198503120013', legacyIdNumber: '120116850312001' },
    targets: [{ asset: house, scope: 'whole' }],
    term: { months: 36, starts: 'activation' },
  })
})

test('a registry is told only what concerns it', () => {
  expect(requestOf(inquire).inquiry).toEqual({ kinds: ['real-estate'] })
  const elsewhere = {
    asset: { ...house, unitCode: '120116001001GB00002F00010001' },
    scope: 'whole',
    registry: 'other',
  } as const
  const here = { asset: house, scope: 'part', registry: 'land-120116', quantity: '1/2' } as const
  expect(requestOf({ ...seal, targets: [elsewhere, here] } as typeof seal).targets).toEqual([
    { asset: house, scope: 'part', quantity: '1/2' },
  ])
})

test('each measure states what it stands on', () => {
  const targets = [{ asset: house, scope: 'whole' as const, amount: '5.00' as Money }]
  const payee = { name: '法院', bankName: '银行', bankCode: '102110000017', account: '1' }
  expect(requestOf({ kind: 'transfer', targets, currency: renminbi, payee })).toMatchObject({ payee, currency: 'CNY' })
  expect(requestOf({ kind: 'release', targets, parent: { controlNo: 'X1' }, ground: 'paid' })).toMatchObject({
    parent: { controlNo: 'X1' },
    ground: 'paid',
  })
})

test('what does not fit the protocol is never signed', () => {
  expect(() => requestOf({ ...seal, targets: [] } as typeof seal)).toThrow(/targets/)
})
