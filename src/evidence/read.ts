import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Layout } from './manifest.ts'

/** The largest file of a bundle that is read, and how many: a stranger's folder should not fill the memory. */
const mostBytes = 256 * 1024 * 1024
const mostFiles = 50_000

/**
 * Reads a folder as a bundle. Links are not followed, so nothing outside the folder is read; what an operating system leaves
 * behind (`.DS_Store`, `Thumbs.db`) is passed over. A file too large to read is absent.
 */
export async function readLayout(folder: string): Promise<Layout> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = found
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name !== 'Thumbs.db')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const layout = new Map<string, Uint8Array>()
  for (const path of paths.slice(0, mostFiles)) {
    if ((await stat(path)).size > mostBytes) continue
    layout.set(relative(folder, path).split(sep).join('/'), await readFile(path))
  }
  return layout
}
