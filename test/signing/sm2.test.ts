import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sm2 as oracle } from 'sm-crypto-v2'
import { afterAll, describe, expect, test } from 'vitest'
import { signSm2, signSm2Der, sm2Der, sm2Point, sm2Za, verifySm2, verifySm2Der } from '../../src/signing/sm2.ts'
import { generateSm2, sm2JwkOf, sm2PrivateKey, sm2PublicKey } from '../../src/signing/sm2-key.ts'
import { annexA } from '../../src/signing/sm2-self-test.ts'
import { distId, opensslDesk, opensslKnowsSm2 } from './openssl.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const coordinate = (text: string) => hex(text).toString('base64url')
const annexKey = { kty: 'EC', crv: 'SM2', x: coordinate(annexA.x), y: coordinate(annexA.y), d: coordinate(annexA.d) }

/** A fresh pair, as every caller has one: a JWK, and what is imported from it. */
function freshPair() {
  const jwk = generateSm2()
  return { jwk, own: sm2PrivateKey(jwk), shown: sm2PublicKey(jwk) }
}

describe('GB/T 32918.5, annex A', () => {
  test('its ZA comes out, for the private key as for the public one', () => {
    expect(sm2Za(sm2PublicKey(annexKey)).toString('hex')).toBe(annexA.za)
    expect(sm2Za(sm2PrivateKey(annexKey)).toString('hex')).toBe(annexA.za)
  })

  test('its signature verifies, in both spellings, and no other bit of it does', () => {
    const key = sm2PublicKey(annexKey)
    const [message, signature] = [Buffer.from(annexA.message), hex(annexA.signature)]
    expect(verifySm2(message, signature, key)).toBe(true)
    expect(verifySm2Der(message, sm2Der(signature), key)).toBe(true)
    for (let bit = 0; bit < 512; bit += 1) expect(verifySm2(message, flipped(signature, bit), key)).toBe(false)
  })
})

describe('signing and verifying', () => {
  const { own, shown } = freshPair()

  test('what was signed verifies, and one bit of message or signature spoils it', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(bytes, fc.nat(1e6), fc.nat(511), (message, messageBit, signatureBit) => {
        const signature = signSm2(message, own)
        expect(signature).toHaveLength(64)
        expect(verifySm2(message, signature, shown)).toBe(true)
        expect(verifySm2(flipped(message, messageBit), signature, shown)).toBe(false)
        expect(verifySm2(message, flipped(signature, signatureBit), shown)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('one spelling is never taken for the other, and no bytes throw', () => {
    const message = Buffer.from('查封')
    const der = signSm2Der(message, own)
    expect(verifySm2Der(message, der, shown)).toBe(true)
    expect(verifySm2(message, der, shown)).toBe(false)
    expect(verifySm2Der(message, signSm2(message, own), shown)).toBe(false)
    expect(verifySm2Der(message, Buffer.concat([der, Buffer.of(0)]), shown)).toBe(false)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (junk) => !verifySm2(message, junk, shown)))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (junk) => !verifySm2Der(message, junk, shown)))
    expect(verifySm2(message, Buffer.alloc(64), shown)).toBe(false)
  })

  test('another’s key does not verify it', () => {
    expect(verifySm2(Buffer.from('x'), signSm2(Buffer.from('x'), own), freshPair().shown)).toBe(false)
  })
})

describe('keys', () => {
  test('a new key has 32-byte numbers, also where a number is short', () => {
    for (let made = 0; made < 300; made += 1) {
      const { d, x, y } = generateSm2()
      expect([d, x, y].map((text) => Buffer.from(text, 'base64url').length)).toEqual([32, 32, 32])
    }
  })

  test('go into PEM and come back as the same JWK', () => {
    const { jwk, own, shown } = freshPair()
    const { d: _d, ...open } = jwk
    const privatePem = own.export({ format: 'pem', type: 'pkcs8' })
    const publicPem = shown.export({ format: 'pem', type: 'spki' })
    expect(sm2JwkOf(createPrivateKey(privatePem))).toEqual(jwk)
    expect(sm2JwkOf(createPublicKey(publicPem))).toEqual(open)
  })

  const { jwk } = freshPair()
  const other = freshPair().jwk
  test.each([
    ['a point off the curve', { ...jwk, y: jwk.x }],
    ['a short coordinate', { ...jwk, x: jwk.x.slice(0, 40) }],
    ['a coordinate in another spelling', { ...jwk, x: `${jwk.x}=` }],
    ['no coordinate', { ...jwk, y: undefined }],
  ])('%s is no public key', (_, bad) => {
    expect(() => sm2PublicKey(bad)).toThrow()
    expect(() => sm2PrivateKey(bad)).toThrow()
  })
  test.each([
    ['another’s public half', { ...jwk, x: other.x, y: other.y }],
    ['zero', { ...jwk, d: Buffer.alloc(32).toString('base64url') }],
    ['a number beyond the order', { ...jwk, d: Buffer.alloc(32, 0xff).toString('base64url') }],
    ['the one number that cannot sign', lastBeforeOrder()],
    ['nothing private', { ...jwk, d: undefined }],
  ])('%s is no private key', (_, bad) => {
    expect(() => sm2PrivateKey(bad)).toThrow()
  })

  test('a key that Node generated, and a key of another curve, are refused: they would sign ECDSA', () => {
    for (const namedCurve of ['SM2', 'P-256']) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
      expect(() => signSm2(Buffer.from('x'), privateKey)).toThrow('imported SM2 key')
      expect(() => verifySm2(Buffer.from('x'), Buffer.alloc(64), publicKey)).toThrow('imported SM2 key')
      expect(() => sm2JwkOf(privateKey)).toThrow('imported SM2 key')
    }
  })
})

describe('another implementation', () => {
  const { jwk, own, shown } = freshPair()
  const point = sm2Point(shown).toString('hex')
  const secret = Buffer.from(jwk.d, 'base64url').toString('hex')

  test('verifies what is signed here, and is verified here', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(bytes, (message) => {
        const ours = signSm2(message, own).toString('hex')
        expect(oracle.doVerifySignature(message, ours, point, { hash: true })).toBe(true)
        const theirs = oracle.doSignature(message, secret, { hash: true, publicKey: point })
        expect(verifySm2(message, hex(theirs), shown)).toBe(true)
      }),
      { numRuns: 10 },
    )
  })

  test('knows the same ZA', () => {
    expect(sm2Za(shown).toString('hex')).toBe(Buffer.from(oracle.getZ(point)).toString('hex'))
  })
})

describe.skipIf(!opensslKnowsSm2)('the openssl command', () => {
  const desk = opensslDesk()
  afterAll(() => desk.close())
  const message = Buffer.from('（2026）津0116执3456号 查封 120116001001GB00001F00010001')
  const sm3 = ['-rawin', '-digest', 'sm3', '-in', 'message'] as const

  test('verifies what is signed here, under the default user id and no other', () => {
    const { own, shown } = freshPair()
    desk.put('message', message)
    desk.put('sig', signSm2Der(message, own))
    desk.put('pub.pem', shown.export({ format: 'pem', type: 'spki' }))
    const asked = ['pkeyutl', '-verify', '-pubin', '-inkey', 'pub.pem', ...sm3, '-sigfile', 'sig', '-pkeyopt'] as const
    expect(desk.run(...asked, distId)).toContain('Signature Verified Successfully')
    expect(desk.says(...asked, 'distid:8765432187654321')).not.toBe(0)
    desk.put('message', `${message}.`)
    expect(desk.says(...asked, distId)).not.toBe(0)
  })

  test('signs with a key of its own, and is verified here', () => {
    desk.put('message', message)
    desk.run('genpkey', '-algorithm', 'SM2', '-out', 'key.pem')
    desk.run('pkeyutl', '-sign', '-inkey', 'key.pem', ...sm3, '-pkeyopt', distId, '-out', 'theirs')
    const jwk = sm2JwkOf(createPrivateKey(readFileSync(join(desk.dir, 'key.pem'))))
    const theirs = readFileSync(join(desk.dir, 'theirs'))
    expect(verifySm2Der(message, theirs, sm2PublicKey(jwk))).toBe(true)
    expect(verifySm2Der(Buffer.from('x'), theirs, sm2PublicKey(jwk))).toBe(false)
    expect(signSm2(message, sm2PrivateKey(jwk))).toHaveLength(64)
  })
})

function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  const at = Math.floor(bit / 8) % copy.length
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit % 8)), at)
  return copy
}

/** d = n − 1 with its right point, which is that of 1, mirrored. */
function lastBeforeOrder() {
  const d = hex('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122')
  const point = hex(oracle.getPublicKeyFromPrivateKey(d.toString('hex')))
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  return { ...annexKey, d: d.toString('base64url'), x: x.toString('base64url'), y: y.toString('base64url') }
}
