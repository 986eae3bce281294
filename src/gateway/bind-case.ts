import { reachOf, refusalOn } from '../domain/authority.ts'
import type { CaseFile } from '../domain/case-file.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Layout } from '../evidence/manifest.ts'
import { collectEvidence, type EvidenceTrust } from './collect-evidence.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'
import type { TaskRow } from './ports/tasks.ts'

/** A paper as it lies in the case: a document of the court, or a stamped receipt of a registry. */
export type BoundFile = {
  readonly kind: 'document' | 'receipt'
  readonly sha256: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** Of a document: its kind and number. Of a receipt: the delivery it answers. */
  readonly of: string
  readonly number?: string
}

/** Everything that goes into the file of a case, in the order of the requests. */
export type BoundCase = {
  readonly kind: 'bound'
  readonly entry: string
  readonly file: CaseFile
  readonly exchanges: readonly Exchange[]
  readonly tasks: readonly TaskRow[]
  readonly documents: readonly BoundFile[]
  readonly receipts: readonly BoundFile[]
  /** The bundle of each delivery, by its id. */
  readonly evidence: ReadonlyMap<string, Layout>
}

export type BindCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'proof-not-yet'
  | 'binder-too-large'
  | 'binder-empty'

/** What one binder may hold. Bytes, and deliveries. */
const bytesAtMost = 67_108_864
const deliveriesAtMost = 200

/**
 * Gathers the file of a case (一键入卷包) for an officer on it: its papers and receipts byte for byte, and the bundle of each
 * exchange. It leaves the house with everything plainly in it, so the log says who took it before it does. `most` is what all of
 * it may weigh, in bytes.
 */
export async function bindCase(
  parts: Parts,
  trust: EvidenceTrust,
  by: Person,
  caseId: string,
  {
    exporter,
    waitMs,
    most = bytesAtMost,
  }: { readonly exporter: string; readonly waitMs: number; readonly most?: number },
): Promise<BoundCase | Refusal<BindCode>> {
  const { reads } = parts
  const file = await reads.caseById(caseId)
  if (!file) return refuse('case-unknown')
  const refused = refusalOn(by, 'case.bind', file)
  if (refused) return refused
  const exchanges = await reads.exchangesOfCase(caseId)
  if (exchanges.length === 0) return refuse('binder-empty')
  if (exchanges.length > deliveriesAtMost) return refuse('binder-too-large')
  const evidence = new Map<string, Layout>()
  const until = performance.now() + waitMs
  for (const { delivery } of exchanges) {
    const left = { waitMs: Math.max(0, until - performance.now()), exporter }
    const collected = await collectEvidence(parts, trust, delivery.id, left)
    if (collected.kind === 'not-yet') return refuse('proof-not-yet')
    if (collected.kind === 'collected') evidence.set(delivery.id, collected.layout)
  }
  const documents = await documentsOf(parts, caseId)
  const receipts = await receiptsOf(parts, exchanges)
  const layouts = [...evidence.values()].flatMap((layout) => [...layout.values()])
  const size = [...documents, ...receipts].map(({ bytes }) => bytes).concat(layouts)
  if (size.reduce((sum, { length }) => sum + length, 0) > most) return refuse('binder-too-large')
  const reach = reachOf(by, 'case.bind')
  const tasks = await reads.tasks({ reach, caseId, limit: 200 })
  const ended = await reads.tasks({ reach, caseId, ended: true, limit: 200 })
  const noted = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'noted'; entry: string } | Refusal<BindCode>> => {
      const still = refusalOn(by, 'case.bind', act.file)
      return still ?? { kind: 'noted', entry: await noteOnCase(parts, act, { kind: 'case.bound', by }) }
    },
  )
  if (noted.kind === 'no-such-case') return refuse('case-unknown')
  if (isRefusal(noted)) return noted
  return {
    kind: 'bound',
    entry: noted.entry,
    file,
    exchanges,
    tasks: [...ended, ...tasks],
    documents,
    receipts,
    evidence,
  }
}

async function documentsOf({ reads }: Pick<Parts, 'reads'>, caseId: string): Promise<readonly BoundFile[]> {
  const bound: BoundFile[] = []
  for (const { sha256 } of await reads.documents(caseId)) {
    const found = await reads.document(caseId, sha256)
    if (!found) continue
    const { kind, number, mediaType } = found.row
    bound.push({ kind: 'document', sha256, mediaType, bytes: found.bytes, of: kind, number })
  }
  return bound
}

/** Of an answer about somebody else of the same name there is no receipt here either. */
async function receiptsOf(
  { reads }: Pick<Parts, 'reads'>,
  exchanges: readonly Exchange[],
): Promise<readonly BoundFile[]> {
  const bound: BoundFile[] = []
  for (const { delivery, statements } of exchanges) {
    const named = new Set(
      statements.flatMap(({ statement, isSealed }) => (isSealed ? [] : (statement.sealedReceipt?.sha256 ?? []))),
    )
    for (const sha256 of named) {
      const found = await reads.sealedReceipt(delivery.id, sha256)
      if (found)
        bound.push({ kind: 'receipt', sha256, mediaType: found.mediaType, bytes: found.bytes, of: delivery.id })
    }
  }
  return bound
}
