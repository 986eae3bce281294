import type { CaseNumber } from './case-number.ts'
import { isPreservation } from './case-type.ts'

/** Statutes by their whole names: who is served with a paper does not know what they are called for short. */
export const statutes = {
  civilProcedure: '《中华人民共和国民事诉讼法》',
  procedure: '《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》',
  seizure: '《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》',
  preservation: '《最高人民法院关于人民法院办理财产保全案件若干问题的规定》',
} as const

/** 民诉法 第二百五十三条 speaks of what is frozen, 第二百五十五条 of what is sealed; of what is sealed ahead 法发〔2004〕5号 第十五条. */
export const statuteOfTaking = {
  freeze: `${statutes.civilProcedure}第二百五十三条`,
  seal: `${statutes.civilProcedure}第二百五十五条`,
  'pre-seal': `${statutes.civilProcedure}第二百五十五条；《最高人民法院、国土资源部、建设部关于依法规范人民法院执行和国土资源房地产管理部门协助执行若干问题的通知》第十五条`,
} as const

/** On what a control is given up, or its money moved, where nobody says otherwise; `isSurplus`: it holds more than may be held. */
export function statuteOfLater(
  kind: 'release' | 'transfer',
  { number }: { readonly number: CaseNumber },
  isSurplus: boolean,
): string {
  if (kind === 'transfer') return statuteOfTaking.freeze
  if (isSurplus) return `${statutes.seizure}第十九条第二款`
  return isPreservation(number) ? `${statutes.preservation}第二十三条` : `${statutes.seizure}第二十八条`
}
