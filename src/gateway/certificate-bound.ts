import type { RegisteredRegistry } from './ports/reads.ts'

/**
 * Whether a registry may speak over a line on which it showed this certificate (SHA-256 of the DER, base64url; RFC 8705).
 * One that never registered a certificate is bound to none. From the first day of its first one it is bound for ever:
 * when all have ended it is let in by none, since to revoke the last must not open the door to everybody.
 */
export function certificateAdmits(
  { certificates = [] }: Pick<RegisteredRegistry, 'certificates'>,
  shown: string | undefined,
  now: Date,
): boolean {
  const begun = certificates.filter(({ validFrom }) => validFrom <= now)
  if (begun.length === 0) return true
  return begun.some(
    ({ sha256, retiredAt, revokedAt }) =>
      sha256 === shown && (!retiredAt || now < retiredAt) && (!revokedAt || now < revokedAt),
  )
}
