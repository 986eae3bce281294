import type { AskedRequest } from '../domain/request.ts'
import type { Statement } from '../domain/statement.ts'
import type { Subject } from '../domain/subject.ts'

/** How values lie in a payload: UTF-8 JSON, moments as ISO 8601 texts. The gateway writes the same. */
export function written(value: AskedRequest | Statement | Subject): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

export function readAsked(bytes: Uint8Array): AskedRequest {
  return read(bytes) as AskedRequest
}

export function readStatement(bytes: Uint8Array): Statement {
  return read(bytes) as Statement
}

/** Who a party is, and what the case system that sent it calls it: both may name somebody, so both lie here. */
export function readParty(bytes: Uint8Array): { readonly subject: Subject; readonly externalId?: string } {
  const { externalId, ...subject } = read(bytes) as Subject & { readonly externalId?: string }
  return { subject, ...(externalId !== undefined && { externalId }) }
}

export function readText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

/** Our own bytes, proved by the vault, so they need no parser; only moments have to become moments again. */
function read(bytes: Uint8Array): unknown {
  return JSON.parse(readText(bytes), (name, value: unknown) =>
    moments.has(name) && typeof value === 'string' ? new Date(value) : value,
  )
}

const moments = new Set(['respondBy', 'receivedAt', 'registeredAt'])
