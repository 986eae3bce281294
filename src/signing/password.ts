import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { plainPassword } from '../domain/password-rule.ts'

const derive = promisify<string | Buffer, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)

/**
 * RFC 7914 costs; either needs 16 MiB. `person`: for what somebody has to remember, about 300 ms on a small server.
 * `machine`: for what was drawn at random and cannot be guessed, about 60 ms.
 */
const costs = {
  person: { N: 2 ** 14, r: 8, p: 5 },
  machine: { N: 2 ** 14, r: 8, p: 1 },
} as const

/** How dear a hash is. */
export type PasswordCost = keyof typeof costs

const maxmem = 64 * 1024 * 1024
const keyLength = 32

/** Makes the text under which a password is kept: `scrypt$<N>[,<r>,<p>]$<salt>$<hash>`, salt and hash in base64url. */
export async function hashPassword(password: string, of: PasswordCost = 'machine'): Promise<string> {
  const salt = randomBytes(16)
  const { N, r, p } = costs[of]
  const key = await derive(plainPassword(password), salt, keyLength, { N, r, p, maxmem })
  const cost = of === 'machine' ? String(N) : [N, r, p].join(',')
  return ['scrypt', cost, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** True when the password is the one that was hashed. An unreadable hash matches nothing and takes as long as `of` does. */
export async function passwordHolds(password: string, kept: string, of: PasswordCost = 'machine'): Promise<boolean> {
  const [scheme, cost = '', salt, hash] = kept.split('$')
  const readable = scheme === 'scrypt' && salt !== undefined && hash !== undefined
  const [N = costs[of].N, r = 8, p = 1] = readable ? cost.split(',').map(Number) : Object.values(costs[of])
  const salted = Buffer.from(readable ? salt : 'none', 'base64url')
  const key = await derive(plainPassword(password), salted, keyLength, { N, r, p, maxmem })
  const wanted = readable ? Buffer.from(hash, 'base64url') : Buffer.alloc(keyLength)
  return readable && wanted.length === key.length && timingSafeEqual(wanted, key)
}

/** Letters and digits that are not taken for one another; 32 of them, so that a byte's low five bits draw evenly. */
const drawn = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A password nobody chose: 80 random bits in four groups that can be read out. */
export function drawPassword(): string {
  const letters = [...randomBytes(16)].map((byte) => drawn[byte & 31])
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-')
}
