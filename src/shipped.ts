import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A folder that is shipped with the program, found by walking up: the same from the sources and from what was built. `mark` is
 * a file in it by which it is known.
 */
export function shippedFolder(name: string, mark: string): string {
  return findUpwards(dirname(fileURLToPath(import.meta.url)), name, mark)
}

function findUpwards(from: string, name: string, mark: string): string {
  const folder = join(from, name)
  if (existsSync(join(folder, mark))) return folder
  const above = dirname(from)
  if (above === from) throw new Error(`the folder ${name}/ is not beside the program`)
  return findUpwards(above, name, mark)
}
