import type { CaseFile } from '../domain/case-file.ts'
import { ceilingOf } from '../domain/ceiling.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import { dropMoot, ownerOf, raiseTasks, surplusIn } from './raise-tasks.ts'

/** What decides how much may be held for a case. */
export type Sums = Pick<CaseFile, 'claim' | 'costs' | 'lateInterest' | 'fulfilled'>

/**
 * Proposes to let go what is held beyond the sum of the case: once for each freeze that holds too much, for as long as nobody
 * has ended the task. It goes to whoever asked for that freeze.
 */
export async function proposeRelease(parts: Parts, act: CaseAct, entry: string): Promise<void> {
  const at = parts.clock()
  const surplus = surplusIn(act, await act.controls(), at)
  if (surplus.length === 0) return
  const open = (await act.tasks.open()).filter(({ kind }) => kind === 'release-surplus')
  const fresh = surplus.filter(({ control }) => open.every(({ about }) => about.control !== control))
  for (const { control, delivery } of fresh) {
    const owner = await ownerOf(act, delivery)
    await raiseTasks(parts, act, [{ kind: 'ceiling-reached', at, control, delivery }], { entry, owner })
  }
}

/**
 * The same where it is the claim that has moved and no registry has said anything: money came, or the case system has
 * amended the sums. When it falls more may be held than is owed, and when it rises a proposal may have become moot. `sums`
 * are those from now on; the act still has the case as it was locked.
 */
export async function followClaim(parts: Parts, act: CaseAct, sums: Sums, entry: string): Promise<void> {
  const { lateInterest: _, fulfilled: __, ...rest } = act.file
  const file: CaseFile = { ...rest, ...sums }
  if (ceilingOf(file) === ceilingOf(act.file)) return
  const now: CaseAct = { ...act, file }
  await dropMoot(parts, now, entry)
  await proposeRelease(parts, now, entry)
}
