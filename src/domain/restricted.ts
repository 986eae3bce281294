import { type Asset, assetKey } from './asset.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { AskedRequest } from './request.ts'
import type { Holding } from './statement.ts'

/** What an officer should know before a measure goes out, though it does not stop it. */
export const warnings = {
  'priority-right': { zh: '该财产上有优先权', en: 'Somebody has a priority right in it' },
  'state-noted': { zh: '单位注明该账户状态异常', en: 'Its registry notes something about the account' },
  mortgaged: { zh: '该财产已抵押', en: 'It is mortgaged' },
  'held-before': {
    zh: '已有在先冻结或查封，将轮候或仅得余额',
    en: 'Somebody holds it already: ours waits, or gets the rest',
  },
  'nobody-on-duty': {
    zh: '值班审批人与执行局长均无人可以通知，请电话联系；未经审批不会发出',
    en: 'Nobody is on duty and there is no 执行局长 to call: telephone; nothing leaves unapproved',
  },
} as const

export type Warning = keyof typeof warnings

/**
 * Social insurance, wages of migrant workers and the like may not be held, or only for what they are kept for (查扣冻规定
 * 第三条; 保障农民工工资支付条例 第三十三条). Only the registry knows which they are: where its answer says so, a freeze
 * or a transfer states why the law lets it, and takes a second approver.
 */
export function checkRestricted(
  asked: AskedRequest,
  holdings: readonly Holding[],
): Refusal<'account-restricted'> | undefined {
  if (!touchesRestricted(asked, holdings) || (asked.restrictedReason ?? '').trim() !== '') return undefined
  return refuse('account-restricted', 'restrictedReason')
}

/** The words by which banks mark funds that belong to others or to a purpose. Compared with the registry's own text. */
const purposeFunds =
  /社保|社会保险|公积金|维修资金|农民工|工资|党费|团费|工会|保证金|专用存款|专户|备付金|住房资金|托管/

/** True when a freeze or a transfer is aimed at an account that its registry calls restricted. */
export function touchesRestricted({ measure }: Pick<AskedRequest, 'measure'>, holdings: readonly Holding[]): boolean {
  if (measure.kind !== 'freeze' && measure.kind !== 'transfer') return false
  return measure.targets.some(({ asset }) =>
    foundFor(asset, holdings).some(({ restricted }) => purposeFunds.test(restricted ?? '')),
  )
}

/** What the answers of the case's inquiries say of the property a measure is aimed at. */
export function warningsOf(
  { measure }: Pick<AskedRequest, 'measure'>,
  holdings: readonly Holding[],
): readonly Warning[] {
  if (measure.kind === 'inquire' || measure.kind === 'release') return []
  const rights = measure.targets.flatMap(({ asset }) =>
    foundFor(asset, holdings).flatMap(({ encumbrances }) => encumbrances.map(({ kind }) => kind)),
  )
  const isNoted = measure.targets.some(({ asset }) => foundFor(asset, holdings).some(({ restricted }) => restricted))
  const isHeld = rights.some((kind) => kind === 'freeze' || kind === 'seal' || kind === 'pre-seal')
  return [
    ...(rights.includes('priority-right') ? (['priority-right'] as const) : []),
    ...(isNoted ? (['state-noted'] as const) : []),
    ...(rights.includes('mortgage') ? (['mortgaged'] as const) : []),
    ...(isHeld && measure.kind !== 'extend' ? (['held-before'] as const) : []),
  ]
}

const foundFor = (asset: Asset, holdings: readonly Holding[]) =>
  holdings.filter((holding) => assetKey(holding.asset) === assetKey(asset))
