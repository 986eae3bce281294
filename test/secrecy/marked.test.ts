import { readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildTown, type Town } from '../support/town.ts'
import { type Caller, callerOf } from './caller.ts'
import { doEverything } from './deeds.ts'
import { marks } from './marks.ts'
import { rawPostgres } from './raw-postgres.ts'
import { filesBelow, leaks, type Output, processesBelow } from './scan.ts'

/**
 * Marked names, numbers, accounts, documents, words and secrets go in by every door; then everything that came out, and
 * everything that was kept, is searched for them in every spelling. Answers to who may have them are the only place.
 */
const engines: readonly (readonly [string, string | undefined])[] = [
  ['the embedded database', undefined],
  ...(process.env.TEST_DATABASE_URL ? [['PostgreSQL', process.env.TEST_DATABASE_URL] as const] : []),
]

describe.each(engines)('on %s', (_, postgres) => {
  test('no mark is in a log line, a problem, a header, a page, the log, a process or a file of the database', async () => {
    const outputs: Output[] = []
    // Papers bear marks here, and no seals.
    const settings = { WRIT_LOG_LEVEL: 'debug', WRIT_DOCUMENT_SEALS: 'flagged' }
    const town = await buildTown({ settings, ...(postgres && { postgres }), rateScale: 100 })
    const call = callerOf(town.origin, outputs)
    const secrets = { ...marks, ...tokensOf(town) }
    try {
      await doEverything(town, call)
      const processes = processesBelow()
      // The gateway itself is among them, or nothing was searched where it matters.
      expect(leaks(processes, { program: 'src/main.', folder: town.dir }).length).toBeGreaterThan(1)
      outputs.push(...(await publicThings(town, call)), ...processes)
    } finally {
      await town.stop()
    }
    outputs.push({ where: 'what the gateway has written', bytes: Buffer.from(town.said()) })
    if (town.databaseUrl) {
      const raw = await rawPostgres(town.databaseUrl)
      outputs.push(...raw.outputs)
      if (raw.notCovered.length > 0) console.info(`not searched: ${raw.notCovered.join('; ')}`)
    }
    // The keys are there to be secret, and owner-only; the rest of the folder is not.
    const kept = filesBelow(join(town.dir, 'data'), (path) => path.startsWith(join(town.dir, 'data', 'keys', sep)))
    outputs.push(...kept)
    expect(outputs.length).toBeGreaterThan(150)
    expect(leaks(outputs, secrets)).toEqual([])
    expect(rawKeys(town).filter((key) => kept.some(({ bytes }) => bytes.includes(key)))).toEqual([])
    // What is looked for can be found: the case number is nobody's secret, and is kept in the clear.
    const haystack = town.databaseUrl ? outputs : kept
    expect(leaks(haystack, { caseNumber: '津0116执4711号' }).length).toBeGreaterThan(0)
    await town.close()
  }, 180_000)
})

/** Bearer tokens that were given out, and the registries' passwords. */
function tokensOf(town: Town): Record<string, string> {
  const people = (['wen', 'he', 'lin', 'zhao', 'mei'] as const).map((who) => [`token of ${who}`, town.token(who)])
  const passwords = town.registries.registrations.flatMap(({ code, credential }) =>
    credential ? [[`password of ${code}`, credential.password]] : [],
  )
  return Object.fromEntries([...people, ...passwords])
}

/** The secrets of the keyring, as bytes. */
function rawKeys(town: Town): Buffer[] {
  return ['kek', 'blind-index', 'case-ref', 'asset-ref', 'token'].flatMap((use) => {
    const file = JSON.parse(readFileSync(join(town.dir, 'data', 'keys', `${use}.json`), 'utf8'))
    return file.keys.flatMap(({ jwk }: { jwk: { k: string } }) => [Buffer.from(jwk.k, 'base64url'), Buffer.from(jwk.k)])
  })
}

/** What anyone may fetch, and the leaves a mirror fetches. Measurements and traces belong here as soon as there are any. */
async function publicThings(town: Town, call: Caller): Promise<readonly Output[]> {
  const open = ['/', '/docs', '/docs/errors', '/openapi.json', '/livez', '/readyz', '/metrics', '/console.css']
  const log = ['/log/checkpoint', '/log/key', '/.well-known/jwks.json']
  const leaves = ['/log/tile/0/000', '/log/tile/entries/000', ...partialTiles(await call('GET', '/log/checkpoint'))]
  const fetched: Output[] = []
  for (const path of [...open, ...log, ...leaves]) {
    const { text } = await call('GET', path, path.startsWith('/log/tile') ? { token: town.token('mei') } : {})
    fetched.push({ where: path, bytes: Buffer.from(text) })
  }
  return fetched
}

/** A young log has no full tile yet: its partial ones are named by its size. */
function partialTiles({ text }: { text: string }): string[] {
  const size = Number(text.split('\n')[1])
  const [whole, width] = [Math.floor(size / 256), size % 256]
  const name = `${String(whole).padStart(3, '0')}.p/${width}`
  return width === 0 ? [] : [`/log/tile/0/${name}`, `/log/tile/entries/${name}`]
}
