import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { shippedFolder } from '../shipped.ts'

export const migrationsFolder = shippedFolder('drizzle', join('meta', '_journal.json'))

/** How many migrations this program brings; a database that has had fewer is behind. */
export function migrationsKnown(): number {
  return readMigrationFiles({ migrationsFolder }).length
}
