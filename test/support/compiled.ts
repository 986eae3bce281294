import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { transform } from 'esbuild'

const folders = ['src', 'adapters', 'test/gateway', 'test/store', 'test/support', 'test/journey']
const home = resolve('node_modules/.cache/writ')

/** A process that lives for seconds never earns back what V8 would spend on optimising the embedded database. */
export const flags = ['--liftoff-only']

/**
 * Vitest's global set-up: compiles the program once, unchecked, so that the dozens of processes a run starts need not each
 * compile it for themselves. What is compiled is found again by the digest of its sources.
 */
export async function setup(): Promise<void> {
  const sources = folders.flatMap((folder) => filesBelow(folder))
  const hash = createHash('sha256')
  for (const path of sources) hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  const place = join(home, hash.digest('hex').slice(0, 16))
  if (!existsSync(place)) await compileInto(place, sources)
  process.env.WRIT_TEST_COMPILED = place
  if (isRoomy(memory)) process.env.TMPDIR = memory
}

/** Where files are kept in memory, on machines that have such a place; tests lay some hundred databases of 27 MB. */
const memory = '/dev/shm'

function isRoomy(path: string): boolean {
  if (!existsSync(path)) return false
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize > 2 * 1024 ** 3
}

/** What to hand to `node` so that it runs this script: compiled where a run has compiled it, else by tsx. */
export function scriptArgs(script: string): readonly string[] {
  const place = process.env.WRIT_TEST_COMPILED
  return place ? [...flags, join(place, script.replace(/\.tsx?$/, '.js'))] : [...flags, '--import', 'tsx', script]
}

/** Written aside and renamed, so that a run that was cut short leaves nothing half compiled. */
async function compileInto(place: string, sources: readonly string[]): Promise<void> {
  rmSync(home, { recursive: true, force: true })
  const aside = `${place}.${process.pid}`
  for (const path of sources) {
    const isCode = /\.tsx?$/.test(path)
    const to = join(aside, isCode ? path.replace(/\.tsx?$/, '.js') : path)
    mkdirSync(dirname(to), { recursive: true })
    if (isCode) writeFileSync(to, await compiled(path))
    else copyFileSync(path, to)
  }
  for (const shipped of ['drizzle', 'package.json']) symlinkSync(resolve(shipped), join(aside, shipped))
  renameSync(aside, place)
}

async function compiled(path: string): Promise<string> {
  const { code } = await transform(readFileSync(path, 'utf8'), {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    sourcefile: path,
    target: 'esnext',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  })
  return code.replace(/(?<=(?:from|import|import\() ?"\.[^"\n]*)\.tsx?(?=")/g, '.js')
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
