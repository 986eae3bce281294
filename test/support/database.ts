import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { heldWrappers } from '../../src/store/key-wrapper.ts'
import { migrationsFolder } from '../../src/store/migrations.ts'
import { type OpenStore, secretsOf, storeOn } from '../../src/store/open.ts'
import { openPostgresql } from '../../src/store/postgresql.ts'
import { ensurePartitions } from '../../src/store/upkeep.ts'
import { lendDatabase } from './lent-database.ts'

/** A store of its own for one test file, on the engine under test; `close` leaves nothing behind. */
export type TestStore = OpenStore & {
  readonly database: Database
  /** Where it is, on PostgreSQL: for what needs a second process or client. */
  readonly url?: string
}

/** Where PostgreSQL for tests is; without it tests run on the embedded engine, in memory. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL

const kek = { id: 'kek-test', secret: Buffer.alloc(32, 'writ') }

/** Store options as far as secrets go; `keys` are other key-encryption keys than the usual, the current one first. */
export const secretsWith = (...keys: readonly { readonly id: string; readonly secret: Uint8Array }[]) => ({
  wrappers: heldWrappers(() => keys),
  indexSecrets: [{ id: 'index-test', bytes: Buffer.alloc(32, 'index') }],
})

export const testKek = kek
export const testSecrets = secretsWith(kek)

/**
 * Opens an empty store. Cheap enough for every file: databases are copied from one that was migrated before, and an
 * embedded one is lent to one file after another.
 */
export async function openTestStore({ clock = () => new Date() }: { clock?: () => Date } = {}): Promise<TestStore> {
  const copy = testDatabaseUrl ? await copyOnPostgres(testDatabaseUrl) : { database: await lendDatabase(copyOnDisk) }
  return { ...(await storeOn(copy.database, secretsOf(testSecrets), clock)), ...copy }
}

/** A store in a folder that outlives it, forced out at each commit as in the true house. */
export async function openStoreIn(dataDir: string): Promise<TestStore> {
  if (!existsSync(join(dataDir, 'db'))) await layDatabase(dataDir)
  const database = await openEmbedded({ dataDir, cacheMb: 8 })
  return { ...(await storeOn(database, secretsOf(testSecrets), () => new Date())), database }
}

async function copyOnDisk(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'writ-test-store-'))
  await layDatabase(dataDir)
  // What is forced out is told in embedded.test.ts; here nothing outlives its test.
  const database = await openEmbedded({ dataDir, sync: { data: () => {}, whole: () => {} }, cacheMb: 8 })
  return { ...database, close: () => database.close().finally(() => rmSync(dataDir, { recursive: true })) }
}

/**
 * Lays a database that was migrated before where an embedded store of this folder has its own: making one takes seconds.
 * That a first start makes its own is tested where the compiled program is.
 */
export async function layDatabase(dataDir: string): Promise<void> {
  const made = join(process.env.WRIT_TEST_LAID ?? tmpdir(), `writ-test-${version()}.db`)
  if (!existsSync(made)) await makeOnce(made)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  cpSync(made, join(dataDir, 'db'), { recursive: true })
}

/** One worker makes it while the others wait; one that has waited for long takes the maker for dead. */
async function makeOnce(path: string): Promise<void> {
  const mine = tryMake(`${path}.making`)
  for (let tries = 0; !mine && tries < 300; tries += 1) {
    if (existsSync(path)) return
    await setTimeout(100)
  }
  await makeDatabase(path).finally(() => rmSync(`${path}.making`, { recursive: true, force: true }))
}

function tryMake(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

/** Made aside and renamed, so that nobody copies half of one. */
async function makeDatabase(path: string): Promise<void> {
  const aside = mkdtempSync(join(tmpdir(), 'writ-test-making-'))
  const database = await openEmbedded({ dataDir: aside })
  await ensurePartitions(database, new Date())
  await database.tend()
  await database.close()
  // The two databases that others are made from; nothing here makes another, and they are most of the files.
  for (const template of ['1', '4']) rmSync(join(aside, 'db/base', template), { recursive: true })
  if (!existsSync(path)) renameSync(join(aside, 'db'), path)
  rmSync(aside, { recursive: true, force: true })
}

async function copyOnPostgres(admins: string): Promise<{ database: Database; url: string }> {
  const template = process.env.TEST_DATABASE_TEMPLATE ?? `writ_template_${version()}`
  const name = `writ_test_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(admins, { max: 1, onnotice: () => {} })
  // One worker at a time: a template may not be in use while it is copied.
  await admin`select pg_advisory_lock(7)`
  const found = await admin`select from pg_database where datname = ${template}`
  if (found.length === 0) await makeTemplate(admin, admins, template)
  await admin.unsafe(`create database ${name} template ${template}`)
  await admin.end()
  const url = named(admins, name)
  const database = await openPostgresql(url)
  return { url, database: { ...database, close: () => database.close().then(() => drop(admins, name)) } }
}

/**
 * A database with something in it that takes long to put there, kept on the server until the day is over or a migration
 * changes, to be copied by `openTestStore` where TEST_DATABASE_TEMPLATE names it. Returns its name.
 */
export async function keptTemplate(
  admins: string,
  kind: string,
  fillIt: (url: string) => Promise<void>,
): Promise<string> {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const template = `writ_bench_${kind}_${day}_${version()}`
  const admin = postgres(admins, { max: 1, onnotice: () => {} })
  const known = await admin<{ datname: string }[]>`select datname from pg_database where datname like 'writ\_bench\_%'`
  for (const { datname } of known)
    if (!datname.includes(`_${day}_${version()}`)) await admin.unsafe(`drop database if exists ${datname} with (force)`)
  if (!known.some(({ datname }) => datname === template)) await makeTemplate(admin, admins, template, fillIt)
  await admin.end()
  return template
}

async function makeTemplate(
  admin: postgres.Sql,
  url: string,
  template: string,
  fillIt: (url: string) => Promise<void> = async () => {},
): Promise<void> {
  await admin.unsafe(`drop database if exists ${template}_making with (force)`)
  await admin.unsafe(`create database ${template}_making`)
  const making = named(url, `${template}_making`)
  const database = await openPostgresql(making)
  const { close } = await storeOn(database, secretsOf(testSecrets), () => new Date())
  await fillIt(making)
  await close()
  await admin.unsafe(`alter database ${template}_making rename to ${template}`)
}

async function drop(url: string, name: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.end()
}

function named(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

/** Of the migrations, so that a changed one never meets a copy made before; and of the month, because of partitions. */
function version(): string {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 7))
  const files = readdirSync(migrationsFolder).filter((entry) => entry.endsWith('.sql'))
  // The journal too: a migration that was dated anew would be run again on a copy made before.
  for (const file of [...files, 'meta/_journal.json']) hash.update(readFileSync(join(migrationsFolder, file)))
  return hash.digest('hex').slice(0, 16)
}
