import { grouped } from './anomalies-of-looks.ts'
import { type Anomaly, type AnomalyFacts, anomalyLimits, anomalyOf, type LoggedAct } from './anomaly.ts'
import { toBeijingDate } from './beijing-date.ts'

const limits = anomalyLimits
const oneDay = 86_400_000

type Acts = readonly LoggedAct[]

/** An inquiry after which nobody did anything on the case, though there was time. */
export function inquiryWithoutAct(acts: Acts, { now }: AnomalyFacts): readonly Anomaly[] {
  const span = limits.daysToAct * oneDay
  const done = new Map(grouped(acts.filter(changes), ({ caseId }) => [caseId ?? '']).map(([[id = ''], of]) => [id, of]))
  return acts.flatMap((act) => {
    if (!act.isInquiry || !act.person || !act.caseId || now.getTime() - act.at.getTime() < span) return []
    const later = done.get(act.caseId)?.some(({ at }) => isWithin(act.at, at, span))
    return later ? [] : anomalyOf('inquiry-without-act', [act.entry], [act])
  })
}

/** A reveal after which the same person did nothing on the case. */
export function revealWithoutAct(acts: Acts, { now }: AnomalyFacts): readonly Anomaly[] {
  const span = limits.daysToActAfterReveal * oneDay
  const own = (act: LoggedAct) => [act.caseId ?? '', act.person ?? '']
  const works = acts.filter((act) => changes(act) || act.does === 'submit')
  const done = new Map(grouped(works, own).map(([name, of]) => [name.join('|'), of]))
  return acts.flatMap((act) => {
    const isOpen = act.does === 'reveal' && !act.byAuditor && act.person && act.caseId
    if (!isOpen || now.getTime() - act.at.getTime() < span) return []
    const later = done.get(own(act).join('|'))?.some(({ at }) => isWithin(act.at, at, span))
    return later ? [] : anomalyOf('reveal-without-act', [act.entry], [act])
  })
}

/** A registry's messages that proved nothing, many in one hour of the clock. */
export function quarantineBurst(acts: Acts): readonly Anomaly[] {
  const kept = acts.filter(({ does, registry }) => does === 'quarantine' && registry)
  const hour = (at: Date) => at.toISOString().slice(0, 13)
  return grouped(kept, ({ registry, at }) => [registry ?? '', hour(at)]).flatMap(([name, found]) =>
    found.length >= limits.quarantinedAnHour ? anomalyOf('quarantine-burst', name, found) : [],
  )
}

/** An approval that came faster than anybody reads. */
export function instantApproval(acts: Acts): readonly Anomaly[] {
  return approved(acts).flatMap(([submission, approval]) => {
    const seconds = (approval.at.getTime() - submission.at.getTime()) / 1000
    return seconds <= limits.secondsToApprove
      ? anomalyOf('instant-approval', [approval.entry], [submission, approval])
      : []
  })
}

/** A maker all of whose requests of a month were let go by one and the same, though others of the court do that too. */
export function fixedPair(acts: Acts): readonly Anomaly[] {
  const pairs = approved(acts)
  const month = ({ at }: LoggedAct) => toBeijingDate(at).slice(0, 7)
  const byCourt = grouped(pairs, ([, approval]) => [approval.court ?? '', month(approval)])
  return byCourt.flatMap(([[court = '', when = ''], ofCourt]) => {
    const approvers = new Set(ofCourt.map(([, { person }]) => person))
    if (approvers.size < 2) return []
    return grouped(ofCourt, ([{ person }]) => [person ?? '']).flatMap(([[maker = ''], own]) => {
      const by = new Set(own.map(([, { person }]) => person))
      if (own.length < limits.pairAMonth || by.size !== 1) return []
      return anomalyOf('fixed-pair', [court, maker, ...[...by].map(String), when], own.flat())
    })
  })
}

/** Each approval with the submission it let go. */
function approved(acts: Acts): readonly (readonly [submission: LoggedAct, approval: LoggedAct])[] {
  const made = new Map(
    acts.flatMap((act) => (act.does === 'submit' && act.request ? [[act.request, act] as const] : [])),
  )
  return acts.flatMap((act) => {
    const submission = act.does === 'approve' && act.request ? made.get(act.request) : undefined
    return submission ? [[submission, act] as const] : []
  })
}

/** What counts as work on a case: a measure, a decision, a paper, a task; to ask once more does not. */
function changes(act: LoggedAct): boolean {
  return (act.does === 'submit' && !act.isInquiry) || act.does === 'approve' || act.does === 'other'
}

function isWithin(from: Date, at: Date, span: number): boolean {
  return at > from && at.getTime() - from.getTime() <= span
}
