import { type CaseFile, isLiable, type Party } from '../../domain/case-file.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { parseRegistryCode, type RegistryCode } from '../../domain/registry.ts'
import { flawInText, type NumberFlaw } from '../../domain/subject-number.ts'
import type { Parts } from '../parts.ts'

/** Names as people type them: the width of brackets and blanks between characters tell nobody apart. */
const plain = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()

/**
 * The party a row means, by its name, the number of its paper or its id. A name that several bear means whoever of them may
 * be asked about; where that is still more than one, the row has to give the number.
 */
export function partyNamed(
  file: CaseFile,
  text: string,
): Party | Refusal<'subject-not-a-party' | 'batch-name-ambiguous' | NumberFlaw> {
  const meant = plain(text)
  const numbered = file.parties.find(({ id, subject: { idNumber, legacyIdNumber } }) =>
    [id, idNumber, legacyIdNumber ?? ''].some((one) => meant !== '' && plain(one) === meant),
  )
  if (numbered) return numbered
  const named = file.parties.filter(({ subject }) => meant !== '' && plain(subject.name) === meant)
  const liable = named.filter(isLiable)
  const [first, another] = liable.length > 0 ? liable : named
  if (!first) return refuse(flawInText(text) ?? 'subject-not-a-party', 'party')
  return another ? refuse('batch-name-ambiguous', 'party') : first
}

/** The registry a row means, by its code or the name it is registered under. */
export function registryNamed(
  { counter, registries }: Pick<Parts, 'counter' | 'registries'>,
  text: string,
): RegistryCode | Refusal<'registry-unknown' | 'batch-name-ambiguous'> {
  const code = parseRegistryCode(text.normalize('NFKC').trim())
  if (!isRefusal(code) && counter(code)) return code
  const [first, another] = registries().filter(({ name }) => plain(name) === plain(text))
  if (!first) return refuse('registry-unknown', 'registries')
  return another ? refuse('batch-name-ambiguous', 'registries') : first.code
}
