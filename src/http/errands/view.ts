import { z } from '@hono/zod-openapi'
import type { ErrandStanding, Reading } from '../../domain/errand.ts'
import type { Person } from '../../domain/person.ts'
import type { AtCounter } from '../../gateway/by-people/at-counter.ts'
import { isEarly } from '../../gateway/by-people/compare.ts'
import { enteredFrom } from '../../gateway/by-people/errand.ts'
import { type CounterDelivery, counterDelivery, viewCounterDelivery } from '../clerk/view.ts'
import { given } from '../fields.ts'

const visit = z.object({
  address: z.string(),
  route: z.string().optional(),
  hours: z.string().optional(),
  phone: z.string().optional(),
})

/** An errand on its way: what is carried, how far the two and the third have come. */
export const errandView = counterDelivery
  .extend({
    caseId: z.uuid(),
    visit: visit.optional(),
    stage: z.enum(['to-set-out', 'to-enter', 'to-compare', 'answered', 'withdrawn']).openapi({
      description: '待出发、待录入、待核对、已反馈、已撤回 · what is to be done next',
    }),
    round: z.int().openapi({ description: '第几轮录入 · two entries make a round' }),
    entered: z.int().openapi({ description: '本轮已录入人数 · how many of the two have entered' }),
    hasEntered: z.boolean().openapi({ description: '您曾参与录入 · so you may not compare' }),
    mayEnter: z.boolean(),
    mayCompare: z.boolean(),
    fields: z.array(z.string()).openapi({ description: '上一轮不符的项目 · where the round before went wrong' }),
    agreed: z.looseObject({}).optional().openapi({
      description: '两人一致录入的内容，只向未参与录入的人员显示 · shown to who has not entered, and to nobody else',
    }),
    own: z.looseObject({}).optional().openapi({
      description: '您本人上一轮录入的内容，他人的不显示 · what you entered yourself in the round before, to be mended',
    }),
    receivedEarly: z.literal(true).optional().openapi({
      description:
        '所载收到时间早于请求发出或出发时间 · the paper is older than the errand: a second tick is asked for',
    }),
  })
  .openapi('Errand')

export type ErrandView = z.infer<typeof errandView>

export function viewErrand(
  at: AtCounter,
  standing: ErrandStanding,
  receipts: CounterDelivery['receipts'],
  { person, now, own }: { readonly person: Person; readonly now: Date; readonly own?: Reading | undefined },
): ErrandView {
  const { row, counter } = at
  const { round, entered, readers, fields, agreed } = standing
  const isOut = row.phase === 'handed' || row.phase === 'answered'
  const hasEntered = readers.includes(person.id)
  const { visit: where } = counter.registered
  const mayEnter = isOut && !agreed && !entered.includes(person.id)
  return {
    ...viewCounterDelivery(at, receipts, now),
    caseId: row.caseId,
    ...(where && { visit: given({ ...where }) }),
    stage: stageOf(at.row, standing),
    ...{ round, entered: entered.length, hasEntered, fields: [...fields] },
    mayEnter,
    ...(mayEnter && fields.length > 0 && own && { own: { ...own } }),
    mayCompare: agreed !== undefined && !hasEntered,
    ...(agreed && !hasEntered && { agreed: { ...agreed } }),
    ...(agreed && !hasEntered && isEarly(at, enteredFrom(agreed).statement.receivedAt) && { receivedEarly: true }),
  }
}

/** What is to be done next with an errand: the same on its page and in a list. */
export function stageOf(
  row: { readonly phase: string; readonly answer: string },
  { entered, agreed, fields }: ErrandStanding,
): ErrandView['stage'] {
  if (row.phase === 'withdrawn') return 'withdrawn'
  if (agreed) return 'to-compare'
  if (row.phase === 'ready') return 'to-set-out'
  const isSettled = row.phase === 'answered' && entered.length === 0 && fields.length === 0
  return isSettled && row.answer !== 'received' && row.answer !== 'accepted' ? 'answered' : 'to-enter'
}
