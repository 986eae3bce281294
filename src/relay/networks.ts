import { BlockList, isIP, SocketAddress } from 'node:net'

/** A block of addresses (CIDR). */
export type Network = { readonly address: string; readonly prefix: number }

/** Tells whether an address, in any spelling, lies in one of some networks. What is no address lies in none. */
export type Within = (address: string) => boolean

/**
 * An address in the one spelling it is compared in: no zone, the shortest form, and IPv4 where it is IPv4 in IPv6's
 * clothes (`::ffff:127.0.0.1`, by which a guard that reads text is fooled). Undefined for what is no address.
 */
export function plainAddress(text: string): string | undefined {
  const [bare = ''] = text.split('%')
  const family = isIP(bare)
  if (family === 0) return undefined
  const { address } = new SocketAddress({ address: bare, family: family === 4 ? 'ipv4' : 'ipv6' })
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}

/** The networks as one question. */
export function within(networks: readonly Network[]): Within {
  const list = new BlockList()
  for (const { address, prefix } of networks) list.addSubnet(address, prefix, familyOf(address))
  return (asked) => {
    const address = plainAddress(asked)
    return address !== undefined && list.check(address, familyOf(address))
  }
}

/** This machine itself. */
export const isLoopback = within([
  { address: '127.0.0.0', prefix: 8 },
  { address: '::1', prefix: 128 },
])

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}
