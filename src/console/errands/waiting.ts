import { type Deed, mayEver, reachOf } from '../../domain/authority.ts'
import { errandStanding } from '../../domain/errand.ts'
import type { Person } from '../../domain/person.ts'
import { recordOf } from '../../gateway/by-people/errand.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { CounterLine } from '../../gateway/ports/errands.ts'
import { isVisited } from '../../gateway/visited.ts'
import type { CounterView } from '../../http/clerk/view.ts'
import { type ErrandView, stageOf } from '../../http/errands/view.ts'
import { maskedSubjects } from '../../http/masked-subjects.ts'

/** An errand that waits for one person, and for what. Of what was entered nothing is in it, only where it went wrong. */
export type WaitingErrand = Pick<CounterLine, 'id' | 'registry' | 'caseNumber' | 'respondBy'> & {
  /** Whom it is about, by a mask. */
  readonly subject?: string | undefined
  readonly step: 'set-out' | 'enter' | 'compare'
  readonly round: number
  readonly fields: readonly string[]
}

/** How far each of these has come, by its id: as its own page says it. */
export async function stagesOf(
  { reads }: Pick<Parts, 'reads'>,
  lines: readonly CounterView[],
): Promise<ReadonlyMap<string, ErrandView['stage']>> {
  const stages = new Map<string, ErrandView['stage']>()
  for (const { id, phase, answer } of lines) {
    // Before anybody has set out nothing was entered.
    const record = phase === 'ready' ? { entries: [], verdicts: [] } : await reads.errand(id)
    stages.set(id, stageOf({ phase, answer: answer.code }, errandStanding(...recordOf(record))))
  }
  return stages
}

/** One more than the desk lists, so that it can say that there are more. */
const most = 21

/** The errands whose next step is this person's to take: to set out, to enter what they have not yet, to compare as a third. */
export async function errandsFor(parts: Parts, person: Person): Promise<readonly WaitingErrand[]> {
  const registries = parts.registries().flatMap(({ code }) => (isVisited(parts, code) ? code : []))
  const linesFor = async (deed: Deed): Promise<readonly CounterLine[]> =>
    registries.length > 0 && mayEver(person, deed)
      ? parts.reads.counterLines({ registries, reach: reachOf(person, deed), state: 'owed', limit: most })
      : []
  const carried = await linesFor('errand.carry')
  const entered = new Set((await linesFor('errand.enter')).map(({ id }) => id))
  const compared = await linesFor('errand.compare')
  const subjectOf = await maskedSubjects(parts, [...carried, ...compared])
  const about = ({ id, registry, caseNumber, respondBy, party }: CounterLine) => {
    return { id, registry, caseNumber, respondBy, subject: subjectOf(party) }
  }
  const waiting: WaitingErrand[] = carried
    .filter(({ phase }) => phase === 'ready')
    .map((line) => ({ ...about(line), step: 'set-out', round: 1, fields: [] }))
  for (const line of compared.filter(({ phase }) => phase !== 'ready')) {
    const { round, agreed, fields, ...who } = errandStanding(...recordOf(await parts.reads.errand(line.id)))
    const mayEnter = !agreed && entered.has(line.id) && !who.entered.includes(person.id)
    if (mayEnter) waiting.push({ ...about(line), step: 'enter', round, fields })
    if (agreed && !who.readers.includes(person.id)) waiting.push({ ...about(line), step: 'compare', round, fields: [] })
  }
  return waiting
}
