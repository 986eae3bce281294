import type { LogRecord, RecordView } from '../ledger/record.ts'
import { parseRecord } from '../ledger/record-text.ts'
import { readCompact } from '../signing/compact.ts'

/** What an entry says was looked at: it stands in the leaf alone, so that nothing else has to agree with it. */
export function viewedIn(leaf: Uint8Array): RecordView | undefined {
  return recordIn(leaf)?.view
}

/** Whether an entry is of a case, where its columns were kept back from whoever may know of none. */
export function isOfCase(leaf: Uint8Array): boolean {
  return recordIn(leaf)?.case_ref !== undefined
}

function recordIn(leaf: Uint8Array): LogRecord | undefined {
  const compact = readCompact(leaf)
  return compact && parseRecord(Buffer.from(compact.payload).toString('utf8'))
}
