import type { SampleWhat } from '../domain/sample.ts'
import type { Parts } from './parts.ts'

/**
 * Whose act a sampled item is: of an exchange, who asked for it and who decided on it; of an entry, who made it. They do not
 * judge it.
 */
export async function actedIn({ reads }: Pick<Parts, 'reads'>, what: SampleWhat, item: string): Promise<Set<string>> {
  if (what !== 'exchanges') {
    const person = (await reads.entry(item))?.person
    return new Set(person === undefined ? [] : [person])
  }
  const request = (await reads.delivery(item))?.request
  if (request === undefined) return new Set()
  const [asked, decided] = [await reads.request(request), await reads.approvals(request)]
  return new Set([...(asked ? [asked.maker] : []), ...decided.map(({ person }) => person)])
}
