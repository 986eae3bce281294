import { z } from 'zod'
import { clientKindList, parseClientId } from '../../domain/client.ts'
import { parseCourtCode } from '../../domain/court.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { readFile } from '../file-fault.ts'
import type { Client } from '../ports/clients.ts'
import { asCertificate, certificateFile } from '../registration.ts'
import { keySchema, readKey } from '../registration-key.ts'

/** The file that registers a court's system; keys by value, certificates by their SHA-256 (`x5t#S256`). */
const file = z.strictObject({
  id: read(parseClientId),
  court: read((text: string) => parseCourtCode(text)),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(clientKindList),
  keys: z.array(keySchema).min(1).max(20),
  certificateSha256s: z.array(certificateFile).max(20).default([]),
})

/** Turns a registration file into what is kept. Throws an error that names every field that is wrong. */
export function readClient(given: unknown, now: Date): Omit<Client, 'state'> {
  const { id, court, name, kind, keys, certificateSha256s } = readFile(file, given)
  return {
    ...{ id, court, name, kind },
    keys: keys.map((key) => readKey(key, now, undefined)),
    certificates: certificateSha256s.map((bound) => asCertificate(bound, now)),
  }
}

/** A domain parser as a part of the schema; its code is the issue's. */
function read<Read extends string>(parse: (text: string) => Read | Refusal) {
  return z.string().transform((text, context): Read => {
    const value = parse(text)
    if (!isRefusal(value)) return value
    context.addIssue({ code: 'custom', message: value.code, params: { refusal: value.code } })
    return z.NEVER
  })
}
