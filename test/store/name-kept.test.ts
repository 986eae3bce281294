import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf } from '../../src/store/database.ts'
import { migrationsFolder } from '../../src/store/migrations.ts'
import { nameKept } from '../../src/store/name-kept.ts'
import { usedJti } from '../../src/store/schema/used-once.ts'
import { openTestStore, type TestStore } from '../support/database.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const name = '編號標記-张某某-1'

test('the name of a message counts once, and is kept so that it says nothing', async () => {
  const until = new Date('2031-01-01T00:00:00.000Z')
  expect(await opened.usedOnce.burn('client:a', name, until)).toBe(true)
  expect(await opened.usedOnce.burn('client:a', name, until)).toBe(false)
  expect(JSON.stringify(await opened.database.queries.select().from(usedJti))).not.toContain('標記')
})

test('names that an earlier release kept in the clear are rewritten to what is looked for now', async () => {
  const migration = readFileSync(join(migrationsFolder, '0011_names_of_messages.sql'), 'utf8')
  const [, expression = ''] = /SET "jti" = (.*);$/m.exec(migration) ?? []
  const asked = sql`select ${sql.raw(expression)} as kept from (values (${name}::text)) as before (jti)`
  expect(await rowsOf<{ kept: string }>(opened.database.queries, asked)).toEqual([{ kept: nameKept(name) }])
})
