import type { Context } from 'hono'
import { sha256 } from '../gateway/store-document.ts'
import { Refused } from './problem.ts'

/** The key under which a call may be sent again and still be done once. Not every call may come without. */
export function keyOf(c: Context): string {
  const key = c.req.header('idempotency-key') ?? ''
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw new Refused('idempotency-key-missing', { field: 'Idempotency-Key' })
  // A client may have made its key of what it likes, a party's number among it: kept is only what tells keys apart.
  return sha256(key)
}
