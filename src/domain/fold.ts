import { assetKey } from './asset.ts'
import type { Holding, Statement, StatementKind, TargetResult } from './statement.ts'

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

export const answers: Record<Answer, string> = {
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
 */
export function fold(statements: readonly Statement[]): Standing {
  const told = complete(inSequence(statements))
  let holdings: readonly Holding[] = []
  let answer: Answer = 'silent'
  const targets = new Map<string, TargetResult>()
  for (const statement of told) {
    if (restatesHoldings(statement.kind)) holdings = statement.holdings
    for (const target of statement.targets) targets.set(assetKey(target.asset), target)
    answer = answerAfter(statement, holdings, [...targets.values()]) ?? answer
  }
  const receivedAt = told.find((statement) => statement.receivedAt)?.receivedAt
  const lastSequence = told.at(-1)?.sequence ?? 0
  return { answer, holdings, targets: [...targets.values()], lastSequence, ...(receivedAt && { receivedAt }) }
}

/** Answers after which the registry owes nothing more, though it may still correct itself or activate a waiting seal. */
export function isAnswered(answer: Answer): boolean {
  return answer !== 'silent' && answer !== 'received' && answer !== 'accepted'
}

function inSequence(statements: readonly Statement[]): Statement[] {
  const bySequence = new Map<number, Statement>()
  for (const statement of statements)
    if (!bySequence.has(statement.sequence)) bySequence.set(statement.sequence, statement)
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence)
}

/** Joins the parts 1…of that follow one another; an unfinished series is left out until its last part comes. */
function complete(ordered: readonly Statement[]): Statement[] {
  const whole: Statement[] = []
  let open: Statement[] = []
  for (const statement of ordered) {
    if (!statement.part) {
      whole.push(statement)
      continue
    }
    open = statement.part.n === 1 ? [statement] : [...open, statement]
    if (statement.part.n === statement.part.of && open.length === statement.part.of) whole.push(joined(open, statement))
  }
  return whole
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

function answerAfter(
  { kind }: Statement,
  holdings: readonly Holding[],
  targets: readonly TargetResult[],
): Answer | undefined {
  switch (kind) {
    case 'received':
    case 'accepted':
    case 'executed':
    case 'partly':
    case 'waiting':
    case 'nothing':
    case 'refused':
    case 'returned':
    case 'ended':
      return kind
    case 'activated':
    case 'converted':
      return 'executed'
    case 'corrected':
      return correctedAnswer(holdings, targets)
  }
}

/** A correction carries no verdict of its own: what it restates is the verdict. */
function correctedAnswer(holdings: readonly Holding[], targets: readonly TargetResult[]): Answer {
  if (targets.length === 0) return holdings.length > 0 ? 'executed' : 'nothing'
  const effects = new Set(targets.map((target) => target.effect))
  if (effects.size > 1) return 'partly'
  if (effects.has('effective')) return 'executed'
  if (effects.has('waiting')) return 'waiting'
  return effects.has('ended') ? 'ended' : 'refused'
}
