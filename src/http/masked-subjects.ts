import type { CaseFile } from '../domain/case-file.ts'
import { maskName } from '../domain/mask.ts'
import type { Parts } from '../gateway/parts.ts'

/**
 * Whom the lines of a list are about, by masks alone: enough to tell two apart, so that a list stays no look. The cases of all
 * lines are read at once.
 */
export async function maskedSubjects(
  { reads }: Pick<Parts, 'reads'>,
  lines: readonly { readonly caseId: string; readonly party: string }[],
): Promise<(party: string) => string | undefined> {
  return maskedSubjectsIn(await reads.casesWith([...new Set(lines.map(({ caseId }) => caseId))]))
}

/** The same of cases that were read already. */
export function maskedSubjectsIn(files: readonly Pick<CaseFile, 'parties'>[]): (party: string) => string | undefined {
  const names = new Map(
    files.flatMap(({ parties }) =>
      parties.map(({ id, subject }) => [id, maskName(subject.name, subject.kind)] as const),
    ),
  )
  return (party) => names.get(party)
}
