import { html } from 'hono/html'
import type { Needed } from '../../gateway/approvals-needed.ts'
import type { ApprovalRow } from '../../gateway/ports/rows.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { reviewWords as words } from './review-words.ts'

/** How many have to agree to a request that waits, who has, and whether whoever looks is among them. */
export type Agreement = {
  readonly needed: Needed
  readonly given: readonly Pick<ApprovalRow, 'person' | 'role'>[]
  readonly viewer: string
}

export const hasApproved = ({ given, viewer }: Agreement): boolean => given.some(({ person }) => person === viewer)

/** 本请求须 2 名审批人先后审批；已有 1 人审批，还须 1 名审批人审批. Where one is enough there is nothing to say. */
export function agreementPart(agreement: Agreement | undefined): Html | string {
  if (!agreement || agreement.needed.count < 2) return ''
  const { needed } = agreement
  const director = needed.director ? say(words.oneIsDirector) : ''
  const own = hasApproved(agreement) ? html` ${say(words.youApproved)}` : ''
  return html`<p class="notice">${say(words.needs)} ${needed.count} ${say(words.needsMore)}${director}。${givenWord(agreement)}${own}</p>`
}

/** Who must act next is the 执行局长 where their word is the last one needed and has not been given. */
function givenWord({ needed, given }: Agreement): string {
  if (given.length === 0) return ''
  const left = Math.max(1, needed.count - given.length)
  const isDirected = given.some(({ role }) => role === 'enforcement-director')
  const next =
    needed.director && !isDirected && left === 1 ? say(words.stillDirector) : ` ${left} ${say(words.stillPeople)}`
  return `${say(words.given)} ${given.length} ${say(words.givenBy)}${say(words.stillNeeds)}${next}。`
}
