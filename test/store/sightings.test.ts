import { eq, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findable } from '../../src/domain/subject-number.ts'
import { rowsOf } from '../../src/store/database.ts'
import { secretsOf, storeOn } from '../../src/store/open.ts'
import { document, party, subjectIndex } from '../../src/store/schema/case.ts'
import { openTestStore, secretsWith, type TestStore, testKek } from '../support/database.ts'
import { at, debtor, foundCase } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const number = findable('id-card', debtor.idNumber)

test('a party is found by its number from the moment it was added, and the index tells nothing of it', async () => {
  const file = await foundCase(opened.store)
  const { parties } = await opened.reads.sightings(number)
  expect(parties).toContainEqual({ caseId: file.id, party: file.parties[0]?.id })
  expect(await opened.reads.sightings(findable('id-card', '110101199003070097'))).toEqual({ parties: [], searches: [] })
  const rows = await opened.database.queries.select().from(subjectIndex)
  expect(rows.every(({ hmac }) => hmac.length === 32)).toBe(true)
  expect(JSON.stringify(rows)).not.toContain(debtor.idNumber)
})

test('a search that was made is sighted too', async () => {
  const search = newId()
  const remembering = () => opened.store.note((act) => act.indexSearch(search, number))
  await remembering()
  await remembering()
  expect((await opened.reads.sightings(number)).searches).toEqual([search])
})

test('a row that was erased finds nobody', async () => {
  const file = await foundCase(opened.store)
  await opened.database.transaction((queries) => queries.delete(subjectIndex).where(eq(subjectIndex.caseId, file.id)))
  const { parties } = await opened.reads.sightings(number)
  expect(parties.map(({ caseId }) => caseId)).not.toContain(file.id)
})

test('what an earlier release left is caught up with: parties that are not indexed, numbers of documents and names of parties in the clear', async () => {
  const file = await foundCase(opened.store)
  await opened.store.act(file.id, async (act) => {
    const kept = await act.keep('document', Buffer.from('%PDF'))
    const row = {
      sha256: 'a'.repeat(43),
      kind: 'ruling',
      number: '号一',
      mediaType: 'application/pdf',
      length: 4,
    } as const
    await act.addDocument({ ...row, payload: kept.id, storedBy: 'x' })
  })
  const { database } = opened
  await database.transaction(async (queries) => {
    await queries.delete(subjectIndex)
    await queries.update(document).set({ naming: null, number: '裁定书標記' })
  })
  const of = file.parties[0]?.id ?? ''
  await database.queries.update(party).set({ externalId: '当事人編號標記' }).where(eq(party.id, of))
  expect((await opened.reads.caseById(file.id))?.parties[0]?.externalId).toBe('当事人編號標記')
  expect(await opened.catchUp()).toEqual({ sealed: 2, indexed: 3 })
  expect(await opened.catchUp()).toEqual({ sealed: 0, indexed: 0 })
  expect((await opened.reads.sightings(number)).parties).toHaveLength(3)
  expect((await opened.reads.document(file.id, 'a'.repeat(43)))?.row.number).toBe('裁定书標記')
  const [row] = await rowsOf<{ text: string }>(
    database.queries,
    sql`select string_agg(d::text, '') as text from document d`,
  )
  expect(row?.text).not.toContain('裁定书標記')
  // A later signed case still finds the party by what the case system calls it.
  const [sealed] = (await opened.reads.caseById(file.id))?.parties ?? []
  expect(sealed).toEqual({ ...file.parties[0], externalId: '当事人編號標記' })
  const rows = await database.queries.select().from(party)
  expect(rows.map(({ externalId }) => externalId)).toEqual(rows.map(() => null))
})

test('under a new secret the old rows still find, and are written anew when there is time', async () => {
  const both = {
    ...secretsWith(testKek),
    indexSecrets: [{ id: 'index-2', bytes: Buffer.alloc(32, 'new') }, ...secretsWith(testKek).indexSecrets],
  }
  const again = await storeOn({ ...opened.database, close: async () => {} }, secretsOf(both), () => at)
  expect((await again.reads.sightings(number)).parties).toHaveLength(3)
  expect((await again.catchUp()).indexed).toBe(3)
  expect((await again.reads.sightings(number)).parties).toHaveLength(3)
  expect((await opened.reads.sightings(number)).parties).toEqual([])
})
