import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseEntryBundle } from '../../src/ledger/entry-bundle.ts'
import { verifyProof } from '../../src/ledger/proof.ts'
import { rootOf } from '../../src/ledger/tiles.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { codeOf, openCase, read, submitted, type TestCase, takenByBureau } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase
let entry: string

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
  entry = (await read<{ entry: string }>(await submitted(edge, known.inquiry), 202)).entry
  await edge.parts.log.prove(entry, 10_000)
})
afterAll(() => edge.close())

const open = (path: string) => edge.call(undefined, 'GET', path)

async function checkpoint() {
  const [origin, size, root] = (await (await open('/log/checkpoint')).text()).split('\n')
  return { origin, size: Number(size), root }
}

describe('the log', () => {
  test('serves its checkpoint, its key and the tiles below it to anyone', async () => {
    const { size, root, origin } = await checkpoint()
    expect(origin).toBe('writ.test/log')
    const vkey = (await (await open('/log/key')).text()).trim()
    expect(vkey.startsWith('writ.test/log+')).toBe(true)
    const tile = await open(`/log/tile/0/000.p/${size}`)
    expect(tile.headers.get('cache-control')).toBe('public, max-age=60')
    const bytes = new Uint8Array(await tile.arrayBuffer())
    expect(Buffer.from(await rootOf(size, async () => bytes)).toString('base64')).toBe(root)
  })

  test('serves nothing that no checkpoint covers, and no tile under a second address', async () => {
    const { size } = await checkpoint()
    for (const path of [`0/000.p/${size + 50}`, '0/000', '0/000.p/0', '0/0', '1/000.p/1', '../x'])
      expect((await open(`/log/tile/${path}`)).status, path).toBe(404)
  })

  test('shows its leaves to a mirror only', async () => {
    const { size } = await checkpoint()
    const path = `/log/tile/entries/000.p/${size}`
    expect(await codeOf(await open(path))).toBe('401 token-missing')
    expect(await codeOf(await edge.call('officerLin', 'GET', path))).toBe('403 role-missing')
    const bundle = await edge.call('auditorMei', 'GET', path)
    expect(parseEntryBundle(new Uint8Array(await bundle.arrayBuffer()))).toHaveLength(size)
  })

  test('publishes the keys of courts and gateway', async () => {
    const { keys } = await read<{ keys: { for: string; d?: string; k?: string }[] }>(
      await open('/.well-known/jwks.json'),
      200,
    )
    expect(keys.map((key) => key.for)).toEqual(expect.arrayContaining(['court:津0116', 'receipt', 'record', 'log']))
    expect(keys.some((key) => 'd' in key || 'k' in key)).toBe(false)
  })
})

describe('an auditor', () => {
  test('finds an entry with its leaf and a proof that verifies', async () => {
    const found = await read<{ leaf: string; kind: string }>(
      await edge.call('auditorMei', 'GET', `/audit/v1/entries/${entry}`),
      200,
    )
    expect(found.kind).toBe('request.submitted')
    const proof = await (await edge.call('auditorMei', 'GET', `/audit/v1/entries/${entry}/proof`)).text()
    const trust = { origin: 'writ.test/log', log: [verifierOf(edge.parts.log.vkey)] }
    expect(verifyProof(proof, Buffer.from(found.leaf), trust).kind).toBe('proved')
  })

  test('filters by case number and by kind, a page at a time', async () => {
    const path = `/audit/v1/entries?case=${encodeURIComponent(known.number)}&limit=2`
    const first = await read<{ entries: { id: string }[]; next: string }>(
      await edge.call('auditorMei', 'GET', path),
      200,
    )
    const second = await read<{ entries: { id: string }[] }>(
      await edge.call('auditorMei', 'GET', `${path}&after=${first.next}`),
      200,
    )
    const ids = [...first.entries, ...second.entries].map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
  })

  test('sees how one exchange went, and is seen looking', async () => {
    const [taken] = await takenByBureau(edge)
    const path = `/audit/v1/exchanges/${taken?.delivery}`
    const exchange = await read<{ attempts: { act: string }[]; entries: { kind: string }[] }>(
      await edge.call('auditorMei', 'GET', path),
      200,
    )
    // Its exact bytes name people: those are revealed one by one, with a reason.
    expect(JSON.stringify(exchange)).not.toContain(taken?.jws)
    expect(exchange.attempts).toMatchObject([{ act: 'fetched' }])
    expect(exchange.entries.map(({ kind }) => kind)).toContain('audit.viewed')
  })

  test('is the only one who may', async () => {
    expect(await codeOf(await edge.call('officerLin', 'GET', '/audit/v1/entries'))).toBe('403 role-missing')
  })
})

test('a log that was rolled back stops every act, and can still be read', async () => {
  const behind = { kind: 'rolled-back', reason: 'behind', database: 1, published: 2 } as const
  const other = await openTestEdge()
  Object.assign(other.parts.log, { standing: () => behind })
  expect(await codeOf(await other.call('officerLin', 'GET', '/v1/cases'))).toBe('503 log-rolled-back')
  expect((await other.call(undefined, 'GET', '/log/key')).status).toBe(200)
  await other.close()
})
