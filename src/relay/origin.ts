import type { AddressRule } from './address-rule.ts'
import { plainAddress } from './networks.ts'

/** A registry's address as it is kept, or what is wrong with it in words for whoever registers it. */
export type ReadOrigin =
  | { readonly kind: 'origin'; readonly origin: string }
  | { readonly kind: 'wrong'; readonly why: string }

/**
 * Reads where a registry listens: a scheme, a host, perhaps a port, and nothing else. The protocol's own paths are put
 * behind it, so anything that came with it would be sent along, or would send the call elsewhere.
 */
export function readOrigin(text: string): ReadOrigin {
  const wrong = (why: string): ReadOrigin => ({ kind: 'wrong', why })
  if (!URL.canParse(text)) return wrong('is no address')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return wrong('must begin with https://')
  if (url.username !== '' || url.password !== '') return wrong('must not contain a user name or a password')
  if (text.includes('?') || text.includes('#') || url.pathname !== '/')
    return wrong('must end after host and port: no path, no ? and no #')
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    return wrong('must begin with https://; plain http is for a sandbox on this machine')
  return { kind: 'origin', origin: url.origin }
}

/** Why an origin that names its host by number can never be called under this rule; a name is judged when it is called. */
export function refusedByNumber(origin: string, rule: AddressRule): string | undefined {
  const address = plainAddress(hostOf(new URL(origin)))
  return address === undefined ? undefined : rule(address)
}

/** The host without the brackets of an IPv6 address. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** By number, or by the one name that means it (RFC 6761); another name may lead anywhere tomorrow. */
function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
