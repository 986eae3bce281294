import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'

/** The folder of migrations, found by walking up: the same from the sources and from `dist/src/store/`. */
export const migrationsFolder = findUpwards(dirname(fileURLToPath(import.meta.url)))

/** How many migrations this program brings; a database that has had fewer is behind. */
export function migrationsKnown(): number {
  return readMigrationFiles({ migrationsFolder }).length
}

function findUpwards(from: string): string {
  const folder = join(from, 'drizzle')
  if (existsSync(join(folder, 'meta', '_journal.json'))) return folder
  const above = dirname(from)
  if (above === from) throw new Error('the folder drizzle/ with the migrations is not beside the program')
  return findUpwards(above)
}
