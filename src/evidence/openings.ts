import { z } from 'zod'
import { parseStrictJson } from '../signing/strict-json.ts'
import { jsonBytes } from './manifest.ts'

const scheme = 'SHA-256("writ-commit/v1" 0x00 salt message), base64url'

const openings = z.strictObject({
  scheme: z.literal(scheme),
  salts: z.record(z.string(), z.string().regex(/^[\w-]{43}$/)),
})

/** `openings.json`: the salt of each message, by the path of the message. */
export function formatOpenings(salts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const spelled = [...salts].map(([path, salt]) => [path, Buffer.from(salt).toString('base64url')])
  return jsonBytes({ scheme, salts: Object.fromEntries(spelled) })
}

/** The salts by path; undefined when the file is not one of this format. */
export function parseOpenings(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const { data } = openings.safeParse(parseStrictJson(bytes))
  return data && new Map(Object.entries(data.salts).map(([path, salt]) => [path, Buffer.from(salt, 'base64url')]))
}
