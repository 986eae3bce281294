import { OpenAPIHono, z } from '@hono/zod-openapi'
import { invalid, problemBody } from './problem.ts'

/** All that travels in Hono's context beside who is calling: the id under which the log knows this call. */
export type Edge = { Variables: { requestId: string } }

/** A surface: the routes for one kind of caller. What fails its schema is a problem like any other. */
export function surface(): OpenAPIHono<Edge> {
  return new OpenAPIHono<Edge>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error, result.target)
    },
  })
}

/** The page of a long list: `after` is the last id seen. */
export const pageQuery = z.object({
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The `next` of a list: the id to pass as `after`, while there may be more. */
export function nextOf(lines: readonly { readonly id: string }[], limit: number): { next?: string } {
  const last = lines.at(-1)
  return last && lines.length >= limit ? { next: last.id } : {}
}

/** A JSON answer as the document describes it. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** Every route can say no. */
export const problems = {
  default: {
    description: '问题 · Problem (RFC 9457)',
    content: { 'application/problem+json': { schema: problemBody } },
  },
} as const

export const idParam = z.object({ id: z.uuid() })

/** Bytes or text that no schema describes. */
export function bytes(mediaType: string, description: string) {
  return { description, content: { [mediaType]: { schema: { type: 'string' as const } } } }
}
