import { registriesOpenTo } from '../../domain/authority.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { RegistryAdapter } from '../../relay/port.ts'
import { given } from '../fields.ts'
import { refusedAndNoted } from '../identify.ts'
import { found } from '../problem.ts'
import type { Calling } from '../reach.ts'
import { type Outline, type OutlineLine, outlineOf, toldOutline } from './outline.ts'

/** A registry whose portal this person may see: a clerk's own, any for whoever connects them. Another's is not there. */
export async function ofPortal(parts: Parts, { person, deed }: Calling, code: string): Promise<void> {
  const mine = registriesOpenTo(person, deed)
  if (mine !== undefined && !mine.includes(code)) await refusedAndNoted(parts, person, deed, 'not-found')
}

/** An exchange as a registry's programmer may see it: how it went, and how its messages are built. */
export type PortalExchange = {
  readonly exchange: Pick<
    Exchange['delivery'],
    'id' | 'reference' | 'measure' | 'phase' | 'answer' | 'createdAt' | 'respondBy' | 'caseId' | 'registry'
  >
  readonly attempts: readonly {
    readonly number: number
    readonly act: string
    readonly at: Date
    readonly outcome?: string
    readonly detail?: string
    readonly milliseconds?: number
  }[]
  readonly request: Outline
  /** In the registry's own dialect, where it reads one. */
  readonly rendered?: Outline
  /** The same with its values decoded, where the dialect hides them in a code of its own. */
  readonly renderedRead?: readonly OutlineLine[]
  readonly statements: readonly {
    readonly kind: string
    readonly grade: string
    readonly arrivedAt: Date
    readonly milliseconds: number
    /** Absent where what it found is sealed. */
    readonly message?: Outline
    readonly messageRead?: readonly OutlineLine[]
  }[]
  /** How the registry is reached: what its phases mean. */
  readonly by: RegistryAdapter['kind'] | undefined
}

/**
 * One delivery of this registry with every attempt, masked. A delivery of another registry, or of a sealed case, is not
 * there. How many things were found can be told from the structure, so to look is an entry (invariant 11).
 */
export async function portalExchange(
  parts: Parts,
  calling: Calling,
  code: string,
  id: string,
): Promise<PortalExchange> {
  await ofPortal(parts, calling, code)
  const row = await portalDelivery(parts, code, id)
  const what = {
    kind: 'portal.viewed',
    caseId: row.caseId,
    request: row.request,
    delivery: row.id,
    registry: code,
  } as const
  const { delivery, attempts, statements } = found(
    await look(parts, calling.person, what, () => parts.reads.exchange(row.id)),
  )
  const { jws, rendered, reference, measure, phase, answer, createdAt, respondBy, caseId, registry } = delivery
  const adapter = parts.counter(registry)?.adapter
  const readBy = (bytes: Uint8Array) => {
    const told = adapter?.kind === 'pull' ? adapter.tell?.(bytes) : undefined
    return told && toldOutline(told, reference)
  }
  return {
    exchange: { id: row.id, reference, measure, phase, answer, createdAt, respondBy, caseId, registry },
    attempts: attempts.map(({ number, act, at, outcome, detail, endedAt }) => ({
      ...{ number, act, at },
      ...(outcome && { outcome }),
      // What we wrote of it is ASCII; anything else would be somebody else's words.
      ...(detail && /^[\x20-\x7e]{1,200}$/.test(detail) && !/\d{8}/.test(detail) && { detail }),
      ...(endedAt && { milliseconds: endedAt.getTime() - at.getTime() }),
    })),
    request: outlineOf(jws),
    ...(rendered && { rendered: outlineOf(rendered), ...given({ renderedRead: readBy(rendered) }) }),
    statements: statements.map(({ statement, grade, arrivedAt, message, isSealed }) => ({
      ...{ kind: statement.kind, grade, arrivedAt, milliseconds: arrivedAt.getTime() - createdAt.getTime() },
      ...(!isSealed && { message: outlineOf(message), ...given({ messageRead: readBy(message) }) }),
    })),
    by: adapter?.kind,
  }
}

/** A delivery of this registry that is not of a sealed case. */
export async function portalDelivery(parts: Parts, code: string, id: string): Promise<Exchange['delivery']> {
  const row = await parts.reads.delivery(id)
  const isOurs = row?.registry === code && (await parts.reads.guardOf(row.caseId))?.isSealed === false
  return found(isOurs ? row : undefined)
}
