import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Hands a value to somebody who must bring it back unread and unchanged, for a while: AES-256-GCM under a key of its own
 * purpose. Nothing is kept here, so every process of an installation can open it, and a stranger fills no table.
 */
export type Seal = {
  close(value: object, until: Date): string
  /** What was closed in; undefined when it is not ours, was changed, or its time is over. */
  open(text: string, now: Date): unknown
}

const nonceBytes = 12
const tagBytes = 16

export function sealFor(secret: Uint8Array, purpose: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32))
  return {
    close: (value, until) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      const plain = JSON.stringify({ until: until.getTime(), value })
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      )
    },
    open: (text, now) => {
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length <= nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      try {
        const plain = decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
        const { until, value } = JSON.parse(plain) as { until: number; value: unknown }
        return until > now.getTime() ? value : undefined
      } catch {
        return undefined
      }
    },
  }
}
