import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import { Refused } from './problem.ts'
import { createPurse, type PurseOptions } from './rate-purse.ts'
import { type RateRule, type RateRuleName, rateRules, scaled } from './rate-rules.ts'

/** Whether a call may go on, and what its caller may be told of the limit. */
export type Verdict = {
  readonly kind: 'allowed' | 'limited'
  readonly rule: RateRuleName
  readonly points: number
  readonly seconds: number
  readonly left: number
  readonly endsInSeconds: number
}

/**
 * Limits per person, client, registry, account and address that hold across processes. A subject is whatever the rule is
 * per: a person's id, a user name, an address. It is kept nowhere; what is counted is its MAC.
 *
 * @example
 * await limits.hit('sign-in-address', countedAddress(peers.callerAddress(c)))
 * await limits.hit('sign-in', username)
 * // … and only now look at the password
 */
export type RateLimits = {
  /** Counts a call and says whether it may go on. Throws where the table cannot be asked and the rule is an `each` rule. */
  take(rule: RateRuleName, subject: string, cost?: number): Promise<Verdict>
  /** The same for a route: ends the call with 429 `rate-limited` when it may not go on. */
  hit(rule: RateRuleName, subject: string, cost?: number): Promise<Verdict>
  /** Ends the call when this process knows that nothing is left; counts nothing and asks nobody. */
  refuseIfSpent(rule: RateRuleName, subject: string): void
  /** Every limit as this installation has it. */
  rules(): readonly (readonly [RateRuleName, RateRule])[]
}

/** `scale` widens every limit; `secret` keys the MACs and must be the same in all processes. */
export type RateLimitsOptions = Pick<PurseOptions, 'windows'> &
  Partial<PurseOptions> & { readonly secret: Uint8Array; readonly scale: number }

export function createRateLimits({ windows, secret, scale, ...memory }: RateLimitsOptions): RateLimits {
  const { now = () => performance.now(), mostHeld = 50_000 } = memory
  const purse = createPurse({ windows, now, mostHeld })
  const ruleOf = (name: RateRuleName): RateRule => scaled(rateRules[name], scale)
  const keyOf = (name: RateRuleName, subject: string): string => {
    const mac = createHmac('sha256', secret).update(`${name}\0${subject}`).digest('base64url')
    return `${name}:${mac.slice(0, 22)}`
  }
  const take = async (name: RateRuleName, subject: string, cost = 1): Promise<Verdict> => {
    const rule = ruleOf(name)
    const { isAllowed, left, endsInMs } = await purse.take(keyOf(name, subject), rule, cost)
    return verdict(isAllowed ? 'allowed' : 'limited', name, rule, left, endsInMs)
  }
  return {
    take,
    hit: async (name, subject, cost) => {
      const said = await take(name, subject, cost)
      if (said.kind === 'limited') throw tooMany(said)
      return said
    },
    refuseIfSpent: (name, subject) => {
      const ms = purse.spentFor(keyOf(name, subject))
      if (ms !== undefined) throw tooMany(verdict('limited', name, ruleOf(name), 0, ms))
    },
    rules: () => (Object.keys(rateRules) as RateRuleName[]).map((name) => [name, ruleOf(name)]),
  }
}

/** Counts a call of somebody known, and tells them what is left. */
export async function countCall(c: Context, limits: RateLimits, rule: RateRuleName, subject: string): Promise<void> {
  const said = await limits.hit(rule, subject)
  for (const [name, value] of Object.entries(rateHeaders(said))) c.header(name, value)
}

/** As draft-ietf-httpapi-ratelimit-headers has it: what the limit is, and what is left of it. */
function rateHeaders({ rule, points, seconds, left, endsInSeconds }: Verdict): Record<string, string> {
  return {
    'ratelimit-policy': `"${rule}";q=${points};w=${seconds}`,
    ratelimit: `"${rule}";r=${left};t=${endsInSeconds}`,
  }
}

function tooMany(said: Verdict): Refused {
  return new Refused('rate-limited', { headers: { 'retry-after': String(said.endsInSeconds), ...rateHeaders(said) } })
}

function verdict(
  kind: Verdict['kind'],
  rule: RateRuleName,
  { points, seconds }: RateRule,
  left: number,
  endsInMs: number,
): Verdict {
  return { kind, rule, points, seconds, left, endsInSeconds: Math.max(1, Math.ceil(endsInMs / 1000)) }
}
