import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the tests run as processes of their own. */
const programs = [
  'src/main.ts',
  'src/cli/writ.ts',
  'adapters/land/sandbox.ts',
  'adapters/real-estate/sandbox.ts',
  'adapters/bank/sandbox.ts',
  'test/gateway/batch-worker.ts',
  'test/gateway/repeater.ts',
  'test/store/writer.ts',
]

/** A process that lives for seconds never earns back what V8 would spend on optimising the embedded database. */
export const flags = ['--liftoff-only']

/**
 * Vitest's global set-up: compiles once what the dozens of processes of a run would each compile for themselves, and gives
 * the run a folder for what it lays down. Returns how it is cleared away.
 */
export function setup(): (() => void) | undefined {
  // Each project asks; one folder and one compilation are for all of them.
  if (process.env.WRIT_TEST_COMPILED) return undefined
  const place = execFileSync(process.execPath, ['.ci/compile.mjs', ...programs], { encoding: 'utf8' }).trim()
  const room = isRoomy(memory) ? memory : tmpdir()
  const folder = mkdtempSync(join(room, 'writ-run-'))
  process.env.WRIT_TEST_COMPILED = place
  process.env.WRIT_TEST_LAID = room
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
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
