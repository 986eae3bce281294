import { type Asset, assetKey } from '../../domain/asset.ts'
import type { BeijingDate } from '../../domain/beijing-date.ts'
import { isDated } from '../../domain/by-people.ts'
import type { TargetResult } from '../../domain/statement.ts'
import { lastDay } from '../../domain/term.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'
import type { AnswerFields } from './read.ts'

type Asked = Pick<CounterDelivery, 'measure' | 'request' | 'targets'>

/**
 * What a clerk most likely writes of each target: what was asked, from today for as long as was asked; of a correction, what
 * was stated before. Of a paper nothing is filled in: two who read it apart would else agree on what neither has read.
 */
export function usualFields({ measure, request, targets }: Asked, today: BeijingDate): AnswerFields {
  const stated = new Map((targets as unknown as readonly TargetResult[]).map((one) => [assetKey(one.asset), one]))
  const term = isDated(measure) ? termFrom(request.term, measure, today) : undefined
  const lines = (request.targets ?? []).flatMap(({ asset, amount, quantity }, at) => {
    const before = stated.get(assetKey(asset as Asset))
    const asked = measure === 'freeze' ? { amount, quantity } : {}
    const { from, to } = before?.term ?? term ?? {}
    const { controlNo, overQuota } = before ?? {}
    const usual = { ...asked, from, to, controlNo, overQuota, ...sumsIn(before) }
    return Object.entries(usual).flatMap(([name, value]) => (value ? [[`t${at}.${name}`, value] as const] : []))
  })
  return Object.fromEntries(lines)
}

function sumsIn(before: TargetResult | undefined): Readonly<Record<string, string>> {
  return { ...(before?.amount && { amount: before.amount }), ...(before?.quantity && { quantity: before.quantity }) }
}

/** An extension goes on from where the control ended; what begins anew begins on the day it is done, if not later. */
function termFrom(
  asked: CounterDelivery['request']['term'],
  measure: Asked['measure'],
  today: BeijingDate,
): { readonly from: string; readonly to: string } | undefined {
  if (!asked) return undefined
  if ('months' in asked) return measure === 'extend' ? undefined : { from: today, to: lastDay(today, asked.months) }
  const isLater = measure === 'extend' || asked.from > today || asked.to <= today
  return { from: isLater ? asked.from : today, to: asked.to }
}
