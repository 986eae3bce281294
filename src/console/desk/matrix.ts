import { html } from 'hono/html'
import type { Answer } from '../../domain/fold.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { deliveryWord } from '../../gateway/delivery-word.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange, RequestAbout } from '../../gateway/ports/reads.ts'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import { term } from '../terms.ts'
import { deskWords as words } from './words.ts'

/** What was asked of one registry about one party, the newest of each measure. */
export type MatrixCell = {
  readonly request: string
  readonly measure: MeasureKind
  readonly word: string
  readonly answer: Answer
}

/** 集约查控: for each party and each registry how far every measure has come. */
export type Matrix = ReadonlyMap<string, ReadonlyMap<string, readonly MatrixCell[]>>

/** Exchanges come in the order in which they were made, so a later one takes the place of an earlier of its measure. */
export function matrixOf(
  requests: readonly RequestAbout[],
  exchanges: readonly Exchange[],
  parts: Pick<Parts, 'counter'>,
): Matrix {
  const partyOf = new Map(requests.map(({ id, party }) => [id, party]))
  const matrix = new Map<string, Map<string, readonly MatrixCell[]>>()
  for (const { delivery } of exchanges) {
    const { request, registry, measure, answer } = delivery
    const party = partyOf.get(request)
    if (party === undefined) continue
    const row = matrix.get(party) ?? new Map<string, readonly MatrixCell[]>()
    const others = (row.get(registry) ?? []).filter((cell) => cell.measure !== measure)
    row.set(registry, [...others, { request, measure, word: term(deliveryWord(delivery, parts)), answer }])
    matrix.set(party, row)
  }
  return matrix
}

type Axis = readonly { readonly id: string; readonly name: string }[]

export function matrixTable(parties: Axis, registries: Axis, matrix: Matrix): Html {
  const cell = (party: string, registry: string): Html => {
    const cells = matrix.get(party)?.get(registry) ?? []
    if (cells.length === 0) return html`<span class="en">○ ${say(words.never)}</span>`
    return html`<ul>${cells.map(cellLine)}</ul>`
  }
  // Whichever is the longer goes down the page, so that a screen is wide enough.
  if (registries.length > parties.length)
    return table(
      [words.registry, ...parties.map(named)],
      registries.map(({ id, name }) => [name, ...parties.map((party) => cell(party.id, id))]),
    )
  return table(
    [words.parties, ...registries.map(named)],
    parties.map(({ id, name }) => [name, ...registries.map((registry) => cell(id, registry.id))]),
  )
}

const named = ({ name }: Axis[number]): Said => ({ zh: name, en: name })

/** Told by a shape and a word, so that colour only repeats it. */
function cellLine({ request, measure, word, answer }: MatrixCell): Html {
  const isDone = answer === 'executed' || answer === 'nothing'
  const shape = isDone ? '●' : answer === 'refused' || answer === 'returned' ? '×' : '◐'
  return html`<li><a href="/requests/${request}">${term(measures[measure])}</a> <span class="word ${isDone ? 'done' : 'wait'}">${shape} ${word}</span></li>`
}
