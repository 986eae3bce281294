import { createPrivateKey } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealedPdf } from '../../src/demo/paper.ts'
import { sealOfficeFor, sealWith } from '../../src/demo/seal-office.ts'
import { pemBlocks } from '../../src/signing/certificate.ts'
import { readAuthorities } from '../../src/signing/certify.ts'
import { findSeal } from '../../src/signing/pdf/find-seal.ts'
import { sealVerifier } from '../../src/signing/seal-verifier.ts'
import { signSm2Der } from '../../src/signing/sm2.ts'
import { opensslDesk, opensslKnowsSm2 } from './openssl.ts'
import { type Issued, type KeyKind, opensslCa } from './openssl-ca.ts'

const day = 86_400_000
const now = new Date('2026-03-02T02:00:00Z')
const office = sealOfficeFor('某某市某某区人民法院', now)
const verifier = sealVerifier(readAuthorities(office.ca))
const paper = Buffer.from(office.seal('Ruling of a fictional court', now))
const said = (bytes: Uint8Array, at = now) => verifier.verify(bytes, 'application/pdf', at)

describe('the seal of a document', () => {
  test('holds, and names the organisation that sealed it and when', () => {
    expect(said(paper)).toEqual({ kind: 'sealed', by: '某某市某某区人民法院', signedAt: now })
  })

  test('is missing from a page that nobody sealed', () => {
    expect(said(Buffer.from('%PDF-1.4\n% ruling, for trying out\n'))).toEqual({ kind: 'missing' })
  })

  test('does not hold once any one bit of the file is turned', () => {
    const bits = fc.nat(paper.length * 8 - 1)
    fc.assert(
      fc.property(bits, (bit) => {
        const turned = Buffer.from(paper)
        turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(said(turned).kind).not.toBe('sealed')
      }),
      { numRuns: 100 },
    )
  })

  test('does not hold once any one bit of the signature itself is turned, its unsigned parts and its padding among them', () => {
    const [from, to] = [paper.indexOf('/Contents <3') + 11, paper.indexOf('0>', paper.indexOf('/Contents <3'))]
    const used = paper.subarray(0, to).toString('latin1').replace(/0+$/, '').length
    // What a person can reach by hand: every digit once, in one of its bits.
    for (let at = from; at < used + 4; at += 7) {
      const turned = Buffer.from(paper)
      turned.writeUInt8(turned.readUInt8(at) ^ (1 << (at % 8)), at)
      expect([at, said(turned).kind]).not.toEqual([at, 'sealed'])
    }
  })

  test.each([
    ['another page behind it', Buffer.from('8 0 obj\n<< >>\nendobj\nstartxref\n0\n%%EOF\n')],
    ['one line feed', Buffer.from('\n')],
  ])('speaks of an earlier state of a file with %s', (_, more) => {
    expect(said(Buffer.concat([paper, more])).kind).toBe('changed')
  })

  test('does not hold over a file that was cut short, nor when its hole is moved or made wider', () => {
    expect(said(paper.subarray(0, paper.length - 1)).kind).toBe('broken')
    const text = paper.toString('latin1')
    const widened = text.replace('/Contents <', '/Contents  <')
    expect(said(Buffer.from(widened, 'latin1')).kind).toBe('broken')
    const wider = text.replace(
      /(\/ByteRange \[\d+ )(\d{10})/,
      (_, head, at) => `${head}${String(Number(at) - 9).padStart(10, '0')}`,
    )
    expect(said(Buffer.from(wider, 'latin1')).kind).toBe('broken')
  })

  test('has one reader: a name in two spellings, a key twice, a digit of another case are refused', () => {
    const swap = (from: string | RegExp, to: string) =>
      said(Buffer.from(paper.toString('latin1').replace(from, to), 'latin1'))
    expect(swap('/Type /Sig ', '/Typ#65/Sig').kind).toBe('broken')
    expect(swap('/Filter /Adobe.PPKLite', '/M (x)  /M (y)        ').kind).toBe('broken')
    expect(swap(/(<30\w*?)([a-f])/, '$1A').kind).toBe('broken')
  })

  test('of somebody for whom the configured CA does not vouch is not trusted, and without a CA nobody’s is', () => {
    const stranger = sealOfficeFor('某某市某某区人民法院', now)
    expect(said(stranger.seal('Ruling', now)).kind).toBe('untrusted')
    expect(sealVerifier().verify(paper, 'application/pdf', now).kind).toBe('untrusted')
  })

  test('holds while its certificate is valid: when it was sealed, and when it came', () => {
    expect(said(paper, new Date(now.getTime() + 3651 * day)).kind).toBe('sealed')
    expect(said(paper, new Date(now.getTime() + 3653 * day)).kind).toBe('expired')
    expect(said(office.seal('Ruling', new Date(now.getTime() - 2 * day))).kind).toBe('expired')
    expect(said(office.seal('Ruling', new Date(now.getTime() + day))).kind).toBe('expired')
  })

  test('of a format that is not read here is told apart from a seal that does not hold', () => {
    expect(verifier.verify(paper, 'application/ofd', now)).toEqual({ kind: 'unsupported' })
    const other = paper.toString('latin1').replace('ETSI.CAdES.detached', 'adbe.x509.rsa_sha1 ')
    expect(said(Buffer.from(other, 'latin1')).kind).toBe('unsupported')
  })

  test('is looked for in any bytes without a fault and without delay', () => {
    const pieces = [
      '/ByteRange [',
      '0 5 9 3]',
      '<<',
      '>>',
      '1 0 obj',
      '/Contents <',
      '30',
      '>',
      '(',
      '\\',
      ')',
      '[',
      ' ',
    ]
    const wild = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 60 })
    fc.assert(
      fc.property(wild, (parts) => {
        expect(said(Buffer.from(`%PDF-1.4\n${parts.join('')}`, 'latin1')).kind).not.toBe('sealed')
      }),
    )
    for (const hostile of ['/ByteRange ', '1 0 obj<<', '1 0 obj (', '1 0 obj[', 'obj ']) {
      const many = Buffer.from(`${hostile.repeat(200_000)}/ByteRange [0 1 2 3]`)
      expect(['damaged', 'none']).toContain(findSeal(many).kind)
    }
  })
})

describe.skipIf(!opensslKnowsSm2)('a seal that openssl made', () => {
  const desk = opensslDesk()
  const ca = opensslCa(desk)
  let root: Issued
  beforeAll(() => {
    root = ca.root('Seal Root', 'RSA')
  })
  afterAll(() => desk.close())
  const later = new Date(Date.now() + 3_600_000)

  const sealedBy = (own: Issued, ...more: string[]) =>
    sealedPdf('Ruling', {
      subFilter: 'adbe.pkcs7.detached',
      sign: (covered) => {
        desk.put('covered', covered)
        const files = ['-in', 'covered', '-signer', `${own.name}.pem`, '-inkey', `${own.name}.key`, '-out', 'cms']
        desk.run('cms', '-sign', '-binary', '-outform', 'DER', ...files, ...more)
        return desk.read('cms')
      },
    })
  const judged = (pdf: Uint8Array, by = root) =>
    sealVerifier(readAuthorities(by.pem)).verify(pdf, 'application/pdf', later)

  test.each<[KeyKind, string[]]>([
    ['RSA', []],
    ['RSA', ['-md', 'sha512', '-cades']],
    ['P-256', ['-keyid']],
  ])('with %s %j holds here', (kind, more) => {
    const extensions = [...ca.person, 'subjectKeyIdentifier=hash']
    const own = ca.issue(root, 'Court of openssl', { kind, extensions })
    expect(judged(sealedBy(own, ...more))).toMatchObject({ kind: 'sealed', by: 'Court of openssl' })
  })

  test('by way of an authority in between holds; with SHA-1 it is not read; by an encryption certificate it is not trusted', () => {
    const between = ca.issue(root, 'Between', { kind: 'RSA', extensions: ca.authority })
    const own = ca.issue(between, 'Court below', { kind: 'P-256' })
    expect(judged(sealedBy(own, '-certfile', `${between.name}.pem`)).kind).toBe('sealed')
    expect(judged(sealedBy(own)).kind).toBe('untrusted')
    expect(judged(sealedBy(own, '-certfile', `${between.name}.pem`, '-md', 'sha1')).kind).toBe('unsupported')
    const encryption = ['keyUsage=critical,keyEncipherment']
    expect(judged(sealedBy(ca.issue(root, 'For secrets', { kind: 'RSA', extensions: encryption }))).kind).toBe(
      'untrusted',
    )
  })

  test('with its attributes unsigned, or with the paper inside it, does not hold', () => {
    const own = ca.issue(root, 'Court of openssl', { kind: 'RSA' })
    expect(judged(sealedBy(own, '-noattr')).kind).toBe('broken')
    expect(judged(sealedBy(own, '-nocerts')).kind).toBe('broken')
    expect(judged(sealedBy(own, '-nodetach')).kind).toBe('broken')
  })

  test('and openssl says of ours that it holds', () => {
    const found = findSeal(paper)
    if (found.kind !== 'found') throw new Error(found.kind)
    desk.put('ours', found.cms)
    desk.put('content', Buffer.concat(found.covered))
    desk.put('demo-ca.pem', office.ca)
    const at = String(Math.floor(now.getTime() / 1000))
    const files = ['-in', 'ours', '-content', 'content', '-CAfile', 'demo-ca.pem', '-out', 'out']
    const asked = ['cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-attime', at]
    expect(desk.says(...asked, ...files)).toBe(0)
    desk.put('content', Buffer.concat([...found.covered, Buffer.of(0)]))
    expect(desk.says(...asked, ...files)).not.toBe(0)
  })

  test('with SM2 and SM3 holds as well, under a CA of SM2, and not for another paper', () => {
    const above = ca.root('SM2 Root')
    const own = ca.issue(above, 'Court of SM2')
    const key = createPrivateKey(ca.privatePem(own))
    const certificate = Buffer.from(pemBlocks(own.pem)[0] ?? '', 'base64')
    const seal = sealWith({ certificate, digest: 'sm3', sign: (signed) => signSm2Der(signed, key) }, new Date())
    const pdf = Buffer.from(sealedPdf('Ruling', seal))
    expect(judged(pdf, above)).toMatchObject({ kind: 'sealed', by: 'Court of SM2' })
    pdf.write('Rulinh', pdf.indexOf('Ruling'))
    expect(judged(pdf, above).kind).toBe('broken')
  })
})
