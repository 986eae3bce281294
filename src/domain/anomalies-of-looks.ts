import { type Anomaly, type AnomalyFacts, anomalyLimits, anomalyOf, type LoggedAct } from './anomaly.ts'
import { addDays, type BeijingDate, toBeijingDate } from './beijing-date.ts'
import { isWorkingDay } from './working-day.ts'

const limits = anomalyLimits
const oneDay = 86_400_000

type Acts = readonly LoggedAct[]

/** One person, one subject, one week. Where a look is at a case as a whole, the case stands for its subject. */
export function repeatedLooks(acts: Acts): readonly Anomaly[] {
  const looks = acts.filter((act) => isLook(act) && !act.byAuditor && act.person && subjectOf(act))
  return grouped(looks, (act) => [act.person ?? '', subjectOf(act) ?? '', weekOf(act.at)]).flatMap(([name, all]) => {
    const found = withoutReloads(all)
    return found.length >= limits.looksAWeek ? anomalyOf('repeated-looks', name, found) : []
  })
}

/** A page that is loaded again is the same look: of one case, what follows within the half hour does not count. */
function withoutReloads(looks: Acts): Acts {
  const counted = new Map<string, number>()
  return looks.filter(({ does, caseId = '', at }) => {
    const last = counted.get(caseId)
    if (does === 'look' && last !== undefined && at.getTime() - last < limits.minutesOfOneLook * 60_000) return false
    if (does === 'look') counted.set(caseId, at.getTime())
    return true
  })
}

/** Several people, each from a case of their own, who look at one subject within a week. */
export function manyLookers(acts: Acts): readonly Anomaly[] {
  const looks = acts.filter((act) => isLook(act) && !act.byAuditor && act.person && act.subject)
  return grouped(looks, (act) => [act.subject ?? '', weekOf(act.at)]).flatMap(([name, found]) => {
    const [people, cases] = [count(found, 'person'), count(found, 'caseId')]
    return people >= limits.peopleAWeek && cases >= limits.casesAWeek ? anomalyOf('many-lookers', name, found) : []
  })
}

/** One person, one day: looks, reveals and submissions when nobody works. */
export function outOfHours(acts: Acts, facts: AnomalyFacts): readonly Anomaly[] {
  const late = acts.filter((act) => act.person && (isLook(act) || act.does === 'submit') && isOff(act.at, facts))
  return grouped(late, (act) => [act.person ?? '', toBeijingDate(act.at)]).flatMap(([name, found]) => {
    const isMore = found.some(({ does }) => does !== 'look') || found.length >= limits.looksOutOfHours
    return isMore ? anomalyOf('out-of-hours', name, found) : []
  })
}

/** Who did far more in a week than the middle one of the same court. */
export function volume(acts: Acts): readonly Anomaly[] {
  const counted = acts.filter((act) => act.person && !act.byAuditor && (isLook(act) || act.isInquiry))
  return grouped(counted, (act) => [act.court ?? '', weekOf(act.at)]).flatMap(([[court = '', week = ''], ofCourt]) => {
    const each = grouped(ofCourt, (act) => [act.person ?? ''])
    if (each.length < limits.peopleForMedian) return []
    const median = medianOf(each.map(([, own]) => own.length))
    return each.flatMap(([[person = ''], own]) =>
      own.length >= limits.volumeAWeek && own.length >= limits.timesMedian * median
        ? anomalyOf('volume', [court, person, week], own, { median })
        : [],
    )
  })
}

/** Somebody asks, or has something revealed, soon after the case was closed. */
export function afterClosing(acts: Acts, { standings }: AnomalyFacts): readonly Anomaly[] {
  const ofCase = new Map(grouped(standings, ({ caseId }) => [caseId]).map(([[id = ''], told]) => [id, told]))
  const late = acts.filter((act) => {
    if (!act.person || !act.caseId || act.byAuditor || !(act.isInquiry || act.does === 'reveal')) return false
    const told = (ofCase.get(act.caseId) ?? []).filter(({ at }) => at < act.at)
    const last = told.reduce<(typeof told)[number] | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined)
    return last?.isClosed && act.at.getTime() - last.at.getTime() <= limits.daysAfterClosing * oneDay
  })
  return grouped(late, (act) => [act.person ?? '', act.caseId ?? '', toBeijingDate(act.at)]).map(([name, found]) =>
    anomalyOf('after-closing', name, found),
  )
}

/** Whoever submitted has the name of a party. */
export function ownName(acts: Acts, { ofOwnName }: AnomalyFacts): readonly Anomaly[] {
  const own = acts.filter(({ does, entry }) => does === 'submit' && ofOwnName.has(entry))
  return own.map((act) => anomalyOf('own-name', [act.entry], [act]))
}

const isLook = ({ does }: LoggedAct): boolean => does === 'look' || does === 'reveal'

const subjectOf = ({ subject, caseId }: LoggedAct): string | undefined => subject ?? caseId

function isOff(at: Date, { calendar }: AnomalyFacts): boolean {
  const day = toBeijingDate(at)
  const hour = (at.getUTCHours() + 8) % 24
  return !isWorkingDay(day, calendar) || hour < limits.fromHour || hour >= limits.toHour
}

/** The Monday of the week, so that the same week is one thing whatever period is asked for. */
function weekOf(at: Date): BeijingDate {
  return mondayOf(toBeijingDate(at))
}

export function mondayOf(day: BeijingDate): BeijingDate {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

const count = (acts: Acts, member: 'person' | 'caseId'): number =>
  new Set(acts.flatMap((act) => act[member] ?? [])).size

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return (low + high) / 2
}

/** Groups by a name of several parts, in the order in which they are met. */
export function grouped<T>(
  things: readonly T[],
  nameOf: (thing: T) => readonly string[],
): readonly (readonly [name: readonly string[], things: readonly T[]])[] {
  const groups = new Map<string, [readonly string[], T[]]>()
  for (const thing of things) {
    const name = nameOf(thing)
    const key = name.join('|')
    const known = groups.get(key)
    if (known) known[1].push(thing)
    else groups.set(key, [name, [thing]])
  }
  return [...groups.values()]
}
