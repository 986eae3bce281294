import { afterAll, beforeAll, expect, test } from 'vitest'
import { refuse } from '../../src/domain/refusal.ts'
import { askConsent, decideConsent, lastsUntil } from '../../src/gateway/consent.ts'
import { officerLin, sure } from '../support/court.ts'
import { personWith } from '../support/people.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const one = personWith('one', '甲', ['security-administrator'])
const other = personWith('other', '乙', ['security-administrator'])
const effects: unknown[] = []

const ask = async () =>
  sure(await askConsent(office.parts, one, { kind: 'partner.admit', body: { code: 'land' }, deed: 'grant.give' })).id
const decide = (id: string, by = other, decision: 'allowed' | 'refused' = 'allowed') =>
  decideConsent(office.parts, by, id, {
    decision,
    deed: 'grant.give',
    kind: 'partner.admit',
    effect: async (_act, { body }) => effects.push(body),
  })

test('what takes two people happens once, when a second one says yes', async () => {
  const id = await ask()
  expect(await decide(id, one)).toMatchObject({ code: 'consent-by-asker' })
  expect(await decide(id, officerLin)).toMatchObject({ code: 'role-missing' })
  expect(await decide('nothing that was asked')).toMatchObject({ code: 'consent-unknown' })
  expect(effects).toEqual([])
  expect(sure(await decide(id))).toMatchObject({ decision: 'allowed' })
  expect(await decide(id)).toMatchObject({ code: 'consent-decided' })
  expect(effects).toEqual([{ code: 'land' }])
})

test('what was allowed may be used for a week from the word on, however late it came', () => {
  const [asked, day] = [new Date('2026-06-01T00:00:00Z'), 86_400_000]
  const expiresAt = new Date(asked.getTime() + 7 * day)
  const decidedAt = new Date(asked.getTime() + 6 * day)
  expect(lastsUntil({ expiresAt })).toEqual(expiresAt)
  expect(lastsUntil({ expiresAt, decidedAt })).toEqual(new Date('2026-06-14T00:00:00Z'))
})

test('a no leaves everything as it was; a yes that comes too late, or cannot be done, is none', async () => {
  const [refused, late, undone] = [await ask(), await ask(), await ask()]
  sure(await decide(refused, other, 'refused'))
  office.time.shift = 8 * 86_400_000
  expect(await decide(late)).toMatchObject({ code: 'consent-expired' })
  office.time.shift = 0
  const failing = {
    decision: 'allowed',
    deed: 'grant.give',
    kind: 'partner.admit',
    effect: async () => refuse('gone'),
  } as const
  expect(await decideConsent(office.parts, other, undone, failing)).toMatchObject({ code: 'gone' })
  expect(
    (await office.opened.reads.consents({ kind: 'partner.admit', waiting: true, limit: 9 })).map(({ id }) => id),
  ).toEqual([undone, late])
  expect(effects).toHaveLength(1)
})
