import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Layout } from '../../src/evidence/manifest.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import {
  bundleOf,
  type Courthouse,
  changed,
  executed,
  inquire,
  openCourthouse,
  overTheWire,
  type Played,
  playOut,
  received,
  ruling,
  textAt,
} from './courthouse.ts'

let at: Courthouse
let played: Played
let other: Played
let bundle: Layout
let otherBundle: Layout

beforeAll(async () => {
  at = await openCourthouse()
  played = await playOut(at)
  other = await playOut(at)
  bundle = await bundleOf(at, played)
  otherBundle = await bundleOf(at, other)
})
afterAll(() => at.close())

/** The verdict with the codes of all that did not pass, each once. */
async function verdictOn(
  layout: Layout,
  ...outside: Parameters<typeof verifyLayout> extends [unknown, ...infer R] ? R : []
) {
  const { verdict, checks } = await verifyLayout(layout, ...outside)
  return [verdict, ...new Set(checks.filter(({ status }) => status !== 'ok').map(({ code }) => code))]
}

const flip = (bytes: Uint8Array, place: number): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}

describe('a sound bundle', () => {
  test('is ok, every file of it looked at', async () => {
    const { verdict, trust, checks } = await verifyLayout(bundle)
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect([verdict, trust]).toEqual(['ok', 'own'])
    for (const rule of [
      'sums',
      'manifest',
      'trust',
      'record',
      'inclusion',
      'opening',
      'request',
      'statement',
      'receipt',
    ])
      expect(checks.map(({ check }) => check)).toContain(rule)
  })

  test('lies as the format says', () => {
    expect([...bundle.keys()].sort()).toEqual(
      [
        'README.txt',
        'SHA256SUMS',
        'manifest.json',
        'messages/0001-request.jws',
        'messages/0002-receipt.jws',
        'messages/0002-statement.jws',
        'messages/0003-receipt.jws',
        'messages/0003-statement.jws',
        'openings.json',
        ...['0001', '0002', '0003', '0004'].map((number) => `proofs/${number}.tlog-proof`),
        ...['0001', '0002', '0003', '0004'].map((number) => `records/${number}.jws`),
        'trust/jwks.json',
        'trust/log.pub.pem',
        'trust/log.vkey',
        'trust/policy.txt',
        'trust/registry-keys.json',
        ...[...bundle.keys()].filter((path) => path.startsWith('attachments/')),
      ].sort(),
    )
    expect([...bundle.keys()].filter((path) => path.startsWith('attachments/'))).toHaveLength(2)
  })

  test('is judged by the keys one brings', async () => {
    const outside = { policy: `# ours\nlog ${at.vkey}\nquorum none\n`, jwks: textAt(bundle, 'trust/jwks.json') }
    expect(await verifyLayout(bundle, outside)).toMatchObject({ verdict: 'ok', trust: 'outside' })
  })

  test('of a silent registry proves the request', async () => {
    const silent = await playOut(at, [], inquire)
    expect(await verdictOn(await bundleOf(at, silent))).toEqual(['ok'])
  })

  test('says of grade B and C that they rest on the gateway', async () => {
    const wired = await playOut(at, [overTheWire, { grade: 'C', says: Buffer.from('{"paper":"sheet 7"}') }])
    const { verdict, checks } = await verifyLayout(await bundleOf(at, wired))
    const receptions = checks.filter(({ check }) => check === 'reception')
    expect(verdict).toBe('ok')
    expect(receptions.map(({ file }) => file)).toEqual(['messages/0002-statement.xml', 'messages/0003-statement.json'])
    for (const { detail } of receptions) expect(detail).toContain('rests on the gateway')
  })
})

describe('one byte changed', () => {
  test('in any file fails the bundle', async () => {
    for (const [path, bytes] of bundle) {
      for (const place of new Set([0, Math.floor(bytes.length / 2), bytes.length - 1])) {
        const [verdict, ...codes] = await verdictOn(
          changed(bundle, { [path]: flip(bytes, place) }, 'sums as they were'),
        )
        expect([path, place, verdict]).toEqual([path, place, 'failed'])
        if (path !== 'SHA256SUMS') expect(codes).toContain('sum-differs')
      }
    }
  })

  test.each([
    ['messages/0001-request.jws', 'commitment-differs'],
    ['messages/0002-statement.jws', 'commitment-differs'],
    ['messages/0003-receipt.jws', /^receipt-/],
    ['records/0001.jws', /^record-/],
    ['records/0004.jws', /^record-/],
    ['proofs/0002.tlog-proof', /^proof-/],
  ])('in %s is found without the sums, wherever it is', async (path, code) => {
    const bytes = bundle.get(path) ?? new Uint8Array()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (place) => {
        const [verdict, ...codes] = await verdictOn(changed(bundle, { [path]: flip(bytes, place) }))
        expect(verdict).toBe('failed')
        expect(codes.join(' ')).toMatch(typeof code === 'string' ? new RegExp(code) : new RegExp(code.source, 'm'))
      }),
      { numRuns: 15 },
    )
  })

  test('in an attachment is found without the sums', async () => {
    const [path = ''] = [...bundle.keys()].filter((name) => name.startsWith('attachments/'))
    expect(await verdictOn(changed(bundle, { [path]: flip(ruling, 3) }))).toEqual(['failed', 'attachment-differs'])
  })

  test('makes no input throw', async () => {
    const paths = [...bundle.keys()]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.uint8Array({ maxLength: 400 }), async (path, bytes) => {
        expect((await verifyLayout(changed(bundle, { [path]: bytes }))).verdict).not.toBe(undefined)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a file taken away', () => {
  test('fails the bundle, whichever it is', async () => {
    for (const path of bundle.keys())
      expect([path, (await verifyLayout(changed(bundle, { [path]: undefined }, 'sums as they were'))).verdict]).toEqual(
        [path, 'failed'],
      )
  })

  test('is missed by the manifest also when the sums were done again', async () => {
    const without = changed(bundle, { 'messages/0003-statement.jws': undefined })
    expect(await verdictOn(without)).toContain('file-absent')
    expect((await verifyLayout(without)).verdict).toBe('failed')
  })

  test('with its lines in the manifest is missed by the number the registry gave', async () => {
    const [, second] = played.statements
    if (!second) throw new Error('nothing said')
    expect(await verdictOn(await bundleOf(at, { ...played, statements: [second] }))).toEqual([
      'incomplete',
      'sequence-gap',
    ])
  })

  test('when it was a document, leaves the bundle incomplete', async () => {
    expect(await verdictOn(await bundleOf(at, played, { attachments: [] }))).toEqual([
      'incomplete',
      'attachment-absent',
    ])
  })

  test('when it was the submission, leaves the bundle incomplete', async () => {
    expect(await verdictOn(await bundleOf(at, played, { context: [] }))).toEqual(['incomplete', 'link-absent'])
  })

  test('when it was erased, leaves the leaf and says so', async () => {
    const [first, ...rest] = played.statements
    if (!first) throw new Error('nothing said')
    const statements = await Promise.all(
      [{ ...first, opening: undefined }, ...rest].map(async (row) => ({ ...row, proof: await at.prove(row.index) })),
    )
    expect(await verdictOn(await bundleOf(at, played, { statements }))).toEqual([
      'incomplete',
      'message-absent',
      'sequence-gap',
    ])
  })
})

describe('a bundle put together from two', () => {
  const swapped = (...paths: string[]) => changed(bundle, Object.fromEntries(paths.map((p) => [p, otherBundle.get(p)])))

  test('fails by the statement alone', async () => {
    expect(await verdictOn(swapped('messages/0003-statement.jws'))).toContain('commitment-differs')
  })

  test('fails by the statement with its record and proof', async () => {
    const [verdict, ...codes] = await verdictOn(
      swapped('messages/0003-statement.jws', 'records/0003.jws', 'proofs/0003.tlog-proof', 'messages/0003-receipt.jws'),
    )
    expect(verdict).toBe('failed')
    expect(codes).toContain('manifest-differs')
  })

  test('fails also when the manifest was made for it', async () => {
    const [mine] = played.statements
    const [, theirs] = other.statements
    if (!mine || !theirs) throw new Error('nothing said')
    const [verdict, ...codes] = await verdictOn(await bundleOf(at, { ...played, statements: [mine, theirs] }))
    expect(verdict).toBe('failed')
    expect(codes).toContain('record-other-delivery')
  })
})

describe('the log', () => {
  test('is no other log', async () => {
    const elsewhere = await openCourthouse()
    const foreign = await bundleOf(elsewhere, await playOut(elsewhere))
    elsewhere.close()
    const proof = textAt(foreign, 'proofs/0001.tlog-proof')
    expect(await verdictOn(changed(bundle, { 'proofs/0001.tlog-proof': proof }))).toContain('proof-unsigned')
    expect(await verdictOn(foreign, { policy: textAt(bundle, 'trust/policy.txt') })).toEqual(
      expect.arrayContaining(['failed', 'trust-differs', 'proof-unsigned']),
    )
    expect(await verdictOn(foreign)).toEqual(['ok'])
  })

  test('signed over the leaf, not over another', async () => {
    const proof = textAt(bundle, 'proofs/0002.tlog-proof')
    expect(await verdictOn(changed(bundle, { 'proofs/0001.tlog-proof': proof }))).toContain('proof-not-included')
  })

  test('agrees with a checkpoint noted earlier, or is caught', async () => {
    const noted = await at.note(at.leaves.length)
    const fresh = await bundleOf(at, played)
    expect(await verdictOn(fresh, { checkpoints: [noted] })).toEqual(['ok'])
    expect(await verdictOn(fresh, { checkpoints: [await at.note(2)] })).toEqual(['incomplete', 'consistency-absent'])
    at.leaves.reverse()
    const forked = await at.note(at.leaves.length)
    at.leaves.reverse()
    expect(await verdictOn(fresh, { checkpoints: [forked] })).toEqual(['failed', 'checkpoint-forked'])
    expect(await verdictOn(fresh, { checkpoints: ['a note'] })).toEqual(['failed', 'checkpoint-unreadable'])
  })
})

describe('a message', () => {
  test('is opened by its own salt only', async () => {
    const openings = textAt(bundle, 'openings.json')
    const salts: Record<string, string> = JSON.parse(openings).salts
    const [one = '', two = ''] = Object.values(salts)
    const crossed = openings.replace(one, '#').replace(two, one).replace('#', two)
    expect(await verdictOn(changed(bundle, { 'openings.json': crossed }))).toContain('commitment-differs')
    const lost = openings.replace('0001-request', '0009-request')
    expect(await verdictOn(changed(bundle, { 'openings.json': lost }))).toContain('salt-absent')
  })

  test('signed by the registry is not spared by calling it grade B', async () => {
    const manifest = textAt(bundle, 'manifest.json').replace('"grade": "A"', '"grade": "B"')
    expect(await verdictOn(changed(bundle, { 'manifest.json': manifest }))).toContain('grade-differs')
  })

  test('is no statement when a stranger signed it, though gateway and log have it', async () => {
    const forged = await openCourthouse()
    const keys = { bureauRing: forged.bureauRing }
    const accepted = await playOut({ ...at, ...keys }, [received])
    forged.close()
    expect(await verdictOn(await bundleOf(at, accepted))).toEqual(['failed', 'statement-key-unknown'])
  })

  test('about what was not asked is no statement', async () => {
    const told = { ...executed, says: { ...executed.says, targets: [], sequence: 1 } }
    expect(await verdictOn(await bundleOf(at, await playOut(at, [told])))).toEqual(['failed', 'statement-content'])
  })

  test('is no request when another key than the court’s signed it', async () => {
    const jwks = textAt(bundle, 'trust/jwks.json').replaceAll('"court:津0116"', '"court:津0102"')
    expect(await verdictOn(changed(bundle, { 'trust/jwks.json': jwks }))).toContain('request-key-unknown')
  })

  test('cannot have another key slipped under its key’s name', async () => {
    const elsewhere = await openCourthouse()
    const kid = at.ring.keysOf('court:津0116')[0]?.kid ?? ''
    const { keys } = elsewhere.ring.jwks()
    elsewhere.close()
    const jwks = JSON.stringify({ keys: keys.map((key) => (key.for.startsWith('court') ? { ...key, kid } : key)) })
    expect(await verdictOn(changed(bundle, { 'trust/jwks.json': jwks }))).toContain('key-misnamed')
  })

  test('that contradicts another of the same number fails', async () => {
    const twice = await playOut(at, [received, received])
    expect(await verdictOn(await bundleOf(at, twice))).toEqual(['failed', 'sequence-used'])
  })
})

test('the entries are in the order of the case', async () => {
  const belated = await at.enter({ kind: 'request.approved', ...played.inCase, case_seq: 2 })
  const context = [played.submitted, belated].map(async (row) => ({ ...row, proof: await at.prove(row.index) }))
  expect(await verdictOn(await bundleOf(at, played, { context: await Promise.all(context) }))).toEqual([
    'failed',
    'case-order',
  ])
})
