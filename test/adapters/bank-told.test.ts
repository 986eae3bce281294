import { expect, test } from 'vitest'
import { spell, writeElement } from '../../adapters/bank/envelope.ts'
import { writeControl } from '../../adapters/bank/messages.ts'
import { tell } from '../../adapters/bank/told.ts'
import { toldOutline } from '../../src/http/portal/outline.ts'

const reference = '20260603120116000001'
const order = { item: '1', measure: '01', account: '6217000000000000012', amount: '50650.00', from: '2026-06-03' }
const message = Buffer.from(writeControl({ reference, name: '张某某', case: '（2026）津0116执101号', orders: [order] }))
const lines = (bytes: Uint8Array) => {
  const told = tell(bytes)
  return told ? toldOutline(told, reference) : []
}
const line = (bytes: Uint8Array, name: string) => lines(bytes).find((one) => one.name === name)

test('a message of the dialect is decoded, and each name says what it means', () => {
  expect(tell(message)?.values.find(({ name }) => name === 'XM')).toMatchObject({
    text: '张某某',
    says: { zh: '姓名或者名称' },
  })
  expect(tell(message)?.children[0]).toMatchObject({ name: 'kzzh', says: { zh: '控制账户' } })
})

test('of its values a programmer sees codes, days and the name of the delivery, and of all others how long they are', () => {
  expect(line(message, 'BDHM')).toMatchObject({ value: reference })
  expect(line(message, 'KZCS')).toMatchObject({ value: '01' })
  expect(line(message, 'KSRQ')).toMatchObject({ value: '2026-06-03' })
  expect(line(message, 'XM')).toMatchObject({ hidden: 3 })
  expect(line(message, 'KHZH')).toMatchObject({ hidden: 19 })
  const shown = JSON.stringify(lines(message))
  for (const secret of ['张某某', '6217000000000000012', '50650', '津0116']) expect(shown).not.toContain(secret)
})

test('what stands under the name of a code, and is none, is hidden; what is no message of it is not decoded', () => {
  const sly = Buffer.from(writeElement('kzzh', { KZCS: spell('120116198503120013'), [spell('x')]: spell('张某某') }))
  expect(JSON.stringify(lines(sly))).not.toMatch(/120116198503120013|张某某/)
  const garbled = Buffer.from('<kzzh XM="张三李四" KZCS="not base64!"/>', 'utf8')
  expect(JSON.stringify(lines(garbled))).not.toMatch(/not base64|张三/)
  for (const other of ['', '{"a":1}', 'plain']) expect(tell(Buffer.from(other))).toBeUndefined()
})
