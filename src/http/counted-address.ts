import { isIPv6 } from 'node:net'

/**
 * Whose calls count as one address's. Whoever has one IPv6 address has the 2^64 beside it too, so only the first 64 bits
 * count; an IPv4 address in IPv6's clothes is itself. Whoever comes from nowhere, as a test may, is one caller.
 */
export function countedAddress(address = 'unknown'): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const between = tail === undefined ? 0 : 8 - before.length - after.length - (plain.includes('.') ? 1 : 0)
  const groups = [...before, ...Array<string>(Math.max(0, between)).fill('0'), ...after]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
