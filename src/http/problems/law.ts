import type { Rule } from '../../domain/rules/rule.ts'
import { type RuleCode, rules } from '../../domain/rules.ts'
import type { ProblemEntry } from './entry.ts'

const statuses = { written: 422, facts: 409, who: 403 } as const satisfies Record<
  Rule['breaks'],
  ProblemEntry['status']
>

/** Every rule of law as the problem it is when it is broken. */
export const lawProblems = Object.fromEntries(
  Object.entries(rules).map(([code, rule]) => [code, problemOf(rule)]),
) as Readonly<Record<RuleCode, ProblemEntry>>

function problemOf({ breaks, who, article, zh, en, insteadZh, insteadEn }: Rule): ProblemEntry {
  const title = { zh, en }
  const next = { zh: insteadZh, en: insteadEn }
  return { area: 'law', status: statuses[breaks], who, title, next, article }
}
