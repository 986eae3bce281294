import { grouped } from '../domain/anomalies-of-looks.ts'
import type { Anomaly, AnomalyKind } from '../domain/anomaly.ts'
import { anomalyKindList, anomalyLimits } from '../domain/anomaly.ts'
import { addDays, type BeijingDate, endOf, startOf } from '../domain/beijing-date.ts'
import { actsFor, anomaliesIn, daysFor } from '../domain/find-anomalies.ts'
import { defaultCalendar } from '../domain/holidays.ts'
import { sha256Text } from '../ledger/record.ts'
import type { Parts } from './parts.ts'
import type { ActRow, AnomalyMark } from './ports/anomalies.ts'

/** Which days, both included; which courts; for whom; and one kind, or all. */
export type AnomaliesAsked = {
  readonly from: BeijingDate
  readonly to: BeijingDate
  readonly court?: string
  readonly kind?: AnomalyKind
  /** The courts of whoever asks; left out for all. */
  readonly courts?: readonly string[]
  readonly viewer: string
}

/** An anomaly under the name it has for ever, with what became of it, the latest first. */
export type FoundAnomaly = Anomaly & { readonly id: string; readonly marks: readonly AnomalyMark[] }

/** `isCut`: there were more acts than are gone through at once, and only the newest were; `acts` is how many. */
export type FoundAnomalies = {
  readonly anomalies: readonly FoundAnomaly[]
  readonly isCut: boolean
  readonly acts: number
}

/** The days that are asked for where none are named: the last thirty. */
export const anomalyDaysShown = 30
/** As many acts as are gone through at once. */
const mostActs = 100_000
/** As many cases as are opened to compare names. */
const mostNamed = 200

/**
 * Goes through the log by the rules of `domain/find-anomalies.ts`. It reads more days than are asked for, so that a week or a
 * pair is whole and what was done later is known; told is what touches the days asked for.
 */
export async function findAnomalies(parts: Parts, asked: AnomaliesAsked): Promise<FoundAnomalies> {
  const { reads } = parts
  const { from, to, court, courts, viewer } = asked
  const now = parts.clock()
  const reach = { ...(court && { court }), ...(courts && { courts }) }
  const days = daysFor(asked.kind, { from, to })
  const does = asked.kind && { does: actsFor[asked.kind] }
  const span = { from: startOf(days.from), to: endOf(days.to) }
  const acts = await reads.acts({ ...reach, ...does, ...span, viewer, most: mostActs })
  const standings = await reads.standings({
    ...reach,
    from: startOf(addDays(days.from, -anomalyLimits.daysAfterClosing)),
  })
  const within = (act: ActRow) => act.at >= startOf(from) && act.at < endOf(to)
  const kinds = asked.kind ? [asked.kind] : anomalyKindList
  const ofOwnName = kinds.includes('own-name') ? await ownNames(parts, acts.filter(within)) : new Set<string>()
  const facts = { now, standings, ofOwnName, calendar: parts.reckoning?.calendar ?? defaultCalendar }
  const found = kinds
    .flatMap((kind) => anomaliesIn(kind, acts, facts))
    .filter(({ entries }) => entries.some(within))
    .map((anomaly) => ({ ...anomaly, id: idOf(anomaly.key) }))
  const marks = grouped(await reads.anomalyMarks(found.map(({ id }) => id)), ({ anomaly }) => [anomaly])
  const ofEach = new Map(marks.map(([[id = ''], of]) => [id, of]))
  const anomalies = found.map((one) => ({ ...one, marks: ofEach.get(one.id) ?? [] }))
  return { anomalies: anomalies.sort(latestFirst), isCut: acts.length === mostActs, acts: acts.length }
}

/** A digest: the key may hold the keyed hash of a person's number, and an id stands in addresses. */
function idOf(key: string): string {
  return sha256Text(Buffer.from(`writ-anomaly/v1\0${key}`)).slice(0, 22)
}

function latestFirst(one: FoundAnomaly, other: FoundAnomaly): number {
  const last = ({ entries }: Anomaly) => entries.at(-1)?.at.getTime() ?? 0
  return last(other) - last(one) || (one.id < other.id ? -1 : 1)
}

/**
 * The submissions whose maker bears the name of a party. Names are compared here and leave this function as nothing but ids;
 * the newest cases only, because each has to be opened.
 */
async function ownNames({ reads }: Parts, acts: readonly ActRow[]): Promise<ReadonlySet<string>> {
  const made = acts.filter(({ does, caseId, personName }) => does === 'submit' && caseId && personName)
  const cases = [...new Set(made.reverse().flatMap(({ caseId }) => caseId ?? []))].slice(0, mostNamed)
  const files = new Map((await reads.casesWith(cases)).map((file) => [file.id as string, file]))
  const isOwn = ({ caseId = '', personName }: ActRow) =>
    files.get(caseId)?.parties.some(({ subject }) => subject.name.replace(/\s+/g, '') === personName) ?? false
  return new Set(made.filter(isOwn).map(({ entry }) => entry))
}
