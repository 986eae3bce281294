import { expect, test } from 'vitest'
import { aboutSaid, kindOf, whoSaid } from '../../src/console/audit/about.ts'
import type { Grant } from '../../src/domain/person.ts'
import { binhai } from '../support/court.ts'

const at = new Date('2026-06-01T02:00:00.000Z')
const grant = { id: 'g', person: 'wen', role: 'registrar', court: binhai, from: at, until: at, attestBy: at } as const
const named = {
  people: new Map([
    ['an', '安立诚'],
    ['wen', '温秀兰'],
  ]),
  registries: new Map([['land-120116', '滨海新区土地登记机构']]),
  grants: new Map<string, Grant>([['g', { ...grant, givenBy: 'an' }]]),
  consents: new Map([['c', { kind: 'partner.admit', about: 'land-120116' } as const]]),
}

test('a first password is handed out, and one of one’s own is changed, to whoever reads of it', () => {
  expect(kindOf({ kind: 'password.changed', person: 'an', about: 'wen' })).toBe('发放初始口令')
  expect(kindOf({ kind: 'password.changed', person: 'wen', about: 'wen' })).toBe('修改口令')
})

test('a grant is told by whose and what it is, and a consent by what was asked for', () => {
  expect(aboutSaid({ kind: 'grant.given', about: 'g' }, named)).toBe('温秀兰 · 立案人员 · 天津市滨海新区人民法院')
  expect(aboutSaid({ kind: 'consent.asked', about: 'c' }, named)).toBe(
    '协助执行单位转为正式运行 · 滨海新区土地登记机构',
  )
})

test('whoever acted at the machine is the operator, by command', () => {
  expect(whoSaid('operator', named)).toBe('运维人员（命令行）')
  expect(whoSaid('wen', named)).toBe('温秀兰')
})
