import { html } from 'hono/html'
import { z } from 'zod'
import { batchTerms } from '../../http/officer/batch-form.ts'
import { pasted, type ReadBatch, readBatch } from '../../http/officer/batch-rows.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { statuteField, statuteLine } from '../statute-field.ts'
import { batchWords as words } from './words.ts'

const line = z.string().trim().max(500).default('')

/** A list and what its rows say alike, as a browser sends them. */
export const batchForm = z.object({
  once: line,
  rows: z.string().default(''),
  file: z.union([z.instanceof(File), z.string()]).optional(),
  again: z.string().optional(),
  statute: statuteLine,
  purpose: line,
  name1: line,
  work1: line,
  duty1: line,
  name2: line,
  work2: line,
  duty2: line,
  phone: line,
})

export type BatchFields = Omit<z.infer<typeof batchForm>, 'file' | 'again'>

/** The list of a form: the file where there is one, else what was pasted. */
export async function listIn({ file, rows }: z.infer<typeof batchForm>): Promise<ReadBatch> {
  const isFile = file instanceof File && file.size > 0
  return readBatch(isFile ? new Uint8Array(await file.arrayBuffer()) : pasted(rows))
}

/** What all rows say alike, as the officer API would have had it; undefined while something is missing. */
export function termsIn(fields: BatchFields): z.infer<typeof batchTerms> | undefined {
  const read = batchTerms.safeParse({
    statute: fields.statute,
    purpose: fields.purpose,
    officers: [
      { name: fields.name1, workCertificate: fields.work1, dutyCertificate: fields.duty1 },
      { name: fields.name2, workCertificate: fields.work2, dutyCertificate: fields.duty2 },
    ],
    contact: { name: fields.name1, phone: fields.phone },
  })
  return read.success ? read.data : undefined
}

export function emptyFields(once: string, name: string): BatchFields {
  const none = { work1: '', duty1: '', name2: '', work2: '', duty2: '', phone: '' }
  const usual = { statute: '《中华人民共和国民事诉讼法》第二百五十三条', purpose: '查明被执行人财产状况' }
  return { once, rows: '', name1: name, ...usual, ...none }
}

/** The same fields unseen, so that what was checked is what is started. */
export function carried(fields: BatchFields, text: string): Html {
  const { rows: _, ...rest } = fields
  const hidden = Object.entries(rest).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`${hidden}<textarea name="rows" hidden>${`\n${text}`}</textarea>`
}

export function fieldsPart(fields: BatchFields): Html {
  return html`<fieldset><legend>${say(words.alike)}</legend>
      <div class="row">${statuteField(say(words.statute), fields.statute)}${field('purpose', say(words.purpose), fields)}</div>
      ${([1, 2] as const).map((nth) => html`<div class="row">${field(`name${nth}`, say(words.personName), fields)}${field(`work${nth}`, say(deskWords.workCertificate), fields)}${field(`duty${nth}`, say(deskWords.dutyCertificate), fields)}</div>`)}
      <div class="row">${field('phone', say(deskWords.phone), fields)}</div></fieldset>`
}

function field(name: keyof BatchFields, label: string, fields: BatchFields): Html {
  return html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${fields[name]}" required maxlength="500"></p>`
}
