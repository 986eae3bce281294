import type { CaseFile } from '../domain/case-file.ts'
import { ceilingOf } from '../domain/ceiling.ts'
import type { Measure, ReleaseGround, Target } from '../domain/measure.ts'
import { addMoney, compareMoney, type Money, renminbi } from '../domain/money.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { releaseProposal } from '../domain/release-proposal.ts'
import { statuteOfLater } from '../domain/statute.ts'
import { type Origin, originOf } from './control-origin.ts'
import type { Parts } from './parts.ts'
import type { ControlRow } from './ports/rows.ts'

/** What may be begun on a control: to give it up, or to move the money it holds to the account of its case. */
export type Later = Extract<Measure['kind'], 'release' | 'transfer'>

/** A draft as far as the gateway can write it; its papers are new, and why a control is given up only a person knows. */
export type WrittenLater = { readonly kind: 'written'; readonly content: object }

/**
 * Writes what an officer begins on a control: its property, its registry and the control itself, by whom it was asked for.
 * With `isSurplus` the part of it that is held beyond the ceiling, as it is proposed today.
 */
export async function writeLater(
  parts: Parts,
  file: CaseFile,
  {
    control: id,
    kind,
    isSurplus = false,
  }: { readonly control: string; readonly kind: Later; readonly isSurplus?: boolean },
): Promise<WrittenLater | Refusal<'parent-unknown'>> {
  const held = await parts.reads.controls(...(file.line ?? [file.id]))
  const control = held.find((one) => one.id === id && one.effect !== 'ended')
  const origin = control && (await originOf(parts, file, control))
  if (!control || !origin) return refuse('parent-unknown', 'measure.parent')
  const { party, parent, officers, contact } = origin
  const surplus = isSurplus ? surplusOf(control, held, file, parts.clock()) : undefined
  const measure =
    kind === 'release'
      ? { kind, targets: [released(control, origin, surplus?.amount)], parent, ...(surplus && { ground: overSeizure }) }
      : { kind, targets: [moved(control, origin, ceilingOf(file))], parent, currency: control.currency ?? renminbi }
  const basis = { statute: statuteOfLater(kind, file, isSurplus), purpose: purposeOf(kind, control), documents: [] }
  return { kind: 'written', content: { party, measure, registries: [control.registry], basis, officers, contact } }
}

const overSeizure: ReleaseGround = 'over-seizure'

/** What is to be let go of it: of the quota that waits, then of the money; no sum where all of it is. */
function surplusOf(
  { id }: ControlRow,
  held: readonly ControlRow[],
  file: CaseFile,
  now: Date,
): { readonly amount?: Money } | undefined {
  const proposed = releaseProposal(held, ceilingOf(file), now).find((one) => one.control === id)
  if (!proposed) return undefined
  return proposed.whole ? {} : { amount: addMoney(proposed.overQuota, proposed.amount) }
}

function released({ registry }: ControlRow, { target: { asset } }: Origin, amount: Money | undefined): Target {
  return amount ? { asset, scope: 'part', registry, amount } : { asset, scope: 'whole', registry }
}

/** As much as is held, and no more than is owed. */
function moved(control: ControlRow, { target: { asset } }: Origin, ceiling: Money): Target {
  const amount = control.amount as Money | undefined
  const isOver = amount !== undefined && isYuan(control) && compareMoney(amount, ceiling) > 0
  return { asset, scope: 'whole', registry: control.registry, ...(amount && { amount: isOver ? ceiling : amount }) }
}

const isYuan = ({ currency = renminbi }: ControlRow) => currency === renminbi

function purposeOf(kind: Later, { measure }: ControlRow): string {
  if (kind === 'transfer') return '扣划被执行人存款至执行款专户'
  return measure === 'freeze' ? '解除冻结' : measure === 'pre-seal' ? '解除预查封' : '解除查封'
}
