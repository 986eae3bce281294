import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { diskSync } from '../../src/store/durable-fs.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openStore } from '../../src/store/open.ts'
import { rateWindows } from '../../src/store/rate-windows.ts'
import { scriptArgs } from '../support/compiled.ts'
import { layDatabase, secretsWith, testKek, testSecrets } from '../support/database.ts'
import { debtor, foundWithDeliveries, statementFor } from './sample.ts'

const made: string[] = []
function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'writ-embedded-'))
  made.push(path)
  return path
}
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

const clock = () => new Date()

describe('durability', () => {
  let database: Database
  const synced = { data: 0, whole: 0 }
  const dataDir = directory()
  beforeAll(async () => {
    const sync = {
      data: (fd: number) => {
        synced.data += 1
        diskSync.data(fd)
      },
      whole: (fd: number) => {
        synced.whole += 1
        diskSync.whole(fd)
      },
    }
    await layDatabase(dataDir)
    database = await openEmbedded({ dataDir, sync, mostLogFiles: 1 })
  })
  afterAll(() => database.close())

  const during = async (work: () => Promise<unknown>) => {
    const before = { ...synced }
    await work()
    return { data: synced.data - before.data, whole: synced.whole - before.whole }
  }
  const insert = (n: number) => sql`insert into person (id, username, name) values (${`p${n}`}, ${`p${n}`}, 'x')`

  test('one fdatasync of the log for each commit, before it is told', async () => {
    const count = await during(async () => {
      for (let n = 0; n < 20; n += 1) await database.transaction((queries) => queries.execute(insert(n)))
    })
    expect(count).toEqual({ data: 20, whole: 0 })
  })

  test('none for what only reads', async () => {
    const count = await during(async () => {
      for (let n = 0; n < 20; n += 1) await database.queries.execute(sql`select * from person`)
      await database.transaction((queries) => queries.execute(sql`select * from person`))
    })
    expect(count).toEqual({ data: 0, whole: 0 })
  })

  test('none for calls that are only counted', async () => {
    const { take } = rateWindows(database)
    const count = await during(async () => {
      for (let n = 0; n < 20; n += 1) await take('sign-in:x', { points: 10, seconds: 60 }, 1)
    })
    // Nothing waits for the disk; the log's buffer may spill a page meanwhile, wherever in it this test happens to stand.
    expect(count.data).toBeLessThanOrEqual(1)
    expect(count.whole).toBe(0)
  })

  test('none for what is rolled back', async () => {
    const count = await during(async () => {
      await database
        .transaction(async (queries) => {
          await queries.execute(insert(99))
          throw new Error('no')
        })
        .catch(() => undefined)
    })
    expect(count.data).toBe(0)
  })

  test('a long log is cut by a checkpoint, which nobody has to ask for', async () => {
    const megabytes = (n: number) => sql`insert into payload (id, key, kind, length, commitment, sealed)
      values (${newId()}::uuid, ${newId()}::uuid, 'document', 1, '', ${randomBytes(n * 1_000_000)})`
    const count = await during(async () => {
      for (let n = 0; n < 4; n += 1) await database.transaction((queries) => queries.execute(megabytes(6)))
    })
    expect(count.whole).toBeGreaterThan(2)
  })

  test('a checkpoint forces out the data files too', async () => {
    const count = await during(() => database.tend())
    expect(count.whole).toBeGreaterThan(2)
  })
})

test('what names somebody is nowhere on the disk, and only the right key opens it', async () => {
  const dataDir = directory()
  await layDatabase(dataDir)
  const opened = await openStore({ dataDir, ...testSecrets, clock })
  const { file, deliveries } = await foundWithDeliveries(opened.store, 1)
  const row = statementFor(deliveries[0]?.id ?? '', {
    kind: 'refused',
    sequence: 1,
    holdings: [],
    targets: [],
    reason: { code: 'other', text: '不予办理標記' },
  })
  await opened.store.act(file.id, async (act) => act.addStatement(row, await act.keep('statement', row.message)))
  await opened.sweep()
  await opened.close()

  const disk = readAll(join(dataDir, 'db'))
  for (const marked of [debtor.name, debtor.idNumber, '查询財產標記', '原文標記', '不予办理標記', '信封']) {
    expect([marked, disk.some((bytes) => bytes.includes(marked))]).toEqual([marked, false])
  }
  expect(disk.some((bytes) => bytes.includes(file.number))).toBe(true)

  const next = { id: 'kek-2', secret: Buffer.alloc(32, 'y') }
  const wrong = openStore({ dataDir, ...secretsWith({ id: testKek.id, secret: Buffer.alloc(32, 'x') }), clock })
  await expect(wrong).rejects.toMatchObject({ code: 'KEY_WRONG' })
  const unknown = openStore({ dataDir, ...secretsWith(next), clock })
  await expect(unknown).rejects.toMatchObject({ code: 'KEY_WRONG' })

  const rotating = await openStore({ dataDir, ...secretsWith(next, testKek), clock })
  expect(await rotating.rewrapKeys()).toEqual({ count: 2, from: [testKek.id] })
  expect(await rotating.rewrapKeys()).toEqual({ count: 0, from: [] })
  await rotating.close()
  const rotated = await openStore({ dataDir, ...secretsWith(next), clock })
  expect((await rotated.reads.caseById(file.id))?.parties[0]?.subject).toEqual(debtor)
  await rotated.close()
})

function readAll(path: string): readonly Buffer[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name))
}

describe('the data directory', () => {
  test('made by another major version is refused before it is touched, saying what to do', async () => {
    const dataDir = directory()
    mkdirSync(join(dataDir, 'db'))
    writeFileSync(join(dataDir, 'db', 'PG_VERSION'), '17\n')
    const opening = openStore({ dataDir, ...testSecrets, clock })
    await expect(opening).rejects.toMatchObject({ code: 'DATA_DIR_VERSION' })
    await expect(opening).rejects.toThrow(/PostgreSQL 17.*writ export/)
    expect(readdirSync(join(dataDir, 'db'))).toEqual(['PG_VERSION'])
  })

  test('held by this process is refused, saying by whom', async () => {
    const dataDir = directory()
    await layDatabase(dataDir)
    const first = await openStore({ dataDir, ...testSecrets, clock })
    const second = openStore({ dataDir, ...testSecrets, clock })
    await expect(second).rejects.toMatchObject({ code: 'DATA_DIR_HELD' })
    await expect(second).rejects.toThrow(`process ${process.pid} on ${hostname()}`)
    await first.close()
    expect(readdirSync(dataDir)).toEqual(['db'])
  })
})

describe('a process killed while it writes', () => {
  let child: ChildProcess | undefined
  afterEach(() => child?.kill('SIGKILL'))

  test('loses nothing it acknowledged, and its lock is taken over', async () => {
    const dataDir = directory()
    await layDatabase(dataDir)
    const acknowledged: string[] = []
    child = spawn(process.execPath, [...scriptArgs('test/store/writer.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (!child.stdout) throw new Error('no output')
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line)
      if (acknowledged.length === 1)
        await expect(openStore({ dataDir, ...testSecrets, clock })).rejects.toMatchObject({ code: 'DATA_DIR_HELD' })
      if (acknowledged.length === 60) child.kill('SIGKILL')
    }
    // Its output ends a moment before it is gone; until then the lock is its own.
    await gone
    expect(acknowledged.length).toBeGreaterThanOrEqual(60)
    expect(readdirSync(dataDir)).toContain('db.lock')

    const opened = await openStore({ dataDir, ...testSecrets, clock })
    const kept = new Set((await opened.reads.entries({ limit: 10_000 })).map(({ id }) => id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    expect((await opened.health()).pending).toBe(kept.size)
    await opened.close()
  })
})
