import { z } from 'zod'
import { refusalOf } from '../../domain/authority.ts'
import { conformanceDays, takeStep } from '../../domain/onboarding.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { digestOf } from '../../signing/compact.ts'
import { clockSkew } from '../../signing/envelope.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { RegisteredRegistry } from '../ports/reads.ts'

/** What a registry of each dialect has to conform to, and in which version. A new version asks for a new run. */
export const protocols: Readonly<Record<string, string>> = {
  land: 'writ-partner/1',
  'real-estate': 'real-estate-point-to-point/1',
  bank: 'court-bank-soap/1',
}

const outcome = z.enum(['ok', 'failed', 'not-shown'])

/** The report of a run, as `npm run conformance -- --json` prints it; of a dialect, the record of its acceptance in this form. */
const report = z.looseObject({
  protocol: z.string().max(100),
  registry: z.string().max(100),
  at: z.iso.datetime({ offset: true }),
  keys: z.array(z.string().max(200)).max(50),
  results: z
    .array(z.looseObject({ title: z.string().max(500), outcome }))
    .min(1)
    .max(1000),
})

type ConformCode =
  | 'role-missing'
  | 'partner-unknown'
  | 'partner-out-of-order'
  | 'conformance-malformed'
  | 'conformance-other-registry'
  | 'conformance-other-protocol'
  | 'conformance-failed'
  | 'conformance-too-old'

export type Conforming = { readonly kind: 'conforms'; readonly sha256: string; readonly checks: number }

/**
 * Attaches the report of a conformance run. It must be of this registry and its keys, of the protocol's present version, without
 * a failed check, and of the last 30 days. The whole report is kept, so that the second person may read what was shown.
 */
export async function attachConformance(
  parts: Noting,
  by: Person | Operator,
  code: string,
  given: Uint8Array,
): Promise<Conforming | Refusal<ConformCode>> {
  const refused = refusalOf(by, 'partner.register')
  if (refused) return refused
  const read = report.safeParse(parseJson(given))
  if (!read.success) return refuse('conformance-malformed')
  return parts.store.note(async (act): Promise<Conforming | Refusal<ConformCode>> => {
    const registry = await act.partners.find(code)
    if (!registry) return refuse('partner-unknown', 'code')
    const state = takeStep(registry.state, 'conform')
    if (isRefusal(state)) return state
    const wrong = wrongReport(read.data, registry, parts.clock())
    if (wrong) return wrong
    const kept = await act.keep('conformance', given)
    const sha256 = digestOf(given)
    const conformance = { sha256, at: new Date(read.data.at), protocol: read.data.protocol }
    await act.partners.put({ ...registry, state, conformance })
    await noteLoose(parts, act, { kind: 'registry.changed', by, registry: code, about: state, message: kept })
    return { kind: 'conforms', sha256, checks: read.data.results.length }
  })
}

/** True for a run that is recent enough to let somebody in by. */
export function isRecent(at: Date, now: Date): boolean {
  return at.getTime() > now.getTime() - conformanceDays * 86_400_000 && at.getTime() < now.getTime() + clockSkew
}

function wrongReport(
  { protocol, registry: of, at, keys, results }: z.output<typeof report>,
  { code, adapter, keys: registered }: RegisteredRegistry,
  now: Date,
): Refusal<ConformCode> | undefined {
  if (of !== code || keys.some((kid) => !registered.some((key) => key.kid === kid)))
    return refuse('conformance-other-registry', 'registry')
  if (protocol !== protocols[adapter]) return refuse('conformance-other-protocol', 'protocol')
  const isGreen = results.some((one) => one.outcome === 'ok') && results.every((one) => one.outcome !== 'failed')
  if (!isGreen) return refuse('conformance-failed', 'results')
  return isRecent(new Date(at), now) ? undefined : refuse('conformance-too-old', 'at')
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
