import { expect, test } from 'vitest'
import { actorOf, type ClientId, type ClientSystem, parseClientId, refusalOfClient } from '../../src/domain/client.ts'
import { refuse } from '../../src/domain/refusal.ts'
import { binhai } from '../support/court.ts'

const system: ClientSystem = {
  ...{ id: 'anjian-jin0116' as ClientId, court: binhai, name: '案件管理系统', kind: 'case-system', state: 'active' },
}

test('a case system sends cases, and what is no case system may do nothing', () => {
  expect(refusalOfClient(system, 'case.import')).toBeUndefined()
  const other = { ...system, kind: 'coffee-machine' } as never
  expect(refusalOfClient(other, 'case.import')).toEqual(refuse('client-may-not'))
  expect(refusalOfClient(system, 'request.submit' as never)).toMatchObject({ code: 'client-may-not' })
})

test.each(['abc', 'a-1', 'anjian-jin0116', `a${'b'.repeat(39)}`])('%s names a system', (text) => {
  expect(parseClientId(text)).toBe(text)
})

test.each(['', 'ab', 'Abc', '1abc', '-abc', 'a b c', 'abc\n', 'xabc!', `a${'b'.repeat(40)}`])(
  '%j names none',
  (text) => {
    expect(parseClientId(text)).toMatchObject({ code: 'client-id-malformed', field: 'id' })
  },
)

test('a system is never taken for a person', () => {
  expect(actorOf(system)).toEqual({ id: 'client:anjian-jin0116', court: binhai })
})
