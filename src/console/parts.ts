import type { HttpParts } from '../http/parts.ts'
import type { Tour } from './tour/port.ts'

/** Somebody fictional, whose number makes a sandbox registry misbehave; for a demo only. */
export type SandboxPerson = {
  readonly name: string
  readonly idNumber: string
  readonly misbehaviour?: string | undefined
  /** What that is, in Chinese. */
  readonly means?: string | undefined
}

/** What the pages need: `open` shows the requests to whoever looks, and is for a demo only. */
export type ConsoleParts = Pick<
  HttpParts,
  | 'gateway'
  | 'registries'
  | 'clients'
  | 'changed'
  | 'authorities'
  | 'machine'
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
  /** The people of the sandboxes, as these tell them; of a demo. */
  readonly sandbox?: () => readonly SandboxPerson[]
  /** Keys what a browser keeps for us; the same in all processes. */
  readonly secret: Uint8Array
  /** How long somebody stays signed in: without a sign of life, and at the most. Seconds. */
  readonly lasts: { readonly idleSeconds: number; readonly seconds: number }
}
