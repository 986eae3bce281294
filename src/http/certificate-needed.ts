import type { Context } from 'hono'
import { certificateAdmits } from '../gateway/certificate-bound.ts'
import type { Counter } from '../gateway/parts.ts'
import type { Peers } from './peer.ts'
import { Refused } from './problem.ts'

/** Ends the call of a registry that is bound to a client certificate and came without it. */
export function certificateNeeded(
  peers: Peers,
  c: Context,
  { registered }: Pick<Counter, 'registered'>,
  now: Date,
): void {
  if (!peers.asksForCertificates) return
  if (!certificateAdmits(registered, peers.clientCertificate(c)?.sha256, now)) throw new Refused('certificate-wrong')
}
