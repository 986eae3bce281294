import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

export type FreshDatabase = { readonly url: string; drop(): Promise<void> }

/** An empty database of its own on the server at `admin`, for a gateway in a process of its own. */
export async function freshDatabase(admin: string): Promise<FreshDatabase> {
  const name = `writ_town_${randomUUID().replaceAll('-', '')}`
  const run = async (statement: string): Promise<void> => {
    const sql = postgres(admin, { max: 1, onnotice: () => {} })
    await sql.unsafe(statement)
    await sql.end()
  }
  await run(`create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) }
}
