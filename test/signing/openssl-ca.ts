import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sm2JwkOf } from '../../src/signing/sm2-key.ts'
import { distId, type opensslDesk } from './openssl.ts'

type Desk = ReturnType<typeof opensslDesk>

/** How openssl makes a key of each algorithm, and what it signs certificates with under it. */
const kinds = {
  SM2: { make: ['-algorithm', 'SM2'], sign: ['-sm3', '-sigopt', distId] },
  'P-256': { make: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], sign: ['-sha256'] },
  Ed25519: { make: ['-algorithm', 'ED25519'], sign: [] },
  RSA: { make: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], sign: ['-sha256'] },
} as const

export type KeyKind = keyof typeof kinds

const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']
const person = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature,nonRepudiation']

export type Issued = { readonly name: string; readonly kind: KeyKind; readonly pem: string }

/** A CA as an operator would have one: every key and every certificate is made by the openssl command. */
export function opensslCa(desk: Desk) {
  let made = 0
  const pemOf = (file: string) => readFileSync(join(desk.dir, file), 'utf8')
  const keyIn = (name: string, kind: KeyKind) => desk.run('genpkey', ...kinds[kind].make, '-out', `${name}.key`)
  return {
    root(subject: string, kind: KeyKind = 'SM2', days = 3650): Issued {
      const name = `ca-${made++}`
      keyIn(name, kind)
      const extensions = authority.flatMap((line) => ['-addext', line])
      const about = ['-x509', '-key', `${name}.key`, '-days', String(days), '-subj', `/C=CN/CN=${subject}`]
      desk.run('req', ...about, ...kinds[kind].sign, ...extensions, '-out', `${name}.pem`)
      return { name, kind, pem: pemOf(`${name}.pem`) }
    },
    /** A certificate for a key made here, signed by this issuer; `extensions` stand in place of those it would have. */
    issue(
      issuer: Issued,
      subject: string,
      more: {
        readonly kind?: KeyKind
        readonly days?: number
        readonly extensions?: readonly string[]
        readonly sign?: readonly string[]
      } = {},
    ): Issued {
      const { kind = 'SM2', days = 365, extensions = person, sign = kinds[issuer.kind].sign } = more
      const name = `of-${made++}`
      keyIn(name, kind)
      desk.put(`${name}.ext`, `${extensions.join('\n')}\n`)
      const request = ['-new', '-key', `${name}.key`, '-subj', `/C=CN/CN=${subject}`, ...kinds[kind].sign]
      desk.run('req', ...request, '-out', `${name}.csr`)
      const by = ['-CA', `${issuer.name}.pem`, '-CAkey', `${issuer.name}.key`, '-CAcreateserial', '-days', String(days)]
      const checked = kind === 'SM2' ? ['-vfyopt', distId] : []
      const files = ['-in', `${name}.csr`, '-extfile', `${name}.ext`, '-out', `${name}.pem`]
      desk.run('x509', '-req', ...by, ...sign, ...checked, ...files)
      return { name, kind, pem: pemOf(`${name}.pem`) }
    },
    authority,
    person,
    /** The public key of a certificate, as its owner would hand it in. */
    jwkOf: ({ name, kind }: Issued) => jwkOf(createPublicKey(pemOf(`${name}.key`)), kind),
    privatePem: ({ name }: Issued) => pemOf(`${name}.key`),
  }
}

const jwkOf = (key: KeyObject, kind: KeyKind): Readonly<Record<string, unknown>> =>
  kind === 'SM2' ? sm2JwkOf(key) : { ...key.export({ format: 'jwk' }) }
