import { refusalOn } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { askConsent, type ConsentCode, decideConsent } from './consent.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Consent, ConsentKind } from './ports/consent.ts'
import type { LooseAct } from './ports/store.ts'
import { liftSealing, type ResultCode, type ResultOpening } from './wrong-person.ts'

/** What may be asked of a sealed case: that it be one like any other again, or that these people see it too. */
export type CaseOpening = { readonly unseal: true } | { readonly add: readonly string[] }

export type OpenCode = ConsentCode | ResultCode | 'not-on-case' | 'case-unknown' | 'case-not-sealed'

/** A registrar who knows a sealed case asks to open it up. Nothing happens before another of its members agrees. */
export async function askToOpen(
  parts: Parts,
  registrar: Person,
  caseId: string,
  opening: CaseOpening & { readonly reason: string },
): Promise<{ kind: 'asked'; id: string } | Refusal<OpenCode>> {
  const file = await parts.reads.guardOf(caseId)
  if (!file) return refuse('case-unknown', 'case')
  const refused = refusalOn(registrar, 'case.open-up', file)
  if (refused) return refused
  if (!file.isSealed) return refuse('case-not-sealed', 'case')
  return askConsent(parts, registrar, { kind: 'case.open-up', about: caseId, body: opening, deed: 'case.open-up' })
}

/** What of sealed things two people may open. */
export const openings: readonly ConsentKind[] = ['case.open-up', 'result.open-up']

/**
 * Another person on the case says yes or no. What was asked for happens in the same transaction, on the case as it stands
 * then; a yes to a look at somebody else's result lets the one who asked look, once.
 */
export async function decideOpening(
  parts: Parts,
  by: Person,
  { id, kind }: Pick<Consent, 'id' | 'kind'>,
  decision: 'allowed' | 'refused',
): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused' } | Refusal<OpenCode>> {
  const answer = await decideConsent<string>(parts, by, id, {
    decision,
    deed: 'opening.decide',
    kind,
    effect: (act, consent) => openUp(parts, by, act, consent),
  })
  return isRefusal(answer) ? (answer as Refusal<OpenCode>) : { kind: 'decided', decision: answer.decision }
}

async function openUp(
  parts: Parts,
  by: Person,
  loose: LooseAct,
  consent: Consent,
): Promise<string | Refusal<OpenCode>> {
  const act = await loose.onCase(consent.about ?? '')
  if (!act) return refuse('case-unknown', 'case')
  const refused = refusalOn(by, 'opening.decide', act.file)
  if (refused) return refused
  if (consent.kind === 'result.open-up') return liftSealing(parts, act, by, consent.body as ResultOpening)
  const { isSealed, members, team } = act.file
  if (!isSealed) return refuse('case-not-sealed', 'case')
  const opening = consent.body as CaseOpening
  const unsealed = 'unseal' in opening
  const named = unsealed ? members : [...new Set([...members, ...opening.add])]
  await act.assign({ ...(team && { team }), isSealed: !unsealed, members: named, by: by.id, at: parts.clock() })
  return noteOnCase(parts, act, { kind: unsealed ? 'case.unsealed' : 'case.assigned', by, about: consent.id })
}
