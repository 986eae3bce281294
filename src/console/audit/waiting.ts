import { html } from 'hono/html'
import { courtsOf, mayEver } from '../../domain/authority.ts'
import type { Person } from '../../domain/person.ts'
import { newAnomalies } from '../../gateway/list-anomalies.ts'
import type { Parts } from '../../gateway/parts.ts'
import { withDays } from '../../http/audit/anomalies.ts'
import { given } from '../../http/fields.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { auditWords as words } from './words.ts'

const mostCounted = 50

/** What waits for an auditor: counted from what is kept, so that to look at the log stays cheap. */
export type Waiting = {
  readonly searches: number
  /** Undefined where nobody has gone through the log of late. */
  readonly anomalies: number | undefined
  readonly signatures: number
}

export async function waitingFor(gateway: Parts, person: Person): Promise<Waiting> {
  const { reads } = gateway
  const now = gateway.clock()
  const courts = courtsOf(person, 'audit.read')
  const asked = mayEver(person, 'search.decide')
    ? await reads.consents({ kind: 'subject.search', waiting: true, limit: mostCounted })
    : []
  const samples = await reads.samples({ limit: mostCounted, ...(courts && { courts }) })
  const open = samples.filter(({ drawn, signedOff }) => drawn && !signedOff).map(({ id }) => id)
  const left = await reads.leftToJudge(open)
  return {
    searches: asked.filter(({ askedBy, expiresAt }) => askedBy !== person.id && expiresAt > now).length,
    anomalies: await newAnomalies(gateway, {
      ...given(withDays({}, now)),
      viewer: person.id,
      ...(courts && { courts }),
    }),
    signatures: open.filter((id) => (left.get(id) ?? 0) === 0).length,
  }
}

export function waitingPart({ searches, anomalies, signatures }: Waiting): Html | string {
  const each = [
    ...(searches > 0 ? [['/audit/searches', words.searchesWait, searches] as const] : []),
    ...(anomalies ? [['/audit/anomalies?state=new', words.anomaliesNew, anomalies] as const] : []),
    ...(signatures > 0 ? [['/audit/samples', words.samplesToSign, signatures] as const] : []),
  ]
  if (each.length === 0) return ''
  const ways = each.map(
    ([href, said, count]) => html`<a href="${href}">${say(said)} <span class="count">${count}</span></a> `,
  )
  return html`<p>${ways}</p>`
}
