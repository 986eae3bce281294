import type { OpenIdConfig } from '../config/sign-in.ts'
import { createOpenIdProvider, type OpenIdProvider } from '../http/sign-in/openid.ts'
import { addressRule } from '../relay/address-rule.ts'
import { fetchOver } from '../relay/fetch-over.ts'
import { openLine } from '../relay/line.ts'

/** The identity provider of the configuration, over a line of its own: what registries may be reached says nothing of it. */
export function openIdentityProvider(
  config: OpenIdConfig | undefined,
  clock: () => Date,
): { readonly openid?: OpenIdProvider; stop(): Promise<void> } {
  if (!config) return { stop: async () => {} }
  const { proof, ca, ...settings } = config
  const rule = addressRule({ loopback: isOnThisMachine(config.issuer) })
  const line = openLine({ rule, tls: () => (ca === undefined ? {} : { ca }), ownPort: () => undefined })
  const shown = 'secret' in proof ? { secret: proof.secret.reveal() } : { privateKey: proof.privateKey.reveal() }
  return {
    openid: createOpenIdProvider({ ...settings, proof: shown }, fetchOver(line.dispatcher), clock),
    stop: () => line.dispatcher.close(),
  }
}

function isOnThisMachine(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
}
