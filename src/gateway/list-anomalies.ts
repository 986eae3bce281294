import { grouped } from '../domain/anomalies-of-looks.ts'
import type { AnomalyKind, AnomalyState } from '../domain/anomaly.ts'
import { type BeijingDate, toBeijingDate } from '../domain/beijing-date.ts'
import { sha256Text } from '../ledger/record.ts'
import { type AnomaliesAsked, type FoundAnomaly, findAnomalies } from './find-anomalies.ts'
import type { Parts } from './parts.ts'
import type {
  AnomalyChoice,
  AnomalyKept,
  AnomalyLine,
  AnomalyMark,
  AnomalyPlace,
  AnomalyRound,
  AnomalyTally,
  RoundOf,
} from './ports/anomalies.ts'

export type ListedAnomaly = AnomalyLine & { readonly marks: readonly AnomalyMark[] }

export type ListedAnomalies = {
  readonly anomalies: readonly ListedAnomaly[]
  /** How many there are in all, of the rule and state that were asked for. */
  readonly tally: readonly AnomalyTally[]
  readonly isCut: boolean
  /** When the log was gone through; left out where it was for this very list. */
  readonly asOf?: Date
  /** Where the next page begins, while there is one. */
  readonly next?: AnomalyPlace
}

/** `isFresh`: the log is to be gone through now, whatever is kept. */
export type ListAsked = AnomaliesAsked & AnomalyChoice & { readonly isFresh?: true }

/** How long what a round found is shown instead of going through the log for each who asks. */
const keptMs = 65 * 60_000

/**
 * A page of what the rules find. Where the log was gone through within the hour for somebody who sees the same of it, that is
 * what is listed, and the list says as of when; what became of each since is told in any case.
 */
export async function listAnomalies(parts: Parts, asked: ListAsked): Promise<ListedAnomalies> {
  const since = new Date(parts.clock().getTime() - keptMs)
  const round = asked.isFresh ? undefined : await parts.reads.anomalyRound(await roundOf(parts, asked), since)
  return round ? listKept(parts, round, asked) : listLive(parts, asked)
}

/** How many that nobody has looked into were found in the last round; undefined where no round is kept, for then it would cost one. */
export async function newAnomalies(parts: Parts, asked: AnomaliesAsked): Promise<number | undefined> {
  const since = new Date(parts.clock().getTime() - keptMs)
  const round = await parts.reads.anomalyRound(await roundOf(parts, asked), since)
  if (!round) return undefined
  const fresh = (await parts.reads.anomalyTally(round.id)).filter(({ state }) => state === 'new')
  return fresh.reduce((sum, { count }) => sum + count, 0)
}

async function listKept({ reads }: Parts, round: AnomalyRound, asked: ListAsked): Promise<ListedAnomalies> {
  const lines = await reads.anomaliesOfRound(round.id, { ...asked, limit: asked.limit + 1 })
  const marks = await reads.anomalyMarks(lines.map(({ id }) => id))
  const listed = lines.map((line) => ({ ...line, marks: marks.filter(({ anomaly }) => anomaly === line.id) }))
  const tally = (await reads.anomalyTally(round.id)).filter((one) => isWanted(one, asked))
  return { ...pageOf(listed, asked.limit), tally, isCut: round.isCut, asOf: round.asOf }
}

async function listLive(parts: Parts, asked: ListAsked): Promise<ListedAnomalies> {
  const { anomalies, isCut } = await findAnomalies(parts, asked)
  const listed = anomalies
    .map((one) => ({ ...lineOf(one), marks: one.marks }))
    .filter((one) => isWanted({ kind: one.kind, state: stateOf(one) }, asked))
  const { after } = asked
  const rest = after ? listed.filter((one) => isAfter(one, after)) : listed
  return { ...pageOf(rest, asked.limit), tally: tallyOf(listed), isCut }
}

/** What an anomaly is listed as, with as many people, cases and entries as a line points to. */
export function lineOf(found: FoundAnomaly): AnomalyLine {
  const { times, ...line } = keptOf(found)
  const [last] = found.marks
  return { ...line, grown: last ? times.filter((at) => at > last.at).length : 0 }
}

/** The same as a round keeps it, whatever has become of it. */
export function keptOf({ id, kind, court, registry, people, cases, entries, median }: FoundAnomaly): AnomalyKept {
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) throw new Error('an anomaly rests on something')
  return {
    ...{ id, kind, ...(court && { court }), ...(registry && { registry }) },
    people: people.slice(0, mostLinked),
    cases: cases.slice(0, mostLinked),
    caseCount: cases.length,
    entries: entries.slice(0, mostLinked).map(({ entry }) => entry),
    count: entries.length,
    ...(median !== undefined && { median }),
    first: first.at,
    last: last.at,
    times: entries.map(({ at }) => at),
  }
}

const mostLinked = 100

/**
 * What the last one who looked into it has said. One that has grown since is new again: of what came later nobody has said
 * anything, and whoever asks for what is left to look into has to meet it.
 */
export function stateOf({ marks, grown }: Pick<ListedAnomaly, 'marks' | 'grown'>): AnomalyState {
  return grown > 0 ? 'new' : (marks[0]?.outcome ?? 'new')
}

/** The days of an anomaly, for whoever opens it again. */
export function daysOf({ first, last }: Pick<AnomalyLine, 'first' | 'last'>): {
  readonly from: BeijingDate
  readonly to: BeijingDate
} {
  return { from: toBeijingDate(first), to: toBeijingDate(last) }
}

/** Everybody of the same courts to whom the same cases are sealed sees the same anomalies of the same days. */
export async function roundOf({ reads }: Parts, { from, to, court, courts, viewer }: AnomaliesAsked): Promise<RoundOf> {
  const sealed = [...(await reads.sealedFrom(viewer))].sort()
  const served = court ? [court] : courts && [...new Set(courts)].sort()
  const seen = JSON.stringify([served ?? null, sealed])
  return { scope: sha256Text(Buffer.from(`writ-anomaly-scope/v1\0${seen}`)), from, to }
}

function isWanted(one: Pick<AnomalyTally, 'kind' | 'state'>, { kind, state }: AnomalyChoice): boolean {
  return (kind === undefined || one.kind === kind) && (state === undefined || one.state === state)
}

function isAfter(one: AnomalyLine, { last, id }: AnomalyPlace): boolean {
  return one.last < last || (one.last.getTime() === last.getTime() && one.id > id)
}

/** Of one more than a page holds; what is over says that there is a next one. */
function pageOf(listed: readonly ListedAnomaly[], limit: number): Pick<ListedAnomalies, 'anomalies' | 'next'> {
  const anomalies = listed.slice(0, limit)
  const last = anomalies.at(-1)
  return { anomalies, ...(listed.length > limit && last && { next: { last: last.last, id: last.id } }) }
}

function tallyOf(listed: readonly ListedAnomaly[]): readonly AnomalyTally[] {
  return grouped(listed, (one) => [one.kind, stateOf(one)]).map(([[kind, state], of]) => ({
    kind: kind as AnomalyKind,
    state: state as AnomalyState,
    count: of.length,
  }))
}
