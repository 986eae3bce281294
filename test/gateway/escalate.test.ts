import { v7 as newId } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { approve, sendBack } from '../../src/gateway/approve.ts'
import { endDuty, setDuty } from '../../src/gateway/duty.ts'
import { escalateDue } from '../../src/gateway/escalate.ts'
import { binhai, hedong, measureOf, officerLin, registrarWen, sure } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

const minute = 60_000
let office: Office
let one: Person
let two: Person
let director: Person
beforeEach(async () => {
  office = await openOffice()
  one = personWith(newId(), '值班甲', ['approver', 'officer'], binhai)
  two = personWith(newId(), '值班乙', ['approver'], binhai)
  director = personWith(newId(), '局长丙', ['enforcement-director'], binhai)
  for (const person of [one, two, director]) await seat(office.opened, person)
})
afterEach(() => office.close())

const now = () => office.parts.clock()
const later = (ms: number) => new Date(now().getTime() + ms)
const put = async (person: Person, from = later(-minute), until = later(8 * 60 * minute)) =>
  sure(await setDuty(office.parts, registrarWen, binhai, person, { from, until })).id
const urgently = async (file: OpenCase, by = officerLin) =>
  sure(await office.ask(file, measureOf.seal, { urgentReason: '正在转移财产' }, by))
const called = async (request: string) =>
  (await office.opened.reads.escalations(request)).map(({ step, personName, as }) => `${step} ${personName} ${as}`)
const pass = (minutes: number) => {
  office.time.shift += minutes * minute
}
const round = () => escalateDue(office.parts)

describe('an urgent request', () => {
  test('goes to whoever is on duty, every 15 minutes to the next, then to the 执行局长, and never out by itself', async () => {
    await put(one)
    await put(two, later(-minute / 2))
    const file = await office.openCase()
    const { id, warnings } = await urgently(file)
    expect(warnings).toEqual([])
    expect(await called(id)).toEqual(['1 值班甲 duty'])
    pass(14)
    expect(await round()).toBe(0)
    pass(1)
    expect(await round()).toBe(1)
    expect(await round()).toBe(0)
    pass(15)
    await round()
    expect(await called(id)).toEqual(['1 值班甲 duty', '2 值班乙 duty', '3 局长丙 director'])
    for (let n = 0; n < 100; n += 1) {
      pass(15)
      await round()
    }
    expect(await called(id)).toHaveLength(3)
    expect(await office.opened.reads.exchangesOf(id)).toEqual([])
    const kinds = (await office.kinds(file.id)).filter((kind) => kind === 'request.escalated')
    expect(kinds).toHaveLength(3)
  })

  test('is decided by whoever may, also the 执行局长, and nobody is called after that', async () => {
    await put(one)
    const file = await office.openCase()
    const { id } = await urgently(file)
    expect(await approve(office.parts, director, { id, caseId: file.id })).toMatchObject({ kind: 'approved' })
    expect(await office.opened.reads.approvals(id)).toMatchObject([{ role: 'enforcement-director' }])
    pass(60)
    expect(await round()).toBe(0)
    const other = await urgently(file)
    sure(await sendBack(office.parts, two, { id: other.id, caseId: file.id }, '缺少裁定'))
    pass(60)
    expect(await round()).toBe(0)
    expect(await called(other.id)).toHaveLength(1)
  })

  test('is never called out to its maker, to whoever may not decide on the case, nor to a duty that is over', async () => {
    const elsewhere = personWith(newId(), '外院', ['approver'], hedong)
    await seat(office.opened, elsewhere)
    await put(one)
    const over = await put(two)
    sure(await endDuty(office.parts, registrarWen, over))
    const file = await office.openCase()
    const { id } = await urgently(file, one)
    expect(await called(id)).toEqual(['1 局长丙 director'])
    // The next shift comes on.
    await put(two, later(20 * minute))
    pass(16)
    expect(await round()).toBe(0)
    pass(5)
    expect(await round()).toBe(1)
    expect(await called(id)).toEqual(['1 局长丙 director', '2 值班乙 duty'])
  })

  test('calls one at a time, however many processes go round, and after a rest makes good one step', async () => {
    await put(one)
    await put(two)
    const file = await office.openCase()
    const { id } = await urgently(file)
    pass(300)
    const rounds = await Promise.all(Array.from({ length: 5 }, round))
    expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await called(id)).toHaveLength(2)
  })

  test('with nobody to call says so to its maker, and calls the first who comes', async () => {
    const lonely = await openOffice()
    const file = await lonely.openCase()
    const said = sure(await lonely.ask(file, measureOf.seal, { urgentReason: '正在转移财产' }))
    expect(said.warnings).toEqual(['nobody-on-duty'])
    expect(await escalateDue(lonely.parts)).toBe(0)
    await seat(lonely.opened, director)
    expect(await escalateDue(lonely.parts)).toBe(1)
    await lonely.close()
  })

  test('that only asks leaves at once, and nobody is called', async () => {
    await put(one)
    const file = await office.openCase()
    const { id } = sure(await office.ask(file, measureOf.inquire, { urgentReason: '正在转移财产' }))
    expect(await called(id)).toEqual([])
    expect(await office.opened.reads.exchangesOf(id)).toHaveLength(1)
  })
})

describe('the duty roster', () => {
  const at = (person: Person, from: Date, until: Date, by = registrarWen, court = binhai) =>
    setDuty(office.parts, by, court, person, { from, until })

  test('is kept by a registrar of the court, names whoever may approve there, and ends after it begins', async () => {
    const [from, until] = [later(0), later(minute)]
    expect(await at(one, until, from)).toMatchObject({ code: 'duty-backwards' })
    expect(await at(one, later(-2 * minute), later(-minute))).toMatchObject({ code: 'duty-backwards' })
    expect(await at(officerLin, from, until)).toMatchObject({ code: 'duty-not-approver' })
    expect(await at(one, from, until, registrarWen, hedong)).toMatchObject({ code: 'wrong-court' })
    expect(await at(one, from, until, one)).toMatchObject({ code: 'role-missing' })
    const { id } = sure(await at(director, from, until))
    expect(await office.opened.reads.duties({ from, limit: 5 })).toMatchObject([{ id, personName: '局长丙' }])
    const stranger = personWith('registrar-x', '外院立案', ['registrar'], hedong)
    expect(await endDuty(office.parts, stranger, id)).toMatchObject({ code: 'duty-unknown' })
    sure(await endDuty(office.parts, registrarWen, id))
    expect(await endDuty(office.parts, registrarWen, id)).toMatchObject({ code: 'duty-unknown' })
    expect(await office.opened.reads.duties({ from, limit: 5 })).toEqual([])
    const kinds = (await office.opened.reads.entries({ about: director.id, limit: 9 })).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['duty.ended', 'duty.set'])
  })
})

describe('a matrix that names the 执行局长 as the second', () => {
  test('keeps the last word for them', async () => {
    Object.assign(office.parts, { approvals: [{ approvals: 2, director: true }] })
    const file = await office.openCase()
    const { id } = sure(await office.ask(file, measureOf.seal))
    const approving = (by: Person) => approve(office.parts, by, { id, caseId: file.id })
    expect(await approving(one)).toMatchObject({ kind: 'seconded' })
    expect(await approving(two)).toMatchObject({ code: 'director-needed' })
    expect(await approving(director)).toMatchObject({ kind: 'approved' })
    const [gone] = await office.opened.reads.exchangesOf(id)
    const told = JSON.parse(Buffer.from(gone?.delivery.jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
    expect(told.approvals.map(({ role }: { role: string }) => role)).toEqual(['approver', 'enforcement-director'])
  })
})
