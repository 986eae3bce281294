// Compiles programs, unchecked, with what they use of other packages: in a second, so that a process starts without
// gathering a thousand files. What is compiled is found again by the digest of its sources.
//
//   node .ci/compile.mjs PROGRAM…       prints the folder with the compiled programs
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const home = join(root, 'node_modules/.cache/writ')
const sources = ['src', 'adapters', 'test/gateway', 'test/store', 'test/support', '.ci', 'package-lock.json']

/** Gives the folder: each program lies there under its own path, as `.js`. */
export async function compile(programs) {
  const hash = createHash('sha256').update(programs.join('\0'))
  for (const path of sources.flatMap((source) => filesBelow(source)))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  const place = join(home, hash.digest('hex').slice(0, 16))
  if (!existsSync(place)) await compileInto(place, programs)
  return place
}

/** Written aside and renamed, so that what was cut short leaves nothing half compiled. */
async function compileInto(place, programs) {
  forgetOld()
  const aside = `${place}.${process.pid}`
  await build({
    absWorkingDir: root,
    entryPoints: [...programs],
    outbase: '.',
    outdir: aside,
    bundle: true,
    splitting: true,
    chunkNames: 'shared/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: true,
    // It looks for its own files beside itself.
    external: ['@electric-sql/pglite'],
    // For the packages among them that are CommonJS.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
  await stop()
  for (const shipped of ['drizzle', 'package.json']) symlinkSync(resolve(root, shipped), join(aside, shipped))
  // Another that compiled the same at the same time was as right.
  if (existsSync(place)) rmSync(aside, { recursive: true })
  else renameSync(aside, place)
}

/** The last few stay: a gateway may still be running from one of them. */
function forgetOld() {
  if (!existsSync(home)) return
  const age = (name) => statSync(join(home, name)).mtimeMs
  const all = readdirSync(home).toSorted((one, other) => age(other) - age(one))
  for (const name of all.slice(5)) rmSync(join(home, name), { recursive: true, force: true })
}

function filesBelow(path) {
  if (statSync(join(root, path)).isFile()) return [path]
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(path, entry.parentPath.slice(join(root, path).length), entry.name))
    .toSorted()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await compile(process.argv.slice(2)))
