import { html } from 'hono/html'
import type { Answer } from '../../domain/fold.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { requestStates } from '../../domain/request.ts'
import { deliveryWord } from '../../gateway/delivery-word.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange, RequestAbout } from '../../gateway/ports/reads.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
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
  /** Of what waits for an approver there is none. */
  readonly answer?: Answer
}

/** 集约查控: by party and registry, how far every measure has come. */
export type Matrix = ReadonlyMap<string, ReadonlyMap<string, readonly MatrixCell[]>>

/**
 * Exchanges come in the order in which they were made, so a later one takes the place of an earlier of its measure. What
 * waits for an approver stands beside it: nothing has become of it yet.
 */
export function matrixOf(
  requests: readonly RequestAbout[],
  exchanges: readonly Exchange[],
  parts: Pick<Parts, 'counter'>,
  waiting: readonly Waiting[],
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
  for (const { id: request, party, asked } of waiting) {
    const row = matrix.get(party) ?? new Map<string, readonly MatrixCell[]>()
    const cell = { request, measure: asked.measure.kind, word: term(requestStates.submitted) }
    for (const registry of asked.registries) row.set(registry, [...(row.get(registry) ?? []), cell])
    matrix.set(party, row)
  }
  return matrix
}

type Waiting = Pick<RequestRow, 'id' | 'party' | 'asked'>

/** Those of a case's requests that wait for an approver, and to whom they would go. */
export async function waitingAmong(
  { reads }: Pick<Parts, 'reads'>,
  caseId: string,
  requests: readonly RequestAbout[],
): Promise<readonly Waiting[]> {
  const kinds = requests.filter(({ state }) => state === 'submitted').map(({ measure }) => measure)
  if (kinds.length === 0) return []
  return (await reads.requestsWith([caseId], [...new Set(kinds)])).filter(({ state }) => state === 'submitted')
}

/** As many registries as are listed while not all of them were asked. */
const mostListed = 12

/**
 * Every registry that was asked, whether or not it is live today, and of the others as many as there is room for. The rest are
 * those about which there is nothing to tell but that nobody asked them.
 */
export function listedOf(
  registries: Axis,
  matrix: Matrix,
  nameOf: (registry: string) => string,
): { readonly shown: Axis; readonly left: Axis } {
  const asked = new Set([...matrix.values()].flatMap((row) => [...row.keys()]))
  const gone = [...asked]
    .filter((id) => registries.every((one) => one.id !== id))
    .map((id) => ({ id, name: nameOf(id) }))
  const isAsked = ({ id }: Axis[number]) => asked.has(id)
  const others = registries.filter((one) => !isAsked(one))
  const room = Math.max(0, mostListed - asked.size)
  const kept = new Set(others.slice(0, room).map(({ id }) => id))
  return {
    shown: [...registries.filter((one) => isAsked(one) || kept.has(one.id)), ...gone],
    left: others.slice(room),
  }
}

type Axis = readonly { readonly id: string; readonly name: string }[]

/** As many parties as stand beside each other without any of them being out of sight. */
const partiesAcross = 4

/** Registries down, because they are many; a few parties across, and the others in a table of their own. */
export function matrixTable(parties: Axis, registries: Axis, matrix: Matrix): Html {
  const groups = Array.from({ length: Math.ceil(parties.length / partiesAcross) }, (_, at) =>
    parties.slice(at * partiesAcross, (at + 1) * partiesAcross),
  )
  return html`${groups.map((group) => tableOf(group, registries, matrix))}`
}

function tableOf(parties: Axis, registries: Axis, matrix: Matrix): Html {
  const heads: Said[] = [words.registry, ...parties.map(({ name }) => ({ zh: name, en: name }))]
  const rows = registries.map((registry) => [
    registry.name,
    ...parties.map(({ id }) => {
      const cells = matrix.get(id)?.get(registry.id) ?? []
      if (cells.length === 0) return html`<span class="en">○ ${say(words.never)}</span>`
      return html`<ul>${cells.map(cellLine)}</ul>`
    }),
  ])
  return table(heads, rows)
}

/** Told by a shape and a word, so that colour only repeats it. */
function cellLine({ request, measure, word, answer }: MatrixCell): Html {
  const isDone = answer === 'executed' || answer === 'nothing'
  const shape = isDone ? '●' : answer === 'refused' || answer === 'returned' ? '×' : '◐'
  return html`<li><a href="/requests/${request}">${term(measures[measure])}</a> <span class="word ${isDone ? 'done' : 'wait'}">${shape} ${word}</span></li>`
}
