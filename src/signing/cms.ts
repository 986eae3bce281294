import { createHash, type KeyObject, verify } from 'node:crypto'
import {
  type AlgorithmIdentifier,
  type Attribute,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
} from 'pkijs'
import { type Certificate, certificateOf } from './certificate.ts'
import { type Der, readDer } from './der.ts'
import { verifySm2Der } from './sm2.ts'
import { requireSm2 } from './sm2-self-test.ts'

/** Who signed, when they say they did, and what of certificates came with it; nobody has vouched for any of it yet. */
export type CmsSigner = {
  readonly certificate: Certificate
  readonly others: readonly Certificate[]
  readonly signedAt?: Date
  /** Whether the certificate itself is among what was signed (RFC 5035), so that no other can be put in its place. */
  readonly bindsCertificate: boolean
}

/** `foreign`: signed in a way that is not read here, a weak digest among them. */
export type CmsReading = ({ readonly kind: 'signed' } & CmsSigner) | { readonly kind: 'broken' | 'foreign' }

const oid = {
  signedData: ['1.2.840.113549.1.7.2', '1.2.156.10197.6.1.4.2.2'],
  data: ['1.2.840.113549.1.7.1', '1.2.156.10197.6.1.4.2.1'],
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

const digests: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['1.2.156.10197.1.401', 'sm3'],
])

type Check = (signed: Uint8Array, signature: Uint8Array, key: KeyObject) => boolean

const rsa =
  (hash: string): Check =>
  (signed, signature, key) =>
    key.asymmetricKeyType === 'rsa' &&
    (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 &&
    verify(hash, signed, key, signature)

const ecdsa =
  (hash: string): Check =>
  (signed, signature, key) =>
    key.asymmetricKeyType === 'ec' && verify(hash, signed, key, signature)

const sm2: Check = (signed, signature, key) => {
  requireSm2()
  return verifySm2Der(signed, signature, key)
}

/** The signatures that are believed, by algorithm and digest; PKCS #1 names the digest or leaves it to its neighbour. */
const checks: ReadonlyMap<string, Check> = new Map([
  ...['sha256', 'sha384', 'sha512'].map((hash): [string, Check] => [`1.2.840.113549.1.1.1 ${hash}`, rsa(hash)]),
  ['1.2.840.113549.1.1.11 sha256', rsa('sha256')],
  ['1.2.840.113549.1.1.12 sha384', rsa('sha384')],
  ['1.2.840.113549.1.1.13 sha512', rsa('sha512')],
  ['1.2.840.10045.4.3.2 sha256', ecdsa('sha256')],
  ['1.2.840.10045.4.3.3 sha384', ecdsa('sha384')],
  ['1.2.840.10045.4.3.4 sha512', ecdsa('sha512')],
  ['1.2.156.10197.1.501 sm3', sm2],
  ['1.2.156.10197.1.301.1 sm3', sm2],
])

/**
 * Reads a detached signature (CMS SignedData, RFC 5652; GB/T 35275 names the same things otherwise) over these bytes, and
 * whether it is by the certificate that came with it. Exactly one signer, whose attributes are signed. What lies in it
 * unsigned counts for nothing. No bytes of it throw.
 */
export function readCms(der: Uint8Array, covered: readonly Uint8Array[]): CmsReading {
  try {
    return read(der, covered)
  } catch {
    return { kind: 'broken' }
  }
}

function read(der: Uint8Array, covered: readonly Uint8Array[]): CmsReading {
  const whole = readDer(der)
  if (!whole) return { kind: 'broken' }
  const outer = ContentInfo.fromBER(new Uint8Array(der))
  const data = new SignedData({ schema: outer.content })
  const [signer, another] = data.signerInfos
  const type = data.encapContentInfo.eContentType
  const isDetached =
    isOneOf(oid.signedData, outer.contentType) && isOneOf(oid.data, type) && !data.encapContentInfo.eContent
  if (!signer || another || !isDetached || !isVersion(data, signer)) return { kind: 'broken' }
  const digest = digests.get(signer.digestAlgorithm.algorithmId)
  const check = checks.get(`${signer.signatureAlgorithm.algorithmId} ${digest}`)
  const [named, more] = data.digestAlgorithms
  const isNamed = named?.algorithmId === signer.digestAlgorithm.algorithmId && !more
  if (!isNamed || ![named, signer.digestAlgorithm, signer.signatureAlgorithm].every(isBare)) return { kind: 'broken' }
  if (!digest || !check) return { kind: 'foreign' }
  const certificates = certificatesIn(whole)
  const own = certificates.find((one) => isOf(one, signer))
  const attributes = signer.signedAttrs
  if (!own?.key || !attributes) return { kind: 'broken' }
  const only = (wanted: string) => onlyValue(attributes.attributes, wanted)
  const hash = createHash(digest)
  for (const part of covered) hash.update(part)
  const holds =
    only(oid.contentType)?.valueBlock.toString() === type &&
    hash.digest().equals(only(oid.messageDigest)?.valueBlock.valueHexView ?? Buffer.alloc(0)) &&
    check(new Uint8Array(attributes.encodedValue), signer.signature.valueBlock.valueHexView, own.key)
  const bound = boundCertificate(attributes.attributes)
  if (!holds || (bound && !isBound(bound, own))) return { kind: 'broken' }
  const signedAt = only(oid.signingTime)?.toDate?.()
  return {
    kind: 'signed',
    certificate: own,
    others: certificates.filter((one) => one !== own),
    ...(signedAt && { signedAt }),
    bindsCertificate: bound !== undefined,
  }
}

const isOneOf = (some: readonly string[], one: string): boolean => some.includes(one)

/** RFC 5652, 5.1 and 5.3: the versions follow from what is in it, so that nothing hangs on a bit that is not signed. */
function isVersion(data: SignedData, signer: SignerInfo): boolean {
  const own = signer.sid instanceof IssuerAndSerialNumber ? 1 : 3
  return signer.version === own && data.version === own
}

/** Without parameters, or with NULL for them; those of RSASSA-PSS are not read here. */
function isBare({ algorithmParams }: AlgorithmIdentifier): boolean {
  return (
    algorithmParams === undefined || (algorithmParams.idBlock.tagClass === 1 && algorithmParams.idBlock.tagNumber === 5)
  )
}

/** ContentInfo, [0], SignedData, [0] certificates: as their bytes lie there. */
function certificatesIn({ items: [, content] }: Der): readonly Certificate[] {
  const bag = content?.items[0]?.items.find(({ tag }) => tag === 0xa0)
  return (bag?.items ?? []).slice(0, mostCertificates).flatMap(({ bytes }) => {
    const found = certificateOf(Buffer.from(bytes))
    return found ?? []
  })
}

const mostCertificates = 10

function isOf({ parsed }: Certificate, { sid }: SignerInfo): boolean {
  if (sid instanceof IssuerAndSerialNumber)
    return (
      sid.serialNumber.isEqual(parsed.serialNumber) &&
      Buffer.from(sid.issuer.valueBeforeDecode).equals(Buffer.from(parsed.issuer.valueBeforeDecode))
    )
  const identifier = parsed.extensions?.find(({ extnID }) => extnID === '2.5.29.14')?.parsedValue
  const [wanted, own] = [sid, identifier].map((one) => one?.valueBlock?.valueHexView)
  return wanted !== undefined && own !== undefined && Buffer.from(wanted).equals(own)
}

/** The one value of the one attribute of this kind: a second would be one for another reader. */
function onlyValue(attributes: readonly Attribute[], wanted: string) {
  const [found, another] = attributes.filter(({ type }) => type === wanted)
  return found && !another && found.values.length === 1 ? found.values[0] : undefined
}

/** SigningCertificateV2 (RFC 5035): the digest of the first certificate, SHA-256 where it names none. */
function boundCertificate(attributes: readonly Attribute[]): Der | undefined {
  const value = onlyValue(attributes, oid.signingCertificateV2)
  return value && readDer(new Uint8Array(value.valueBeforeDecodeView))?.items[0]?.items[0]
}

function isBound({ items }: Der, { der }: Certificate): boolean {
  const [first, second] = items
  const named = first?.tag === 0x30 ? first : undefined
  const digest = named ? hashOf(named) : 'sha256'
  const stated = named ? second : first
  return digest !== undefined && stated?.tag === 0x04 && createHash(digest).update(der).digest().equals(stated.content)
}

function hashOf({ items: [algorithm] }: Der): string | undefined {
  const known = [
    ['608648016503040201', 'sha256'],
    ['608648016503040202', 'sha384'],
    ['608648016503040203', 'sha512'],
    ['2a811ccf55018311', 'sm3'],
  ] as const
  const hex = Buffer.from(algorithm?.content ?? []).toString('hex')
  return known.find(([spelled]) => spelled === hex)?.[1]
}
