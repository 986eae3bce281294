import { type Deed, refusalOn } from '../domain/authority.ts'
import type { CaseFile } from '../domain/case-file.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import { findRevealed, type Revealed, type RevealKind, type RevealName } from './reveal-item.ts'

export type RevealCode = 'role-missing' | 'case-unknown' | 'not-on-case' | 'reveal-unknown' | 'result-sealed'

/** What one must be allowed to see masked, to have it revealed. */
const seen: Readonly<Record<Exclude<RevealKind, 'exchange'>, Deed>> = {
  party: 'case.read',
  holding: 'results.read',
  target: 'results.read',
  control: 'results.read',
  statement: 'results.read',
  receipt: 'receipt.read',
  document: 'document.read',
  request: 'request.read',
  comment: 'request.read',
  'fund-account': 'fund-account.read',
}

/**
 * Shows one masked thing plainly to somebody who is not on the case, for a reason. The reason is in the log before the thing
 * is shown: encrypted, for auditors to read (invariants 10 and 11). The next thing takes another reason.
 */
export async function reveal(
  parts: Parts,
  by: Person,
  deed: 'subject.reveal' | 'audit.reveal',
  file: CaseFile,
  { reason, ...name }: RevealName & { readonly reason: string },
): Promise<{ kind: 'revealed'; revealed: Revealed; entry: string } | Refusal<RevealCode>> {
  const needed = neededFor(deed, name.what)
  if (!needed) return refuse('reveal-unknown', 'what')
  const revealed = await findRevealed(parts, file, name)
  if (isRefusal(revealed)) return revealed
  const noted = await parts.store.act(
    file.id,
    async (act): Promise<{ kind: 'noted'; entry: string } | Refusal<RevealCode>> => {
      const refused = refusalOn(by, deed, act.file) ?? refusalOn(by, needed, act.file)
      if (refused) return refused
      const message = await act.keep('reason', Buffer.from(reason))
      const { request, delivery } = revealed
      const about = { about: `${name.what}:${name.which}`, ...(request && { request }), ...(delivery && { delivery }) }
      return { kind: 'noted', entry: await noteOnCase(parts, act, { kind: 'subject.revealed', by, ...about, message }) }
    },
  )
  if (noted.kind === 'no-such-case') return refuse('case-unknown', 'case')
  return isRefusal(noted) ? noted : { kind: 'revealed', revealed, entry: noted.entry }
}

/** Auditors have everything revealed to them, the exact bytes too; nobody else has those. */
function neededFor(deed: 'subject.reveal' | 'audit.reveal', what: RevealKind): Deed | undefined {
  if (deed === 'audit.reveal') return 'audit.read'
  return what === 'exchange' ? undefined : seen[what]
}
