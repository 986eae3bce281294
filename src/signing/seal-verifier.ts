import type { SealFinding } from '../domain/seal.ts'
import type { Certificate } from './certificate.ts'
import { type Authorities, windowsOf } from './certify.ts'
import { type CmsSigner, readCms } from './cms.ts'
import { findSeal } from './pdf/find-seal.ts'

/**
 * Verifies the electronic seal of a paper. `at` is the moment for which the certificate has to be valid: when the paper
 * came. The verdict on equal bytes at an equal moment is equal; nothing a file may hold throws, nothing is called.
 */
export type SealVerifier = { verify(bytes: Uint8Array, mediaType: string, at: Date): SealFinding }

/** How the seal of one format is verified. Another format is one line more in the table below. */
export type SealFormat = (bytes: Uint8Array, authorities: Authorities, at: Date) => SealFinding

/** OFD (GB/T 33190, sealed as GB/T 38540 says) has its place here and no reader yet: such a paper is sent as a PDF. */
const unread: SealFormat = () => ({ kind: 'unsupported' })

const formats: ReadonlyMap<string, SealFormat> = new Map([
  ['application/pdf', verifyPdf],
  ['application/ofd', unread],
])

/** A verifier that believes the certificates of this CA; without one, nobody's. */
export function sealVerifier(authorities: Authorities = { anchors: [] }): SealVerifier {
  return { verify: (bytes, mediaType, at) => (formats.get(mediaType) ?? unread)(bytes, authorities, at) }
}

const subFilters = { pkcs7: 'adbe.pkcs7.detached', cades: 'ETSI.CAdES.detached' } as const

function verifyPdf(bytes: Uint8Array, authorities: Authorities, at: Date): SealFinding {
  const found = findSeal(bytes)
  if (found.kind === 'none') return { kind: 'missing' }
  if (found.kind !== 'found') return { kind: found.kind === 'changed' ? 'changed' : 'broken' }
  const isCades = found.format === subFilters.cades
  if (!isCades && found.format !== subFilters.pkcs7) return { kind: 'unsupported' }
  const read = readCms(found.cms, found.covered)
  if (read.kind !== 'signed') return { kind: read.kind === 'foreign' ? 'unsupported' : 'broken' }
  // ETSI EN 319 142: what calls itself CAdES has its certificate among what is signed.
  if (isCades && !read.bindsCertificate) return { kind: 'broken' }
  return judged(read, read.signedAt ?? found.saidAt, authorities, at)
}

/** Five minutes, as of any clock that is not ours. */
const skewMs = 300_000

function judged(signer: CmsSigner, signedAt: Date | undefined, authorities: Authorities, at: Date): SealFinding {
  const { certificate, others } = signer
  const by = organisationOf(certificate)
  const told = { ...(by && { by }), ...(signedAt && { signedAt }) }
  const windows = certificate.signsMessages ? windowsOf(certificate, others, authorities) : []
  if (windows.length === 0) return { kind: 'untrusted', ...told }
  const moments = signedAt ? [at, signedAt] : [at]
  const isValid = windows.some(({ from, until }) => moments.every((moment) => from <= moment && moment <= until))
  const isFuture = signedAt !== undefined && signedAt.getTime() > at.getTime() + skewMs
  return { kind: isValid && !isFuture ? 'sealed' : 'expired', ...told }
}

/** The organisation (O) the certificate is of; its common name where it names none. */
function organisationOf({ parsed }: Certificate): string | undefined {
  const named = (type: string) =>
    parsed.subject.typesAndValues.find((one) => one.type === type)?.value.valueBlock.value?.toString()
  const name = named('2.5.4.10') ?? named('2.5.4.3')
  return name?.replaceAll(/\p{C}/gu, '').slice(0, 200) || undefined
}
