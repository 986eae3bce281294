import type { HttpParts } from '../http/parts.ts'
import type { Tour } from './tour/port.ts'

/** What the pages need: `open` shows the requests to whoever looks, and is for a demo only. */
export type ConsoleParts = Pick<
  HttpParts,
  | 'gateway'
  | 'registries'
  | 'log'
  | 'people'
  | 'accounts'
  | 'openid'
  | 'peers'
  | 'limits'
  | 'secondFactorFor'
  | 'progressOrigin'
> & {
  readonly door: 'open' | 'closed'
  /** The first steps of a newcomer; a demo's alone. */
  readonly tour?: Tour
  /** Keys what a browser keeps for us; the same in all processes. */
  readonly secret: Uint8Array
  /** How long somebody stays signed in: without a sign of life, and at the most. Seconds. */
  readonly lasts: { readonly idleSeconds: number; readonly seconds: number }
}
