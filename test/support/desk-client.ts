import { setTimeout as sleep } from 'node:timers/promises'

/** The gateway's HTTP API as one person uses it. */
export type Desk = {
  get<T = unknown>(path: string, headers?: Record<string, string>): Promise<T>
  text(path: string): Promise<string>
  post<T = unknown>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>
  upload<T = unknown>(path: string, bytes: Uint8Array, headers: Record<string, string>): Promise<T>
}

/** An answer that is no success: what a person would read on the page. */
export class Declined extends Error {
  readonly status: number
  readonly code: string
  constructor(call: string, status: number, body: string) {
    super(`${call} → ${status} ${body.slice(0, 600)}`)
    this.status = status
    this.code = codeIn(body)
  }
}

function codeIn(body: string): string {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : ''
  } catch {
    return ''
  }
}

/**
 * Speaks to the gateway like a person's browser or a court's system. A gateway that is down is tried again for
 * `patienceMs`: the calls are safe to repeat, because requests carry their Idempotency-Key.
 */
export function deskOf(origin: string, token: string, patienceMs = 180_000): Desk {
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const until = Date.now() + patienceMs
    for (;;) {
      try {
        const headers = { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) }
        const response = await fetch(`${origin}${path}`, { ...init, method, headers })
        if (response.ok) return response
        throw new Declined(`${method} ${path}`, response.status, await response.text())
      } catch (cause) {
        if (cause instanceof Declined || Date.now() > until) throw cause
        await sleep(150)
      }
    }
  }
  return {
    get: async <T>(path: string, headers: Record<string, string> = {}) =>
      (await (await call('GET', path, { headers })).json()) as T,
    text: async (path) => (await call('GET', path)).text(),
    post: async <T>(path: string, body: unknown, more: Record<string, string> = {}) => {
      const headers = { 'Content-Type': 'application/json', ...more }
      return (await (await call('POST', path, { body: JSON.stringify(body), headers })).json()) as T
    },
    upload: async <T>(path: string, bytes: Uint8Array, headers: Record<string, string>) =>
      (await (await call('POST', path, { body: new Uint8Array(bytes), headers })).json()) as T,
  }
}
