import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Database } from './database.ts'
import { DurableFS, diskSync, type Sync } from './durable-fs.ts'
import { StoreFault } from './fault.ts'
import { holdDirectory } from './lock-file.ts'
import { migrationsFolder } from './migrations.ts'

/** The major version of PostgreSQL that PGlite brings. A directory of another one it would not open, nor say why. */
const major = '18'

/** In memory when there is no directory. `snapshot` is a data directory as `dump` gave it. */
export type EmbeddedOptions = { readonly dataDir?: string; readonly snapshot?: Blob; readonly sync?: Sync }

export type Embedded = Database & { dump(): Promise<Blob> }

/** Opens the embedded database, alone in its directory, and brings it up to date. */
export async function openEmbedded({ dataDir, snapshot, sync = diskSync }: EmbeddedOptions): Promise<Embedded> {
  const letGo = dataDir === undefined ? () => {} : hold(dataDir)
  try {
    const client = await start(dataDir, snapshot, sync)
    const db = drizzle({ client })
    await migrate(db, { migrationsFolder })
    return {
      engine: 'embedded',
      queries: db,
      transaction: (body) => db.transaction((tx) => body(tx)),
      // In single-user mode nobody else makes checkpoints: the log would grow until the next start has to replay it.
      tend: async () => void (await client.exec('checkpoint')),
      dump: () => client.dumpDataDir('none'),
      close: async () => {
        await client.close()
        letGo()
      },
    }
  } catch (error) {
    letGo()
    throw error
  }
}

async function start(dataDir: string | undefined, snapshot: Blob | undefined, sync: Sync): Promise<PGlite> {
  const loadDataDir = snapshot && { loadDataDir: snapshot }
  if (dataDir === undefined) return PGlite.create({ ...loadDataDir })
  const directory = join(dataDir, 'db')
  checkVersion(directory)
  return PGlite.create({ fs: new DurableFS(directory, sync), startParams: durableParams, ...loadDataDir })
}

/** `-F` would turn fsync off; of the methods only `fsync` reaches the file system, see `DurableFS`. */
const durableParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
]

function hold(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
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
