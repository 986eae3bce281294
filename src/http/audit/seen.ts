import type { Person } from '../../domain/person.ts'
import { type Look, look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RecordView, ViewName } from '../../ledger/record.ts'

/** What an auditor is about to see: of which case or thing, and on which list. */
export type Seen = Omit<Look, 'kind' | 'view'> & { readonly view: RecordView }

/** An auditor is seen looking, too: the entry is committed before anything is read (invariant 11). */
export function seen<T>(gateway: Parts, by: Person, what: Seen, read: () => Promise<T>): Promise<T> {
  return look(gateway, by, { kind: 'audit.viewed', ...what }, read)
}

/**
 * A list by its filters, as far as they may stand in the log: codes, ids and days. Who asks for a case, a request or an
 * exchange is in the log by that itself; the place of a page says nothing.
 */
export function viewOf(of: ViewName, asked: Readonly<Record<string, unknown>> = {}): RecordView {
  const by = Object.entries(asked).flatMap(([name, value]): [string, string][] => {
    const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : undefined
    return text === undefined || isUnsaid.has(name) || !isCode.test(text) || isSomebodys.test(text)
      ? []
      : [[name, text]]
  })
  return { of, ...(by.length > 0 && { by: Object.fromEntries(by) }) }
}

const isCode = /^(\p{Script=Han}\d{2,4}|[\w.:-]{1,40})$/u

/** Numbers of papers, accounts and telephones, which a filter that takes any text may have been given: no code is like them. */
const isSomebodys = /\d{15}|^[0-9A-Z]{18}$|^1\d{10}$/i

const isUnsaid: ReadonlySet<string> = new Set(['case', 'caseId', 'request', 'delivery', 'after', 'viewer', 'id'])
