import { addDays, addMonths, type BeijingDate, toBeijingDate } from '../domain/beijing-date.ts'
import { type CaseFile, isLiable, type Party } from '../domain/case-file.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Registry } from '../domain/registry.ts'
import type { AskedRequest } from '../domain/request.ts'
import { ruleOf } from '../domain/rules.ts'
import { dueRound, isPaid, monthsAsked, monthsBetween, nextRound } from '../domain/termination.ts'
import { sha256Text } from '../ledger/record.ts'
import { deliver } from './deliver.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { raiseTasks } from './raise-tasks.ts'
import { writeRun } from './repeat.ts'
import { check, type SubmitCode } from './submit.ts'

const atOnce = 200

/**
 * One round over the cases in 终本: about every debtor of each, every registry that is live is asked once in each half-year for
 * five years (终本规定 第九条第二款), in the name of whoever asked last. A registry that was asked about him in the half-year
 * for all that it keeps, by hand or because it holds a freeze, is not asked again. It stops when the case is resumed or paid;
 * where it cannot be asked, an officer is told to, once. A case that fails holds up no other. Only a case that may have
 * something to ask is locked: one that was settled is passed over until its next half-year, until a registry comes or goes,
 * or until something happens in it. Returns how many inquiries went out.
 */
export async function inquireTerminated(parts: Parts): Promise<number> {
  const today = toBeijingDate(parts.clock())
  const live = liveIn(parts)
  const due = {
    ...{ from: addMonths(today, -monthsAsked), before: addMonths(today, -monthsBetween), today },
    ...{ among: digestOf(live), limit: atOnce },
  }
  const troubles: unknown[] = []
  let asked = 0
  let after: string | undefined
  for (;;) {
    const page = await parts.reads.terminatedCases({ ...due, ...(after && { after }) })
    for (const id of page) {
      try {
        asked += await askInCase(parts, id, today)
        await parts.store.act(id, (act) => settleIn(act, today, live))
      } catch (fault) {
        troubles.push(fault)
      }
    }
    after = page.at(-1)
    if (page.length < atOnce) break
  }
  if (asked > 0) parts.wake()
  if (troubles.length > 0) throw troubles[0]
  return asked
}

const liveIn = (parts: Parts): readonly Registry[] =>
  parts.registries().filter(({ measures }) => measures.includes('inquire'))

/** The same for the same registries that keep the same, in whatever order they are told. */
function digestOf(live: readonly Registry[]): string {
  const told = live.map(({ code, assetClasses }) => `${code} ${[...assetClasses].sort().join(' ')}`).sort()
  return sha256Text(Buffer.from(`writ-settled-among/v1\0${told.join('\n')}`))
}

async function askInCase(parts: Parts, caseId: string, today: BeijingDate): Promise<number> {
  const file = await parts.reads.caseById(caseId)
  const since = file && roundOf(file, today)
  if (!since) return 0
  let asked = 0
  for (const party of file.parties.filter(isLiable)) {
    const said = await parts.store.act(caseId, (act) => askAbout(parts, act, party, since))
    if (said.kind === 'asked') asked += 1
    if (isRefusal(said)) await parts.store.act(caseId, (act) => leaveToHand(parts, act, party, since, said.code))
  }
  return asked
}

/** The half-year in which a case is to be asked about; undefined where it is over, or nothing is owed any more. */
const roundOf = (file: CaseFile, today: BeijingDate): BeijingDate | undefined =>
  isPaid(file) ? undefined : file.terminatedOn && dueRound(file.terminatedOn, today)

/**
 * Looked at once more under the lock: whatever happened since it was asked about is either seen here or takes a number after.
 * Who could not be asked about is tried again tomorrow; about whom nobody ever asked, when somebody does.
 */
async function settleIn(act: CaseAct, today: BeijingDate, live: readonly Registry[]): Promise<{ kind: 'settled' }> {
  const { terminatedOn } = act.file
  const since = roundOf(act.file, today)
  const tomorrow = addDays(today, 1)
  const inquired = since ? await act.requestsWith(['inquire']) : []
  const isRefused = ({ id }: Party) => {
    const own = inquired.filter(({ party }) => party === id)
    return own.length > 0 && since !== undefined && unasked(live, own, since).length > 0
  }
  const until = act.file.parties.filter(isLiable).some(isRefused)
    ? tomorrow
    : ((terminatedOn && nextRound(terminatedOn, today)) ?? tomorrow)
  await act.settle({ until, among: digestOf(live) })
  return { kind: 'settled' }
}

type Said = { readonly kind: 'asked' | 'not-due' } | Refusal<SubmitCode | 'never-asked'>

async function askAbout(parts: Parts, act: CaseAct, party: Party, since: BeijingDate): Promise<Said> {
  const own = (await act.requestsWith(['inquire'])).filter(({ party: id }) => id === party.id)
  const last = own.at(-1)
  const due = unasked(liveIn(parts), own, since)
  if (due.length === 0) return { kind: 'not-due' }
  if (!last) return { kind: 'refused', code: 'never-asked' }
  const next = askedAt(due, last)
  const admitted = await check(parts, act, next)
  if (isRefusal(admitted)) return admitted
  const run = await writeRun(parts, act, last, next)
  const gone = await deliver(parts, act, run, admitted, [])
  return isRefusal(gone) ? gone : { kind: 'asked' }
}

/** The registries that are still to be asked in this half-year. */
function unasked(live: readonly Registry[], own: readonly RequestRow[], since: BeijingDate): readonly Registry[] {
  const lately = own.filter(({ submittedAt }) => toBeijingDate(submittedAt) >= since)
  return live.filter((registry) => !lately.some(({ asked }) => isAskedWhole(asked, registry)))
}

/** Whether a registry was asked for every class of property it keeps. */
function isAskedWhole({ registries, measure }: AskedRequest, { code, assetClasses }: Registry): boolean {
  return (
    measure.kind === 'inquire' && registries.includes(code) && assetClasses.every((one) => measure.kinds.includes(one))
  )
}

/** The same inquiry at these registries, for all they keep; movements of an account are not asked for again. */
function askedAt(registries: readonly Registry[], { asked }: RequestRow): AskedRequest {
  const { respondBy: _, ...rest } = asked
  const kinds = [...new Set(registries.flatMap(({ assetClasses }) => assetClasses))]
  return { ...rest, registries: registries.map(({ code }) => code), measure: { kind: 'inquire', kinds } }
}

/** Said once for each half-year: whoever works on the case asks by hand, and that counts. */
async function leaveToHand(
  parts: Parts,
  act: CaseAct,
  { id: party }: Party,
  since: BeijingDate,
  code: string,
): Promise<{ readonly kind: 'told' }> {
  const event = { kind: 'reinquiry-refused' as const, at: parts.clock(), party, since }
  if ((await act.tasks.known([`ask-again:${party}:${since}`])).length > 0) return { kind: 'told' }
  const entry = await noteOnCase(parts, act, { kind: 'task.raised', about: event.kind })
  const owner = act.file.members[0] ?? act.file.enteredBy
  const why = await act.keep('task', Buffer.from(wordsOf(code)))
  await raiseTasks(parts, act, [event], { entry, owner, words: why.id })
  return { kind: 'told' }
}

const wordsOf = (code: string): string =>
  code === 'never-asked' ? '本案尚未查询过该被执行人' : (ruleOf(code)?.zh ?? code)
