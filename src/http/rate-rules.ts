import type { RateWindow } from '../gateway/ports/rate-windows.ts'

/**
 * One limit. `per` says whose calls are counted together. `each` rules ask the shared table at every call; `blocks` rules
 * take `block` points at a time from it and spend them in memory, so that a cheap call costs no write.
 */
export type RateRule = RateWindow & {
  readonly per: 'person' | 'client' | 'registry' | 'account' | 'address'
  readonly counted: 'each' | 'blocks'
  readonly block: number
}

const minute = 60
const hour = 3600

/**
 * Every limit there is, for an installation with `WRIT_RATE_SCALE=1`. Generous to whoever works, also to a courthouse
 * behind one address at nine in the morning; strict where somebody could be guessing.
 */
export const rateRules = {
  /** Signing in, before the password is looked at: per user name, and per address for those who try many names. */
  'sign-in': each('account', 10, 15 * minute),
  'sign-in-address': each('address', 300, 15 * minute),
  /** A one-time code or a passkey, before it is looked at. */
  'second-factor': each('person', 10, 15 * minute),
  'password-change': each('person', 10, hour),
  /** Looking for a person by name or number, and lifting a mask: what somebody curious would do too often. */
  'person-search': each('person', 120, hour),
  reveal: each('person', 120, hour),
  /** The token endpoint, before the client's assertion is looked at. */
  token: each('client', 60, 5 * minute),
  'token-address': each('address', 600, 5 * minute),
  /** A registry's password or token that did not hold, per registry and address: no stranger can shut a registry out. */
  'registry-failed': each('address', 30, 5 * minute),

  /** Every call of somebody who has proved who they are. */
  person: blocks('person', 12_000, 5 * minute, 200),
  client: blocks('client', 60_000, 5 * minute, 500),
  registry: blocks('registry', 60_000, 5 * minute, 500),
  /** Every call at a registry's own door below `/adapters`, per registry and address, before the adapter knows who it is. */
  'registry-door': blocks('address', 60_000, 5 * minute, 500),
  /** Every call of somebody unknown. A token that is not one of ours counts ten times. */
  stranger: blocks('address', 3000, 5 * minute, 50),
  /** Whoever watches the machines, apart from strangers behind the same address. */
  probe: blocks('address', 3000, 5 * minute, 100),
  /** Mirrors of the public log read tiles by the thousand. */
  log: blocks('address', 30_000, 5 * minute, 500),
} as const satisfies Readonly<Record<string, RateRule>>

export type RateRuleName = keyof typeof rateRules

/** What a call with a credential that is not one of ours costs a stranger. */
export const failedCost = 10

/**
 * A rule as an installation has it: `scale` widens or narrows every limit. A block never widens: a process that is killed
 * takes what it had not spent of one with it, and a gateway that starts again and again would use up its own probes.
 */
export function scaled({ points, block, ...rule }: RateRule, scale: number): RateRule {
  const times = (count: number, by: number) => Math.max(1, Math.round(count * by))
  return { ...rule, points: times(points, scale), block: times(block, Math.min(1, scale)) }
}

function each(per: RateRule['per'], points: number, seconds: number): RateRule {
  return { per, points, seconds, counted: 'each', block: 1 }
}

function blocks(per: RateRule['per'], points: number, seconds: number, block: number): RateRule {
  return { per, points, seconds, counted: 'blocks', block }
}
