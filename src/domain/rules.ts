import { fundRules } from './rules/fund-rules.ts'
import { groundRules } from './rules/ground-rules.ts'
import { moneyRules } from './rules/money-rules.ts'
import type { Rule } from './rules/rule.ts'
import { standingRules } from './rules/standing-rules.ts'
import { termRules } from './rules/term-rules.ts'

/** The chapters in which the rules are read. */
export const chapters = {
  '案件、当事人与文书 · Cases, parties and papers': standingRules,
  '期限 · Terms': termRules,
  '数额 · Money': moneyRules,
  '案款账户 · Where money may go': fundRules,
  '所依据的措施与审批 · What a measure stands on, and who lets it go': groundRules,
} as const

/**
 * Every rule of law the gateway refuses by, under the code of its refusal. Problems, `docs/law.md` and the table of the
 * law are made from it, so that none of them says something else.
 */
export const rules = { ...standingRules, ...termRules, ...moneyRules, ...fundRules, ...groundRules }

export type RuleCode = keyof typeof rules

/** The rule behind a refusal's code; undefined where it is no rule of law. */
export function ruleOf(code: string): Rule | undefined {
  return Object.hasOwn(rules, code) ? rules[code as RuleCode] : undefined
}
