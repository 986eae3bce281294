import { addMonths, type BeijingDate, toBeijingDate } from '../domain/beijing-date.ts'
import { isLiable, type Party } from '../domain/case-file.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Registry } from '../domain/registry.ts'
import type { AskedRequest } from '../domain/request.ts'
import { ruleOf } from '../domain/rules.ts'
import { dueRound, isPaid } from '../domain/termination.ts'
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
 * where it cannot be asked, an officer is told to, once. A case that fails holds up no other. Returns how many inquiries went out.
 */
export async function inquireTerminated(parts: Parts): Promise<number> {
  const today = toBeijingDate(parts.clock())
  const troubles: unknown[] = []
  let asked = 0
  let after: string | undefined
  for (;;) {
    const page = await parts.reads.terminatedCases({
      before: addMonths(today, -6),
      limit: atOnce,
      ...(after && { after }),
    })
    for (const id of page) {
      try {
        asked += await askInCase(parts, id, today)
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

async function askInCase(parts: Parts, caseId: string, today: BeijingDate): Promise<number> {
  const file = await parts.reads.caseById(caseId)
  const since = file?.terminatedOn && dueRound(file.terminatedOn, today)
  if (!file || !since || isPaid(file)) return 0
  let asked = 0
  for (const party of file.parties.filter(isLiable)) {
    const said = await parts.store.act(caseId, (act) => askAbout(parts, act, party, since))
    if (said.kind === 'asked') asked += 1
    if (isRefusal(said)) await parts.store.act(caseId, (act) => leaveToHand(parts, act, party, since, said.code))
  }
  return asked
}

type Said = { readonly kind: 'asked' | 'not-due' } | Refusal<SubmitCode | 'never-asked'>

async function askAbout(parts: Parts, act: CaseAct, party: Party, since: BeijingDate): Promise<Said> {
  const own = (await act.requestsWith(['inquire'])).filter(({ party: id }) => id === party.id)
  const last = own.at(-1)
  const lately = own.filter(({ submittedAt }) => toBeijingDate(submittedAt) >= since)
  const live = parts.registries().filter(({ measures }) => measures.includes('inquire'))
  const due = live.filter((registry) => !lately.some(({ asked }) => isAskedWhole(asked, registry)))
  if (due.length === 0) return { kind: 'not-due' }
  if (!last) return { kind: 'refused', code: 'never-asked' }
  const next = askedAt(due, last)
  const admitted = await check(parts, act, next)
  if (isRefusal(admitted)) return admitted
  const run = await writeRun(parts, act, last, next)
  const gone = await deliver(parts, act, run, admitted, [])
  return isRefusal(gone) ? gone : { kind: 'asked' }
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
