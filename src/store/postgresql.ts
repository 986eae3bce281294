import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { type Database, inAct } from './database.ts'
import { migrationsFolder } from './migrations.ts'

/** Several processes may start at once; one migrates, the others wait for it. */
const migrationLock = 0x6d696772

/** How many connections a process holds. An act holds one while it runs, and runs for milliseconds. */
const connections = 10

/** Opens PostgreSQL and brings it up to date. */
export async function openPostgresql(databaseUrl: string): Promise<Database> {
  await migrateAlone(databaseUrl)
  const client = postgres(databaseUrl, {
    max: connections,
    onnotice: () => {},
    connection: { application_name: 'writ' },
  })
  const db = drizzle({ client })
  return {
    engine: 'postgresql',
    queries: db,
    transaction: (body) => inAct(() => db.transaction((tx) => body(tx))),
    tend: async () => {},
    close: () => client.end({ timeout: 5 }),
  }
}

/** drizzle changes the client it is given, so the lock, raw SQL, has a client of its own. */
async function migrateAlone(databaseUrl: string): Promise<void> {
  const options = { max: 1, onnotice: () => {} }
  const locker = postgres(databaseUrl, options)
  const client = postgres(databaseUrl, options)
  try {
    await locker`select pg_advisory_lock(${migrationLock})`
    await migrate(drizzle({ client }), { migrationsFolder })
  } finally {
    // The lock is the session's: it is free when the session ends, also when this process dies.
    await Promise.all([client.end({ timeout: 5 }), locker.end({ timeout: 5 })])
  }
}
