import { randomBytes } from 'node:crypto'
import { actorOf } from '../../domain/client.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { standingOfKey } from '../../signing/key.ts'
import { certificateAdmits } from '../certificate-bound.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { Client, ClientToken } from '../ports/clients.ts'
import { sha256 } from '../store-document.ts'

/** How long an access token counts: 10 minutes. */
export const clientTokenSeconds = 600

/** At most this many refusals an hour of one system are entries; the others are counted. */
export const refusalEntriesCap = 20

export type ClientRefusalCode = 'client-suspended' | 'client-key-ended' | 'client-certificate-wrong'

/**
 * Gives a system that has proved itself an access token, and notes it in the same transaction. The token is kept as its
 * SHA-256 alone, bound to the key that got it and to the certificate it came with.
 */
export async function signInClient(
  parts: Noting,
  client: Client,
  by: { readonly kid: string; readonly certificate?: string },
): Promise<string> {
  const token = `writ_${randomBytes(32).toString('base64url')}`
  const issuedAt = parts.clock()
  const expiresAt = new Date(issuedAt.getTime() + clientTokenSeconds * 1000)
  await parts.store.note(async (act) => {
    await act.clients.openToken(sha256(token), { client: client.id, ...by, issuedAt, expiresAt })
    await noteLoose(parts, act, { kind: 'client.signed-in', by: actorOf(client), about: by.kid })
  })
  return token
}

/** Whether a system may come in as it comes: it is not shut out, and shows a certificate it is bound to. */
export function checkClient(
  client: Client,
  certificate: string | undefined,
  now: Date,
): Refusal<ClientRefusalCode> | undefined {
  if (client.state !== 'active') return refuse('client-suspended')
  return certificateAdmits(client, certificate, now) ? undefined : refuse('client-certificate-wrong')
}

/** Whether a token counts at this use: its system and its key still do, and it comes as it was got. */
export function checkToken(
  { client, kid, certificate: bound }: ClientToken,
  certificate: string | undefined,
  now: Date,
): Refusal<ClientRefusalCode> | undefined {
  const key = client.keys.find((one) => one.kid === kid)
  if (!key || standingOfKey(key, now) !== 'counts') return refuse('client-key-ended')
  if (bound !== undefined && bound !== certificate) return refuse('client-certificate-wrong')
  return checkClient(client, certificate, now)
}

/** Notes that a system was refused. Beyond the first of an hour it is only counted: a flood must not drown the log. */
export async function noteClientRefused(parts: Noting, client: Client, code: string): Promise<void> {
  const hour = new Date(Math.floor(parts.clock().getTime() / 3_600_000) * 3_600_000)
  await parts.store.note(async (act) => {
    if ((await act.clients.countRefusal(client.id, hour)) > refusalEntriesCap) return
    await noteLoose(parts, act, { kind: 'client.refused', by: actorOf(client), about: code })
  })
}
