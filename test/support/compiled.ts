import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

/** What the tests run as processes of their own. */
const programs = [
  'src/main.ts',
  'src/cli/writ.ts',
  'adapters/land/sandbox.ts',
  'adapters/real-estate/sandbox.ts',
  'adapters/bank/sandbox.ts',
  'test/gateway/repeater.ts',
  'test/store/writer.ts',
]
const sources = ['src', 'adapters', 'test/gateway', 'test/store', 'test/support', 'package-lock.json']
const home = resolve('node_modules/.cache/writ')

/** A process that lives for seconds never earns back what V8 would spend on optimising the embedded database. */
export const flags = ['--liftoff-only']

/**
 * Vitest's global set-up: compiles the programs once, unchecked, with what they use of other packages, so that none of the
 * dozens of processes a run starts need gather a thousand files. What is compiled is found again by the digest of its
 * sources.
 */
export async function setup(): Promise<void> {
  const hash = createHash('sha256')
  for (const path of sources.flatMap(filesBelow)) hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  const place = join(home, hash.digest('hex').slice(0, 16))
  if (!existsSync(place)) await compileInto(place)
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
  return place ? [...flags, join(place, script.replace(/\.ts$/, '.js'))] : [...flags, '--import', 'tsx', script]
}

/** Written aside and renamed, so that a run that was cut short leaves nothing half compiled. */
async function compileInto(place: string): Promise<void> {
  rmSync(home, { recursive: true, force: true })
  const aside = `${place}.${process.pid}`
  await build({
    entryPoints: programs,
    outbase: '.',
    outdir: aside,
    bundle: true,
    splitting: true,
    // What programs share lies as deep as the module that starts the sandboxes by where it is itself.
    chunkNames: 'src/demo/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // It looks for its own files beside itself.
    external: ['@electric-sql/pglite'],
    // For the packages among them that are CommonJS.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    logLevel: 'error',
  })
  for (const shipped of ['drizzle', 'package.json']) symlinkSync(resolve(shipped), join(aside, shipped))
  renameSync(aside, place)
}

function filesBelow(path: string): readonly string[] {
  if (path.includes('.')) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
