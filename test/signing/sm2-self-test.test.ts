import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { sm3 } from 'sm-crypto-v2'
import { describe, expect, test } from 'vitest'
import { signSm2, sm2Der, sm2Za, verifySm2 } from '../../src/signing/sm2.ts'
import { sm2PrivateKey, sm2PublicKey } from '../../src/signing/sm2-key.ts'
import { annexA, requireSm2, selfTestSm2 } from '../../src/signing/sm2-self-test.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const coordinate = (text: string) => hex(text).toString('base64url')
const annexKey = { x: coordinate(annexA.x), y: coordinate(annexA.y), d: coordinate(annexA.d) }

describe('the self-test', () => {
  const ours = {
    sm3: (...parts: readonly Uint8Array[]) => hex(sm3(new Uint8Array(Buffer.concat(parts)))),
    publicKey: sm2PublicKey,
    privateKey: sm2PrivateKey,
    za: sm2Za,
    sign: signSm2,
    verify: verifySm2,
  }

  test('finds nothing wrong with this runtime', () => {
    expect(selfTestSm2()).toEqual([])
    expect(requireSm2).not.toThrow()
  })

  test('finds out a runtime that signs ECDSA on the curve', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' })
    const ecdsa = (message: Uint8Array) => sign('sm3', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    expect(selfTestSm2({ ...ours, sign: ecdsa })).toEqual(['a signature made here'])
  })

  test('finds out a runtime that adds a user id of its own, the empty one', () => {
    const signed = (message: Uint8Array, key: KeyObject) => sign('sm3', message, key)
    const verified = (message: Uint8Array, signature: Uint8Array, key: KeyObject) => {
      const der = signature.length === 64 ? sm2Der(signature) : signature
      return verify('sm3', message, key, der)
    }
    expect(verified(Buffer.from('x'), signed(Buffer.from('x'), sm2PrivateKey(annexKey)), sm2PublicKey(annexKey))).toBe(
      true,
    )
    expect(selfTestSm2({ ...ours, sign: signed, verify: verified })).toEqual(['the signature of the annex'])
  })

  test('finds out a verifier that believes everything, and a runtime that knows no SM3', () => {
    expect(selfTestSm2({ ...ours, verify: () => true })).toEqual([
      'another message under the same signature',
      'an altered signature',
    ])
    const noSm3 = () => {
      throw new Error('Invalid digest')
    }
    expect(selfTestSm2({ ...ours, sm3: noSm3 })).toEqual(['SM3 of abc', 'e'])
  })
})
