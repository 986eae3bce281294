import { afterAll, beforeAll, expect, test } from 'vitest'
import { inquireAgain } from '../../src/gateway/inquire-again.ts'
import { account, bank, measureOf, whole, yuan } from '../support/court.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const days = (count: number) => {
  office.time.shift += count * 86_400_000
}
const again = () => inquireAgain(office.parts)

test('a bank that holds a freeze is asked the same again each thirty days, until the freeze is over', async () => {
  const file = await office.openCase()
  const inquiry = { kind: 'inquire', kinds: ['land', 'deposit'] } as const
  const over = { registries: [bank.code, 'land-120116' as never], respondBy: new Date(Date.now() + 86_400_000) }
  const { exchange, request } = await office.send(file, inquiry, over)
  await office.tell(exchange, { kind: 'executed', holdings: [{ asset: account, encumbrances: [] }] })
  days(31)
  expect(await again()).toBe(0)
  const freeze = await office.send(file, { ...measureOf.freeze, targets: [whole(account, { amount: yuan('1000') })] })
  const held = { asset: account, effect: 'effective', amount: yuan('1000') } as const
  await office.tell(freeze, { kind: 'executed', sequence: 1, targets: [held] })
  const rounds = await Promise.all([again(), again(), again()])
  expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(1)
  const [run = ''] = await office.opened.reads.repeatedBy(request)
  const asked = (await office.opened.reads.request(run))?.asked
  expect(asked).toMatchObject({ registries: [bank.code], measure: { kind: 'inquire', kinds: ['deposit'] } })
  expect(asked).not.toHaveProperty('respondBy')
  const [sent] = await office.opened.reads.exchangesOf(run)
  expect(sent?.delivery).toMatchObject({ registry: bank.code, measure: 'inquire' })
  expect((await office.kinds(file.id)).filter((kind) => kind === 'request.repeated')).toHaveLength(1)
  days(29)
  expect(await again()).toBe(0)
  days(2)
  expect(await again()).toBe(1)
  await office.tell(freeze, {
    kind: 'ended',
    sequence: 2,
    targets: [{ ...held, effect: 'ended', endedBy: 'released' }],
  })
  days(40)
  expect(await again()).toBe(0)
})
