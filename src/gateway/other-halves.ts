import { type OtherHalf, otherHalves, type Placed } from '../domain/pair.ts'
import type { Person } from '../domain/person.ts'
import type { Registry } from '../domain/registry.ts'
import { sharesOf } from '../domain/repeat.ts'
import { holdingsAt } from './facts.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { RequestRow } from './ports/rows.ts'

/**
 * What the seals of a case leave out of land and building (查扣冻规定 第二十一条), or one of its seals alone: what is sealed, or
 * asked to be, is proposed to nobody. Proposals only; nothing is sealed by them. What inquiries found is in them, so that they
 * were shown is an entry (invariant 11).
 */
export async function proposeHalves(
  parts: Parts,
  by: Person,
  caseId: string,
  registries: readonly Pick<Registry, 'code' | 'assetClasses'>[],
  request?: string,
): Promise<readonly OtherHalf[]> {
  const answer = await parts.store.act(caseId, async (act) => {
    const seals = await act.requestsWith(['seal', 'pre-seal'])
    const asked = seals.filter(({ id }) => request === undefined || id === request).flatMap(placedIn)
    if (asked.length === 0) return { kind: 'proposed' as const, halves: [] }
    const known = (await holdingsAt(act)).map(({ registry, holding: { asset } }): Placed => ({ registry, asset }))
    // All that is sealed comes first, so that one seal's other half which another seal holds is not proposed again.
    const all = seals.flatMap(placedIn)
    const isAsked = (half: OtherHalf) => asked.some(({ asset }) => asset === half.of)
    const halves = otherHalves(all, known, registries).filter(isAsked)
    if (halves.length > 0) await noteOnCase(parts, act, { kind: 'results.viewed', by, ...(request && { request }) })
    return { kind: 'proposed' as const, halves }
  })
  return answer.kind === 'proposed' ? answer.halves : []
}

function placedIn({ asked }: RequestRow): readonly Placed[] {
  return sharesOf(asked).map(({ registry, target: { asset } }) => ({ registry, asset }))
}
