import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseStrictJson } from './strict-json.ts'

/** The longest envelope that is read: 1 MiB. What is longer comes in parts. */
export const maxEnvelope = 1_048_576

/** A compact JWS taken apart. Nothing in it is proved yet. */
export type Compact = {
  readonly text: string
  readonly header: { readonly alg: string; readonly kid: string; readonly typ?: string }
  readonly payload: Uint8Array
  readonly claims: Readonly<Record<string, unknown>>
}

// A closed header: no `crit`, no `b64`, and no `jwk`, `jku` or `x5u` by which a message could bring its own key along.
const header = z.strictObject({
  alg: z.string(),
  kid: z.string().min(1).max(200),
  typ: z.string().max(100).optional(),
  cty: z.string().max(100).optional(),
  'x5t#S256': z.string().max(100).optional(),
})

const claims = z.record(z.string(), z.unknown())

/**
 * Takes a compact JWS apart, or gives `undefined`: three parts in their one right base64url spelling, 1 MiB at most, header and
 * payload JSON objects that name no member twice. One message then has one text, and every reader reads the same in it.
 */
export function readCompact(message: string | Uint8Array): Compact | undefined {
  if (message.length > maxEnvelope) return undefined
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('latin1')
  const [, first, second, third] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(text) ?? []
  const parts = [first, second, third].map(canonicalBytes)
  const [headerBytes, payload, signature] = parts
  if (!headerBytes || !payload || !signature) return undefined
  const head = header.safeParse(parseStrictJson(headerBytes))
  const body = claims.safeParse(parseStrictJson(payload))
  if (!head.success || !body.success) return undefined
  const { alg, kid, typ } = head.data
  return { text, header: { alg, kid, ...(typ !== undefined && { typ }) }, payload, claims: body.data }
}

/** SHA-256 in base64url, the spelling of every digest in the protocol. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

// Stray bits in the last character and padding would let one signature wear many texts.
function canonicalBytes(part: string | undefined): Uint8Array | undefined {
  if (part === undefined) return undefined
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : undefined
}
