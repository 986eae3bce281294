import { createHash, randomBytes } from 'node:crypto'
import { refusalOn } from '../domain/authority.ts'
import { toBeijingDate } from '../domain/beijing-date.ts'
import { type CaseStanding, caseStandings } from '../domain/case-file.ts'
import { type CourtCode, courtName } from '../domain/court.ts'
import type { Person } from '../domain/person.ts'
import { maskCaseNumber, type Progress, progressOf } from '../domain/progress.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { ProgressLink } from './ports/progress.ts'

export type ProgressCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'case-sealed'
  | 'progress-link-unknown'
  | 'progress-links-full'

/** For how long a link shows the case, and how many of one case may be alive. */
const aliveDays = 365
const aliveAtMost = 10

export type OpenedLink = {
  readonly kind: 'opened'
  readonly id: string
  readonly until: Date
  readonly entry: string
  /** Told this once; whoever has it sees the progress. */
  readonly token: string
}

/**
 * Opens the progress of a case to whoever holds its link (执行公开): 128 bits that nobody guesses, kept as a digest, so that
 * neither the database nor the log can give it away. A sealed case has no such link.
 */
export async function openProgress(
  parts: Parts,
  by: Person,
  caseId: string,
): Promise<OpenedLink | Refusal<ProgressCode>> {
  const answer = await parts.store.act(caseId, async (act): Promise<OpenedLink | Refusal<ProgressCode>> => {
    const refused = refusalOn(by, 'progress.open', act.file)
    if (refused) return refused
    if (act.file.isSealed) return refuse('case-sealed', 'case')
    const now = parts.clock()
    const alive = (await act.progress.all()).filter((link) => isAlive(link, now))
    if (alive.length >= aliveAtMost) return refuse('progress-links-full')
    const id = parts.newId()
    const token = randomBytes(16).toString('base64url')
    const until = new Date(now.getTime() + aliveDays * 86_400_000)
    await act.progress.add({ id, digest: digestOf(token), openedBy: by.id, openedAt: now, until })
    const entry = await noteOnCase(parts, act, { kind: 'progress.opened', by, about: id })
    return { kind: 'opened', id, until, entry, token }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown') : answer
}

/** Ends a link at once: from here on it leads nowhere. */
export async function closeProgress(
  parts: Parts,
  by: Person,
  { id, caseId }: Pick<ProgressLink, 'id' | 'caseId'>,
): Promise<{ kind: 'closed'; entry: string } | Refusal<ProgressCode>> {
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'closed'; entry: string } | Refusal<ProgressCode>> => {
      const refused = refusalOn(by, 'progress.close', act.file)
      if (refused) return refused
      const link = await act.progress.find(id)
      if (!link || link.endedAt) return refuse('progress-link-unknown')
      await act.progress.end(id, by.id, parts.clock())
      return { kind: 'closed', entry: await noteOnCase(parts, act, { kind: 'progress.closed', by, about: id }) }
    },
  )
  return answer.kind === 'no-such-case' ? refuse('progress-link-unknown') : answer
}

/** What whoever has the link is shown. */
export type ShownProgress = {
  readonly kind: 'shown'
  readonly court: string
  readonly number: string
  readonly standing: (typeof caseStandings)[CaseStanding]
  readonly nodes: readonly Progress[]
  readonly now: Date
}

/** The progress behind a link; one that was ended, ran out or never was leads nowhere, and so does that of a sealed case. */
export async function readProgress(
  { reads, clock }: Pick<Parts, 'reads' | 'clock'>,
  token: string,
): Promise<ShownProgress | Refusal<'progress-link-unknown'>> {
  const now = clock()
  const link = await reads.progressLinkOf(digestOf(token))
  const file = link && isAlive(link, now) ? await reads.caseById(link.caseId) : undefined
  if (!file || file.isSealed) return refuse('progress-link-unknown')
  const filed = await reads.entries({ caseId: file.id, kinds: ['case.confirmed', 'case.imported'], limit: 200 })
  const stages = await reads.stages(file.id)
  return {
    kind: 'shown',
    court: courtName(file.court as CourtCode),
    number: maskCaseNumber(file.number),
    standing: caseStandings[file.standing],
    nodes: progressOf(file, filed.at(-1)?.at, stages, toBeijingDate(now)),
    now,
  }
}

/** True while a link leads somewhere. */
export function isAlive({ until, endedAt }: Pick<ProgressLink, 'until' | 'endedAt'>, now: Date): boolean {
  return endedAt === undefined && until > now
}

function digestOf(token: string): string {
  return createHash('sha256').update(`writ-progress/v1\0${token}`).digest('base64url')
}
