import { refusalOf } from '../domain/authority.ts'
import type { CourtCode } from '../domain/court.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { mostPopulation } from '../domain/sample.ts'
import { type Actor, noteLoose } from './journal.ts'
import type { Parts } from './parts.ts'
import type { SampleAsked } from './ports/samples.ts'
import { digestOf, drawFrom, seedText } from './sample-seed.ts'

export type DrawCode = 'role-missing' | 'not-found' | 'sample-empty' | 'sample-too-wide' | 'sample-not-covered'

/**
 * An auditor says what is to be drawn, and that is in the log before anything is: what it will be hangs on a checkpoint that
 * does not exist yet, so that nobody can have chosen it. One that was announced and never drawn stays in the list.
 */
export async function announceSample(
  parts: Parts,
  by: Person,
  asked: SampleAsked,
): Promise<{ kind: 'announced'; id: string; entry: string } | Refusal<DrawCode>> {
  const refused = refusalOf(by, 'sample.draw')
  if (refused) return refused
  const id = parts.newId()
  return parts.store.note(async (act) => {
    const kept = await act.keep('audit-note', Buffer.from(JSON.stringify(asked)))
    const entry = await noteLoose(parts, act, { kind: 'sample.announced', by: at(by, asked), about: id, message: kept })
    await act.samples.announce({ ...asked, id, announcedBy: by.id, announcedAt: parts.clock(), entry })
    return { kind: 'announced' as const, id, entry }
  })
}

/** Draws what was announced, once the log covers the announcement. Drawn again, it is the same and nothing happens. */
export async function drawSample(
  parts: Parts,
  by: Person,
  id: string,
  most = mostPopulation,
): Promise<{ kind: 'drawn' } | Refusal<DrawCode>> {
  const refused = refusalOf(by, 'sample.draw')
  if (refused) return refused
  const sample = await parts.reads.sample(id)
  if (!sample) return refuse('not-found')
  if (sample.drawn) return { kind: 'drawn' }
  const covered = await parts.reads.coveredBy(sample.entry)
  if (!covered) return refuse('sample-not-covered')
  const { court, what, from, to, size } = sample
  const asked = { court, what, from, to, size }
  const before = covered.index
  const population = await parts.reads.population({ ...asked, before, most: most + 1 })
  if (population.length === 0) return refuse('sample-empty')
  if (population.length > most) return refuse('sample-too-wide')
  const byId = new Map(population.map((one) => [one.item, one]))
  const ids = [...byId.keys()]
  const seed = seedText(asked, covered)
  const items = drawFrom(seed, ids, size).map((item, at) => ({ item, ...byId.get(item), position: at + 1 }))
  return parts.store.note(async (act) => {
    const locked = await act.samples.find(id)
    if (locked?.drawn) return { kind: 'drawn' as const }
    const after = [{ rel: 'announced', jti: sample.entry }]
    const kept = await act.keep('audit-note', Buffer.from(`${seed}${items.map(({ item }) => `${item}\n`).join('')}`))
    await noteLoose(parts, act, { kind: 'sample.drawn', by: at(by, asked), about: id, message: kept, after })
    const drawn = { ...covered, population: ids.length, populationSha256: digestOf(ids), at: parts.clock() }
    await act.samples.draw(id, drawn, items)
    return { kind: 'drawn' as const }
  })
}

/** An auditor of all courts works for the one that is looked at: there the entries belong. */
export function at(by: Person, { court }: Pick<SampleAsked, 'court'>): Actor {
  return { id: by.id, court: court as CourtCode }
}
