import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { operator, Person } from '../../src/domain/person.ts'
import type { Role } from '../../src/domain/role.ts'
import { assignCase } from '../../src/gateway/assign-case.ts'
import { attestGrant, decideGrant, endGrant, giveGrant } from '../../src/gateway/roster/grants.ts'
import { registerPerson } from '../../src/gateway/roster/register-person.ts'
import { endSessions, openSession } from '../../src/gateway/roster/sessions.ts'
import { sha256 } from '../../src/gateway/store-document.ts'
import { binhai, hedong, measureOf, officerLin, registrarWen, sure } from '../support/court.ts'
import { personWith } from '../support/people.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const securityAn = personWith('security-an', '安立', ['security-administrator'])
const securityHere: Person = {
  ...securityAn,
  id: 'security-here',
  holds: [{ role: 'security-administrator', court: binhai }],
}
let serial = 0

async function newcomer(): Promise<string> {
  serial += 1
  return sure(await registerPerson(office.parts, securityAn, { username: `person-${serial}`, name: '某某' })).id
}
const give = (person: string, role: Role, by: Person | typeof operator = securityAn, over = {}) =>
  giveGrant(office.parts, by, { person, role, court: binhai, ...over })
const holdsOf = async (person: string) =>
  (await office.opened.people.byId(person, office.parts.clock()))?.holds.map(({ role }) => role)
const entriesAbout = async (about: string) =>
  (await office.opened.reads.entries({ about, limit: 10 })).map(({ kind, person }) => `${kind} by ${person}`)

describe('a role', () => {
  test('is given by a security administrator, for a time, and has its entry', async () => {
    const person = await newcomer()
    const { id } = sure(await give(person, 'officer'))
    expect(await holdsOf(person)).toEqual(['officer'])
    expect(await entriesAbout(id)).toEqual(['grant.given by security-an'])
    expect(await entriesAbout(person)).toEqual(['person.registered by security-an'])
  })

  test('is not given by anybody else, nor to oneself, nor for ever, nor at no court', async () => {
    const person = await newcomer()
    expect(await give(person, 'officer', officerLin)).toMatchObject({ code: 'role-missing' })
    expect(await give(securityAn.id, 'officer')).toMatchObject({ code: 'grant-to-self' })
    expect(await give(person, 'officer', securityAn, { until: new Date('2099-01-01') })).toMatchObject({
      code: 'grant-too-long',
    })
    expect(await giveGrant(office.parts, securityAn, { person, role: 'officer' })).toMatchObject({
      code: 'grant-without-court',
    })
    expect(await give(person, 'officer', securityHere, { court: hedong })).toMatchObject({ code: 'wrong-court' })
    expect(await holdsOf(person)).toEqual([])
  })

  test('never stands beside one that checks it, though two hands give them at once', async () => {
    const person = await newcomer()
    const given = await Promise.all([give(person, 'officer'), give(person, 'registrar'), give(person, 'finance-clerk')])
    expect(given.filter(({ kind }) => kind === 'given')).toHaveLength(1)
    expect(given.filter((answer) => answer.kind === 'refused' && answer.code === 'grant-incompatible')).toHaveLength(2)
  })

  test('that watches the installation takes another administrator’s word, and never that of who asked or is to hold it', async () => {
    const person = await newcomer()
    const asked = sure(await give(person, 'auditor'))
    expect([asked.kind, await holdsOf(person)]).toEqual(['asked', []])
    expect(await give(person, 'auditor')).toMatchObject({ code: 'consent-waiting' })
    const word = (by: Person, decision: 'allowed' | 'refused' = 'allowed') =>
      decideGrant(office.parts, by, asked.id, decision)
    const shen = personWith('audit-shen', '沈某某', ['audit-administrator'])
    expect(await word(securityAn)).toMatchObject({ code: 'consent-by-asker' })
    expect(await word({ ...shen, id: person })).toMatchObject({ code: 'grant-to-self' })
    expect(await word(officerLin)).toMatchObject({ code: 'role-missing' })
    const elsewhere = { ...shen, id: 'elsewhere', holds: [{ role: 'audit-administrator' as const, court: hedong }] }
    expect(await word(elsewhere)).toMatchObject({ code: 'wrong-court' })
    expect(await holdsOf(person)).toEqual([])
    sure(await word(shen))
    expect(await holdsOf(person)).toEqual(['auditor'])
    const [grant] = await office.opened.people.grants(person)
    expect([grant?.givenBy, await entriesAbout(grant?.id ?? '')]).toEqual([
      securityAn.id,
      ['grant.given by audit-shen'],
    ])
    expect(await word(shen)).toMatchObject({ code: 'consent-decided' })
  })

  test('that watches is not given when the other says no, or when what was asked can no longer be', async () => {
    const [first, second] = [await newcomer(), await newcomer()]
    const shen = personWith('audit-shen', '沈某某', ['audit-administrator'])
    const [no, late] = [sure(await give(first, 'auditor')), sure(await give(second, 'auditor'))]
    sure(await decideGrant(office.parts, shen, no.id, 'refused', '该人员已调离监督岗位'))
    expect(await holdsOf(first)).toEqual([])
    sure(await give(second, 'officer'))
    expect(await decideGrant(office.parts, shen, late.id, 'allowed')).toMatchObject({ code: 'grant-incompatible' })
    expect(await holdsOf(second)).toEqual(['officer'])
  })

  test('that nobody looks at again within 90 days counts no more, until somebody does', async () => {
    const person = await newcomer()
    const { id: grant } = sure(await give(person, 'officer'))
    office.time.shift = 91 * 86_400_000
    expect(await holdsOf(person)).toEqual([])
    expect(await give(person, 'registrar')).toMatchObject({ code: 'grant-incompatible' })
    sure(await attestGrant(office.parts, securityAn, { person, grant }))
    expect(await holdsOf(person)).toEqual(['officer'])
    office.time.shift = 0
    expect(await entriesAbout(grant)).toContain('grant.attested by security-an')
  })

  test('is given to a person of one name only', async () => {
    await newcomer()
    const again = registerPerson(office.parts, securityAn, { username: `person-${serial}`, name: '他人' })
    expect(await again).toMatchObject({ code: 'username-taken' })
  })

  test('is ended once', async () => {
    const person = await newcomer()
    const { id: grant } = sure(await give(person, 'officer'))
    sure(await endGrant(office.parts, securityAn, { person, grant }))
    expect(await holdsOf(person)).toEqual([])
    expect(await endGrant(office.parts, securityAn, { person, grant })).toMatchObject({ code: 'grant-unknown' })
    sure(await give(person, 'registrar'))
  })
})

test('a sign-in and its end are entries, and what one carries is kept nowhere', async () => {
  const id = await newcomer()
  const person = { ...personWith(id, '某某', []), username: `person-${serial}` }
  const opening = { carrier: 'browser', method: 'password', second: false, idleSeconds: 60, seconds: 600 } as const
  const carried = await openSession(office.parts, person, opening)
  const found = await office.opened.people.signedIn(sha256(carried), 'browser', office.parts.clock())
  expect(await entriesAbout(found?.session.id ?? '')).toEqual([`person.signed-in by ${id}`])
  expect(await endSessions(office.parts, officerLin, { person: id })).toMatchObject({ code: 'role-missing' })
  expect(sure(await endSessions(office.parts, person, { person: id })).count).toBe(1)
  expect(await entriesAbout(found?.session.id ?? '')).toContain(`person.signed-out by ${id}`)
  expect(await office.opened.people.signedIn(sha256(carried), 'browser', office.parts.clock())).toBeUndefined()
})

test('what is refused leaves neither deed nor entry: if the entry cannot be written, nothing happens', async () => {
  const person = await newcomer()
  const unsigned = {
    ...office.parts,
    signer: { ...office.parts.signer, sign: () => Promise.reject(new Error('no key')) },
  }
  await expect(giveGrant(unsigned, securityAn, { person, role: 'officer', court: binhai })).rejects.toThrow('no key')
  expect(await holdsOf(person)).toEqual([])
})

test('a case that is given to a team is no longer everybody’s', async () => {
  const file = await office.openCase()
  sure(await assignCase(office.parts, registrarWen, file.id, { team: '执行一团队', members: [] }))
  expect(await office.ask(file, measureOf.inquire)).toMatchObject({ code: 'not-on-case' })
  sure(await assignCase(office.parts, registrarWen, file.id, { team: '执行一团队', members: [officerLin.id] }))
  sure(await office.ask(file, measureOf.inquire))
  const at = office.parts.clock()
  await office.parts.store.act(file.id, (act) =>
    act.assign({ members: [registrarWen.id], isSealed: true, by: registrarWen.id, at }),
  )
  const opened = await assignCase(office.parts, registrarWen, file.id, { members: [] })
  expect(opened).toMatchObject({ code: 'case-sealed' })
})
