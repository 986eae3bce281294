import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate with its key, as text and as files. */
export type Issued = {
  readonly cert: string
  readonly key: string
  readonly certFile: string
  readonly keyFile: string
  /** `x5t#S256`. */
  readonly sha256: string
}

export type Wanted = {
  /** The common name, and of a server the names it answers to: `IP:127.0.0.1,DNS:localhost`. */
  readonly cn: string
  readonly san?: string
  /** How long it lives; -1 makes one that is over already. */
  readonly days?: number
  readonly usage?: 'clientAuth' | 'serverAuth'
}

export type Authority = Issued & { issue(wanted: Wanted): Issued }

/** A place for certificates, made by `openssl` as an operator would make them. */
export type CertificateFolder = { authority(name: string): Authority; close(): void }

/** Whether `openssl` is here; without it the tests that need real certificates are skipped, and say so once. */
export const hasOpenssl = isInstalled()

export function certificateFolder(): CertificateFolder {
  const dir = mkdtempSync(join(tmpdir(), 'writ-certificates-'))
  let made = 0
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' })
  const place = () => {
    made += 1
    const at = (end: string) => join(dir, `${made}.${end}`)
    return { certFile: at('crt'), keyFile: at('key'), csr: at('csr'), extensions: at('cnf') }
  }
  const ecKey = (keyFile: string) =>
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile] as const
  const authority = (name: string): Authority => {
    const own = place()
    openssl('req', '-x509', ...ecKey(own.keyFile), '-out', own.certFile, '-subj', `/CN=${name}`, '-days', '30')
    return {
      ...read(own.certFile, own.keyFile),
      issue: ({ cn, san, days = 10, usage = 'clientAuth' }) => {
        const { certFile, keyFile, csr, extensions } = place()
        writeFileSync(extensions, `extendedKeyUsage=${usage}\n${san ? `subjectAltName=${san}\n` : ''}`)
        openssl('req', ...ecKey(keyFile), '-out', csr, '-subj', `/C=CN/O=Registry/CN=${cn}`)
        const signed = ['-CA', own.certFile, '-CAkey', own.keyFile, '-CAcreateserial', '-extfile', extensions]
        openssl('x509', '-req', '-in', csr, ...signed, '-days', String(days), '-out', certFile)
        return read(certFile, keyFile)
      },
    }
  }
  return { authority, close: () => rmSync(dir, { recursive: true, force: true }) }
}

function read(certFile: string, keyFile: string): Issued {
  const cert = readFileSync(certFile, 'utf8')
  const sha256 = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url')
  return { cert, key: readFileSync(keyFile, 'utf8'), certFile, keyFile, sha256 }
}

function isInstalled(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'pipe' })
    return true
  } catch {
    console.warn('no openssl here: tests with real certificates are skipped; install the package openssl')
    return false
  }
}
