import type { DocumentKind } from '../domain/legal-basis.ts'
import type { TaskKind } from '../domain/task.ts'

/** Every page and list of a case that is looked at. One that is no longer there stays in the logs it is in. */
export const pagesLookedAt = [
  ...(['case', 'timeline', 'progress', 'holdings', 'controls', 'ceiling', 'exhaustion', 'transfers'] as const),
  ...(['request', 'review', 'repetition', 'extension', 'found', 'tasks', 'errand', 'counter', 'batch'] as const),
] as const

/** Every paper that is made of a case when it is looked at, other than those of tasks. */
export const sheetsLookedAt = ['overview', 'findings', 'exhaustion', 'delivered', 'errand'] as const

export type PageLookedAt = (typeof pagesLookedAt)[number]
export type SheetLookedAt = (typeof sheetsLookedAt)[number]

/** At which page or paper somebody looked: codes of closed lists, because what stands in the log names nobody. */
export type LookedAt = `page:${PageLookedAt}` | `sheet:${SheetLookedAt}` | `paper:${DocumentKind}` | `task:${TaskKind}`
