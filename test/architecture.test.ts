import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The plan of the house. A room that is not on it would have no import law, so it fails here first. */
const rooms = [
  'domain',
  'tables',
  'signing',
  'ledger',
  'evidence',
  'relay',
  'gateway',
  'store',
  'http',
  'console',
  'cli',
  'demo',
  'config',
  'transport',
]
const doors = ['main.ts', 'config.ts', 'shipped.ts']
const code = /\.(ts|tsx|js|mjs|css)$/
const nameless = /^(utils?|helpers?|common|types|lib|misc)$/

interface Breach {
  readonly from: string
  readonly rule: string
  readonly to: string
}

/** Judges a tree by `.dependency-cruiser.json`. A type-only import is an import: circles of types are not tolerated. */
async function judge(baseDir: string): Promise<readonly Breach[]> {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.json'))
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'))
  const places = (await readdir(baseDir)).filter((name) => name === 'src' || name === 'adapters')
  const { output } = await cruise(places, { ...options, baseDir }, options.enhancedResolveOptions, { tsConfig })
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations.map(({ from, rule, to }) => ({ from, rule: rule.name, to }))
}

describe('the import law', () => {
  test('every import in the house runs downhill', async () => {
    expect(await judge(root)).toEqual([])
  })

  test('every room is on the plan', async () => {
    const entries = await readdir(join(root, 'src'), { withFileTypes: true })
    const names = (folder: boolean) => entries.filter((entry) => entry.isDirectory() === folder).map(({ name }) => name)
    expect(rooms).toEqual(expect.arrayContaining(names(true)))
    expect(doors).toEqual(expect.arrayContaining(names(false)))
  })
})

/** One import a line: the file, what it imports, the rule that refuses it. Every rule stands here at least once. */
const refused: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['src/domain/uphill.ts', 'src/signing/keys.ts', 'domain-stands-alone'],
  ['src/domain/package.ts', 'zod', 'domain-stands-alone'],
  ['src/domain/node.ts', 'node:crypto', 'domain-stands-alone'],
  ['src/signing/uphill.ts', 'src/ledger/tree.ts', 'signing-looks-down'],
  ['src/tables/uphill.ts', 'src/gateway/submit.ts', 'tables-look-down'],
  ['src/tables/database.ts', 'src/store/open.ts', 'tables-look-down'],
  ['src/ledger/uphill.ts', 'src/relay/port.ts', 'ledger-looks-down'],
  ['src/ledger/database.ts', 'src/store/open.ts', 'ledger-looks-down'],
  ['src/evidence/uphill.ts', 'src/gateway/submit.ts', 'evidence-looks-down'],
  ['src/evidence/beside.ts', 'src/relay/port.ts', 'evidence-looks-down'],
  ['src/relay/uphill.ts', 'src/gateway/submit.ts', 'relay-looks-down'],
  ['src/gateway/uphill.ts', 'src/http/app.ts', 'gateway-looks-down'],
  ['src/gateway/database.ts', 'src/store/open.ts', 'gateway-looks-down'],
  ['src/store/act.ts', 'src/gateway/submit.ts', 'store-knows-ports'],
  ['src/store/courier.ts', 'src/relay/courier.ts', 'store-knows-ports'],
  ['src/http/database.ts', 'src/store/open.ts', 'http-looks-down'],
  ['src/http/pages.ts', 'src/console/page.ts', 'http-looks-down'],
  ['src/console/database.ts', 'src/store/open.ts', 'console-looks-down'],
  ['src/console/demo.ts', 'src/demo/people.ts', 'console-looks-down'],
  ['src/cli/edge.ts', 'src/http/app.ts', 'cli-looks-down'],
  ['src/demo/edge.ts', 'src/http/app.ts', 'demo-looks-down'],
  ['src/config.ts', 'src/gateway/submit.ts', 'config-looks-down'],
  ['src/config/part.ts', 'src/relay/port.ts', 'config-looks-down'],
  ['src/transport/database.ts', 'src/store/open.ts', 'transport-looks-down'],
  ['src/http/transport.ts', 'src/transport/open.ts', 'http-looks-down'],
  ['src/gateway/config.ts', 'src/config.ts', 'gateway-looks-down'],
  ['src/cli/main.ts', 'src/main.ts', 'cli-looks-down'],
  ['src/gateway/adapter.ts', 'adapters/catalogue.ts', 'gateway-looks-down'],
  ['src/main.ts', 'adapters/land/adapter.ts', 'adapters-enter-by-the-catalogue'],
  ['adapters/catalogue.ts', 'src/gateway/submit.ts', 'catalogue-only-lists'],
  ['adapters/land/neighbour.ts', 'adapters/bank/wire.ts', 'adapter-keeps-to-itself'],
  ['adapters/land/courier.ts', 'src/relay/courier.ts', 'adapter-keeps-to-itself'],
  ['adapters/land/database.ts', 'src/store/open.ts', 'adapter-keeps-to-itself'],
  ['adapters/land/sandbox-house.ts', 'src/gateway/submit.ts', 'sandbox-keeps-to-itself'],
  ['adapters/sandbox-house.ts', 'src/store/open.ts', 'sandbox-kit-knows-sandboxes'],
  ['src/demo/pretend.ts', 'adapters/land/sandbox.ts', 'sandboxes-stay-outside'],
  ['adapters/land/pretend.ts', 'adapters/land/sandbox.ts', 'sandboxes-stay-outside'],
  ['src/gateway/sql.ts', 'drizzle-orm', 'only-store-knows-the-database'],
  ['src/cli/sql.ts', 'postgres', 'only-store-knows-the-database'],
  ['src/main-sql.ts', '@electric-sql/pglite', 'only-store-knows-the-database'],
  ['src/gateway/web.ts', 'hono', 'only-the-edge-knows-hono'],
  ['adapters/land/web.ts', '@hono/node-server', 'only-the-edge-knows-hono'],
  ['src/gateway/jose.ts', 'jose', 'only-signing-knows-jose'],
  ['adapters/land/jose.ts', 'jose', 'only-signing-knows-jose'],
  ['src/gateway/call.ts', 'undici', 'only-relay-and-adapters-call-out'],
  ['src/ledger/socket.ts', 'node:https', 'no-sockets-below-the-edge'],
  ['src/relay/circle.ts', 'src/relay/circled.ts', 'no-circle'],
  ['src/relay/nowhere.ts', 'src/relay/never-written.ts', 'every-import-resolves'],
  ['src/relay/tool.ts', 'vitest', 'packages-are-declared'],
  ['src/relay/undeclared.ts', 'left-out', 'packages-are-declared'],
  ['src/relay/tested.ts', 'test/double.ts', 'no-tests-in-the-house'],
]

const allowed: readonly (readonly [from: string, to: string])[] = [
  ['src/main-door.ts', 'src/demo/people.ts'],
  ['src/signing/jws.ts', 'jose'],
  ['src/signing/claims.ts', 'src/domain/case.ts'],
  ['src/evidence/verify.ts', 'src/ledger/tree.ts'],
  ['src/gateway/act.ts', 'src/evidence/bundle.ts'],
  ['src/store/ports.ts', 'src/gateway/ports/store.ts'],
  ['src/store/port.ts', 'src/relay/port.ts'],
  ['src/store/sql.ts', 'postgres'],
  ['src/http/web.ts', '@hono/node-server'],
  ['src/http/sign-in.ts', 'jose'],
  ['src/console/identify.ts', 'src/http/app.ts'],
  ['src/cli/export.ts', 'src/store/open.ts'],
  ['src/cli/list.ts', 'src/tables/read-table.ts'],
  ['src/http/list.ts', 'src/tables/read-table.ts'],
  ['src/demo/seed.ts', 'src/store/open.ts'],
  ['src/relay/call.ts', 'undici'],
  ['src/transport/way.ts', 'src/http/app.ts'],
  ['src/transport/setting.ts', 'src/config/part.ts'],
  ['adapters/land/own.ts', 'adapters/land/wire.ts'],
  ['adapters/land/port.ts', 'src/relay/port.ts'],
  ['adapters/land/call.ts', 'undici'],
  ['adapters/land/sandbox-signs.ts', 'jose'],
  ['adapters/land/sandbox-kit.ts', 'adapters/sandbox.ts'],
]

const declared = [
  'zod',
  'drizzle-orm',
  'postgres',
  '@electric-sql/pglite',
  'hono',
  '@hono/node-server',
  'jose',
  'undici',
]

describe('the law bites', () => {
  let tree: string
  let breaches: readonly Breach[]

  beforeAll(async () => {
    tree = await realpath(await mkdtemp(join(tmpdir(), 'writ-law-')))
    await build(tree)
    breaches = await judge(tree)
  })
  afterAll(() => rm(tree, { recursive: true, force: true }))

  test.each(refused)('%s may not import %s', (from, _, rule) => {
    expect(breaches.filter((breach) => breach.from === from).map((breach) => breach.rule)).toContain(rule)
  })

  test.each(allowed)('%s may import %s', (from) => {
    expect(breaches.filter((breach) => breach.from === from)).toEqual([])
  })

  test('a type-only import uphill is an import uphill', () => {
    expect(breaches).toContainEqual(
      expect.objectContaining({ from: 'src/signing/only-types.ts', rule: 'signing-looks-down' }),
    )
  })

  test('every rule has been seen to refuse something', async () => {
    const { ruleSet } = await extractDepcruiseOptions(join(root, '.dependency-cruiser.json'))
    const proved = new Set(refused.map(([, , rule]) => rule))
    expect(ruleSet?.forbidden?.map(({ name }) => name).filter((name) => !proved.has(name ?? ''))).toEqual([])
  })
})

/** A small house in a folder of its own, with every import of the two tables above and packages of one line each. */
async function build(tree: string): Promise<void> {
  const put = async (path: string, text: string, flag: 'w' | 'wx' = 'w') => {
    await mkdir(dirname(join(tree, path)), { recursive: true })
    await writeFile(join(tree, path), text, { flag }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))
  await put(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: versions(declared), devDependencies: versions(['vitest']) }),
  )
  for (const name of [...declared, 'vitest', 'left-out']) {
    await put(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './index.js' }))
    await put(`node_modules/${name}/index.js`, 'export const x = 1\n')
  }
  for (const [from, to] of [...refused, ...allowed]) await put(from, `export { x } from '${specifier(from, to)}'\n`)
  await put('src/signing/only-types.ts', "import type { x } from '../gateway/submit.ts'\nexport type Y = typeof x\n")
  await put('src/relay/circled.ts', "import type { x } from './circle.ts'\nexport type Back = typeof x\n")
  for (const [, to] of [...refused, ...allowed]) {
    if (/^(src|adapters|test)\//.test(to) && !to.includes('never')) await put(to, 'export const x = 1\n', 'wx')
  }
}

function specifier(from: string, to: string): string {
  if (!/^(src|adapters|test)\//.test(to)) return to
  return `${'../'.repeat(from.split('/').length - 1)}${to}`
}

describe('the manners of the house', () => {
  test('no file is longer than 300 lines', async () => {
    const long: string[] = []
    for (const path of await listed('src', 'adapters')) {
      const lines = (await readFile(join(root, path), 'utf8')).trimEnd().split('\n').length
      if (lines > 300) long.push(`${path}: ${lines}`)
    }
    expect(long).toEqual([])
  })

  test('no file or folder has a name that says nothing', async () => {
    const paths = await listed('src', 'adapters', 'test')
    expect(paths.filter((path) => path.split('/').some((part) => nameless.test(part.replace(/\..*$/, ''))))).toEqual([])
  })

  test('beside the adapters stand only the catalogue and what sandboxes share', async () => {
    const beside = (await listed('adapters'))
      .filter((path) => dirname(path) === 'adapters')
      .map((path) => basename(path))
    expect(beside.filter((name) => name !== 'catalogue.ts' && !name.startsWith('sandbox'))).toEqual([])
  })

  test('nothing is typed any, nothing is a default export, only config.ts reads the environment', async () => {
    const offences: string[] = []
    for (const path of await listed('src', 'adapters', 'test')) {
      if (/\.tsx?$/.test(path)) offences.push(...offencesIn(path, await readFile(join(root, path), 'utf8')))
    }
    expect(offences).toEqual([])
  })

  test.each([
    ['src/a.ts', 'const x: any = 1', 'any'],
    ['src/a.ts', 'export default 1', 'default export'],
    ['src/a.ts', 'export default function f() {}', 'default export'],
    ['src/a.ts', 'const a = 1; export { a as default }', 'default export'],
    ['src/a.ts', 'f(process.env.PORT)', 'process.env'],
    ['src/a.ts', "f(process['env'])", 'process.env'],
    ['src/a.ts', 'const { env } = process', 'process.env'],
    ['src/a.ts', "import { env } from 'node:process'", 'process.env'],
    ['adapters/land/a.ts', 'f(import.meta.env)', 'process.env'],
  ])('%s: "%s" is seen', (path, text, offence) => {
    expect(offencesIn(path, text)).toEqual([`${path}:1 ${offence}`])
  })

  test.each([
    ['src/config.ts', 'f(process.env.PORT)'],
    ['test/a.ts', 'f(process.env.TEST_DATABASE_URL)'],
    ['src/a.ts', "// process.env, any, export default\nf('process.env: any')"],
  ])('%s: "%s" is let through', (path, text) => {
    expect(offencesIn(path, text)).toEqual([])
  })
})

async function listed(...places: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const place of places) {
    const entries = await readdir(join(root, place), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (entry.isFile() && code.test(entry.name)) found.push(join(entry.parentPath, entry.name).slice(root.length))
    }
  }
  return found.sort()
}

/** Looks at the syntax tree, so that a word in a comment or a string offends nobody. */
function offencesIn(path: string, text: string): readonly string[] {
  if (!/\b(any|default|env)\b/.test(text)) return []
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const mayReadEnvironment = path === 'src/config.ts' || path.startsWith('test/')
  const offences: string[] = []
  const visit = (node: ts.Node): void => {
    const offence = offenceOf(node)
    if (offence && !(offence === 'process.env' && mayReadEnvironment)) {
      offences.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${offence}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return offences
}

function offenceOf(node: ts.Node): 'any' | 'default export' | 'process.env' | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
  if (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) return 'default export'
  if (ts.isExportAssignment(node)) return 'default export'
  if (ts.isExportSpecifier(node) && node.name.text === 'default') return 'default export'
  return readsEnvironment(node) ? 'process.env' : undefined
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'env') {
    return /^(process|globalThis\.process|import\.meta)$/.test(node.expression.getText())
  }
  if (ts.isElementAccessExpression(node)) return /^process\[['"`]env['"`]\]$/.test(node.getText())
  if (ts.isVariableDeclaration(node) && node.initializer?.getText() === 'process')
    return /\benv\b/.test(node.name.getText())
  if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env') {
    return /^['"](node:)?process['"]$/.test(node.parent.parent.parent.moduleSpecifier.getText())
  }
  return false
}
