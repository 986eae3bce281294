import type { Output } from './scan.ts'

type Sent = {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Answer = { readonly status: number; readonly text: string; readonly headers: Headers }

export type Caller = (method: string, path: string, sent?: Sent) => Promise<Answer>

/**
 * Calls the gateway and keeps what anybody on the way could read: every header, and the whole body of whatever is not an
 * answer to who may have it.
 */
export function callerOf(origin: string, outputs: Output[]): Caller {
  return async (method, path, { token, body, headers = {} } = {}) => {
    const isText = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && !isText && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      redirect: 'manual',
      ...(body !== undefined && { body: isText ? (body as string) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const where = `${method} → ${response.status} no. ${outputs.length}`
    outputs.push({ where: `headers of ${where}`, bytes: Buffer.from(JSON.stringify([...response.headers])) })
    if (!response.ok) outputs.push({ where: `problem of ${where}`, bytes: Buffer.from(text) })
    return { status: response.status, text, headers: response.headers }
  }
}

/** What an answer says, where it must be a success. */
export function said<T>({ status, text }: Answer): T {
  if (status >= 300) throw new Error(`${status} ${text.slice(0, 300)}`)
  return JSON.parse(text) as T
}
