import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isPlainPath, type Layout } from './manifest.ts'

/** Writes a bundle into a folder of its own. Nothing that is there is overwritten, nothing is written outside it. */
export async function writeLayout(folder: string, layout: Layout): Promise<void> {
  const odd = [...layout.keys()].find((path) => !isPlainPath(path))
  if (odd !== undefined) throw new RangeError('a bundle holds a path that leads out of its folder')
  for (const [path, bytes] of layout) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, bytes, { flag: 'wx' })
  }
}
