import type { z } from 'zod'
import type { Reception } from '../../src/relay/port.ts'
import { answerHead, type Code, codes } from './wire.ts'

/** An answer of the dialect: always its envelope, whatever the code; only a fault and a flood change the HTTP status. */
export function answer(code: Code, field?: string, data?: string): Response {
  const body = `{"head":${headOf(code, field)}${data === undefined ? '' : `,"data":${data}`}}`
  return new Response(body, {
    status: statusOf(code),
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/** A code with its words, for one line among several. */
export function wordsOf(code: Code, field?: string): { readonly code: string; readonly words: string } {
  const [number, said] = codes[code]
  return { code: number, words: field ? `${said}：${field}` : said }
}

function headOf(code: Code, field?: string): string {
  return JSON.stringify(answerHead.encode(wordsOf(code, field)))
}

function statusOf(code: Code): number {
  if (code === 'system') return 500
  return code === 'unavailable' ? 429 : 200
}

/** What of a message does not fit its table: the code, and the first field in their own words. */
export function misfit(
  error: z.ZodError,
  message: unknown,
  prefix = '',
): { readonly code: Code; readonly field: string } {
  const [issue] = error.issues
  const path = issue?.path ?? []
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const missing = issue?.code !== 'unrecognized_keys' && at(message, path) === undefined
  return { code: missing ? 'empty' : 'malformed', field: written([prefix, ...path, ...unknown]) }
}

function at(message: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], message)
}

// Field names come from the stranger's own message: what cannot be a name of this dialect is not repeated to anyone.
function written(path: readonly PropertyKey[]): string {
  return path
    .filter((part) => part !== '')
    .map((part) =>
      typeof part === 'number' ? `[${part}]` : /^\w{1,30}$/.test(String(part)) ? `.${String(part)}` : '.?',
    )
    .join('')
    .replace(/^\./, '')
}

/** The answer to a message that does not fit its table. */
export function unfit(error: z.ZodError, message: unknown, prefix = 'data'): Response {
  const { code, field } = misfit(error, message, prefix)
  return answer(code, field)
}

/** What became of a told result, as the dialect says it. A repetition is a success: the first answer was kept. */
export function codeAfter(reception: Reception): Code {
  switch (reception.kind) {
    case 'committed':
    case 'repeated':
      return 'ok'
    case 'contradicted':
    case 'sequence-used':
      return 'already-fed-back'
    case 'unknown-delivery':
      return 'unknown-reference'
    case 'unproved':
      return 'irregular-result'
    case 'flooded':
      return 'unavailable'
  }
}
