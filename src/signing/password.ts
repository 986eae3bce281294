import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string | Buffer, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)

/** RFC 7914 cost: about 60 ms on a small server; the memory it needs is 16 MiB. */
const cost = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const keyLength = 32

/** Makes the text under which a password is kept: `scrypt$<N>$<salt>$<hash>`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, keyLength, cost)
  return ['scrypt', cost.N, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** True when the password is the one that was hashed. An unreadable hash matches nothing and takes as long. */
export async function passwordHolds(password: string, kept: string): Promise<boolean> {
  const [scheme, n, salt, hash] = kept.split('$')
  const readable = scheme === 'scrypt' && salt !== undefined && hash !== undefined
  const cpu = readable ? Number(n) : cost.N
  const key = await derive(password.normalize('NFKC'), Buffer.from(readable ? salt : 'none', 'base64url'), keyLength, {
    ...cost,
    N: cpu,
  })
  const wanted = readable ? Buffer.from(hash, 'base64url') : Buffer.alloc(keyLength)
  return readable && wanted.length === key.length && timingSafeEqual(wanted, key)
}
