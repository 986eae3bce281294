import { createPrivateKey, X509Certificate } from 'node:crypto'
import { Secret } from './secret.ts'

/** A certificate, a bundle of them, or a private key, in PEM. `file` is where it is read again, when it was given as a file. */
export type Pem = { readonly text: Secret; readonly file?: string }

/** A certificate with its private key. */
export type Pair = { readonly cert: Pem; readonly key: Pem }

/** Where a setting comes from: its value, and the file that held it, if one did. */
export type Given = { readonly value?: string | undefined; readonly file?: string | undefined }

/** Reads a bundle of certificates; says what is wrong with it, never what is in it. */
export function readBundle(name: string, { value, file }: Given, problems: string[]): Pem | undefined {
  if (value === undefined) return undefined
  const blocks = value.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length > 0 && blocks.every(isCertificate)) return { text: new Secret(value), ...(file && { file }) }
  problems.push(`${name}: holds no certificate in PEM, or one that cannot be read`)
  return undefined
}

/** Reads a certificate and its key: both or neither, and the one must belong to the other. */
export function readPair(
  certName: string,
  cert: Given,
  keyName: string,
  key: Given,
  problems: string[],
): Pair | undefined {
  if (cert.value === undefined && key.value === undefined) return undefined
  if (cert.value === undefined || key.value === undefined) {
    problems.push(`${certName} and ${keyName}: give both or neither`)
    return undefined
  }
  const bundle = readBundle(certName, cert, problems)
  if (!bundle) return undefined
  if (belongs(cert.value, key.value))
    return { cert: bundle, key: { text: new Secret(key.value), ...(key.file && { file: key.file }) } }
  problems.push(`${keyName}: is no unencrypted private key in PEM that belongs to ${certName}`)
  return undefined
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0
  } catch {
    return false
  }
}

/** The first certificate of a chain is the server's, or the client's, own. */
function belongs(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}
