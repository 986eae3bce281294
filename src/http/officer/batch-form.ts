import { z } from '@hono/zod-openapi'
import { mostBatchRows } from '../../domain/batch.ts'
import type { SaidRow } from '../../gateway/batches/read-row.ts'
import { words } from '../fields.ts'
import { Refused } from '../problem.ts'
import { contact, officers } from './asked.ts'
import { batchLimits, type ReadBatch, readBatch } from './batch-rows.ts'

const cell = z.string().max(2000)

const saidRow = z.strictObject({
  case: cell.openapi({ example: '（2024）津0116执3456号' }),
  subject: cell.openapi({ description: '姓名、名称、证件号码或当事人 id · name, number or id of the party' }),
  registries: z.array(cell).min(1).max(50).openapi({ description: '代码或名称 · codes or names' }),
  kinds: z.array(cell).max(20).optional().openapi({ description: '留空为该单位所管全部 · left out: all they keep' }),
  measure: cell.optional().openapi({ description: '只能是查询 · nothing but 查询' }),
})

/** A body that can be sent as it is, but for its case and its people: one of `rows` and `file` there must be. */
const example = {
  statute: '民事诉讼法第二百五十三条',
  purpose: '执行生效法律文书',
  officers: [
    { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
    { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
  ],
  contact: { name: '林书远', phone: '022-00000000' },
  rows: [{ case: '（2024）津0116执3456号', subject: '张某某', registries: ['land-120116'] }],
}

const terms = {
  statute: words(500),
  purpose: words(500),
  officers,
  contact,
}

/** What all requests of a batch say alike. */
export const batchTerms = z.object(terms)

export const batchBody = z
  .strictObject({
    ...terms,
    rows: z
      .array(saidRow)
      .min(1)
      .max(mostBatchRows)
      .optional()
      .openapi({ description: 'rows 与 file 二选一 · one of rows and file' }),
    file: z
      .base64()
      .max(Math.ceil(batchLimits.fileBytes / 3) * 4)
      .optional()
      .openapi({ description: 'CSV（UTF-8、GBK）或 .xlsx 的 base64，首行为 案号、被执行人、协助执行单位、财产种类' }),
    again: z
      .boolean()
      .default(false)
      .openapi({ description: '近 7 日内查询过的确需再次查询 · asked lately, and meant' }),
  })
  .openapi('BatchToStart', { example })

/** The rows of a body, numbered from 1 where they are not those of a file. */
export function rowsIn({ rows, file }: z.infer<typeof batchBody>): Pick<ReadBatch, 'rows' | 'errors'> {
  if ((rows === undefined) === (file === undefined)) throw new Refused('batch-list-needed')
  if (file !== undefined) return readBatch(Buffer.from(file, 'base64'))
  const said = (rows ?? []).map(
    ({ kinds = [], measure = '', ...one }, at): SaidRow => ({ row: at + 1, ...one, kinds, measure }),
  )
  return { rows: said, errors: [] }
}
