import { v7 as newId } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyRoot, leafHash } from '../../src/ledger/merkle.ts'
import { ledgerStore } from '../../src/store/ledger.ts'
import { openPostgresql } from '../../src/store/postgresql.ts'
import { openTestStore, type TestStore, testDatabaseUrl } from '../support/database.ts'
import { entryFor } from './sample.ts'

let opened: TestStore
beforeEach(async () => {
  opened = await openTestStore()
})
afterEach(() => opened.close())

const hashed = (text: string) => leafHash(Buffer.from(text))

test('a new log stands at nothing', async () => {
  expect(await opened.ledger.head()).toEqual({ size: 0, root: emptyRoot() })
  expect(await opened.ledger.tile(0, 0)).toBeUndefined()
  expect(await opened.ledger.latestCheckpoint()).toBeUndefined()
})

test('what waits is taken once, in its order, and keeps its place', async () => {
  const entries = Array.from({ length: 5 }, () => entryFor())
  for (const entry of entries) await opened.store.note((act) => act.enter(entry))
  const first = await opened.ledger.integrate(async (log) => {
    const taken = await log.takePending(3)
    await log.placeLeaves(
      0,
      taken.map(({ entryId }) => entryId),
    )
    return taken
  })
  expect(first).toEqual({
    kind: 'committed',
    value: entries.slice(0, 3).map(({ id, leafHash: hash }) => ({ entryId: id, leafHash: hash })),
  })
  expect((await opened.health()).pending).toBe(2)
  expect(await opened.ledger.leafIndexes([...entries.map(({ id }) => id), 'no id'])).toEqual(
    new Map(entries.slice(0, 3).map(({ id }, index) => [id, index])),
  )
  expect((await opened.reads.entries({ limit: 2 })).map(({ index }) => index)).toEqual([undefined, undefined])
  expect(await opened.reads.entry(entries[2]?.id ?? '')).toMatchObject({ index: 2 })
})

test('leaves are read back exactly, in the order of the log', async () => {
  const entries = Array.from({ length: 4 }, () => entryFor())
  for (const entry of entries) await opened.store.note((act) => act.enter(entry))
  const placed = [3, 1, 0].flatMap((n) => entries[n] ?? [])
  await opened.ledger.integrate((log) =>
    log.placeLeaves(
      0,
      placed.map(({ id }) => id),
    ),
  )
  const bytes = placed.map(({ leaf }) => leaf)
  expect(await opened.reads.leaves(0, 9)).toEqual(bytes)
  expect(await opened.reads.leaves(1, 1)).toEqual(bytes.slice(1, 2))
  expect(await opened.reads.leaves(3, 9)).toEqual([])
})

test('an integration that throws leaves everything pending', async () => {
  await opened.store.note((act) => act.enter(entryFor()))
  const broken = new Error('sequencer died')
  const integration = opened.ledger.integrate(async (log) => {
    const taken = await log.takePending(10)
    await log.placeLeaves(
      0,
      taken.map(({ entryId }) => entryId),
    )
    throw broken
  })
  await expect(integration).rejects.toBe(broken)
  expect((await opened.health()).pending).toBe(1)
})

test('an entry has one place', async () => {
  const id = newId()
  await opened.ledger.integrate((log) => log.placeLeaves(0, [id]))
  await expect(opened.ledger.integrate((log) => log.placeLeaves(1, [id]))).rejects.toMatchObject({ sqlState: '23505' })
})

test('the head moves only from where it stands', async () => {
  const [empty, one, two] = [
    { size: 0, root: emptyRoot() },
    { size: 1, root: hashed('1') },
    { size: 2, root: hashed('2') },
  ]
  const move = (from: typeof empty, to: typeof empty) => opened.ledger.integrate((log) => log.moveHead(from, to))
  expect(await move(empty, one)).toEqual({ kind: 'committed', value: true })
  expect(await move(empty, two)).toEqual({ kind: 'committed', value: false })
  expect(await move({ ...one, root: hashed('other') }, two)).toEqual({ kind: 'committed', value: false })
  expect(await opened.ledger.head()).toEqual(one)
})

test('a tile grows; shortened or rewritten it is a fault', async () => {
  const keep = (bytes: Uint8Array) => opened.ledger.integrate((log) => log.keepTiles([{ level: 0, index: 3, bytes }]))
  const [a, b] = [hashed('a'), hashed('b')]
  await keep(a)
  await keep(Buffer.concat([a, b]))
  await keep(Buffer.concat([a, b]))
  expect(await opened.ledger.tile(0, 3)).toEqual(Buffer.concat([a, b]))
  await expect(keep(a)).rejects.toMatchObject({ code: 'TILE_REWRITTEN' })
  await expect(keep(Buffer.concat([b, a]))).rejects.toMatchObject({ code: 'TILE_REWRITTEN' })
})

test('of two checkpoints of one size the first is kept; the largest is the latest', async () => {
  const keep = (size: number, note: string) =>
    opened.ledger.integrate((log) => log.keepCheckpoint({ size, root: hashed(`${size}`), note }, new Date()))
  await keep(9, 'nine')
  expect(await keep(9, 'another nine')).toMatchObject({ value: { size: 9, note: 'nine' } })
  await keep(4, 'four')
  expect(await opened.ledger.latestCheckpoint()).toEqual({ size: 9, root: hashed('9'), note: 'nine' })
})

test.runIf(testDatabaseUrl)('a second sequencer is told at once that the log is busy', async () => {
  const other = await openPostgresql(opened.url ?? '')
  const answer = await opened.ledger.integrate(() => ledgerStore(other).integrate(async () => 'took it'))
  expect(answer).toEqual({ kind: 'committed', value: { kind: 'busy' } })
  expect(await ledgerStore(other).integrate(async () => 'took it')).toEqual({ kind: 'committed', value: 'took it' })
  await other.close()
})
