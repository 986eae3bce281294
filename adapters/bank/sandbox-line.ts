import { isRefusal } from '../../src/domain/refusal.ts'
import { type Element, readEnvelope, writeEnvelope } from './envelope.ts'
import { readDialectFault, writeLogin } from './messages.ts'

export type BankLogin = { readonly code: string; readonly user: string; readonly password: string }

/** What came back: the answer's element, a fault in the dialect, or nothing that can be read. */
export type Heard =
  | { readonly kind: 'answer'; readonly element: Element }
  | { readonly kind: 'fault'; readonly status: number; readonly code: string }
  | { readonly kind: 'unreached' }

/** One bank's way to the gateway. Calls never throw: a bank that cannot get through tries again in its next round. */
export type Line = { call(body: string): Promise<Heard>; callAs(password: string, body: string): Promise<Heard> }

export function openLine(gateway: string, { code, user, password }: BankLogin): Line {
  const url = `${gateway.replace(/\/$/, '')}/adapters/${code}/ws`
  const callAs = async (secret: string, body: string): Promise<Heard> => {
    try {
      const login = writeLogin({ bank: code, user, password: secret })
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
        body: writeEnvelope(body, login),
        signal: AbortSignal.timeout(30_000),
      })
      return read(response.status, new Uint8Array(await response.arrayBuffer()))
    } catch {
      return { kind: 'unreached' }
    }
  }
  return { callAs, call: (body) => callAs(password, body) }
}

function read(status: number, bytes: Uint8Array): Heard {
  const envelope = readEnvelope(bytes)
  if (isRefusal(envelope)) return { kind: 'unreached' }
  const fault = readDialectFault(envelope.call)
  return fault ? { kind: 'fault', status, code: fault.code } : { kind: 'answer', element: envelope.call }
}
