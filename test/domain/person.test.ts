import { expect, test } from 'vitest'
import { type Grant, rolesOf, standingOfGrant } from '../../src/domain/person.ts'
import { parseRegistryCode } from '../../src/domain/registry.ts'
import { binhai, hedong } from '../support/court.ts'

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const grant: Grant = {
  ...{ id: 'g', person: 'p', role: 'officer', court: binhai, givenBy: 'an' },
  ...{ from: at('2026-01-01'), until: at('2027-01-01'), attestBy: at('2026-04-01') },
}

test('a role that is held at two courts is one role', () => {
  const holds = [
    { role: 'officer', court: binhai },
    { role: 'officer', court: hedong },
    { role: 'registrar', court: binhai },
  ] as const
  expect(rolesOf({ holds })).toEqual(['officer', 'registrar'])
})

test.each([
  ['2025-12-31', {}, 'not-yet'],
  ['2026-01-01', {}, 'counts'],
  ['2026-03-31', {}, 'counts'],
  ['2026-04-01', {}, 'not-attested'],
  ['2027-01-01', {}, 'over'],
  ['2026-02-01', { endedAt: at('2026-02-01') }, 'over'],
  ['2026-01-31', { endedAt: at('2026-02-01') }, 'counts'],
  ['2025-12-31', { endedAt: at('2025-12-01') }, 'over'],
  ['2027-02-01', { attestBy: at('2028-01-01') }, 'over'],
] as const)('on %s a grant %j is: %s', (day, over, standing) => {
  expect(standingOfGrant({ ...grant, ...over }, at(day))).toBe(standing)
})

test.each(['313110000092', 'land-120116', 'ab', 'A1', `a${'b'.repeat(39)}`])('%s is the code of a registry', (code) => {
  expect(parseRegistryCode(code)).toBe(code)
})

test.each(['', 'a', '-ab', 'a_b', 'ab ', 'ab\n', '土地', `a${'b'.repeat(40)}`])('%j is none', (code) => {
  expect(parseRegistryCode(code)).toMatchObject({ code: 'registry-unknown', field: 'registry' })
})
