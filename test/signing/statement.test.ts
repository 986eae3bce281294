import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { algorithmNames } from '../../src/signing/algorithm.ts'
import { digestOf } from '../../src/signing/compact.ts'
import type { Certified } from '../../src/signing/key.ts'
import { deliveryNamedIn } from '../../src/signing/statement.ts'
import { day, delivery, house, iat, inquire, minute, now, openExchange, pair, seal } from './exchange.ts'

const b64 = (text: string) => Buffer.from(text).toString('base64url')
const changed = (jws: string, part: number, text: string) => jws.split('.').with(part, b64(text)).join('.')

describe('a statement that is all it should be', () => {
  test.for(algorithmNames)('is proved with grade A, signed by %s', async (algorithm) => {
    const { sign, open } = await openExchange(seal, algorithm)
    const message = await sign()
    const proved = await open(Buffer.from(message))
    expect(proved).toMatchObject({ kind: 'proved', jti: 'statement-1', grade: 'A' })
    expect(proved).toMatchObject({ digest: digestOf(Buffer.from(message.split('.')[1] ?? '', 'base64url')) })
    expect(proved.kind === 'proved' && proved.statement).toEqual({
      kind: 'executed',
      sequence: 1,
      receivedAt: new Date('2026-06-03T09:15:30+08:00'),
      receiptNumber: 'land-00000001',
      holdings: [],
      targets: [{ asset: house, effect: 'effective', controlNo: 'X1', term: { from: '2026-06-03', to: '2029-06-03' } }],
    })
    expect(deliveryNamedIn(message)).toBe(delivery)
  })
})

describe('a statement proves nothing', () => {
  test('when its form is not the one right form', async () => {
    const { sign, code, said, registry } = await openExchange()
    const good = await sign()
    const [head = '', body = '', signature = ''] = good.split('.')
    const twice = JSON.stringify(said).replace('"kind":', '"kind":"nothing","kind":')
    const escaped = JSON.stringify(said).replace('"kind":', '"\\u006bind":"nothing","kind":')
    for (const bad of [
      '',
      'not a JWS',
      `${good}.`,
      `${good}\n`,
      `${good}=`,
      `${head}.${body}`,
      `${head}.${body}.${malleable(signature)}`,
      changed(good, 1, twice),
      changed(good, 1, escaped),
      changed(good, 1, '"text"'),
      changed(good, 0, `{"alg":"EdDSA","alg":"EdDSA","kid":"${registry.signing.kid}","typ":"writ-statement+jws"}`),
      changed(
        good,
        0,
        `{"alg":"EdDSA","kid":"${registry.signing.kid}","typ":"writ-statement+jws","crit":["b64"],"b64":false}`,
      ),
      changed(good, 0, `{"alg":"EdDSA","kid":"k","jwk":${JSON.stringify(registry.registered.jwk)}}`),
      `${head}.${b64('x'.repeat(1_048_576))}.${signature}`,
    ])
      expect(await code(bad)).toBe('statement-malformed')
  })

  test('under an algorithm that is not the key’s own', async () => {
    const { sign, code, registry } = await openExchange()
    const good = await sign()
    const other = await pair('ES256')
    const header = (alg: string) => JSON.stringify({ alg, kid: registry.signing.kid, typ: 'writ-statement+jws' })
    for (const alg of ['none', 'HS256', 'Ed25519', 'RS256', 'ES256', 'SM2-SM3', 'toString'])
      expect(await code(changed(good, 0, header(alg)))).toBe('statement-algorithm')
    const borrowed = await sign({}, undefined, { ...other.signing, kid: registry.signing.kid })
    expect(await code(borrowed)).toBe('statement-algorithm')
  })

  test('under a key that does not count', async () => {
    const { sign, code, registry } = await openExchange()
    const good = await sign()
    const at = new Date(now.getTime() + 2 * minute)
    const with_ = (changes: object) => code(good, at, [{ ...registry.registered, ...changes }])
    expect(await code(good, at, [])).toBe('statement-key-unknown')
    expect(await with_({ validFrom: new Date(at.getTime() + 1) })).toBe('statement-key-unknown')
    expect(await with_({ revokedAt: at })).toBe('statement-key-revoked')
    expect(await with_({ revokedAt: new Date(at.getTime() + 1) })).toBe('proved')
    expect(await with_({ retiredAt: new Date(at.getTime() - 7 * day) })).toBe('proved')
    expect(await with_({ retiredAt: new Date(at.getTime() - 7 * day - 1) })).toBe('statement-key-revoked')
  })

  test('under a key for which no certificate of the configured CA vouches on that day', async () => {
    const { sign, code, registry } = await openExchange()
    const good = await sign()
    const at = new Date(now.getTime() + 2 * minute)
    const certifiedBy = (certified: Certified) => code(good, at, [{ ...registry.registered, certified }])
    const [before, after] = [new Date(at.getTime() - 1), new Date(at.getTime() + 1)]
    expect(await certifiedBy({ kind: 'certified', from: at, until: at })).toBe('proved')
    expect(await certifiedBy({ kind: 'certified', from: after, until: after })).toBe('statement-key-unknown')
    expect(await certifiedBy({ kind: 'certified', from: before, until: before })).toBe('statement-key-revoked')
    expect(await certifiedBy({ kind: 'uncertified' })).toBe('statement-key-unknown')
  })

  test('signed by another, even under the right name', async () => {
    const { sign, code, registry } = await openExchange()
    const other = await pair()
    expect(await code(await sign({}, undefined, { ...other.signing, kid: registry.signing.kid }))).toBe(
      'statement-signature',
    )
    const broken = { ...registry.registered, jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } }
    expect(await code(await sign(), undefined, [broken])).toBe('statement-signature')
  })

  test.for([
    [{}, 'statement-type', 'writ-receipt+jws'],
    [{ iss: 'land-120117' }, 'statement-issuer'],
    [{ aud: 'gw.other.writ' }, 'statement-audience'],
    [{ aud: ['gw.test.writ'] }, 'statement-audience'],
    [{ iat: iat - 301 }, 'statement-too-old'],
    [{ iat: iat - 300 }, 'proved'],
    [{ iat: iat + 421 }, 'statement-from-future'],
    [{ iat: iat + 420 }, 'proved'],
    [{ iat: String(iat) }, 'statement-content'],
    [{ re: '0197336e-0000-7000-8000-000000000002' }, 'statement-other-delivery'],
    [{ re_sha256: digestOf('another request') }, 'statement-digest'],
    [{ surprise: true }, 'statement-content'],
    [{ sequence: 0 }, 'statement-content'],
    [{ receivedAt: 'yesterday' }, 'statement-content'],
    [{ exp: iat - 3600 }, 'statement-content'],
  ] as const)('when it says %o: %s', async ([changes, code, typ]) => {
    const exchange = await openExchange()
    expect(await exchange.code(await exchange.sign(changes, typ))).toBe(code)
  })

  test('and the first thing wrong is the one that is told', async () => {
    const { sign, code, registry, claims } = await openExchange()
    const other = await pair()
    const wrong = { surprise: true }
    const order: [object, string][] = [
      [{ re_sha256: digestOf('x') }, 'statement-digest'],
      [{ re: claims.jti.replace('1', '2') }, 'statement-other-delivery'],
      [{ iat: iat - 3600 }, 'statement-too-old'],
      [{ aud: 'x' }, 'statement-audience'],
      [{ iss: 'x' }, 'statement-issuer'],
    ]
    for (const [more, told] of order) expect(await code(await sign(Object.assign(wrong, more)))).toBe(told)
    const typ = 'writ-status+jws'
    expect(await code(await sign(wrong, typ))).toBe('statement-type')
    const forged = await sign(wrong, typ, { ...other.signing, kid: registry.signing.kid })
    expect(await code(forged)).toBe('statement-signature')
    const revoked = { ...registry.registered, revokedAt: now }
    expect(await code(forged, undefined, [revoked])).toBe('statement-key-revoked')
  })
})

describe('what can be said of a measure', () => {
  const target = (changes: object = {}) => ({ asset: house, effect: 'effective', ...changes })
  test.for([
    [
      'an asset the court did not name',
      { targets: [target({ asset: { ...house, unitCode: '120116001001GB00002F00010001' } })] },
    ],
    ['the same asset twice', { targets: [target(), target()] }],
    ['executed, on nothing', { targets: [] }],
    ['executed, yet only waiting', { targets: [target({ effect: 'waiting' })] }],
    ['ended, without saying how', { kind: 'ended', targets: [target({ effect: 'ended' })] }],
    ['refused, without saying why', { kind: 'refused', targets: [] }],
    ['a converted seal that was no pre-seal', { kind: 'converted' }],
    ['a term that ends before it begins', { targets: [target({ term: { from: '2026-06-03', to: '2026-06-03' } })] }],
    ['an amount that is none', { targets: [target({ amount: '007.00' })] }],
    ['a day that never was', { targets: [target({ term: { from: '2026-02-30', to: '2027-01-01' } })] }],
    ['holdings', { holdings: [{ asset: house }] }],
    ['part 2 of 1', { part: { n: 2, of: 1 } }],
    ['a sealed receipt without its length', { sealedReceipt: { sha256: digestOf('x'), mediaType: 'application/pdf' } }],
  ] as const)('not %s', async ([, changes]) => {
    const { sign, code } = await openExchange(seal)
    expect(await code(await sign(changes))).toBe('statement-content')
  })

  test('the asset in more words than the court had', async () => {
    const { sign, code } = await openExchange(seal)
    const asset = { ...house, address: '第一大街1号', certNo: '津（2023）滨海新区不动产权第1000001号' }
    expect(await code(await sign({ targets: [target({ asset })] }))).toBe('proved')
  })
})

describe('what can be said of an inquiry', () => {
  test('found, with what was found, and nothing about anything being held', async () => {
    const { sign, code } = await openExchange(inquire)
    expect(await code(await sign())).toBe('proved')
    expect(await code(await sign({ kind: 'executed', holdings: [{ asset: house }] }))).toBe('proved')
    expect(await code(await sign({ kind: 'executed' }))).toBe('statement-content')
    expect(await code(await sign({ kind: 'nothing', holdings: [{ asset: house }] }))).toBe('statement-content')
    expect(await code(await sign({ kind: 'waiting' }))).toBe('statement-content')
    expect(await code(await sign({ targets: [{ asset: house, effect: 'effective' }] }))).toBe('statement-content')
  })
})

test('no byte of a statement can be changed and the statement still be proved', async () => {
  const { sign, code } = await openExchange()
  const good = Buffer.from(await sign())
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bad = Buffer.from(good)
      bad.writeUInt8(bad.readUInt8(at) ^ flip, at)
      expect(await code(bad)).not.toBe('proved')
    }),
    { numRuns: 400 },
  )
})

test('nor can bytes be added or left out', async () => {
  const { sign, code } = await openExchange()
  const good = await sign()
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length), fc.string({ minLength: 1, maxLength: 4 }), async (at, more) => {
      expect(await code(good.slice(0, at) + more + good.slice(at))).not.toBe('proved')
      if (at < good.length) expect(await code(good.slice(0, at) + good.slice(at + 1))).not.toBe('proved')
    }),
    { numRuns: 200 },
  )
})

/** The same signature bytes in another spelling: the last character's unused bits set. */
function malleable(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(signature.at(-1) ?? '')
  return signature.slice(0, -1) + alphabet.charAt(last + 1)
}
