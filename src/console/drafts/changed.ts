import { isDeepStrictEqual } from 'node:util'
import { readWritten, type Written } from './content.ts'

/** True when two drafts say the same wherever the form has a field: in what order boxes were ticked says nothing. */
export function saysTheSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(inOneOrder(readWritten(one)), inOneOrder(readWritten(other)))
}

function inOneOrder({ registries, basis, ...rest }: Written): object {
  const documents = basis.documents.toSorted((a, b) => a.sha256.localeCompare(b.sha256))
  return { ...rest, registries: [...new Set(registries)].toSorted(), basis: { ...basis, documents } }
}
