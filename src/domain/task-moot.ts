import { type Control, lastDayOf } from './control.ts'
import type { TaskAbout, TaskKind } from './task.ts'

/** Why nobody has to do a task any more; what is `extended` has been done. */
export const mootReasons = {
  'control-ended': '控制措施已经解除或者失效，无须再办。',
  extended: '已续行',
  'last-day-moved': '期限届满日已经变更，由新的事项替代。',
  'registry-answered': '协助执行单位已经反馈，无须催办。',
  'no-surplus': '已不超出可控制的数额，无须解除。',
  'reminded-again': '已由后一次提醒替代。',
} as const

export type MootReason = keyof typeof mootReasons

/** What is so now, as far as it can make a task moot. */
export type SoNow = {
  readonly controls: readonly Control[]
  readonly isAnswered: (delivery: string) => boolean
  /** Whether a control still holds more than the case may. */
  readonly isSurplus: (control: string) => boolean
}

/** A task that nobody has to do any more: the register ended the control, or extended it, or its day moved, or the silent registry spoke. */
export function mootBy(
  task: { readonly kind: TaskKind; readonly about: TaskAbout },
  now: SoNow,
): MootReason | undefined {
  const { delivery, control: id, lastDay } = task.about
  if (task.kind === 'press-registry') return delivery && now.isAnswered(delivery) ? 'registry-answered' : undefined
  const control = id === undefined ? undefined : now.controls.find((one) => one.id === id)
  if (!control) return undefined
  if (control.effect === 'ended') return 'control-ended'
  if (task.kind === 'release-surplus') return now.isSurplus(control.id) ? undefined : 'no-surplus'
  const ends = lastDayOf(control)
  if (lastDay === undefined || ends === lastDay) return undefined
  return task.kind === 'renew-control' && ends !== undefined && ends > lastDay ? 'extended' : 'last-day-moved'
}
