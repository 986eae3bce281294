import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { courtName } from '../domain/court.ts'
import { readDer } from '../signing/der.ts'
import { type PdfSeal, sealedPdf } from './paper.ts'
import { demoCourt } from './people.ts'
import { der, retagged } from './write-der.ts'

/** Whoever seals for a fictional court: the certificate of the CA that vouches, and papers sealed under it. */
export type SealOffice = {
  readonly ca: string
  seal(line: string, at: Date): Uint8Array
}

const kept = z.object({ ca: z.string(), certificate: z.string(), key: z.string() })
type Kept = z.infer<typeof kept>

/** The seal office of a data folder: made on its first day, the same ever after. Nobody outside the demo believes it. */
export function openSealOffice(dir: string): SealOffice {
  const path = join(dir, 'seal.json')
  if (existsSync(path)) return officeOf(kept.parse(JSON.parse(readFileSync(path, 'utf8'))))
  const made = makeSeal(`${courtName(demoCourt)}（演示）`, new Date())
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  writeFileSync(path, JSON.stringify(made), { mode: 0o600 })
  return officeOf(made)
}

/** A seal office that is kept nowhere. */
export function sealOfficeFor(organisation: string, from = new Date()): SealOffice {
  return officeOf(makeSeal(organisation, from))
}

function officeOf({ ca, certificate, key }: Kept): SealOffice {
  const signer = createPrivateKey(key)
  const sealing: Sealing = {
    certificate: bytesOf(certificate),
    digest: 'sha256',
    sign: (signed) => sign('sha256', signed, signer),
  }
  return { ca, seal: (line, at) => sealedPdf(line, sealWith(sealing, at)) }
}

/** With what a paper is sealed; the certificate in DER. */
export type Sealing = {
  readonly certificate: Uint8Array
  readonly digest: 'sha256' | 'sm3'
  readonly sign: (signed: Uint8Array) => Uint8Array
}

const ecdsaSha256 = () => der.sequence(der.oid('1.2.840.10045.4.3.2'))
const algorithms = {
  sha256: { digest: der.sequence(der.oid('2.16.840.1.101.3.4.2.1')), signature: ecdsaSha256() },
  sm3: {
    digest: der.sequence(der.oid('1.2.156.10197.1.401')),
    signature: der.sequence(der.oid('1.2.156.10197.1.501')),
  },
} as const
const idData = () => der.oid('1.2.840.113549.1.7.1')

/** CMS SignedData (RFC 5652), detached, its certificate bound to it (RFC 5035). */
export function sealWith({ certificate, digest, sign: signed }: Sealing, at: Date): PdfSeal {
  const attribute = (type: string, value: Uint8Array) => der.sequence(der.oid(type), der.set(value))
  const hash = (bytes: Uint8Array) => der.octets(createHash(digest).update(bytes).digest())
  const algorithm = algorithms[digest]
  const bound = der.sequence(
    der.sequence(der.sequence(...(digest === 'sm3' ? [algorithm.digest] : []), hash(certificate))),
  )
  // TBSCertificate: [0] version, serial number, algorithm, issuer.
  const [, serial, , issuer] = readDer(certificate)?.items[0]?.items ?? []
  if (!serial || !issuer) throw new TypeError('not a certificate')
  const signedData = (covered: Uint8Array) => {
    const attributes = der.set(
      attribute('1.2.840.113549.1.9.3', idData()),
      attribute('1.2.840.113549.1.9.4', hash(covered)),
      attribute('1.2.840.113549.1.9.5', der.time(at)),
      attribute('1.2.840.113549.1.9.16.2.47', bound),
    )
    const signer = der.sequence(
      der.integer(1),
      der.sequence(issuer.bytes, serial.bytes),
      algorithm.digest,
      retagged(0xa0, attributes),
      algorithm.signature,
      der.octets(signed(attributes)),
    )
    const data = der.sequence(
      der.integer(1),
      der.set(algorithm.digest),
      der.sequence(idData()),
      der.explicit(0, certificate),
      der.set(signer),
    )
    return der.sequence(der.oid('1.2.840.113549.1.7.2'), der.explicit(0, data))
  }
  return { subFilter: 'ETSI.CAdES.detached', sign: signedData }
}

const caName = '演示电子签章 CA Demo Seal CA'
const tenYearsMs = 3652 * 86_400_000
const keyCertSign = der.bits(Buffer.of(0x04), 2)
const digitalSignature = der.bits(Buffer.of(0xc0), 6)

function makeSeal(organisation: string, now: Date): Kept {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [ca, seal] = [pair(), pair()]
  const valid = { from: new Date(now.getTime() - 86_400_000), until: new Date(now.getTime() + tenYearsMs) }
  const by = { key: ca.privateKey, ...valid }
  return {
    ca: pemOf(certify({ ...by, subject: caName, publicKey: ca.publicKey, isCa: true })),
    certificate: pemOf(certify({ ...by, subject: organisation, publicKey: seal.publicKey, isCa: false })),
    key: seal.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

type Asked = {
  readonly key: KeyObject
  readonly subject: string
  readonly publicKey: KeyObject
  readonly isCa: boolean
  readonly from: Date
  readonly until: Date
}

/** An X.509 certificate (RFC 5280) of the demo's CA. */
function certify({ key, subject, publicKey, isCa, from, until }: Asked): Uint8Array {
  const extension = (type: string, value: Uint8Array) => der.sequence(der.oid(type), der.boolean(), der.octets(value))
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.serial(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    ecdsaSha256(),
    nameOf(caName),
    der.sequence(der.time(from), der.time(until)),
    nameOf(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    der.explicit(
      3,
      der.sequence(
        extension('2.5.29.19', isCa ? der.sequence(der.boolean()) : der.sequence()),
        extension('2.5.29.15', isCa ? keyCertSign : digitalSignature),
      ),
    ),
  )
  return der.sequence(body, ecdsaSha256(), der.bits(sign('sha256', body, key)))
}

const nameOf = (organisation: string) =>
  der.sequence(
    der.set(der.sequence(der.oid('2.5.4.6'), retagged(0x13, der.text('CN')))),
    der.set(der.sequence(der.oid('2.5.4.10'), der.text(organisation))),
  )

const pemOf = (bytes: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${(
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END CERTIFICATE-----\n`

const bytesOf = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64')
