import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey, createVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sm2 as oracle } from 'sm-crypto-v2'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { algorithmNames, algorithms, signaturePart, signedPart } from '../src/signing/algorithm.ts'
import { type EnvelopeType, envelopeTypes, openEnvelope } from '../src/signing/envelope.ts'
import { keysAmong, type RegisteredKey } from '../src/signing/key.ts'
import { verifySm2 } from '../src/signing/sm2.ts'
import { sm2PrivateKey, sm2PublicKey } from '../src/signing/sm2-key.ts'
import { distId, opensslDesk, opensslKnowsSm2 } from './signing/openssl.ts'
import type { Vectors } from './support/write-protocol.ts'

const page = readFileSync('docs/protocol.md', 'utf8')
const { sm2, judgedAt }: Vectors = JSON.parse(readFileSync('docs/protocol/vectors.json', 'utf8'))
const now = new Date(judgedAt)
const hex = (text: string) => Buffer.from(text, 'hex')

type Key = { readonly kid: string; readonly kty: string; readonly crv: string; readonly x: string; readonly y: string }

const keyNamed = (name: string): Key & { readonly d: string } => {
  const key = sm2.keys[name]
  if (!key) throw new Error(`no key ${name}`)
  return key as Key & { readonly d: string }
}
const registered = (name: string): RegisteredKey => {
  const { kid, kty, crv, x, y } = keyNamed(name)
  return { kid, jwk: { kty, crv, x, y }, validFrom: new Date(0) }
}
const open = (jws: string, typ: EnvelopeType, key: string, audience: unknown) =>
  openEnvelope(jws, {
    typ,
    keysOf: keysAmong([registered(key)]),
    audience: String(audience),
    now,
    schema: z.looseObject({}),
  })

describe('the SM2 vectors, read by the product', () => {
  test('there is one of each type of envelope', () => {
    expect(new Set(sm2.messages.map(({ typ }) => typ))).toEqual(new Set(Object.values(envelopeTypes)))
  })

  test.each(sm2.messages)('$typ opens', async ({ jws, typ, key, claims }) => {
    expect(await open(jws, typ, key, claims.aud)).toMatchObject({ kind: 'opened', claims })
  })

  test.each(sm2.bad)('no: $name', async ({ jws }) => {
    const [, statement] = sm2.messages
    expect(await open(jws, envelopeTypes.statement, 'registry', statement?.claims.aud)).toMatchObject({
      code: 'signature',
    })
  })

  test('what is sealed anew opens, and is another text', async () => {
    const [first] = sm2.messages
    if (!first) throw new Error('the first vector is gone')
    const { typ, claims, jws } = first
    const { kid, ...jwk } = keyNamed('court')
    const seal = algorithms['SM2-SM3'].seal
    const again = await seal({ alg: 'SM2-SM3', kid, typ }, Buffer.from(JSON.stringify(claims)), sm2PrivateKey(jwk))
    expect(again).not.toBe(jws)
    expect(signedPart(again)).toEqual(signedPart(jws))
    expect(await open(again, typ, 'court', claims.aud)).toMatchObject({ kind: 'opened' })
  })
})

/** A second reader, which shares nothing with the product: the formulas of the page, and node:crypto or another library. */
describe('the SM2 vectors, read by others', () => {
  const curve = /^a\s+= (\w+)\nb\s+= (\w+)\nG\s+= (\w+)\n\s+(\w+)$/m.exec(page)?.slice(1).join('') ?? ''
  const zaOf = ({ x, y }: Key) => {
    const point = [x, y].map((part) => Buffer.from(part, 'base64url'))
    return createHash('sm3')
      .update(Buffer.concat([hex('0080'), Buffer.from('1234567812345678'), hex(curve), ...point]))
      .digest()
  }

  test.each(Object.keys(sm2.keys))('the key of %s has its name and its ZA by the page’s own words', (name) => {
    const { kid, x, y } = keyNamed(name)
    const thumbprint = createHash('sha256').update(`{"crv":"SM2","kty":"EC","x":"${x}","y":"${y}"}`)
    expect(thumbprint.digest('base64url')).toBe(kid)
    expect(zaOf(keyNamed(name)).toString('hex')).toBe(sm2.za[name])
  })

  test('the worked example of the standard is as the page tells it', () => {
    const { x, y, message, za, e, signature } = sm2.standard
    for (const value of [x, y, za, e, signature.slice(0, 64), signature.slice(64)]) expect(page).toContain(value)
    expect(createHash('sm3').update(hex(za)).update(message).digest('hex')).toBe(e)
    const key = sm2PublicKey({ x: hex(x).toString('base64url'), y: hex(y).toString('base64url') })
    expect(verifySm2(Buffer.from(message), hex(signature), key)).toBe(true)
    const bytes = new Uint8Array(Buffer.from(message))
    expect(oracle.doVerifySignature(bytes, signature, `04${x}${y}`, { hash: true })).toBe(true)
  })

  const judged = (jws: string, key: Key) => {
    const point = `04${[key.x, key.y].map((part) => Buffer.from(part, 'base64url').toString('hex')).join('')}`
    const spki = hex(`3059301306072a8648ce3d020106082a811ccf5501822d034200${point}`)
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const raw = signaturePart(jws)
    const der = raw.length === 64 ? derOf(raw) : Buffer.of()
    const byNode = createVerify('sm3').update(zaOf(key)).update(signedPart(jws)).verify(publicKey, der)
    const theirs = { hash: true }
    const byOracle =
      raw.length === 64 && oracle.doVerifySignature(new Uint8Array(signedPart(jws)), raw.toString('hex'), point, theirs)
    return [byNode, byOracle]
  }

  test.each(sm2.messages)('$typ is signed', ({ jws, key }) => {
    expect(judged(jws, keyNamed(key))).toEqual([true, true])
  })

  test.each(sm2.bad)('no: $name', ({ jws }) => {
    expect(judged(jws, keyNamed('registry'))).toEqual([false, false])
  })

  test('the published schema takes the SM2 keys', () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync('docs/protocol/jwks.schema.json', 'utf8')))
    expect(schema.safeParse(sm2.jwks).success).toBe(true)
  })
})

describe('the page says what the code says of algorithms', () => {
  test('each with its key, and no other', () => {
    const [, after = ''] = page.split('<!-- closed: algorithms -->\n')
    const rows = after
      .slice(0, after.search(/\n(?!\|)/))
      .split('\n')
      .slice(2)
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    expect(rows.map(([, name, , kty, crv]) => [name, kty, crv])).toEqual(
      algorithmNames.map((name) => [name, algorithms[name].kty, algorithms[name].crv]),
    )
  })
})

describe.skipIf(!opensslKnowsSm2)('the openssl command', () => {
  const desk = opensslDesk()
  afterAll(() => desk.close())
  const sm3 = ['-rawin', '-digest', 'sm3', '-pkeyopt', distId] as const

  test.each(sm2.messages)('verifies $typ', ({ jws, key }) => {
    const shown = sm2PublicKey(keyNamed(key))
    desk.put('pub.pem', shown.export({ format: 'pem', type: 'spki' }))
    desk.put('input', signedPart(jws))
    desk.put('sig', derOf(signaturePart(jws)))
    const said = desk.run(
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'pub.pem',
      ...sm3,
      '-in',
      'input',
      '-sigfile',
      'sig',
    )
    expect(said).toContain('Signature Verified Successfully')
  })

  test('signs as the page says, and the product believes it', () => {
    const [, script = ''] = /<!-- sm2\.sh -->\n```sh\n([\s\S]*?)```/.exec(page) ?? []
    expect(script).toContain('pkeyutl -sign')
    const { d: _d, kid: _kid, ...jwk } = keyNamed('registry')
    desk.put('me.pem', sm2PrivateKey(keyNamed('registry')).export({ format: 'pem', type: 'pkcs8' }))
    for (let tries = 0; tries < 8; tries += 1) {
      desk.put('input', `header.payload${tries}`)
      const told = execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: desk.dir, encoding: 'utf8' })
      expect(told).toMatch(/^[\w-]{86}$/)
      const input = readFileSync(join(desk.dir, 'input'))
      expect(verifySm2(input, Buffer.from(told, 'base64url'), sm2PublicKey(jwk))).toBe(true)
    }
  })
})

/** r ‖ s in DER, by another hand than the product's. */
function derOf(raw: Buffer): Buffer {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((part) => {
    const digits = part.toString('hex').replace(/^(00)+/, '')
    const positive = /^[89a-f]/.test(digits) ? `00${digits}` : digits
    return `02${(positive.length / 2).toString(16).padStart(2, '0')}${positive}`
  })
  const body = integers.join('')
  return hex(`30${(body.length / 2).toString(16).padStart(2, '0')}${body}`)
}
