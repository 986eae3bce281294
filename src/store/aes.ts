import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** The keys of everything in here: AES-256. */
export const keyBytes = 32

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM under a fresh nonce, bound to `place`: nonce, ciphertext and tag in one. */
export function encrypt(secret: Uint8Array, place: Uint8Array, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes }).setAAD(place)
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

/** What was encrypted; undefined when a byte, the place or the key is another. */
export function decrypt(secret: Uint8Array, place: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined
  const nonce = sealed.subarray(0, nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes }).setAAD(place)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
