import { algorithmOf } from './algorithm.ts'
import { type Certificate, isIssuedBy, readCertificates } from './certificate.ts'
import { publicKeyOf } from './envelope.ts'
import type { Certified, RegisteredKey } from './key.ts'

/** The certificates one starts from: those of the CA in the configuration. */
export type Authorities = { readonly anchors: readonly Certificate[] }

/** Reads the CA's certificates from PEM. Throws an `Error` when there is none, or one cannot be read. */
export function readAuthorities(pem: string): Authorities {
  return { anchors: readCertificates(pem) }
}

/** Why nobody vouches for a key. */
export type Uncertified = 'absent' | 'unreadable' | 'other-key' | 'not-for-signing' | 'no-chain'

export type Certification =
  | Extract<Certified, { kind: 'certified' }>
  | { readonly kind: 'uncertified'; readonly why: Uncertified }

/** How long a chain is followed, and how many certificates of a file are looked at: no more than any CA needs. */
const mostLinks = 6
const mostCertificates = 10

/**
 * Whether a key's certificate leads to the configured CA: the certificate is of this very key and for signing, and each in
 * the chain is signed by the next and allowed to vouch. `from` and `until` are the days on which the whole chain is valid;
 * whoever asks compares them with the day in question. Of several chains, one that is valid at this moment. RFC 5280, 6.
 */
export function certify(
  { jwk, certificate }: Pick<RegisteredKey, 'jwk' | 'certificate'>,
  { anchors }: Authorities,
  at: Date,
): Certification {
  if (certificate === undefined) return uncertified('absent')
  const found = certificatesIn(certificate)
  if (!found) return uncertified('unreadable')
  const [own, ...between] = found
  if (!isOfKey(own, jwk)) return uncertified('other-key')
  if (!own.signsMessages) return uncertified('not-for-signing')
  const windows = windowsOf(own, between, { anchors })
  const [best = windows[0]] = windows.filter(({ from, until }) => from <= at && at <= until)
  return best ? { kind: 'certified', ...best } : uncertified('no-chain')
}

/** The days of every chain from a certificate to the CA, by way of what came with it; the longest-lived first. None: no chain. */
export function windowsOf(
  own: Certificate,
  between: readonly Certificate[],
  { anchors }: Authorities,
): readonly { readonly from: Date; readonly until: Date }[] {
  const chains = chainsFrom([own], between.slice(0, mostCertificates), anchors)
  return chains.map(windowOf).sort((one, other) => other.until.getTime() - one.until.getTime())
}

/** Whether a certificate is of this very key, whoever signed it. */
export function certificateIsOf(certificate: string, jwk: RegisteredKey['jwk']): boolean {
  const [own] = certificatesIn(certificate) ?? []
  return own !== undefined && isOfKey(own, jwk)
}

function certificatesIn(pem: string): ReturnType<typeof readCertificates> | undefined {
  try {
    return readCertificates(pem)
  } catch {
    return undefined
  }
}

function isOfKey({ key }: Certificate, jwk: RegisteredKey['jwk']): boolean {
  const algorithm = algorithmOf(jwk)
  const own = algorithm && publicKeyOf(jwk, algorithm)
  if (!own || !key) return false
  const spki = { format: 'der', type: 'spki' } as const
  return own.export(spki).equals(key.export(spki))
}

type Chain = readonly [Certificate, ...Certificate[]]

/** Every way from a chain's last certificate to an anchor, by way of what else lay in the file. */
function chainsFrom(chain: Chain, between: readonly Certificate[], anchors: readonly Certificate[]): readonly Chain[] {
  const last = chain[chain.length - 1] ?? chain[0]
  if (chain.length >= mostLinks) return []
  // Below an issuer stand the authorities of the chain so far, which is all of it but the first.
  const vouches = (issuer: Certificate) =>
    issuer.signsCertificates && issuer.mostBelow >= chain.length - 1 && isIssuedBy(last, issuer)
  const ended = anchors.filter(vouches).map((anchor): Chain => [...chain, anchor])
  const onward = between
    .filter((issuer) => !chain.includes(issuer) && vouches(issuer))
    .flatMap((issuer) => chainsFrom([...chain, issuer], between, anchors))
  return [...ended, ...onward]
}

function windowOf(chain: Chain): { readonly from: Date; readonly until: Date } {
  const from = Math.max(...chain.map((one) => one.from.getTime()))
  const until = Math.min(...chain.map((one) => one.until.getTime()))
  return { from: new Date(from), until: new Date(until) }
}

const uncertified = (why: Uncertified): Certification => ({ kind: 'uncertified', why })
