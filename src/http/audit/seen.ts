import type { Person } from '../../domain/person.ts'
import { type Look, look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'

/** An auditor is seen looking, too: the entry is committed before anything is read (invariant 11). */
export function seen<T>(gateway: Parts, by: Person, what: Omit<Look, 'kind'>, read: () => Promise<T>): Promise<T> {
  return look(gateway, by, { kind: 'audit.viewed', ...what }, read)
}
