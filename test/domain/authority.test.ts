import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  courtsOf,
  type Deed,
  deeds,
  isAssigned,
  reachOf,
  refusalOf,
  refusalOn,
  seesPlainly,
} from '../../src/domain/authority.ts'
import { operator } from '../../src/domain/person.ts'
import { administrators, incompatibleWith, type Role, roleList } from '../../src/domain/role.ts'
import { binhai, caseFile, hedong } from '../support/court.ts'
import { personWith } from '../support/people.ts'

const every = Object.keys(deeds) as Deed[]
const first = '执行一团队'
const second = '执行二团队'
const codeOn = (...asked: Parameters<typeof refusalOn>) => refusalOn(...asked)?.code

describe('who is near a case', () => {
  const wide = personWith('wide', '某某', ['officer'], binhai)
  const ofFirst = personWith('first', '某某', ['officer'], binhai, first)
  const ofSecond = personWith('second', '某某', ['officer'], binhai, second)

  test('a case without a team is everybody’s of its court who is in no team', () => {
    expect(codeOn(wide, 'request.submit', caseFile())).toBeUndefined()
    expect(codeOn(ofFirst, 'request.submit', caseFile())).toBe('case-unknown')
  })

  test('a team’s case is acted on by the team; the court at large only reads it, and another team not even that', () => {
    const file = caseFile({ team: first })
    expect(codeOn(ofFirst, 'request.submit', file)).toBeUndefined()
    expect(codeOn(wide, 'request.submit', file)).toBe('not-on-case')
    expect(codeOn(wide, 'request.read', file)).toBeUndefined()
    expect(codeOn(ofSecond, 'request.read', file)).toBe('case-unknown')
    expect([ofFirst, wide, ofSecond].map((person) => isAssigned(person, file))).toEqual([true, false, false])
  })

  test('who is named on a case is on it whatever their team', () => {
    expect(codeOn(ofSecond, 'request.submit', caseFile({ team: first, members: [ofSecond.id] }))).toBeUndefined()
  })

  test('a sealed case is there for who is named on it, and for nobody else', () => {
    const file = caseFile({ isSealed: true, members: [ofFirst.id] })
    expect(codeOn(ofFirst, 'request.submit', file)).toBeUndefined()
    expect(codeOn(wide, 'request.read', file)).toBe('case-unknown')
    expect(codeOn(personWith('mei', '梅清和', ['auditor']), 'audit.read', file)).toBe('case-unknown')
  })

  test('another court’s case is not there, even for who is named on it', () => {
    const elsewhere = personWith('elsewhere', '外院人员', ['officer', 'approver'], hedong)
    expect(codeOn(elsewhere, 'request.read', caseFile({ members: [elsewhere.id] }))).toBe('case-unknown')
  })

  test('an auditor of no one court audits them all', () => {
    expect(codeOn(personWith('mei', '梅清和', ['auditor']), 'audit.read', caseFile())).toBeUndefined()
  })
})

describe('separation of duties', () => {
  const touchesMeasures: readonly Deed[] = [
    'request.submit',
    'request.approve',
    'request.withdraw',
    'delivery.call-back',
  ]

  test('no administrator makes or approves a measure, enters a case or reads a result', () => {
    for (const role of administrators)
      for (const deed of every) {
        const refused = refusalOn(personWith('admin', '管理员', [role], binhai), deed, caseFile())
        if (touchesMeasures.includes(deed) || /^(case|document|results|request)\./.test(deed))
          expect(refused?.code).toBe('role-missing')
      }
  })

  test('whoever enters cases makes no request and approves none', () => {
    for (const deed of touchesMeasures)
      expect(codeOn(personWith('wen', '温秀兰', ['registrar'], binhai), deed, caseFile())).toBe('role-missing')
  })

  test('roles that check each other are never held together, in whatever order they are given', () => {
    const role = fc.constantFrom<Role>(...roleList)
    fc.assert(
      fc.property(role, role, (one, other) => {
        expect(incompatibleWith(one, [other]) === undefined).toBe(incompatibleWith(other, [one]) === undefined)
      }),
    )
    expect(incompatibleWith('approver', ['officer'])).toBeUndefined()
    expect(incompatibleWith('registrar', ['officer'])).toBe('officer')
    expect(incompatibleWith('security-administrator', ['system-administrator'])).toBe('system-administrator')
    expect(incompatibleWith('finance-clerk', ['approver'])).toBe('approver')
  })

  test('the operator’s commands are for the roster, never for a case', () => {
    expect(refusalOf(operator, 'grant.give')).toBeUndefined()
    expect(refusalOf(personWith('lin', '林书远', ['officer'], binhai), 'grant.give')?.code).toBe('role-missing')
  })
})

describe('what a list shows', () => {
  const officer = personWith('one', '某某', ['officer'], binhai, first)
  const auditor = personWith('two', '某某', ['auditor'], undefined)

  test('are the cases of the courts and teams a role was given for, and none for a role that may not', () => {
    expect(reachOf(officer, 'request.list')).toEqual({ person: 'one', spans: [{ court: binhai, team: first }] })
    const wide = personWith('three', '某某', ['officer'], binhai)
    expect(reachOf(wide, 'request.list')).toEqual({ person: 'three', spans: [{ court: binhai }] })
    expect(reachOf(auditor, 'request.list')).toEqual({ person: 'two', spans: [] })
  })

  test('are all courts to who has a role for all, and else those of the role', () => {
    const deed = every.find((one) => 'auditor' in deeds[one]) ?? 'request.list'
    expect(courtsOf(auditor, deed)).toBeUndefined()
    expect(courtsOf(personWith('four', '某某', ['auditor'], binhai), deed)).toEqual([binhai])
    expect(courtsOf(officer, deed)).toEqual([])
  })
})

test('a party is seen plainly by who is on the case, and by a registrar until it is confirmed', () => {
  const file = caseFile({ team: first })
  const registrar = personWith('wen', '某某', ['registrar'], binhai)
  const [confirmed, waiting] = [{ confirmedBy: 'he' }, {}]
  expect(seesPlainly(personWith('one', '某某', ['officer'], binhai, first), file, confirmed)).toBe(true)
  const wide = personWith('two', '某某', ['officer'], binhai)
  expect([seesPlainly(wide, file, confirmed), seesPlainly(wide, file, waiting)]).toEqual([false, false])
  expect([seesPlainly(registrar, file, confirmed), seesPlainly(registrar, file, waiting)]).toEqual([false, true])
})
