import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { type Database, inAct, type Queries } from './database.ts'
import { DurableFS, diskSync, type Sync } from './durable-fs.ts'
import { StoreFault } from './fault.ts'
import { holdDirectory } from './lock-file.ts'
import { migrationsFolder } from './migrations.ts'
import { QuickEngine } from './quick-engine.ts'

/** The major version of PostgreSQL that PGlite brings. A directory of another one it would not open, nor say why. */
const major = '18'

export type EmbeddedOptions = {
  readonly dataDir: string
  readonly sync?: Sync
  /** How many files of 16 MiB the engine's log may grow to before a checkpoint cuts it. */
  readonly mostLogFiles?: number
  /** How much of the database the engine keeps in memory of its own, in MB. It takes as much at once, at its start. */
  readonly cacheMb?: number
}

/** Opens the embedded database, alone in its directory, and brings it up to date. */
export async function openEmbedded({
  dataDir,
  sync = diskSync,
  mostLogFiles,
  cacheMb = 128,
}: EmbeddedOptions): Promise<Database> {
  const letGo = hold(dataDir)
  try {
    const files = new DurableFS(join(dataDir, 'db'), sync, mostLogFiles)
    const client = await start(files, cacheMb)
    const db = drizzle({ client })
    await migrate(db, { migrationsFolder })
    return {
      engine: 'embedded',
      queries: db,
      transaction: (body) => inAct(() => commit(db, client, files, body)),
      tend: () => checkpoint(client, files),
      close: () => client.close().finally(letGo),
    }
  } catch (error) {
    letGo()
    throw error
  }
}

async function commit<T>(
  db: PgliteDatabase,
  client: PGlite,
  files: DurableFS,
  body: (queries: Queries) => Promise<T>,
): Promise<T> {
  const value = await db.transaction((tx) => body(tx))
  // The act is durable already; a checkpoint that fails takes nothing from it and is tried again after the next.
  if (files.logIsLong) await checkpoint(client, files).catch(() => {})
  return value
}

async function checkpoint(client: PGlite, files: DurableFS): Promise<void> {
  await client.exec('checkpoint')
  files.checkpointed()
}

async function start(files: DurableFS, cacheMb: number): Promise<PGlite> {
  const startParams = [...durableParams, '-c', `shared_buffers=${cacheMb}MB`]
  const client = new QuickEngine({ fs: files, startParams, parsers: { [types.BYTEA]: bytesOf } })
  await client.waitReady
  return client
}

/** PGlite reads bytes one by one: a document of megabytes would hold up the event loop for seconds. */
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))

/** `-F` would turn fsync off; of the methods only `fsync` reaches the file system, see `DurableFS`. */
const durableParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
]

function hold(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  checkVersion(join(dataDir, 'db'))
  return holdDirectory(dataDir)
}

function checkVersion(directory: string): void {
  const path = join(directory, 'PG_VERSION')
  if (!statSync(path, { throwIfNoEntry: false })) return
  const found = readFileSync(path, 'utf8').trim()
  if (found === major) return
  const way = `open it with the release that made it, run \`writ export\`, and \`writ import\` with this one`
  throw new StoreFault('DATA_DIR_VERSION', `${directory} is of PostgreSQL ${found}, this release has ${major}: ${way}`)
}
