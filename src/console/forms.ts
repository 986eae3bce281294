import type { Context } from 'hono'
import { z } from 'zod'
import { Refused } from '../http/problem.ts'
import { sameText } from './browser.ts'

/**
 * Reads a form that was sent from a page of ours: by what the browser says of where it comes from, and by the token that
 * was on the page. Either alone would do; both are asked for.
 */
export async function formOf<Shape extends z.ZodType>(
  c: Context,
  token: string,
  shape: Shape,
): Promise<z.infer<Shape>> {
  if (!isFromHere(c)) throw new Refused('form-foreign')
  const { token: given, ...fields } = await c.req.parseBody({ all: true })
  if (typeof given !== 'string' || !sameText(given, token)) throw new Refused('form-foreign')
  const read = shape.safeParse(fields)
  if (!read.success) {
    const errors = read.error.issues.map(({ path }) => ({ code: 'shape', pointer: `/${path.join('/')}` }))
    throw new Refused('invalid-body', { errors })
  }
  return read.data
}

/**
 * `Sec-Fetch-Site` cannot be set by a page, and does not change when a proxy gives us another `Host`. Where a browser is too
 * old for it, `Origin` must name our own host. Neither: not a browser.
 */
function isFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = c.req.header('origin') ?? ''
  return URL.canParse(origin) && new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host)
}

/** What may be ticked any number of times: a browser sends nothing for none, a text for one. */
export const ticked = z
  .union([z.string().transform((one) => [one]), z.array(z.string()).max(200)])
  .optional()
  .transform((ticks) => ticks ?? [])
