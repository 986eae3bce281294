import { createHash, X509Certificate } from 'node:crypto'

/** The client certificate of a call, verified by us or by the declared proxy. */
export type ClientCertificate = {
  /** SHA-256 of the DER, base64url: `x5t#S256` of RFC 8705. */
  readonly sha256: string
  readonly subjectCn?: string
  readonly san?: string
  readonly serial: string
  readonly validTo: Date
}

/**
 * What a certificate says of its holder; undefined outside its time. A connection, or a proxy's cached session, may well
 * outlive the certificate it was opened with.
 */
export function clientCertificateOf(certificate: X509Certificate, now: Date): ClientCertificate | undefined {
  const validTo = new Date(certificate.validTo)
  if (now < new Date(certificate.validFrom) || now > validTo) return undefined
  const subjectCn = /^CN=(.+)$/m.exec(certificate.subject)?.[1]
  const san = certificate.subjectAltName
  return {
    sha256: thumbprintOf(certificate.raw),
    ...(subjectCn !== undefined && { subjectCn }),
    ...(san !== undefined && { san }),
    serial: certificate.serialNumber,
    validTo,
  }
}

/**
 * Reads the certificate a proxy hands on: `Client-Cert` of RFC 9440 (`:base64:`), or nginx's percent-encoded PEM.
 * Exactly one; several, or anything else, is none.
 */
export function readCertificateHeader(value: string): X509Certificate | undefined {
  const [, base64] = /^\s*:([A-Za-z0-9+/]+={0,2}):\s*$/.exec(value) ?? []
  try {
    if (base64 !== undefined) return new X509Certificate(Buffer.from(base64, 'base64'))
    const pem = decodeURIComponent(value).trim()
    const [only] = /^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----$/.exec(pem) ?? []
    return only === undefined ? undefined : new X509Certificate(only)
  } catch {
    return undefined
  }
}

function thumbprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url')
}
