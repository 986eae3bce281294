import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { QuickEngine } from '../../src/store/quick-engine.ts'
import { layDatabase } from '../support/database.ts'

let quick: QuickEngine
const dir = mkdtempSync(join(tmpdir(), 'writ-quick-'))
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB']
beforeAll(async () => {
  await layDatabase(dir)
  quick = new QuickEngine({ dataDir: join(dir, 'db'), startParams })
  await quick.waitReady
  await quick.exec(
    `create table thing (id int primary key, words text, bytes bytea, at timestamptz, sum numeric, is_so boolean)`,
  )
})
afterAll(async () => {
  await quick.close()
  rmSync(dir, { recursive: true })
})

const count = async () => (await quick.query<{ n: number }>('select count(*)::int as n from thing')).rows[0]?.n

test('what goes in comes out, whatever it is, the first time and the tenth', async () => {
  const thing = fc.record({
    words: fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))),
    bytes: fc.option(fc.uint8Array({ maxLength: 300 })),
    at: fc.option(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })),
    sum: fc.option(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })),
    isSo: fc.option(fc.boolean()),
  })
  let id = 0
  const insert = 'insert into thing values ($1, $2, $3, $4, $5, $6) returning id'
  const select = 'select words, bytes, at, sum::text, is_so from thing where id = $1'
  await fc.assert(
    fc.asyncProperty(thing, async ({ words, bytes, at, sum, isSo }) => {
      id += 1
      await quick.query(insert, [id, words, bytes, at?.toISOString() ?? null, sum, isSo])
      const { rows } = await quick.query<Record<string, unknown>>(select, [id])
      expect(rows).toEqual([{ words, bytes, at, sum: sum === null ? null : String(sum), is_so: isSo }])
    }),
    { numRuns: 60 },
  )
})

test('rows come as objects or as lists, and a statement says how many it touched', async () => {
  await quick.query('delete from thing')
  await quick.query('insert into thing (id, words) values ($1, $2), ($3, $4)', [1, '甲', 2, '乙'])
  for (let again = 0; again < 3; again += 1) {
    const sql = 'select id, words from thing order by id'
    expect((await quick.query(sql)).rows).toEqual([
      { id: 1, words: '甲' },
      { id: 2, words: '乙' },
    ])
    expect((await quick.query(sql, [], { rowMode: 'array' })).rows).toEqual([
      [1, '甲'],
      [2, '乙'],
    ])
    const { affectedRows } = await quick.query('update thing set words = words where id > $1', [0])
    expect(affectedRows).toBe(2)
  }
})

describe('a query that fails', () => {
  test('fails with the state PostgreSQL gives, and the same text works afterwards', async () => {
    await quick.query('delete from thing')
    const insert = 'insert into thing (id) values ($1)'
    for (let again = 0; again < 3; again += 1) {
      await quick.query(insert, [again])
      await expect(quick.query(insert, [again])).rejects.toMatchObject({ code: '23505' })
      await expect(quick.query(insert, ['no number'])).rejects.toMatchObject({ code: '22P02' })
      await expect(quick.query('select nothing from thing')).rejects.toMatchObject({ code: '42703' })
    }
    expect(await count()).toBe(3)
  })

  test('undoes its transaction and leaves the next one whole', async () => {
    await quick.query('delete from thing')
    const doubled = quick.transaction(async (tx) => {
      await tx.query('insert into thing (id) values ($1)', [7])
      await tx.query('insert into thing (id) values ($1)', [7])
    })
    await expect(doubled).rejects.toMatchObject({ code: '23505' })
    expect(await count()).toBe(0)
    let left: Transaction | undefined
    const passedOver = quick.transaction(async (tx) => {
      left = tx
      await tx.query('insert into thing (id) values ($1)', [7])
      await expect(tx.query('select nothing_either')).rejects.toMatchObject({ code: '42703' })
      await expect(tx.query('select count(*)::int as n from thing')).rejects.toMatchObject({ code: '25P02' })
    })
    await expect(passedOver).rejects.toThrow('had failed')
    expect(() => left?.query('select 1')).toThrow('over')
    expect(await count()).toBe(0)
  })

  test('of a value that is no text, number, truth value or bytes is refused before it is sent', async () => {
    await expect(quick.query('select $1::text', [{ a: 1 }])).rejects.toThrow(TypeError)
    await expect(quick.query('select $1::text', [['a']])).rejects.toThrow(TypeError)
  })
})

test('what waits for a transaction is not inside it', async () => {
  await quick.query('delete from thing')
  const seen: (number | undefined)[] = []
  const long = quick.transaction(async (tx) => {
    await tx.query('insert into thing (id) values ($1)', [1])
    await new Promise((resolve) => setTimeout(resolve, 50))
    throw new Error('thought better of it')
  })
  seen.push(await count())
  await expect(long).rejects.toThrow('better')
  expect(seen).toEqual([0])
})

test('more texts than are kept are answered all the same, and what is kept is bounded', async () => {
  for (let length = 1; length <= 320; length += 1) {
    const list = Array.from({ length: length }, (_, index) => `$${index + 1}`).join(', ')
    const ids = Array.from({ length: length }, (_, index) => index)
    const { rows } = await quick.query<{ n: number }>(`select cardinality(array[${list}]::int[]) as n`, ids)
    expect(rows[0]?.n).toBe(ids.length)
  }
  const { rows } = await quick.query<{ n: number }>('select count(*)::int as n from pg_prepared_statements')
  expect(rows[0]?.n).toBeLessThanOrEqual(301)
})

test('a table that is changed while its queries are known is read anew', async () => {
  await quick.exec('create table other (a int); insert into other values (1)')
  expect((await quick.query('select * from other')).rows).toEqual([{ a: 1 }])
  await quick.exec(`alter table other add column b text default '乙'`)
  // PostgreSQL refuses the old shape once; from then on the new one is known.
  await quick.query('select * from other').catch(() => {})
  expect((await quick.query('select * from other')).rows).toEqual([{ a: 1, b: '乙' }])
})
