import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { type BasicConstraints, Certificate as ParsedCertificate } from 'pkijs'
import { SigningFault } from './fault.ts'
import { verifySm2Der } from './sm2.ts'
import { requireSm2 } from './sm2-self-test.ts'

/** What of an X.509 certificate (RFC 5280, GB/T 20518) counts here. Nothing in it is proved until a chain is. */
export type Certificate = {
  readonly der: Uint8Array
  readonly parsed: ParsedCertificate
  readonly from: Date
  readonly until: Date
  /** Undefined for a key that this runtime cannot import: nothing is ever signed by it. */
  readonly key?: KeyObject
  /** May it sign what is said (the signing one of a pair of certificates), and may it sign certificates. */
  readonly signsMessages: boolean
  readonly signsCertificates: boolean
  /** How many authorities may stand between this one and the end of a chain. */
  readonly mostBelow: number
}

const oid = { keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19' }
/** Extensions that may be critical: the two that are read, and the names, identifiers and policies that forbid nothing here. */
const understood = new Set([oid.keyUsage, oid.basicConstraints, '2.5.29.14', '2.5.29.17', '2.5.29.32', '2.5.29.35'])

/**
 * Reads the certificates in a PEM text, in their order. Throws an `Error` when one of them cannot be read, and when there
 * is none: a CA that was left out by a slip of the pen must not pass for no CA.
 */
export function readCertificates(pem: string): readonly [Certificate, ...Certificate[]] {
  const [first, ...rest] = pemBlocks(pem).map((base64) => readCertificate(Buffer.from(base64, 'base64')))
  if (!first) throw new Error('there is no certificate in PEM')
  return [first, ...rest]
}

/** Whether a text can be read so. */
export function holdsCertificates(pem: string): boolean {
  try {
    return readCertificates(pem).length > 0
  } catch {
    return false
  }
}

/** The certificates in a PEM text as base64 of their DER, as an `x5c` has them (RFC 7517, section 4.7). */
export function pemBlocks(pem: string): readonly string[] {
  const found = pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)
  return [...found].map(([, base64 = '']) => base64.replaceAll(/\s/g, ''))
}

/** Reads one certificate in DER; undefined when it cannot be read. */
export function certificateOf(der: Buffer): Certificate | undefined {
  try {
    return readCertificate(der)
  } catch {
    return undefined
  }
}

function readCertificate(der: Buffer): Certificate {
  const parsed = parse(der)
  const extensions = parsed.extensions ?? []
  const stranger = extensions.find(({ critical, extnID }) => critical && !understood.has(extnID))
  const constraints = extensions.find(({ extnID }) => extnID === oid.basicConstraints)?.parsedValue
  const { cA = false, pathLenConstraint } = (constraints ?? {}) as Partial<BasicConstraints>
  const usage = usageOf(extensions.find(({ extnID }) => extnID === oid.keyUsage)?.parsedValue)
  const key = keyOf(parsed)
  return {
    der,
    parsed,
    from: parsed.notBefore.value,
    until: parsed.notAfter.value,
    ...(key && { key }),
    // RFC 5280, 4.2: what is critical and not understood makes the whole certificate unusable.
    signsMessages: !stranger && (usage === undefined || (usage & 0xc0) !== 0),
    signsCertificates: !stranger && cA && (usage === undefined || (usage & 0x04) !== 0),
    mostBelow: typeof pathLenConstraint === 'number' ? pathLenConstraint : Number.POSITIVE_INFINITY,
  }
}

function parse(der: Buffer): ParsedCertificate {
  try {
    // Read twice: what OpenSSL would write otherwise is one certificate in two spellings, and its second reader may differ.
    if (!new X509Certificate(der).raw.equals(der)) throw new Error('not in DER')
    const parsed = ParsedCertificate.fromBER(new Uint8Array(der))
    // No signature covers its own spelling: whole bytes, so that there is one way to write it.
    if (parsed.signatureValue.valueBlock.unusedBits !== 0) throw new Error('not in DER')
    return parsed
  } catch (cause) {
    throw new Error('a certificate cannot be read', { cause })
  }
}

// The first byte of the bit string: 0x80 digitalSignature, 0x40 nonRepudiation, 0x04 keyCertSign.
function usageOf(bits: unknown): number | undefined {
  const { valueBlock } = (bits ?? {}) as { readonly valueBlock?: { readonly valueHexView: Uint8Array } }
  return valueBlock?.valueHexView[0]
}

function keyOf(parsed: ParsedCertificate): KeyObject | undefined {
  const spki = Buffer.from(parsed.subjectPublicKeyInfo.toSchema().toBER())
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

type SignatureCheck = (signed: Uint8Array, signature: Uint8Array, key: KeyObject) => boolean

const byHash =
  (type: 'rsa' | 'ec', hash: string): SignatureCheck =>
  (signed, signature, key) => {
    const isStrong = (key.asymmetricKeyDetails?.modulusLength ?? 2048) >= 2048
    return key.asymmetricKeyType === type && isStrong && verify(hash, signed, key, signature)
  }

/** The signatures on certificates that are believed. Node itself says no to every certificate signed with SM2. */
const signatureChecks: ReadonlyMap<string, SignatureCheck> = new Map([
  ['1.2.156.10197.1.501', checkSm2],
  [
    '1.3.101.112',
    (signed, signature, key) => key.asymmetricKeyType === 'ed25519' && verify(null, signed, key, signature),
  ],
  ['1.2.840.10045.4.3.2', byHash('ec', 'sha256')],
  ['1.2.840.10045.4.3.3', byHash('ec', 'sha384')],
  ['1.2.840.10045.4.3.4', byHash('ec', 'sha512')],
  ['1.2.840.113549.1.1.11', byHash('rsa', 'sha256')],
  ['1.2.840.113549.1.1.12', byHash('rsa', 'sha384')],
  ['1.2.840.113549.1.1.13', byHash('rsa', 'sha512')],
])

function checkSm2(signed: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  requireSm2()
  return verifySm2Der(signed, signature, key)
}

/** Whether the issuer's key signed this certificate, and the issuer bears the name it is said to be issued by. */
export function isIssuedBy({ parsed }: Certificate, issuer: Certificate): boolean {
  const algorithm = parsed.signatureAlgorithm.algorithmId
  const check = signatureChecks.get(algorithm)
  // Inside and outside the signature must name one algorithm: RFC 5280, 4.1.1.2.
  if (!check || !issuer.key || parsed.signature.algorithmId !== algorithm) return false
  if (!parsed.issuer.isEqual(issuer.parsed.subject)) return false
  try {
    return check(parsed.tbsView, parsed.signatureValue.valueBlock.valueHexView, issuer.key)
  } catch (cause) {
    if (cause instanceof SigningFault) throw cause
    return false
  }
}
