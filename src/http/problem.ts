import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ZodError } from 'zod'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { LogRolledBackFault } from '../gateway/guarded.ts'
import { catalogue, isProblemCode, type ProblemCode } from './problem-catalogue.ts'
import { actors, type ProblemEntry } from './problems/entry.ts'

const said = z.object({ zh: z.string(), en: z.string() })
const place = z.object({ code: z.string(), pointer: z.string().optional(), field: z.string().optional() })

/** The body of every refusal: RFC 9457. It never repeats the refused value. */
export const problemBody = z
  .object({
    type: z.string().openapi({ example: '/docs/errors#money-decimals' }),
    title: z.string(),
    title_en: z.string(),
    status: z.int(),
    code: z.string().openapi({ example: 'money-decimals' }),
    who: said.extend({ role: z.string() }),
    next: said,
    instance: z.string().openapi({ example: 'urn:uuid:0198c0de-0000-7000-8000-000000000000' }),
    pointer: z.string().optional().openapi({ example: '/measure/targets/0/amount' }),
    field: z.string().optional(),
    article: z.string().optional().openapi({ example: '民诉法解释（2022）第四百八十五条第二款' }),
    detail: z
      .record(z.string(), z.string())
      .optional()
      .openapi({ example: { endedOn: '2025-06-02' } }),
    errors: z.array(place).optional(),
    checks: z.record(z.string(), z.string()).optional(),
    error: z.string().optional().openapi({ description: 'RFC 6749 section 5.2', example: 'invalid_client' }),
  })
  .openapi('Problem')

/** Where a problem lies, and what else its reader needs. */
export type ProblemDetails = {
  readonly field?: string
  readonly pointer?: string
  readonly errors?: readonly z.infer<typeof place>[]
  /** What a rule was measured against: days, limits, kinds of paper; never who or what. */
  readonly detail?: Readonly<Record<string, string>>
  readonly checks?: Readonly<Record<string, string>>
  /** What OAuth calls it (RFC 6749 section 5.2), for whoever reads that alone. */
  readonly error?: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A "no" on its way out of a route. Below this room a refusal is a value; here it ends the call, so it is thrown once
 * and answered in one place.
 */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** What an act granted; its refusal ends the call with the problem of the same code. */
export function granted<T>(answer: T): Exclude<T, Refusal> {
  if (!isRefusal(answer)) return answer as Exclude<T, Refusal>
  if (!isProblemCode(answer.code)) throw new TypeError(`the code ${answer.code} is not in the catalogue`)
  throw new Refused(answer.code, { ...placeOf(answer.field), ...(answer.detail && { detail: answer.detail }) })
}

/** What was found; what is not here, or not for this caller, ends the call: the two look the same from outside. */
export function found<T>(thing: T | undefined, code: ProblemCode = 'not-found'): T {
  if (thing === undefined) throw new Refused(code)
  return thing
}

/** A problem as it is written down; `call` is the id under which the log knows it. */
export function problemBodyOf(code: ProblemCode, call: string, rest: ProblemDetails = {}): z.infer<typeof problemBody> {
  const entry: ProblemEntry = catalogue[code]
  return {
    type: `/docs/errors#${code}`,
    title: entry.title.zh,
    title_en: entry.title.en,
    status: entry.status,
    code,
    who: { role: entry.who, ...actors[entry.who] },
    next: entry.next,
    instance: `urn:uuid:${call}`,
    ...(rest.field !== undefined && { field: rest.field }),
    ...(rest.pointer !== undefined && { pointer: rest.pointer }),
    ...(entry.article !== undefined && { article: entry.article }),
    ...(rest.detail && { detail: { ...rest.detail } }),
    ...(rest.errors && { errors: [...rest.errors] }),
    ...(rest.checks && { checks: rest.checks }),
    ...(rest.error !== undefined && { error: rest.error }),
  }
}

/** A problem as a response. */
export function problem(c: Context, code: ProblemCode, details: ProblemDetails = {}): Response {
  const { headers } = details
  const { status }: ProblemEntry = catalogue[code]
  const body = problemBodyOf(code, c.get('requestId'), details)
  const standing = { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' }
  return c.body(JSON.stringify(body), status, { ...standing, ...headersFor(status), ...headers })
}

/** Turns whatever ended a call early into its problem; `report` hears of what is broken, never of a "no". */
export function problemOfError(
  c: Context,
  error: Error,
  report: (fault: unknown, requestId: string) => void,
): Response {
  if (error instanceof Refused) return problem(c, error.code, error.details)
  if (error instanceof HTTPException) {
    const code = codeOfStatus[error.status]
    if (code) return problem(c, code)
  }
  if (error instanceof LogRolledBackFault) return problem(c, 'log-rolled-back')
  if (hungUp(error)) return problem(c, 'request-too-slow')
  if (holdsNul(error)) return problem(c, /%00/.test(c.req.url) ? 'invalid-parameter' : 'invalid-body')
  report(error, c.get('requestId'))
  return problem(c, isOfDatabase(error) ? 'not-committed' : 'internal')
}

/** The caller went away in the middle of its body, in Node's words: nobody reads this answer, and nothing here is broken. */
function hungUp(error: Error): boolean {
  return error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET'
}

/** NUL in what a caller sent: no text of the database can hold it, so nothing was written and nothing is broken (22021). */
function holdsNul(error: Error): boolean {
  return isOfDatabase(error) && 'sqlState' in error && error.sqlState === '22021'
}

/** The store's faults name themselves; the store itself is never imported here. */
function isOfDatabase(error: Error): boolean {
  return 'code' in error && (error.code === 'DATABASE_FAILED' || error.code === 'DATABASE_BUSY')
}

/** A body or a parameter that failed its schema. When only a domain parser said no, the problem is the parser's own. */
export function invalid(error: ZodError, target: string): Refused {
  if (target === 'param') return new Refused('not-found')
  const isBody = target === 'json' || target === 'form'
  const errors = error.issues.map((issue) => {
    const code = refusalOf(issue) ?? 'shape'
    return isBody ? { code, pointer: pointerOf(issue.path) } : { code, field: issue.path.join('.') }
  })
  const [first] = errors
  const ownCode = errors.every(({ code }) => code !== 'shape') ? first?.code : undefined
  if (!first || !ownCode || !isProblemCode(ownCode))
    return new Refused(isBody ? 'invalid-body' : 'invalid-parameter', { errors })
  const { code: _, ...where } = first
  return new Refused(ownCode, errors.length > 1 ? { ...where, errors } : where)
}

function refusalOf(issue: ZodError['issues'][number]): string | undefined {
  const refusal = issue.code === 'custom' ? issue.params?.refusal : undefined
  return typeof refusal === 'string' ? refusal : undefined
}

/** A domain refusal names fields by dots; a reader of JSON wants RFC 6901. Headers stay what they are. */
function placeOf(field: string | undefined): ProblemDetails {
  if (field === undefined) return {}
  return /^[A-Z]/.test(field) ? { field } : { field, pointer: pointerOf(field.split('.')) }
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function headersFor(status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="writ"' }
  // The rest of the body was never read, so nothing else may come over this connection.
  if (status === 413) return { connection: 'close' }
  if (status === 429) return { 'retry-after': '3600' }
  return status === 503 ? { 'retry-after': '30' } : {}
}

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed-json',
  413: 'body-too-large',
  415: 'media-type-unsupported',
  504: 'took-too-long',
}
