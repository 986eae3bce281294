import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCertificates } from '../../src/signing/certificate.ts'
import { certify, readAuthorities } from '../../src/signing/certify.ts'
import { opensslDesk, opensslKnowsSm2 } from './openssl.ts'
import { type Issued, type KeyKind, opensslCa } from './openssl-ca.ts'

const day = 86_400_000

describe.skipIf(!opensslKnowsSm2)('a registry’s key and the configured CA', () => {
  const desk = opensslDesk()
  const ca = opensslCa(desk)
  afterAll(() => desk.close())
  // An hour on, so that what openssl makes here has begun however slow the machine.
  const now = new Date(Date.now() + 3_600_000)
  let root: Issued
  let bureau: Issued
  beforeAll(() => {
    root = ca.root('Writ Test Root')
    bureau = ca.issue(root, 'land-120116')
  })

  const judged = (own: Issued, by: Issued, more: { between?: Issued; at?: Date; pem?: string } = {}) => {
    const certificate = `${more.pem ?? own.pem}${more.between?.pem ?? ''}`
    return certify({ jwk: ca.jwkOf(own), certificate }, readAuthorities(by.pem), more.at ?? now)
  }
  const why = (...told: Parameters<typeof judged>) => {
    const said = judged(...told)
    return said.kind === 'certified' ? 'certified' : said.why
  }

  test('of SM2 is vouched for, for as long as its certificate is valid', () => {
    const said = judged(bureau, root)
    if (said.kind === 'uncertified') throw new Error(said.why)
    expect(Math.abs(said.until.getTime() - said.from.getTime() - 365 * day)).toBeLessThan(2000)
    expect(said.from <= now && now <= said.until).toBe(true)
    // The reason for all this: Node’s own check says no to a certificate that openssl has just made.
    const [own, above] = [new X509Certificate(bureau.pem), new X509Certificate(root.pem)]
    expect(own.verify(above.publicKey)).toBe(false)
  })

  test.each<[KeyKind, KeyKind]>([
    ['P-256', 'SM2'],
    ['Ed25519', 'P-256'],
    ['P-256', 'RSA'],
    ['SM2', 'Ed25519'],
  ])('of %s is vouched for by a CA of %s', (own, by) => {
    const above = ca.root('Another Kind', by)
    expect(why(ca.issue(above, 'land-120116', { kind: own }), above)).toBe('certified')
  })

  test('is vouched for by way of an authority in between, no longer than that one is valid', () => {
    const between = ca.issue(root, 'Between', { days: 30, extensions: ca.authority })
    const below = ca.issue(between, 'land-120117', { days: 300 })
    const said = judged(below, root, { between })
    expect(said.kind === 'certified' && said.until.getTime() < now.getTime() + 31 * day).toBe(true)
    expect(why(below, root)).toBe('no-chain')
  })

  test('is told the days also when they are over, for whoever compares', () => {
    const later = new Date(now.getTime() + 400 * day)
    expect(judged(bureau, root, { at: later })).toEqual(judged(bureau, root))
  })

  test('is not vouched for by a CA of the same name and another key', () => {
    expect(why(bureau, ca.root('Writ Test Root'))).toBe('no-chain')
  })

  test('is not vouched for by a certificate of another key, or by none', () => {
    expect(why(bureau, root, { pem: ca.issue(root, 'land-120116').pem })).toBe('other-key')
    const authorities = readAuthorities(root.pem)
    expect(certify({ jwk: ca.jwkOf(bureau) }, authorities, now)).toMatchObject({ why: 'absent' })
    expect(certify({ jwk: ca.jwkOf(bureau), certificate: 'hello' }, authorities, now)).toMatchObject({
      why: 'unreadable',
    })
  })

  test('is not vouched for by a certificate in which any bit was turned, and nothing in one throws', () => {
    const der = readDer(bureau.pem)
    // The signature is the last bit string; before it stands how many of its last bits do not count, and nothing signs that.
    const unusedBits = der.findIndex((byte, at) => byte === 3 && at + 2 + der.readUInt8(at + 1) === der.length) + 2
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(7), (at, bit) => {
        const turned = Buffer.from(der)
        turned.writeUInt8(turned.readUInt8(at) ^ (1 << bit), at)
        expect(why(bureau, root, { pem: pemOf(turned) })).not.toBe('certified')
      }),
      { numRuns: 150, examples: [[unusedBits, 0]] },
    )
  })

  test('is not vouched for by somebody who may not sign certificates', () => {
    const below = ca.issue(bureau, 'land-120118')
    expect(why(below, root, { between: bureau })).toBe('no-chain')
    const noSigner = ca.issue(root, 'No Signer', {
      extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=cRLSign'],
    })
    expect(why(ca.issue(noSigner, 'land-120118'), root, { between: noSigner })).toBe('no-chain')
  })

  test('is not vouched for below more authorities than were allowed', () => {
    const last = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign']
    const lowest = ca.issue(root, 'Lowest', { extensions: last })
    expect(why(ca.issue(lowest, 'land-120119'), root, { between: lowest })).toBe('certified')
    const beyond = ca.issue(lowest, 'Beyond', { extensions: ca.authority })
    const below = ca.issue(beyond, 'land-120119')
    const both = { ...beyond, pem: beyond.pem + lowest.pem }
    expect(why(below, root, { between: both })).toBe('no-chain')
  })

  test('is not vouched for by the encryption half of a pair of certificates, or by one with a condition we cannot read', () => {
    const encryption = ['keyUsage=critical,keyEncipherment,dataEncipherment']
    expect(why(ca.issue(root, 'land-120116', { extensions: encryption }), root)).toBe('not-for-signing')
    const odd = ['1.2.3.4.5=critical,ASN1:UTF8String:only on Mondays']
    expect(why(ca.issue(root, 'land-120116', { extensions: odd }), root)).toBe('not-for-signing')
  })

  test('is not vouched for by a CA that signs under another user id', () => {
    const other = ['-sm3', '-sigopt', 'distid:another@ca.example']
    expect(why(ca.issue(root, 'land-120116', { sign: other }), root)).toBe('no-chain')
  })

  test('a CA that cannot be read is no CA', () => {
    expect(() => readAuthorities('')).toThrow('no certificate')
    expect(() => readAuthorities(pemOf(Buffer.from('not DER')))).toThrow('cannot be read')
    expect(readCertificates(`subject=/CN=x\n${root.pem}\n${bureau.pem}`)).toHaveLength(2)
  })
})

const readDer = (pem: string) => Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64')
const pemOf = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
