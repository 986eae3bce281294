import { html } from 'hono/html'
import { z } from 'zod'
import type { Html } from './layout.ts'

/** 法律依据 as a browser sends it: however its lines are broken there, one line. */
export const statuteLine = z
  .string()
  .default('')
  .transform((text) => text.replace(/\s*[\r\n]\s*/g, '').trim())
  .pipe(z.string().max(500))

/** Two lines, so that on a phone too the number of the article is in sight. */
export function statuteField(label: string, value: string, isRequired = true): Html {
  return html`<p><label for="statute">${label}</label><textarea id="statute" name="statute" rows="2" maxlength="500"${isRequired ? ' required' : ''}>${`\n${value}`}</textarea></p>`
}
