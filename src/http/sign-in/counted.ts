import type { Context } from 'hono'
import { countedAddress } from '../counted-address.ts'
import type { HttpParts } from '../parts.ts'

/** Counts a try to sign in, before the password is looked at: for those who try many names, and for those who try one. */
export async function countSignIn(
  { limits, peers }: Pick<HttpParts, 'limits' | 'peers'>,
  c: Context,
  username: string,
): Promise<void> {
  await limits.hit('sign-in-address', countedAddress(peers.callerAddress(c)))
  await limits.hit('sign-in', username)
}
