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

export function readSubject(bytes: Uint8Array): Subject {
  return read(bytes) as Subject
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
