import { isLoopback, type Network, plainAddress, within } from './networks.ts'

/** Why an address may not be called, in a few words; undefined when it may. */
export type AddressRule = (address: string) => string | undefined

export type AllowedNetworks = {
  /** When given, nothing outside is called. Loopback counts only when one of these is itself loopback. */
  readonly networks?: readonly Network[]
  /** Whether, with no networks given, registries on this machine are called: the sandboxes of a demo. */
  readonly loopback: boolean
}

const network = (text: string): Network => {
  const [address = '', prefix] = text.split('/')
  return { address, prefix: Number(prefix) }
}
const networks = (...list: readonly string[]) => within(list.map(network))

/**
 * Where no registry is, whatever an operator lists: places that answer with a cloud machine's own credentials, places
 * that are nobody or everybody, and ways of writing an IPv4 address that a translator on the road would unwrap.
 */
const never: readonly (readonly [ReturnType<typeof networks>, string])[] = [
  [
    networks(
      '169.254.0.0/16',
      'fe80::/10',
      '100.100.100.200/32',
      '168.63.129.16/32',
      '192.0.0.0/24',
      'fd00:ec2::254/128',
    ),
    'link-local or metadata',
  ],
  [networks('0.0.0.0/8', '::/128'), 'unspecified'],
  [networks('224.0.0.0/4', 'ff00::/8', '240.0.0.0/4'), 'multicast or reserved'],
  [networks('64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16', '::/96'), 'an IPv4 address in disguise'],
]

/**
 * The guard against being sent where we must not go (SSRF). Private networks are allowed unless others are listed: that
 * is where courts and registries live.
 */
export function addressRule({ networks: listed, loopback }: AllowedNetworks): AddressRule {
  const inListed = listed && within(listed)
  const loopbackListed = listed && within(listed.filter(({ address }) => isLoopback(address)))
  return (asked) => {
    const address = plainAddress(asked)
    if (address === undefined) return 'not an address'
    if (isLoopback(address)) return (loopbackListed?.(address) ?? loopback) ? undefined : 'this machine itself'
    const forbidden = never.find(([contains]) => contains(address))
    if (forbidden) return forbidden[1]
    return inListed && !inListed(address) ? 'outside the networks of registries' : undefined
  }
}
