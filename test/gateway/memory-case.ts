import { assetKey } from '../../src/domain/asset.ts'
import type { Measure } from '../../src/domain/measure.ts'
import type { Statement } from '../../src/domain/statement.ts'
import type { ControlRow, DeliveryRow, RequestRow, StatementRow } from '../../src/gateway/ports/rows.ts'
import type { CaseAct } from '../../src/gateway/ports/store.ts'
import { projectControls } from '../../src/gateway/project-controls.ts'
import { asked, land } from '../support/court.ts'

const start = Date.parse('2026-06-03T01:15:00Z')
const hour = 3_600_000

/** What is said of one delivery; `hours` after the start it is issued. */
export type Said = Pick<Statement, 'kind' | 'targets'> & { readonly hours: number }

/** A committed statement; it arrives a minute after it was issued. */
export function row(delivery: string, sequence: number, { hours, ...said }: Said): StatementRow {
  const issuedAt = new Date(start + hours * hour)
  const id = `${delivery} ${sequence}`
  const proof = { jti: id, digest: id, grade: 'A', entry: id, receipt: id, message: Buffer.from(id) } as const
  const at = { issuedAt, arrivedAt: new Date(issuedAt.getTime() + 60_000) }
  return { id, delivery, ...proof, ...at, statement: { ...said, sequence, holdings: [], receivedAt: new Date(start) } }
}

const refs = { assetRef: assetKey }

/** The controls of one case at one registry, projected by the true code from rows kept in memory. */
export function memoryCase(measures: Readonly<Record<string, Measure>>) {
  const names = Object.keys(measures)
  const deliveries = names.map((id): DeliveryRow => {
    const { kind: measure } = measures[id] ?? { kind: 'inquire' }
    const known = { id: id as DeliveryRow['id'], request: id, registry: land.code, measure }
    const rest = {
      caseId: 'case',
      reference: id,
      caseSeq: 1,
      phase: 'answered',
      answer: 'silent',
      attempts: 1,
    } as const
    return {
      ...known,
      ...rest,
      createdAt: new Date(start),
      validUntil: new Date(start),
      respondBy: new Date(start),
      jws: '',
    }
  })
  const told = new Map<string, StatementRow[]>()
  const controls = new Map<string, ControlRow>()
  const act = {
    imports: async () => [],
    controls: async () => [...controls.values()],
    putControl: async (control: ControlRow) => void controls.set(control.id, control),
    statements: async (delivery: string) =>
      [...(told.get(delivery) ?? [])].sort((a, b) => a.statement.sequence - b.statement.sequence),
    deliveriesWith: async (wanted: readonly string[]) => deliveries.filter(({ measure }) => wanted.includes(measure)),
    request: async (id: string) => measures[id] && ({ asked: asked(measures[id]) } as RequestRow),
  } as unknown as CaseAct
  /** One statement arrives; a known one changes nothing, as at the true counter. */
  const arrive = async (statement: StatementRow) => {
    const { delivery: name } = statement
    const before = told.get(name) ?? []
    if (before.some(({ id }) => id === statement.id)) return
    told.set(name, [...before, statement])
    const delivery = deliveries.find(({ id }) => id === name)
    if (delivery) await projectControls(refs, act, delivery)
  }
  return { arrive, controls: () => [...controls.values()].sort((a, b) => a.id.localeCompare(b.id)) }
}

/** The controls after these words, each delivery's in its own order. */
export async function controlsAfter(
  measures: Readonly<Record<string, Measure>>,
  said: Readonly<Record<string, readonly Said[]>>,
) {
  const file = memoryCase(measures)
  for (const [delivery, words] of Object.entries(said))
    for (const [at, word] of words.entries()) await file.arrive(row(delivery, at + 1, word))
  return file.controls()
}
