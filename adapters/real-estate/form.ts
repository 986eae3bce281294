import { type Code, formField } from './wire.ts'

/** What a call carried, or which code says why it cannot be read. */
export type Form =
  | { readonly kind: 'form'; readonly bytes: Uint8Array; readonly message: unknown }
  | { readonly kind: 'unreadable'; readonly code: Code; readonly field?: string }

// A stamped document of 5 MB is 6.7 MB as base64 and at worst three times that once its signs are escaped in a form.
const mostBody = 24 * 1_048_576

/** Reads the one form field of a call, by either encoding of forms. The body is a stranger's: it is bounded first. */
export async function readForm(request: Request): Promise<Form> {
  const body = await bounded(request)
  if (!body) return { kind: 'unreadable', code: 'too-large' }
  const value = await fieldOf(body, request.headers.get('content-type') ?? '')
  if (value === undefined) return { kind: 'unreadable', code: 'malformed', field: formField }
  if (value.trim() === '') return { kind: 'unreadable', code: 'empty', field: formField }
  try {
    return { kind: 'form', bytes: new TextEncoder().encode(value), message: JSON.parse(value, withoutBlanks) }
  } catch {
    return { kind: 'unreadable', code: 'malformed', field: formField }
  }
}

// Their systems write a field they have nothing for as null or as an empty text.
function withoutBlanks(_key: string, value: unknown): unknown {
  return value === null || value === '' ? undefined : value
}

async function bounded(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBody) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > mostBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function fieldOf(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<string | undefined> {
  const [type = ''] = contentType.toLowerCase().split(';')
  if (type.trim() === 'application/x-www-form-urlencoded')
    return only(new URLSearchParams(decoded(body)).getAll(formField))
  if (type.trim() !== 'multipart/form-data') return undefined
  try {
    return only((await new Response(body, { headers: { 'content-type': contentType } }).formData()).getAll(formField))
  } catch {
    return undefined
  }
}

// A field given twice is two messages in one, and nobody knows which was meant.
function only(values: readonly (string | object)[]): string | undefined {
  const [value] = values
  if (values.length === 0) return ''
  return values.length === 1 && typeof value === 'string' ? value : undefined
}

const decoded = (body: Uint8Array): string => new TextDecoder().decode(body)
