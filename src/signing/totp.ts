import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Seconds a code is shown for (RFC 6238, X), its digits, and how many steps a clock may be off to either side. */
const stepSeconds = 30
const codeDigits = 6
const stepsOff = 1

/** A fresh secret: 20 bytes, as long as the HMAC's output (RFC 4226, 4). */
export function drawTotpSecret(): Uint8Array {
  return randomBytes(20)
}

/** Which step of RFC 6238 this moment is in. */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1000 / stepSeconds)
}

/** The code of one step: HOTP of the step number (RFC 4226, 5.3), HMAC-SHA-1. */
export function totpCode(secret: Uint8Array, step: number, digits = codeDigits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/**
 * The step whose code this is, the present one and one to either side; undefined for a wrong code. Whoever takes it must
 * remember the step: a code counts once (RFC 6238, 5.2).
 */
export function totpStepOf(secret: Uint8Array, code: string, now: Date): number | undefined {
  const given = Buffer.from(code.normalize('NFKC').replace(/\s/g, ''))
  const present = totpStep(now)
  const steps = Array.from({ length: 2 * stepsOff + 1 }, (_, at) => present - stepsOff + at)
  return steps
    .filter((step) => {
      const wanted = Buffer.from(totpCode(secret, step))
      return wanted.length === given.length && timingSafeEqual(wanted, given)
    })
    .at(-1)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 (RFC 4648, 6) without padding, as authenticators read a secret that is typed in. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** What an authenticator scans: `otpauth://totp/…`. The label names the gateway and the user, and no court or case. */
export function totpUri(secret: Uint8Array, { issuer, username }: { issuer: string; username: string }): string {
  const label = encodeURIComponent(`${issuer}:${username}`)
  const query = `secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${codeDigits}&period=${stepSeconds}`
  return `otpauth://totp/${label}?${query}`
}
