import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { saveDraft } from '../../gateway/drafts.ts'
import { look } from '../../gateway/look.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { type Later, writeLater } from '../../gateway/write-later.ts'
import { granted } from '../../http/problem.ts'
import { caseAt } from '../../http/reach.ts'
import type { DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'

const laterForm = z.object({
  control: z.string().min(1).max(200),
  once: z.string().min(8).max(100),
  surplus: z.literal('on').optional(),
})

const kinds: readonly Later[] = ['release', 'transfer']

/** From a control to the draft by which it is given up, or by which its money is moved. */
export function laterPages(pages: Hono, { gateway }: ConsoleParts, open: DeskDoor): void {
  const idOf = (c: Context) => c.req.param('id') ?? ''

  for (const kind of kinds)
    pages.post(
      `/cases/:id/${kind}`,
      open('draft.keep', async (c, at) => {
        const { control, once, surplus } = await formOf(c, at.who.token, laterForm)
        const file = await caseAt(gateway, at, idOf(c))
        const what = { kind: 'results.viewed' as const, caseId: file.id }
        const asked = { control, kind, isSurplus: surplus === 'on' }
        const { content } = granted(await look(gateway, at.person, what, () => writeLater(gateway, file, asked)))
        const key = { client: at.person.id, key: sha256(once), digest: sha256(`${kind} ${file.id} ${control}`) }
        const { id } = granted(await saveDraft(gateway, at.person, file.id, content, key))
        return c.redirect(`/drafts/${id}`, 303)
      }),
    )
}
