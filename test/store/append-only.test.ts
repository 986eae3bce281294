import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportedControl } from '../../src/domain/imported-control.ts'
import { rowsOf } from '../../src/store/database.ts'
import { sqlStateOf } from '../../src/store/fault.ts'
import { ensurePartitions } from '../../src/store/upkeep.ts'
import { openTestStore, type TestStore, testDatabaseUrl } from '../support/database.ts'
import { entryFor, foundCase, foundWithDeliveries, landBureau, statementFor } from './sample.ts'

/** Far from today, so that its partition is made by this test and by no migration. */
const later = new Date('2031-05-15T00:00:00.000Z')

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
  await ensurePartitions(opened.database, later)
  await fillEveryTable()
})
afterAll(() => opened.close())

/** The SQLSTATE with which a statement is refused; in a transaction that is undone, were it not refused. */
async function refusal(statement: string, before: readonly string[] = []): Promise<string | undefined> {
  try {
    await opened.database.transaction(async (queries) => {
      for (const first of before) await queries.execute(sql.raw(first))
      await queries.execute(sql.raw(statement))
      throw new Error('was not refused')
    })
    return undefined
  } catch (error) {
    return sqlStateOf(error)
  }
}

async function fillEveryTable(): Promise<void> {
  const { file, deliveries } = await foundWithDeliveries(opened.store, 1)
  const [leased] = await opened.store.lease({ registries: [landBureau], limit: 1, seconds: 60, act: 'push' })
  if (!leased) throw new Error('nothing leased')
  await opened.store.settle(leased.attempt, { outcome: 'answered' })
  const row = statementFor(deliveries[0]?.id ?? '', { kind: 'nothing', sequence: 1, holdings: [], targets: [] })
  await opened.store.act(file.id, async (act) => {
    await act.addStatement(row, await act.keep('statement', row.message))
    await act.enter(entryFor())
    await act.enter(entryFor({ id: idIn(later) }))
    const wrong = { id: newId(), delivery: row.delivery, statement: row.id, entry: newId() }
    await act.sealResult({ ...wrong, isSealed: true, by: 'officer-lin', at: later })
    const paper = await act.keep('document', Buffer.from('%PDF-'))
    const named = { kind: 'ruling', number: 'x', mediaType: 'application/pdf', length: 5, storedBy: 'x' } as const
    await act.addDocument({ ...named, sha256: 'x', payload: paper.id })
    await act.urgency.add({
      ...{ id: newId(), request: deliveries[0]?.request ?? '', step: 1, person: 'x', as: 'duty' as const },
      ...{ at: later, entry: newId() },
    })
    const errand = { caseId: file.id, delivery: row.delivery, round: 1, person: 'x', at: later, entry: newId() }
    await act.errands.enter({ ...errand, id: newId(), seat: 1 }, await act.keep('errand', Buffer.from('{}')))
    await act.errands.judge({ ...errand, id: newId(), fields: [] })
    await act.addImport(importFor(file), await act.keep('imported-control', Buffer.from('{}')))
    await act.addSeal({ id: newId(), sha256: 'x', at: later, finding: { kind: 'sealed', by: '法院', signedAt: later } })
  })
  await opened.ledger.integrate(async (log) => {
    const [first] = await log.takePending(1)
    if (!first) throw new Error('nothing pending')
    await log.placeLeaves(0, [first.entryId])
    await log.keepTiles([{ level: 0, index: 0, bytes: first.leafHash }])
    await log.keepCheckpoint({ size: 1, root: first.leafHash, note: 'note' }, new Date())
  })
}

const importFor = ({ id: caseId }: { id: string }) => {
  return { id: newId(), caseId, importedAt: new Date(), entry: newId() } as ImportedControl
}

function idIn(month: Date): string {
  return newId({ msecs: month.getTime() })
}

const kept = {
  entry: 'at',
  payload: 'length',
  statement: 'jti',
  attempt: 'at',
  attempt_outcome: 'outcome',
  leaf: 'entry_id',
  checkpoint: 'note',
  sealed_result: 'is_sealed',
  document_seal: 'verdict',
  escalation: 'called_as',
  imported_control: 'imported_at',
  errand_entry: 'at',
  errand_verdict: 'at',
  entry_2031_05: 'at',
}

describe.each(Object.entries(kept))('what is written to %s stays', (table, column) => {
  test.each([`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`])(
    '%s',
    async (statement) => {
      const rows = await rowsOf(opened.database.queries, sql.raw(`select from ${table}`))
      expect(rows.length).toBeGreaterThan(0)
      expect(await refusal(statement)).toBe('WR001')
      expect(await refusal(statement, ['set local session_replication_role = replica'])).toBe('WR001')
    },
  )
})

test('every partition, also one to come, refuses on its own', async () => {
  const parts = await rowsOf<{ part: string; triggers: number }>(
    opened.database.queries,
    sql`select c.relname as part,
          (select count(*)::int from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'A') as triggers
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where c.relkind = 'r' order by 1`,
  )
  expect(parts.map(({ part }) => part)).toEqual(
    expect.arrayContaining(['entry_default', 'payload_default', 'entry_2031_05', 'entry_2031_07', 'payload_2031_06']),
  )
  expect(parts.filter(({ triggers }) => triggers !== 2)).toEqual([])
})

test('rows go to the partition of their month, and nowhere else', async () => {
  const tables = await rowsOf<{ part: string }>(
    opened.database.queries,
    sql`select distinct tableoid::regclass::text as part from entry order by 1`,
  )
  const month = new Date().toISOString().slice(0, 7).replace('-', '_')
  expect(tables.map(({ part }) => part)).toEqual([`entry_${month}`, 'entry_2031_05'].sort())
})

test('a row of a month nobody made a partition for is kept all the same', async () => {
  const strayed = idIn(new Date('2044-01-01T00:00:00.000Z'))
  await opened.store.note((act) => act.enter(entryFor({ id: strayed })))
  expect(await opened.reads.entry(strayed)).toMatchObject({ id: strayed })
  expect((await opened.health()).partitionsLate).toBe(true)
  await ensurePartitions(opened.database, new Date('2044-01-20T00:00:00.000Z'))
  expect(await opened.reads.entry(strayed)).toMatchObject({ id: strayed })
})

test('a tile grows, and only so', async () => {
  const longer = `bytes = bytes || decode('${'ab'.repeat(32)}', 'hex'), width = width + 1`
  expect(await refusal(`update tile set ${longer}`)).toBeUndefined()
  for (const set of [
    `bytes = decode('${'00'.repeat(32)}', 'hex')`,
    `bytes = decode('${'00'.repeat(64)}', 'hex'), width = 2`,
    'index = 7',
    'level = 1',
  ]) {
    expect([set, await refusal(`update tile set ${set}`)]).toEqual([set, 'WR002'])
  }
  expect(await refusal('delete from tile')).toBe('WR001')
  expect(await refusal('truncate tile')).toBe('WR001')
})

describe('a payload', () => {
  const erasing = (entry: string) => `set local writ.erasure = '${entry}'`

  test('may be deleted beside an erasure that the same transaction enters', async () => {
    const file = await foundCase(opened.store)
    const payload = await opened.store.act(file.id, async (act) => {
      const { id } = await act.keep('document', Buffer.from('to be forgotten'))
      const entry = entryFor({ payload: id })
      await act.enter(entry)
      return { kind: 'kept' as const, id, entry: entry.id }
    })
    if (payload.kind !== 'kept') throw new Error(payload.kind)
    const erasure = newId()
    await opened.database.transaction(async (queries) => {
      const leaf = sql`decode('00', 'hex')`
      await queries.execute(
        sql`insert into entry (id, at, kind, leaf, leaf_hash) values (${erasure}::uuid, now(), 'erasure', ${leaf}, ${leaf})`,
      )
      await queries.execute(sql.raw(erasing(erasure)))
      await queries.execute(sql.raw(`delete from payload where id = '${payload.id}'`))
    })
    expect(await opened.reads.opening(payload.entry)).toBeUndefined()
    expect(await opened.reads.entry(payload.entry)).toMatchObject({ payload: payload.id })
    // The same erasure covers nothing in a later transaction.
    expect(await refusal('delete from payload', [erasing(erasure)])).toBe('WR001')
    expect(await refusal('update payload set length = 0', [erasing(erasure)])).toBe('WR001')
  })

  test('may not be deleted beside an entry of another kind, or none', async () => {
    expect(await refusal('delete from payload', [erasing(newId())])).toBe('WR001')
    const id = newId()
    const other = `insert into entry (id, at, kind, leaf, leaf_hash) values ('${id}', now(), 'document.viewed', '', '')`
    expect(await refusal('delete from payload', [other, erasing(id)])).toBe('WR001')
  })
})

test.runIf(testDatabaseUrl)('also several processes that start at once make each partition once', async () => {
  const now = new Date('2035-02-01T00:00:00.000Z')
  await Promise.all([1, 2, 3].map(() => ensurePartitions(opened.database, now)))
  const parts = await rowsOf(
    opened.database.queries,
    sql`select from pg_class where relname like 'entry_2035%' and relkind = 'r'`,
  )
  expect(parts).toHaveLength(3)
})
