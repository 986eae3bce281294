import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { deskTokenHolds, mintDeskToken } from './desk-token.ts'
import { passwordHolds } from './password.ts'

type Credentialed = {
  readonly registered: { readonly credential?: { readonly user: string; readonly passwordHash: string } }
}

/** How a registry that comes for its deliveries proves who it is: user and password, or the token it got for them. */
export function deskLocks(secret: Uint8Array) {
  const holds = rememberingHolds()
  return {
    /** Takes as long for a wrong user, or a registry without a credential, as for a wrong password. */
    credentialHolds: async ({ registered }: Credentialed, user: string, password: string): Promise<boolean> => {
      const { credential } = registered
      const right = await holds(password, credential?.passwordHash ?? '')
      return credential !== undefined && sameText(credential.user, user) && right
    },
    mintToken: async (registry: string, now: Date): Promise<string> => mintDeskToken(secret, registry, now),
    tokenHolds: async (registry: string, token: string, now: Date): Promise<boolean> =>
      deskTokenHolds(secret, registry, token, now),
  }
}

/**
 * A dialect that sends its password with every call would cost a scrypt each. A password that held is remembered as a
 * MAC under a key of this process; one that did not is always tried in full.
 */
function rememberingHolds(): (password: string, kept: string) => Promise<boolean> {
  const key = randomBytes(32)
  const held = new Map<string, string>()
  return async (password, kept) => {
    const mac = createHmac('sha256', key).update(password).digest('base64url')
    const earlier = held.get(kept)
    if (earlier !== undefined && sameText(earlier, mac)) return true
    const right = await passwordHolds(password, kept)
    if (right) held.set(kept, mac)
    return right
  }
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
