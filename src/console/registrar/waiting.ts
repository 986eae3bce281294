import { type CaseFile, makersWaiting } from '../../domain/case-file.ts'
import type { Person } from '../../domain/person.ts'
import { mayConfirmContinuation } from '../../gateway/continue-case.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { People } from '../../gateway/ports/roster.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { say } from '../language.ts'
import { registrarWords as words } from './words.ts'

/** A case in which something waits: who entered it, by their names, and whether whoever looks is one of them. */
export type Check = { readonly file: CaseFile; readonly makers: readonly string[]; readonly isOwn: boolean }

const atOnce = 50

/** What waits within somebody's reach, the oldest first; one more than are shown says that there are more. */
export async function checksFor(
  { reads }: Parts,
  people: People,
  person: Person,
  reach: Parameters<Parts['reads']['casesToConfirm']>[0],
): Promise<{ readonly waiting: readonly Check[]; readonly hasMore: boolean }> {
  const ids = await reads.casesToConfirm(reach, atOnce + 1)
  const files = await reads.casesWith(ids.slice(0, atOnce))
  const names = await people.names([...new Set(files.flatMap(makersIn))])
  const waiting = files.map((file) => {
    const makers = makersIn(file)
    return { file, makers: makers.map((id) => names.get(id) ?? id), isOwn: makers.includes(person.id) }
  })
  return { waiting, hasMore: ids.length > atOnce }
}

/** Whoever entered something of it that waits, and whoever said which case it continues. */
export function makersIn(file: CaseFile): readonly string[] {
  const { continues } = file
  const linked = continues && !continues.confirmedBy ? [continues.enteredBy] : []
  return [...new Set([...makersWaiting(file), ...linked])]
}

/** What of a case waits, in the words of the desk. */
export function waitingWords({ confirmedBy, parties, standingAsked, continues }: CaseFile): readonly string[] {
  const open = parties.filter((party) => !party.confirmedBy).length
  return [
    ...(confirmedBy ? [] : [say(words.newCase)]),
    ...(open > 0 ? [`${say(words.parties)} × ${open}`] : []),
    ...(standingAsked ? [say(words.standing)] : []),
    ...(continues && !continues.confirmedBy ? [say(words.continues)] : []),
  ]
}

/** Whether somebody may confirm what waits now: nobody does who entered any of it. */
export async function mayConfirm({ reads }: Parts, person: Person, file: CaseFile): Promise<boolean> {
  const makers = makersWaiting(file)
  if (makers.length > 0) return !makers.includes(person.id)
  const from = file.continues && (await reads.guardOf(file.continues.case))
  return mayConfirmContinuation(person, file, from)
}

/** Stands for what is to be confirmed as it is now: with it, nobody confirms what was not on the page they read. */
export function markOf({ id, number, judge, parties, standingAsked, continues, ...sums }: CaseFile): string {
  const open = parties.filter((party) => !party.confirmedBy)
  const { claim, costs, lateInterest, fulfilled } = sums
  return sha256(
    JSON.stringify({ id, number, claim, costs, lateInterest, fulfilled, judge, open, standingAsked, continues }),
  )
}
