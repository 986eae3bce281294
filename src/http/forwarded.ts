import { plainAddress, type Within } from '../relay/networks.ts'

/** Which header tells the chain of a call. The proxy writes one of them; the other may be the caller's own words. */
export type ForwardedHeader = 'x-forwarded-for' | 'forwarded'

/**
 * The addresses a call came by, nearest last, as the header tells them; undefined stands for what cannot be read. It is
 * split at commas from the end: whatever a caller wrote on the left, an open quote included, cannot swallow what the
 * proxy wrote on the right.
 */
export function hopsOf(header: ForwardedHeader, value: string | undefined): readonly (string | undefined)[] {
  if (value === undefined || value.trim() === '') return []
  const parts = value.split(',')
  return parts.map((part) => addressIn(header === 'forwarded' ? (member(part, 'for') ?? '') : part))
}

/** The scheme that the nearest proxy says the call came by. */
export function schemeOf(header: ForwardedHeader, value: string | undefined): string | undefined {
  const last = value?.split(',').at(-1)
  if (last === undefined) return undefined
  return (header === 'forwarded' ? member(last, 'proto') : last)?.trim().toLowerCase()
}

/**
 * Who is calling: the nearest address that is not a declared proxy. Only a proxy's word about the hop before it counts,
 * so the chain is walked from our end and left at the first stranger; where it cannot be read, the last proxy stands for
 * everybody behind it.
 */
export function callerOf(peer: string, hops: readonly (string | undefined)[], isProxy: Within): string {
  let caller = plainAddress(peer) ?? peer
  for (const hop of hops.toReversed()) {
    if (!isProxy(caller) || hop === undefined) return caller
    caller = hop
  }
  return caller
}

/** One member of an element of `Forwarded` (RFC 7239), without its quotes. */
function member(element: string, name: string): string | undefined {
  for (const pair of element.split(';')) {
    const [, key, quoted, bare] = /^\s*([a-z]+)=(?:"([^"]*)"|([^\s"]*))\s*$/i.exec(pair) ?? []
    if (key?.toLowerCase() === name) return quoted ?? bare
  }
  return undefined
}

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`. */
function addressIn(text: string): string | undefined {
  const [, bracketed, four] = /^\s*(?:\[([^\]]*)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})\s*$/.exec(text) ?? []
  return plainAddress(bracketed ?? four ?? text.trim())
}
