import { refusalOf } from '../../domain/authority.ts'
import { type BatchDeed, type BatchState, batchAfter } from '../../domain/batch.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { RecordKind } from '../../ledger/record.ts'
import { noteLoose } from '../journal.ts'
import type { Parts } from '../parts.ts'

export type HoldCode = 'role-missing' | 'batch-unknown' | 'batch-not-running' | 'batch-not-paused' | 'batch-over'

const recorded: Readonly<Record<BatchDeed, RecordKind>> = {
  pause: 'batch.paused',
  resume: 'batch.resumed',
  stop: 'batch.stopped',
}

/**
 * Its maker pauses a batch, lets it go on, or stops it for good. Holding its row waits for the one row that is being
 * submitted at this moment: once this is committed no other is. What is out stays out.
 */
export async function holdBatch(
  parts: Parts,
  officer: Person,
  id: string,
  deed: BatchDeed,
): Promise<{ readonly kind: 'held'; readonly state: BatchState; readonly entry: string } | Refusal<HoldCode>> {
  const barred = refusalOf(officer, 'batch.keep')
  if (barred) return barred
  return parts.store.note(async (act) => {
    const batch = await act.batches.find(id, 'change')
    if (batch?.maker !== officer.id) return refuse('batch-unknown')
    const state = batchAfter(batch.state, deed)
    if (isRefusal(state)) return state
    const after = [{ rel: 'batch', jti: batch.entry }]
    const entry = await noteLoose(parts, act, { kind: recorded[deed], by: officer, about: id, after })
    const at = parts.clock()
    await act.batches.move(id, {
      state,
      ...(deed === 'resume' && { since: at }),
      ...(deed === 'stop' && { endedAt: at }),
    })
    return { kind: 'held' as const, state, entry }
  })
}
