import { assetKey } from './asset.ts'
import type { MeasureKind } from './measure.ts'
import {
  type Effect,
  type Holding,
  type Statement,
  type StatementKind,
  statementKinds,
  type TargetResult,
} from './statement.ts'

/** Where a delivery stands by its registry's own words; `silent` until it has said anything. */
export type Answer =
  | 'silent'
  | 'received'
  | 'accepted'
  | 'executed'
  | 'partly'
  | 'waiting'
  | 'nothing'
  | 'refused'
  | 'returned'
  | 'ended'

export const answers = {
  silent: '尚无反馈',
  received: '已签收',
  accepted: '已受理',
  executed: '已控制/已办结',
  partly: '部分办结',
  waiting: '轮候中',
  nothing: '未查到',
  refused: '未予办理',
  returned: '已回退',
  ended: '已失效/注销',
} as const satisfies Record<Answer, string>

/** What "done" is called of each measure: an inquiry controls nothing, and a release leaves nothing controlled. */
const doneWords = {
  inquire: '已查到',
  freeze: '已冻结',
  seal: '已查封',
  'pre-seal': '已预查封',
  extend: '已续行',
  release: '已解除',
  transfer: '已扣划',
  convey: '已办结',
} as const satisfies Record<MeasureKind, string>

/** An answer as a court says it of this measure. */
export function answerWord(answer: Answer, measure: MeasureKind) {
  if (answer === 'executed') return doneWords[measure]
  return answer === 'partly' && measure === 'inquire' ? '部分反馈' : answers[answer]
}

/** A statement as a court says it of this measure. */
export function statementWord(kind: StatementKind, measure: MeasureKind) {
  return kind === 'executed' ? doneWords[measure] : statementKinds[kind]
}

export type Standing = {
  readonly answer: Answer
  readonly holdings: readonly Holding[]
  readonly targets: readonly TargetResult[]
  readonly receivedAt?: Date
  readonly lastSequence: number
}

/**
 * The state of a delivery is nothing but its statements folded by `sequence`: the same set gives the same state in
 * whatever order it arrived, with whatever duplicates (invariant 5). A statement in parts counts when all parts are here.
 * `measure` says what a correction means: an asset that is held is good news of a freeze and bad news of a release.
 */
export function fold(statements: readonly Statement[], measure?: MeasureKind): Standing {
  const told = wholeStatements(statements)
  let holdings: readonly Holding[] = []
  let answer: Answer = 'silent'
  const targets = new Map<string, TargetResult>()
  for (const statement of told) {
    if (restatesHoldings(statement.kind)) holdings = statement.holdings
    for (const target of spokenOf(statement, targets.values())) targets.set(assetKey(target.asset), target)
    answer = answerAfter(answer, statement.kind, { holdings, targets: [...targets.values()], measure })
  }
  // Of the first word, even of a part whose rest is still to come: reception decides priority and is said once.
  const receivedAt = inSequence(statements).find((statement) => statement.receivedAt)?.receivedAt
  const lastSequence = told.at(-1)?.sequence ?? 0
  return { answer, holdings, targets: [...targets.values()], lastSequence, ...(receivedAt && { receivedAt }) }
}

/** True when a registry that numbers its statements has said one that never came, as when we were killed while it answered. */
export function hasGap(statements: readonly Pick<Statement, 'sequence'>[]): boolean {
  const numbers = new Set(statements.map(({ sequence }) => sequence))
  return numbers.size > 0 && Math.max(...numbers) > numbers.size
}

/** Answers after which the registry owes nothing more, though it may still correct itself or activate a waiting seal. */
export function isAnswered(answer: Answer): boolean {
  return answer !== 'silent' && answer !== 'received' && answer !== 'accepted'
}

/**
 * The statements that count, in the order of `sequence`. Parts n = 1 … of follow one another without a gap, so all parts
 * of one series have the same `sequence - n`; joined they stand where the last of them stands.
 */
export function wholeStatements(statements: readonly Statement[]): readonly Statement[] {
  const series = new Map<string, readonly Statement[]>()
  return inSequence(statements).flatMap((statement) => {
    const { part, sequence, kind } = statement
    if (!part) return [statement]
    const name = [kind, sequence - part.n, part.of].join(' ')
    const parts = [...(series.get(name) ?? []), statement]
    series.set(name, parts)
    return parts.length === part.of ? [joined(parts, statement)] : []
  })
}

/**
 * What a statement says of each target. What is refused or sent back as a whole has had no effect on anything, so it
 * speaks of every target that was known, though it names none.
 */
export function spokenOf({ kind, targets }: Statement, known: Iterable<TargetResult>): readonly TargetResult[] {
  if (kind !== 'refused' && kind !== 'returned' && kind !== 'nothing') return targets
  const named = new Set(targets.map(({ asset }) => assetKey(asset)))
  const undone = [...known].filter(({ asset }) => !named.has(assetKey(asset)))
  return [...targets, ...undone.map(({ asset }): TargetResult => ({ asset, effect: 'none' }))]
}

function inSequence(statements: readonly Statement[]): Statement[] {
  const bySequence = new Map<number, Statement>()
  for (const statement of statements)
    if (!bySequence.has(statement.sequence)) bySequence.set(statement.sequence, statement)
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence)
}

function joined(parts: readonly Statement[], last: Statement): Statement {
  return {
    ...last,
    holdings: parts.flatMap((part) => part.holdings),
    targets: parts.flatMap((part) => part.targets),
  }
}

function restatesHoldings(kind: StatementKind): boolean {
  return kind === 'executed' || kind === 'partly' || kind === 'nothing' || kind === 'corrected'
}

type Known = {
  readonly holdings: readonly Holding[]
  readonly targets: readonly TargetResult[]
  readonly measure: MeasureKind | undefined
}

function answerAfter(before: Answer, kind: StatementKind, known: Known): Answer {
  switch (kind) {
    case 'received':
    case 'accepted':
      return acknowledged(before, kind)
    case 'executed':
    case 'partly':
    case 'waiting':
    case 'nothing':
    case 'refused':
    case 'returned':
      return kind
    case 'activated':
    case 'converted':
      return standsAs(known.targets) ?? 'executed'
    case 'ended':
      return standsAs(known.targets) ?? 'ended'
    case 'corrected':
      return corrected(known)
  }
}

/** To have taken something up undoes no answer; only what was refused or sent back is open again by it. */
function acknowledged(before: Answer, kind: 'received' | 'accepted'): Answer {
  const open = before === 'silent' || before === 'refused' || before === 'returned'
  return open || before === 'received' ? kind : before
}

/** What stands on all the targets together: one that was activated or ended says nothing of its neighbours. */
function standsAs(targets: readonly TargetResult[]): Answer | undefined {
  const effects = new Set(targets.map(({ effect }) => effect))
  const [effect] = effects
  return effects.size > 1 ? 'partly' : effect && effectAnswers[effect]
}

const effectAnswers = {
  effective: 'executed',
  waiting: 'waiting',
  ended: 'ended',
  none: 'refused',
} as const satisfies Record<Effect, Answer>

/** A correction carries no verdict of its own: what it restates is the verdict. */
function corrected({ holdings, targets, measure }: Known): Answer {
  if (targets.length === 0) return holdings.length > 0 ? 'executed' : 'nothing'
  if (measure !== 'release' && measure !== 'transfer' && measure !== 'convey') return standsAs(targets) ?? 'refused'
  const done = targets.filter((target) => isDone(target, measure)).length
  return done === targets.length ? 'executed' : done > 0 ? 'partly' : 'refused'
}

/** Done is `ended`; a release of part of the money leaves the rest held and says how much that is. */
function isDone({ effect, amount }: TargetResult, measure: 'release' | 'transfer' | 'convey'): boolean {
  return effect === 'ended' || (measure === 'release' && effect === 'effective' && amount !== undefined)
}
