import { z } from '@hono/zod-openapi'
import { maskedWords } from '../../domain/mask.ts'
import { taskKindList, taskKinds, taskName } from '../../domain/task.ts'
import type { TaskRow } from '../../gateway/ports/tasks.ts'
import { masking } from '../shown.ts'

const time = z.iso.datetime()

export const taskView = z
  .object({
    id: z.uuid(),
    caseId: z.uuid(),
    case: z.string(),
    kind: z.object({ code: z.enum(taskKindList), zh: z.string(), en: z.string() }),
    article: z.string().openapi({ description: '依据；注明“设计”的期限可由法院自定 · its article' }),
    paper: z.string().openapi({ description: '应当制作的文书 · the paper that goes with it' }),
    printout: z.string().openapi({ description: '文书打印页 · where the paper is printed' }),
    about: z.object({
      request: z.uuid().optional(),
      delivery: z.uuid().optional(),
      control: z.uuid().optional(),
      party: z.string().optional(),
      lastDay: z.iso.date().optional(),
      daysBefore: z.int().optional(),
      letter: z.int().optional().openapi({ description: '第几次催办，自第二次起 · which letter, from the second on' }),
    }),
    owner: z.string(),
    due: time.openapi({ description: '办理期限，至该时刻止 · done before this moment' }),
    overdue: z.boolean(),
    raisedAt: time,
    raisedBy: z.string(),
    entry: z.uuid(),
    words: z.string().optional(),
    state: z.enum(['open', 'done', 'dropped']),
    ending: z.object({ by: z.string(), at: time, entry: z.uuid(), note: z.string() }).optional(),
    ...masking,
  })
  .openapi('Task')

export type TaskView = z.infer<typeof taskView>

/** A task as those on the case see it; of what people wrote everybody else sees that there is something. */
export function viewTask(row: TaskRow, caseNumber: string, now: Date, isPlain: boolean): TaskView {
  const { id, caseId, kind, about, owner, due, raisedAt, raisedBy, entry, words, ending } = row
  const { article, paper } = taskKinds[kind]
  const shown = (text: string) => (isPlain ? text : maskedWords)
  return {
    ...{
      id,
      caseId,
      case: caseNumber,
      kind: { code: kind, ...taskName(kind, about) },
      article,
      paper,
      owner,
      raisedBy,
      entry,
    },
    printout: `/v1/tasks/${id}/printout`,
    about: { ...about },
    due: due.toISOString(),
    overdue: !ending && due <= now,
    raisedAt: raisedAt.toISOString(),
    ...(words !== undefined && { words: shown(words) }),
    state: ending?.outcome ?? 'open',
    ...(ending && {
      ending: { by: ending.by, at: ending.at.toISOString(), entry: ending.entry, note: shown(ending.note) },
    }),
    ...(!isPlain && { isMasked: true as const }),
  }
}
