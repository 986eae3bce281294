import type { Refusal } from '../../domain/refusal.ts'

/** What became of the question about one debtor. */
export type Asked = { readonly party: string } & (
  | { readonly kind: 'submitted'; readonly request: string }
  | { readonly kind: 'refused'; readonly refusal: Pick<Refusal, 'code' | 'detail' | 'field'> }
)

/**
 * One request for each debtor that is ticked, one after the other, as if each had been asked about alone: a no about one
 * undoes none of the others.
 */
export async function askEach(
  parties: readonly string[],
  ask: (party: string) => Promise<Asked>,
): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  for (const party of new Set(parties)) asked.push(await ask(party))
  return asked
}

/** Whom an inquiry form begins with: those nobody has been asked about yet; where there is one debtor, that one. */
export function notAskedYet(debtors: readonly string[], asked: ReadonlySet<string>): readonly string[] {
  const rest = debtors.filter((id) => !asked.has(id))
  return rest.length === 0 && debtors.length === 1 ? debtors : rest
}
