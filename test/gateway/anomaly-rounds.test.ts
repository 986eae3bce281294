import fc from 'fast-check'

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AnomalyKind, anomalyKindList } from '../../src/domain/anomaly.ts'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { Person } from '../../src/domain/person.ts'
import { findAnomalies } from '../../src/gateway/find-anomalies.ts'
import { keepAnomalies } from '../../src/gateway/keep-anomalies.ts'
import { type ListAsked, type ListedAnomaly, listAnomalies } from '../../src/gateway/list-anomalies.ts'
import { markAnomaly } from '../../src/gateway/mark-anomaly.ts'
import type { AnomalyPlace } from '../../src/gateway/ports/anomalies.ts'
import type { EntryRow } from '../../src/gateway/ports/rows.ts'
import type { RecordKind } from '../../src/ledger/record.ts'
import { entryFor, foundCase } from '../store/sample.ts'
import { binhai, hedong } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { type Office, openOffice } from './office.ts'

const mei = personWith('auditor-mei', '梅清和', ['auditor'])
const jin = personWith('auditor-jin', '金文', ['auditor'], binhai)
const sun = personWith('auditor-sun', '孙明', ['auditor'])
const auditors: readonly Person[] = [mei, jin, sun]
const kinds: readonly RecordKind[] = [
  ...(['results.viewed', 'results.viewed', 'document.viewed', 'subject.revealed', 'request.submitted'] as const),
  ...(['statement.quarantined', 'task.done'] as const),
]
const oneDay = 86_400_000

let office: Office
let cases: readonly string[]
beforeAll(async () => {
  office = await openOffice()
  const officers = ['officer-lin', 'officer-zhao'].map((id) => personWith(id, '林书远', ['officer'], binhai))
  for (const person of [...auditors, ...officers]) await seat(office.opened, person)
  const founded: string[] = []
  for (let n = 0; n < 5; n += 1) founded.push((await foundCase(office.opened.store)).id)
  cases = founded
  await seal(cases[0] ?? '', ['auditor-sun'])
  const once = new Set<string>()
  const written = fc.sample(anAct(), { numRuns: 900, seed: 11 }).filter(({ kind, request = '' }) => {
    if (kind !== 'request.submitted') return true
    return once.size < once.add(request).size
  })
  // Each request is approved, some of them faster than anybody reads.
  for (const { at = new Date(), kind, request = '', ...act } of [...written])
    if (kind === 'request.submitted') {
      const later = new Date(at.getTime() + Number(request.slice(-2)) * 600)
      written.push({ ...act, request, at: later, kind: 'request.approved', person: 'officer-zhao' })
    }
  await office.opened.store.note(async (act) => {
    for (const one of written) await act.enter(entryFor(one))
  })
})
afterAll(() => office.close())

const seal = (caseId: string, members: readonly string[]) =>
  office.opened.store.act(caseId, async (act) => {
    await act.assign({ members, isSealed: true, by: 'registrar-zhao', at: new Date() })
    return { kind: 'sealed' as const }
  })

/** Looks, reveals, approvals within seconds and bursts of a registry, thickly enough for the rules to find something. */
function anAct(): fc.Arbitrary<Partial<EntryRow>> {
  return fc
    .record({
      ago: fc.integer({ min: 0, max: 25 * oneDay }),
      isLate: fc.boolean(),
      kind: fc.constantFrom(...kinds),
      person: fc.constantFrom('officer-lin', 'officer-zhao', 'auditor-mei'),
      court: fc.constantFrom(binhai, binhai, hedong),
      caseId: fc.constantFrom(...cases),
      request: fc.integer({ min: 0, max: 89 }),
    })
    .map(({ ago, isLate, kind, request, ...act }) => {
      const at = new Date(Date.now() - (kind === 'statement.quarantined' ? ago % (3 * 3_600_000) : ago))
      if (isLate) at.setUTCHours(15, 30, request)
      if (at > new Date()) at.setTime(at.getTime() - oneDay)
      const ofRequest = { ...act, at, kind, request: `01900000-0000-7000-8000-0000000000${10 + request}` }
      return kind === 'statement.quarantined' ? { at, kind, registry: 'land-tj', court: binhai } : ofRequest
    })
}

const working = () => ({ ...office.parts, people: office.opened.people })
/** The rules by which each auditor finds something. */
const foundByAll: readonly AnomalyKind[] = ['repeated-looks', 'out-of-hours', 'reveal-without-act', 'instant-approval']

const today = () => toBeijingDate(new Date())
const askedBy = (person: Person): ListAsked => ({
  ...{ from: addDays(today(), -29), to: today(), viewer: person.id, limit: 40 },
  ...(person.court && { courts: [person.court] }),
})

/** All pages of a list, and whether it was of a kept round. */
async function wholeList(asked: ListAsked) {
  const all: ListedAnomaly[] = []
  let after: AnomalyPlace | undefined
  for (;;) {
    const told = await listAnomalies(office.parts, { ...asked, ...(after && { after }) })
    all.push(...told.anomalies)
    after = told.next
    const tally = told.tally.map(({ kind, state, count }) => `${kind} ${state} ${count}`).sort()
    if (!after) return { all, tally, isKept: told.asOf !== undefined }
  }
}

test('what a round found is, page by page, what going through the log finds, for each who sees something else of it', async () => {
  expect(await keepAnomalies(working(), 0)).toBeGreaterThanOrEqual(3)
  const sizes = new Set<number>()
  for (const person of auditors) {
    for (const over of [{}, { state: 'new' as const }, ...foundByAll.map((kind) => ({ kind }))]) {
      const asked = { ...askedBy(person), ...over }
      const live = await wholeList({ ...asked, isFresh: true })
      expect(live.isKept).toBe(false)
      expect(await wholeList(asked)).toEqual({ ...live, isKept: true })
      sizes.add(live.all.flatMap(({ entries }) => entries).length)
    }
  }
  expect(sizes.size).toBeGreaterThan(6)
})

test('a rule by itself goes through fewer acts, of fewer days, and finds the same', async () => {
  const met = new Set<string>()
  for (const [from, to] of [
    [-29, 0],
    [-12, -6],
    [-3, -3],
  ] as const) {
    const asked = { ...askedBy(sun), from: addDays(today(), from), to: addDays(today(), to) }
    const byAll = await findAnomalies(office.parts, asked)
    for (const kind of anomalyKindList) {
      const alone = await findAnomalies(office.parts, { ...asked, kind })
      expect(alone.anomalies).toEqual(byAll.anomalies.filter((one) => one.kind === kind))
      expect(alone.acts).toBeLessThan(byAll.acts)
      if (alone.anomalies.length > 0) met.add(kind)
    }
  }
  expect(met.size).toBeGreaterThanOrEqual(4)
})

test('what became of an anomaly since is told at once', async () => {
  const [one] = (await wholeList(askedBy(jin))).all.filter(({ people }) => !people.includes(mei.id))
  const asked = { ...askedBy(mei), id: one?.id ?? '' }
  await markAnomaly(office.parts, mei, asked, { outcome: 'explained', note: '值班期间办理紧急保全' })
  const explained = await wholeList({ ...askedBy(mei), state: 'explained' })
  expect(explained).toEqual({
    ...(await wholeList({ ...askedBy(mei), state: 'explained', isFresh: true })),
    isKept: true,
  })
  expect(explained.all.map(({ id }) => id)).toEqual([one?.id])
  // What comes after the word is new again, though what went before was spoken of.
  office.time.shift = -oneDay * 3
  const [other] = (await wholeList({ ...askedBy(mei), to: addDays(today(), 0), state: 'new' })).all.filter(
    ({ people, first, last }) =>
      !people.includes(mei.id) && first < office.parts.clock() && last > office.parts.clock(),
  )
  const meant = { ...askedBy(mei), id: other?.id ?? '' }
  await markAnomaly(office.parts, mei, meant, { outcome: 'open', note: '先核实其中三日前的部分' })
  office.time.shift = 0
  const fresh = await wholeList({ ...askedBy(mei), state: 'new' })
  expect(fresh).toEqual({ ...(await wholeList({ ...askedBy(mei), state: 'new', isFresh: true })), isKept: true })
  expect(fresh.all.find(({ id }) => id === other?.id)).toMatchObject({ marks: [{ outcome: 'open' }] })
  expect(fresh.all.find(({ id }) => id === other?.id)?.grown).toBeGreaterThan(0)
})

test('a round is of no use to who sees less since, nor when an hour has passed; few acts are gone through each time', async () => {
  await seal(cases[1] ?? '', [])
  expect((await wholeList(askedBy(mei))).isKept).toBe(false)
  expect(await keepAnomalies(working())).toBe(0)
  expect(await keepAnomalies(working(), 0)).toBeGreaterThanOrEqual(3)
  expect(await keepAnomalies(working(), 0)).toBe(0)
  const kept = await wholeList(askedBy(mei))
  expect(kept).toEqual({ ...(await wholeList({ ...askedBy(mei), isFresh: true })), isKept: true })
  office.time.shift = 70 * 60_000
  expect((await wholeList(askedBy(mei))).isKept).toBe(false)
  office.time.shift = 0
  expect((await wholeList({ ...askedBy(mei), from: addDays(today(), -3) })).isKept).toBe(false)
})
