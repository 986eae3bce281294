import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Output } from './scan.ts'

/** All that PostgreSQL keeps of a database: its rows as text, a dump, and, where they can be read, its files and its log. */
export async function rawPostgres(
  url: string,
): Promise<{ readonly outputs: readonly Output[]; readonly notCovered: readonly string[] }> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const outputs: Output[] = []
  const notCovered: string[] = []
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`)
    outputs.push({ where: `table ${name}`, bytes: Buffer.from(rows.map(({ text }) => text).join('\n')) })
  }
  const dump = spawnSync('pg_dump', [url], { maxBuffer: 1 << 30 })
  if (dump.status === 0) outputs.push({ where: 'pg_dump', bytes: dump.stdout })
  else notCovered.push('pg_dump: not here, or not of this version')
  const files = await readFiles(sql).catch((cause) => {
    notCovered.push(`the files of the cluster: ${cause instanceof Error ? cause.message : 'unreadable'}`)
    return []
  })
  await sql.end()
  return { outputs: [...outputs, ...files], notCovered }
}

async function readFiles(sql: postgres.Sql): Promise<readonly Output[]> {
  await sql`checkpoint`
  const [place] = await sql<{ data: string; oid: string }[]>`
    select current_setting('data_directory') as data, oid::text from pg_database where datname = current_database()`
  if (!place) return []
  const folders = [join(place.data, 'base', place.oid), join(place.data, 'pg_wal')]
  return folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => ({ where: join(folder, name), bytes: readFileSync(join(folder, name)) })),
  )
}
