import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a registry that signs in first may use its token, in seconds. */
const deskTokenSeconds = 1800

/**
 * A token for one registry: `expiry.nonce.mac`, the MAC over registry, expiry and nonce. Nothing is kept, so every
 * process of an installation honours it and a restart ends none.
 */
export function mintDeskToken(secret: Uint8Array, registry: string, now: Date): string {
  const expiry = Math.floor(now.getTime() / 1000) + deskTokenSeconds
  const nonce = randomBytes(9).toString('base64url')
  return [expiry, nonce, mac(secret, registry, String(expiry), nonce)].join('.')
}

/** True for a token that was minted for this registry with this secret and has not ended. */
export function deskTokenHolds(secret: Uint8Array, registry: string, token: string, now: Date): boolean {
  const [expiry = '', nonce = '', given = ''] = token.split('.')
  const wanted = Buffer.from(mac(secret, registry, expiry, nonce))
  const matches = wanted.length === Buffer.byteLength(given) && timingSafeEqual(wanted, Buffer.from(given))
  return matches && Number(expiry) > now.getTime() / 1000
}

function mac(secret: Uint8Array, registry: string, expiry: string, nonce: string): string {
  return createHmac('sha256', secret).update(`writ-desk/v1|${registry}|${expiry}|${nonce}`).digest('base64url')
}
