import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCaseNumber } from '../../src/domain/case-number.ts'
import { readCaseNumberPart } from '../../src/domain/case-number-part.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import { casesWith } from '../../src/gateway/cases-with.ts'
import type { ControlRow, DocumentRow } from '../../src/gateway/ports/rows.ts'
import { sha256Text } from '../../src/ledger/record.ts'
import { sure } from '../support/court.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { at, binhai, entryFor, everyCase, foundCase, foundWithDeliveries, landBureau, newCase } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

test('entries come newest first, page by page, by whatever they are filtered', async () => {
  const caseId = newId()
  const all = Array.from({ length: 7 }, (_, n) =>
    entryFor({
      caseId,
      caseSeq: n + 1,
      at: new Date(at.getTime() + n * 1000),
      kind: n % 2 === 0 ? 'request.submitted' : 'document.viewed',
      ...(n === 3 && { person: 'officer-lin', registry: landBureau, court: binhai, request: 'r', delivery: 'd' }),
    }),
  )
  for (const entry of all) await opened.store.note((act) => act.enter(entry))
  const newest = [...all].reverse()

  const first = await opened.reads.entries({ caseId, limit: 3 })
  const second = await opened.reads.entries({ caseId, limit: 3, after: first.at(-1)?.id ?? '' })
  const third = await opened.reads.entries({ caseId, limit: 3, after: second.at(-1)?.id ?? '' })
  expect([...first, ...second, ...third]).toEqual(newest)
  expect([first, second, third].map(({ length }) => length)).toEqual([3, 3, 1])

  const ids = async (filter: object) =>
    (await opened.reads.entries({ caseId, limit: 9, ...filter })).map(({ id }) => id)
  expect(await ids({ kind: 'document.viewed' })).toEqual([5, 3, 1].map((n) => all[n]?.id))
  expect(await ids({ from: all[2]?.at, to: all[4]?.at })).toEqual([3, 2].map((n) => all[n]?.id))
  for (const filter of [
    { person: 'officer-lin' },
    { registry: landBureau },
    { court: binhai },
    { request: 'r' },
    { delivery: 'd' },
  ])
    expect(await ids(filter)).toEqual([all[3]?.id])
  expect(await ids({ person: 'nobody' })).toEqual([])
})

test('an id that cannot be one of ours finds nothing and breaks nothing', async () => {
  const odd = "'; --"
  expect(await opened.reads.entry(odd)).toBeUndefined()
  expect(await opened.reads.entries({ limit: 3, after: odd })).toEqual([])
  expect(await opened.reads.caseById(odd)).toBeUndefined()
  expect(await opened.reads.request(odd)).toBeUndefined()
  expect(await opened.reads.delivery(odd)).toBeUndefined()
  expect(await opened.reads.exchange(odd)).toBeUndefined()
  expect(await opened.reads.exchangesOf(odd)).toEqual([])
  expect(await opened.reads.exchangesOfCase(odd)).toEqual([])
  expect(await opened.reads.approvals(odd)).toEqual([])
  expect(await opened.reads.controls(odd)).toEqual([])
  expect(await opened.reads.document(odd, odd)).toBeUndefined()
  expect(await opened.reads.sealedReceipt(odd, odd)).toBeUndefined()
  expect(await opened.reads.requestLines({ caseId: odd, limit: 3 })).toEqual([])
  expect(await opened.reads.cases(everyCase(binhai), { after: odd, limit: 3 })).toEqual([])
  expect(await opened.reads.opening(odd)).toBeUndefined()
})

test('the cases of a court come newest first', async () => {
  const court = '津0103' as CourtCode
  const files = [newCase(), newCase(), newCase()].map((file) => ({ ...file, court }))
  for (const file of files) await foundCase(opened.store, file)
  const page = await opened.reads.cases(everyCase(court), { limit: 2 })
  expect(page).toEqual([files[2], files[1]].map((file) => ({ ...file, members: [] })))
  expect(await opened.reads.cases(everyCase(court), { limit: 2, after: page[1]?.id ?? '' })).toEqual([
    { ...files[0], members: [] },
  ])
})

test('a document is kept once a case, and an entry opens with the salt of its commitment', async () => {
  const file = await foundCase(opened.store)
  const bytes = Buffer.from('%PDF-1.7 裁定书')
  const sha256 = sha256Text(bytes)
  const store = () =>
    opened.store.act(file.id, async (act) => {
      const kept = await act.keep('document', bytes)
      const entry = entryFor({ kind: 'document.stored', payload: kept.id, caseId: file.id })
      await act.enter(entry)
      const meta = {
        number: '（2026）津0116执1号之一',
        mediaType: 'application/pdf',
        length: bytes.length,
        storedBy: 'lin',
      }
      const row: DocumentRow = { sha256, kind: 'ruling', payload: kept.id, ...meta }
      return { kind: 'stored' as const, row, kept, entry, first: await act.addDocument(row) }
    })
  const [one, two] = [await store(), await store()]
  if (one.kind !== 'stored' || two.kind !== 'stored') throw new Error('not stored')
  expect([one.first, two.first]).toEqual([true, false])
  expect(await opened.reads.document(file.id, sha256)).toEqual({ row: one.row, bytes })
  expect(await opened.reads.document(file.id, 'other')).toBeUndefined()
  const opening = await opened.reads.opening(one.entry.id)
  expect(opening?.bytes).toEqual(bytes)
  expect(sha256Text(opening?.cipher ?? Buffer.alloc(0))).toBe(one.kept.cipherSha256)
})

test('a sealed receipt is kept once a delivery', async () => {
  const { file, deliveries } = await foundWithDeliveries(opened.store, 1)
  const id = deliveries[0]?.id ?? ''
  const bytes = Buffer.from('回执')
  const keep = () =>
    opened.store.act(file.id, async (act) =>
      act.keepReceipt(id, 'digest', 'image/png', await act.keep('sealed-receipt', bytes)),
    )
  expect([await keep(), await keep()]).toEqual([true, false])
  expect(await opened.reads.sealedReceipt(id, 'digest')).toEqual({ mediaType: 'image/png', bytes })
})

test('a control is written whole: what its newer state leaves out is gone', async () => {
  const file = await foundCase(opened.store)
  const waiting: ControlRow = {
    id: newId(),
    caseId: file.id,
    delivery: newId(),
    registry: landBureau,
    measure: 'seal',
    assetClass: 'land',
    assetRef: 'keyed-hash',
    effect: 'waiting',
    queuePlace: 2,
    statement: newId(),
  }
  const { queuePlace: _queuePlace, ...rest } = waiting
  const effective: ControlRow = {
    ...rest,
    effect: 'effective',
    from: '2026-11-24',
    to: '2029-11-23',
    effectiveFrom: at,
  }
  await opened.store.act(file.id, (act) => act.putControl(waiting))
  expect(await opened.reads.controls(file.id)).toEqual([waiting])
  await opened.store.act(file.id, (act) => act.putControl(effective))
  expect(await opened.reads.controls(file.id)).toEqual([effective])
})

test('a case is found by a part of its number, the whole serial before a longer one, within reach and no further', async () => {
  const numbers = [
    '（2024）津0116执710号',
    '（2025）津0116执71089号',
    '（2025）津0116执恢710号',
    '（2025）津0101执710号',
  ]
  for (const number of numbers) await foundCase(opened.store, newCase(sure(parseCaseNumber(number))))
  const found = async (text: string, court = binhai) => {
    const part = readCaseNumberPart(text)
    return part ? (await opened.reads.casesNumbered(everyCase(court), part, 10)).map(({ number }) => number) : []
  }
  const [first, longer, resumed, elsewhere] = numbers
  expect(await found('710')).toEqual([elsewhere, resumed, first, longer])
  expect(await found('执710')).toEqual([elsewhere, first, longer])
  expect(await found('710号')).toEqual([elsewhere, resumed, first])
  expect(await found('(2025)津0116执恢')).toEqual([resumed])
  expect(await found('0101执710')).toEqual([elsewhere])
  expect(await found('71')).toEqual([])
  const meant = async (text: string) => {
    const part = readCaseNumberPart(text)
    return part ? (await casesWith(opened, everyCase(binhai), part, 10)).map(({ number }) => number) : []
  }
  expect(await meant('1089')).toContain(longer)
  expect(await meant('２０２４')).toContain(first)
  expect(await found('津0101')).toEqual([elsewhere])
  expect(await found('710', '沪0101' as CourtCode)).toEqual([])
})
