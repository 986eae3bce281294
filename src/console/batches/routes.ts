import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { assetClassList } from '../../domain/asset.ts'
import type { BatchDeed } from '../../domain/batch.ts'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { holdBatch } from '../../gateway/batches/hold.ts'
import { startBatch, withoutRepeats } from '../../gateway/batches/start.ts'
import { type Weighed, weighBatch } from '../../gateway/batches/weigh.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { exportBatch, mostExported } from '../../http/officer/batch-export.ts'
import { batchTemplate, batchWorkbook, corrected, errorsOf, type ReadBatch } from '../../http/officer/batch-rows.ts'
import { rowsShown, viewBatch } from '../../http/officer/batch-view.ts'
import { batchAt, csvHeaders, workbookHeaders } from '../../http/officer/batches.ts'
import { granted } from '../../http/problem.ts'
import { catalogue } from '../../http/problem-catalogue.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formTrouble } from '../form-trouble.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { batchForm, emptyFields, listIn, termsIn } from './form.ts'
import { lastSaid } from './last-said.ts'
import { type Checked, type NewShown, newBatchPage } from './new-page.ts'
import { batchesPage, batchPage } from './page.ts'

const batchesOnAPage = 20
const rowsOnAPage = 100

/** Batches of inquiries, as the officer API has them: a list is checked, then started, followed, paused and stopped. */
export function batchPages(pages: Hono, { gateway, registries }: ConsoleParts, open: DeskDoor): void {
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code
  const askable = async () =>
    (await registries.all())
      .filter(({ state, measures }) => state === 'live' && measures.includes('inquire'))
      .map(({ code: id, name, assetClasses }) => ({
        ...{ id, name },
        kinds: assetClassList.filter((one) => assetClasses.includes(one)),
      }))
  const form = async (shown: Omit<NewShown, 'registries'>, at: AtDesk) =>
    newBatchPage({ ...shown, registries: await askable() }, at)

  pages.get(
    '/batches',
    open('batch.keep', async (c, at) => {
      const after = c.req.query('after')
      const own = await reads.batches({ maker: at.person.id, limit: batchesOnAPage, ...(after && { after }) })
      const views = await Promise.all(own.map((batch) => viewBatch(gateway, batch)))
      const next = own.length === batchesOnAPage ? own.at(-1)?.id : undefined
      return c.html(batchesPage(views, next, at))
    }),
  )

  pages.get(
    '/batches/new',
    open('batch.keep', async (c, at) => {
      const begun = emptyFields(gateway.newId(), at.person.name)
      return c.html(await form({ fields: { ...begun, ...(await lastSaid(gateway, at.person)) } }, at))
    }),
  )

  pages.get(
    '/batches/template',
    open('batch.keep', async (c) => c.body(Buffer.from(batchTemplate()), 200, csvHeaders('批量查询清单'))),
  )

  pages.get(
    '/batches/template.xlsx',
    open('batch.keep', async (c) => {
      const workbook = batchWorkbook(await askable())
      return c.body(Buffer.from(workbook), 200, workbookHeaders('批量查询清单'))
    }),
  )

  const brought = async (c: Context, at: AtDesk) => {
    const { file, again, ...fields } = await formOf(c, at.who.token, batchForm)
    const list = await listIn({ ...fields, ...(file !== undefined && { file }) })
    return {
      fields: { ...fields, rows: list.text || fields.rows },
      list,
      terms: termsIn(fields),
      again: again === 'on',
    }
  }

  pages.post(
    '/batches/check',
    open('batch.keep', async (c, at) => {
      const { fields, list, terms } = await brought(c, at)
      if (!terms) return c.html(await form({ fields, trouble: formTrouble() }, at), 422)
      const checked = checkedOf(list, await weighBatch(gateway, at.person, terms, list.rows))
      return c.html(await form({ fields, checked }, at))
    }),
  )

  pages.post(
    '/batches/corrected',
    open('batch.keep', async (c, at) => {
      const { list, terms, fields } = await brought(c, at)
      if (!terms) return c.html(await form({ fields, trouble: formTrouble() }, at), 422)
      const weighed = withoutRepeats(await weighBatch(gateway, at.person, terms, list.rows))
      return c.body(Buffer.from(corrected(list.rows, errorsOf(weighed))), 200, csvHeaders('批量查询清单 标注错误'))
    }),
  )

  pages.post(
    '/batches',
    open('batch.keep', async (c, at) => {
      const { fields, list, terms, again } = await brought(c, at)
      if (!terms) return c.html(await form({ fields, trouble: formTrouble() }, at), 422)
      const none: Weighed = { alike: [], rows: [] }
      if (list.errors.length > 0) return c.html(await form({ fields, checked: checkedOf(list, none) }, at), 422)
      const digest = sha256(JSON.stringify([list.rows, terms, again]))
      const once = { client: at.person.id, key: sha256(`batch ${fields.once}`), digest }
      const started = granted(await startBatch(gateway, at.person, { terms, rows: list.rows, again }, once))
      if (started.kind !== 'objected') return c.redirect(`/batches/${started.id}`, 303)
      const shown = { fields, checked: checkedOf(list, started.weighed), trouble: catalogue['batch-list-refused'] }
      return c.html(await form(shown, at), 422)
    }),
  )

  pages.get(
    '/batches/:id',
    open('batch.keep', async (c, at) => {
      const batch = await batchAt(gateway, at, idOf(c))
      const after = numberIn(c.req.query('after'))
      const page = { limit: rowsOnAPage, ...(after !== undefined && { after }) }
      const rows = await rowsShown(gateway, at.person, batch, page)
      const next = rows.length === rowsOnAPage ? rows.at(-1)?.row : undefined
      const view = await viewBatch(gateway, batch)
      return c.html(batchPage({ view, rows, nameOf, ...(next !== undefined && { next }) }, at))
    }),
  )

  pages.get(
    '/batches/:id/export',
    open('batch.keep', async (c, at) => {
      const batch = await batchAt(gateway, at, idOf(c))
      const page = { limit: mostExported, skip: mostExported * (numberIn(c.req.query('part')) ?? 0) }
      const { bytes } = await exportBatch(gateway, at.person, batch, page, at.mark)
      return c.body(Buffer.from(bytes), 200, csvHeaders(exportName(batch.startedAt, page.skip)))
    }),
  )

  const holds: readonly (readonly [BatchDeed, string])[] = [
    ['pause', '/batches/:id/pause'],
    ['resume', '/batches/:id/resumption'],
    ['stop', '/batches/:id/stop'],
  ]
  for (const [deed, path] of holds)
    pages.post(
      path,
      open('batch.keep', async (c, at) => {
        await formOf(c, at.who.token, z.object({}))
        const { id } = await batchAt(gateway, at, idOf(c))
        granted(await holdBatch(gateway, at.person, id, deed))
        return c.redirect(`/batches/${id}`, 303)
      }),
    )
}

/** A row number in an address; anything else is the beginning. */
function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

function checkedOf({ rows, errors, text }: ReadBatch, weighed: Weighed): Checked {
  const bad = weighed.rows.filter(({ objections }) => objections.length > 0).length
  return {
    rows: rows.length,
    good: rows.length - bad,
    bad,
    lately: weighed.rows.flatMap(({ row, askedOn }) => (askedOn === undefined ? [] : [{ row, askedOn }])),
    errors: [...errors, ...errorsOf(weighed)],
    text,
    said: rows,
  }
}

/** The day of a batch tells one's own batches apart, and the part says which of its rows are in the file. */
const exportName = (startedAt: Date, skip: number): string =>
  `批量查询结果 ${toBeijingDate(startedAt)}${skip > 0 ? ` 第${skip + 1}行起` : ''}`
