import type { Refusal } from './refusal.ts'

/** What becomes of a draft (草稿): it is worked on, it was submitted and is a request now, or it was thrown away. */
export const draftStates = { open: '草稿', submitted: '已提交', discarded: '已删除' } as const

export type DraftState = keyof typeof draftStates

/** What stood against a draft when it was last submitted: the code of a refusal and its place, never what stood there. */
export type Objection = Omit<Refusal, 'kind'>

/** Each objection once, the one that was the answer first. */
export function objectionsOf(answer: Refusal, all: readonly Refusal[]): readonly Objection[] {
  const isSame = (one: Refusal) => one.code === answer.code && one.field === answer.field
  return [answer, ...all.filter((one) => !isSame(one))].map(({ kind: _, ...objection }) => objection)
}
