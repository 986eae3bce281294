import { html } from 'hono/html'
import { assetKey } from '../../domain/asset.ts'
import { type Answer, fold } from '../../domain/fold.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { zeroMoney } from '../../domain/money.ts'
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

/** What was asked of one registry about one party: the newest inquiry, and each measure by what became of it. */
export type MatrixCell = {
  readonly request: string
  readonly measure: MeasureKind
  readonly word: string
  /** Of how many it is said, where several of one measure stand at the registry. */
  readonly count: number
  /** A freeze that was executed, and of which all waits for money to come. */
  readonly holdsNothing?: true
  /** Of what waits for an approver there is none. */
  readonly answer?: Answer
}

/** 集约查控: by party and registry, how far every measure has come. */
export type Matrix = ReadonlyMap<string, ReadonlyMap<string, readonly MatrixCell[]>>

/**
 * Exchanges come in the order in which they were made: a later inquiry takes the place of an earlier, and a later order that of an
 * earlier on the same thing. What waits for an approver stands beside it: nothing has become of it yet.
 */
export function matrixOf(
  requests: readonly RequestAbout[],
  exchanges: readonly Exchange[],
  parts: Pick<Parts, 'counter'>,
  waiting: readonly Waiting[],
): Matrix {
  const partyOf = new Map(requests.map(({ id, party }) => [id, party]))
  const matrix: Growing = new Map()
  for (const exchange of newestIn(exchanges, partyOf)) {
    const { request, registry, measure, answer } = exchange.delivery
    const word = term(deliveryWord(exchange.delivery, parts))
    const holdsNothing = isWithoutMoney(exchange)
    add(matrix, partyOf.get(request), registry, {
      ...{ request, measure, word, answer, count: 1 },
      ...(holdsNothing && { holdsNothing }),
    })
  }
  for (const { id: request, party, asked } of waiting)
    for (const registry of asked.registries)
      add(matrix, party, registry, {
        ...{ request, measure: asked.measure.kind, word: term(requestStates.submitted), count: 1 },
      })
  return matrix
}

/** What is said of several of one measure alike is one line with their number, and leads to the newest. */
function add(matrix: Growing, party: string | undefined, registry: string, cell: MatrixCell): void {
  if (party === undefined) return
  const row = matrix.get(party) ?? new Map<string, readonly MatrixCell[]>()
  matrix.set(party, row)
  const isAlike = (one: MatrixCell) =>
    one.measure === cell.measure && one.word === cell.word && one.holdsNothing === cell.holdsNothing
  const cells = row.get(registry) ?? []
  const count = cell.count + (cells.find(isAlike)?.count ?? 0)
  row.set(registry, [...cells.filter((one) => !isAlike(one)), { ...cell, count }])
}

type Growing = Map<string, Map<string, readonly MatrixCell[]>>

/** Those whose place no later one took. */
function newestIn(exchanges: readonly Exchange[], partyOf: ReadonlyMap<string, string>): readonly Exchange[] {
  const kept = new Map<string, { readonly exchange: Exchange; readonly things: ReadonlySet<string> }[]>()
  for (const exchange of exchanges) {
    const { request, registry, measure } = exchange.delivery
    const place = `${partyOf.get(request)} ${registry} ${measure}`
    const things = thingsOf(exchange)
    const others = (kept.get(place) ?? []).filter(
      (one) => measure !== 'inquire' && [...one.things].every((thing) => !things.has(thing)),
    )
    kept.set(place, [...others, { exchange, things }])
  }
  const left = new Set([...kept.values()].flatMap((all) => all.map(({ exchange }) => exchange)))
  return exchanges.filter((exchange) => left.has(exchange))
}

const targetsIn = ({ delivery, statements }: Exchange) =>
  fold(
    statements.map(({ statement }) => statement),
    delivery.measure,
  ).targets

const thingsOf = (exchange: Exchange): ReadonlySet<string> =>
  new Set(targetsIn(exchange).map(({ asset }) => assetKey(asset)))

function isWithoutMoney(exchange: Exchange): true | undefined {
  if (exchange.delivery.measure !== 'freeze' || exchange.delivery.answer !== 'executed') return undefined
  const targets = targetsIn(exchange)
  return targets.length > 0 && targets.every(({ amount }) => amount === zeroMoney) ? true : undefined
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
      const sameMeasure = (one: MatrixCell) => cells.filter(({ measure }) => measure === one.measure)
      return html`<ul>${cells.map((cell) => cellLine(cell, cell.count > 1 || sameMeasure(cell).length > 1))}</ul>`
    }),
  ])
  return table(heads, rows)
}

/** Told by a shape and a word, so that colour only repeats it. */
function cellLine({ request, measure, word, answer, count, holdsNothing }: MatrixCell, isOneOfMany: boolean): Html {
  const isDone = answer === 'executed' || answer === 'nothing'
  const shape = isDone ? '●' : answer === 'refused' || answer === 'returned' ? '×' : '◐'
  const held = holdsNothing ? html` <span class="en">${say(words.actual)} 0.00</span>` : ''
  return html`<li><a href="/requests/${request}">${term(measures[measure])}</a> <span class="word ${isDone ? 'done' : 'wait'}">${shape} ${word}${isOneOfMany ? ` ${count}` : ''}</span>${held}</li>`
}
