import { refusalOn } from '../../domain/authority.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { noteLoose, noteOnCase } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { Batch, BatchRow, BatchTerms } from '../ports/batch.ts'
import type { CaseAct, LooseAct } from '../ports/store.ts'
import { sha256 } from '../store-document.ts'
import { enterRequest, type SubmitCode } from '../submit.ts'
import { inquiryOf } from './read-row.ts'

/** How many rows of one batch are submitted before the next has its turn, and how many batches have one in a round. */
const rowsAtOnce = 5
const batchesAtOnce = 4

/** Longer than five rows take; after a kill the batch goes on when it is over. */
const leaseSeconds = 30

/** While so many deliveries wait for the courier, whoever asks singly would wait behind those of a batch. */
const crowd = 8

/**
 * One round over the batches that are under way: a few rows of each become requests. Any process may go round: a batch is
 * leased to one at a time, and a row is looked at again under its lock, so that however many processes die at whatever
 * moment, each row becomes one request (invariant 2). A row that breaks holds up no other batch.
 */
export async function workBatches(parts: Parts): Promise<number> {
  const seen = new Set<string>()
  const troubles: unknown[] = []
  let submitted = 0
  while (seen.size < batchesAtOnce) {
    const batch = await parts.store.claimBatch(leaseSeconds)
    if (!batch) break
    try {
      // The one that was left alone longest comes first: whoever comes again has had its turn.
      if (!seen.has(batch.id)) submitted += await stepOn(parts, batch, (fault) => troubles.push(fault))
    } finally {
      await parts.store.releaseBatch(batch.id)
    }
    if (seen.has(batch.id)) break
    seen.add(batch.id)
  }
  if (troubles.length > 0) throw troubles[0]
  return submitted
}

async function stepOn(parts: Parts, batch: Batch, onTrouble: (fault: unknown) => void): Promise<number> {
  const terms = await parts.reads.batchTerms(batch.id)
  if (!terms) throw new Error('a batch without what its requests say')
  let submitted = 0
  for (const row of await parts.reads.batchNext(batch.id, rowsAtOnce)) {
    if (await isCrowded(parts)) return submitted
    try {
      if (await submitRow(parts, batch, row, terms)) submitted += 1
    } catch (fault) {
      onTrouble(fault)
    }
  }
  await endWhole(parts, batch)
  return submitted
}

/** Only what is carried counts: registries that come for theirs take it when they will. */
async function isCrowded({ registries, counter, reads }: Parts): Promise<boolean> {
  const carried = registries().filter(({ code }) => counter(code)?.adapter.kind === 'push')
  const due = await reads.dueAt(
    carried.map(({ code }) => code),
    crowd,
  )
  return due >= crowd
}

type Stepped = { readonly kind: 'submitted' | 'not-now' }

/** True when the row became a request. */
async function submitRow(parts: Parts, batch: Batch, row: number, terms: BatchTerms): Promise<boolean> {
  const now = await parts.reads.batchLines(batch.id, { after: row - 1, limit: 1 }, parts.clock())
  const papers = now[0] ? await parts.reads.documents(now[0].row.caseId) : []
  const said = await parts.store.note(async (act): Promise<Stepped | Refusal<SubmitCode>> => {
    const line = await whoseTurn(act, batch, row)
    if (!line) return { kind: 'not-now' }
    const [on, officer] = [await act.onCase(line.caseId), await act.batches.officer(batch.maker, parts.clock())]
    if (!on || !officer) return refuse('case-unknown', 'case')
    const refused = refusalOn(officer, 'request.submit', on.file)
    if (refused) return refused
    const drafted = inquiryOf(line, terms, papers)
    const once = { client: batch.maker, key: `batch-${batch.id}-${row}`, digest: sha256(JSON.stringify(drafted)) }
    const entered = await enterRequest(parts, on, officer, drafted, once, { batch: batch.entry })
    if (isRefusal(entered)) return entered
    // In the transaction that makes the request: a crash leaves both or neither.
    await act.batches.finish(batch.id, row, { state: 'submitted', request: entered.id, doneAt: parts.clock() })
    return { kind: 'submitted' }
  })
  if (isRefusal(said)) await putAside(parts, batch, row, said)
  if (said.kind === 'submitted') parts.wake()
  return said.kind === 'submitted'
}

/** The row, when the batch still runs and nobody has seen to it since. */
async function whoseTurn(act: LooseAct, batch: Batch, row: number): Promise<BatchRow | undefined> {
  if ((await act.batches.find(batch.id, 'work'))?.state !== 'running') return undefined
  const line = await act.batches.row(batch.id, row)
  return line?.state === 'waiting' ? line : undefined
}

/** What was right when the batch was started and is not now: the row stands refused with the reason, and the rest goes on. */
async function putAside(parts: Parts, batch: Batch, row: number, { code }: Refusal): Promise<void> {
  await parts.store.note(async (act) => {
    const line = await whoseTurn(act, batch, row)
    if (!line) return { kind: 'not-now' as const }
    const on: CaseAct | undefined = await act.onCase(line.caseId)
    const noted = { kind: 'batch.refused', about: batch.id, after: [{ rel: 'batch', jti: batch.entry }] } as const
    await (on ? noteOnCase(parts, on, noted) : noteLoose(parts, act, noted))
    await act.batches.finish(batch.id, row, { state: 'refused', refused: code, doneAt: parts.clock() })
    return { kind: 'aside' as const }
  })
}

async function endWhole(parts: Parts, { id, entry }: Batch): Promise<void> {
  if ((await parts.reads.batchNext(id, 1)).length > 0) return
  await parts.store.note(async (act) => {
    const batch = await act.batches.find(id, 'change')
    if (batch?.state !== 'running' || (await act.batches.waiting(id)) > 0) return { kind: 'not-now' as const }
    await noteLoose(parts, act, { kind: 'batch.ended', about: id, after: [{ rel: 'batch', jti: entry }] })
    await act.batches.move(id, { state: 'done', endedAt: parts.clock() })
    return { kind: 'ended' as const }
  })
}
