import { createHash } from 'node:crypto'
import type { SealedReceipt } from '../../src/domain/statement.ts'
import type { Outgoing, UnprovedCode } from '../../src/relay/port.ts'
import { answer, codeAfter, misfit } from './answer.ts'
import { type Business, type Call, refusalFor } from './handing.ts'
import { mostFile } from './papers.ts'
import { type Reading, readControl, readQuery, toReceived } from './translate.ts'
import type { Code } from './wire.ts'
import {
  type ControlResult,
  controlResult,
  fieldNames,
  type QueryResult,
  queryResult,
  referenceIn,
} from './wire-result.ts'

type Receipt = { readonly kind: 'receipt'; readonly bytes: Buffer; readonly named: SealedReceipt }
type Spoilt = { readonly kind: 'spoilt'; readonly code: Code }

/**
 * commit/result: what the centre answers. What proves nothing is told to the desk all the same, which keeps it as
 * evidence: the caller has signed in, so it is not anonymous junk (invariant 4).
 */
export async function hear(call: Call, business: Business): Promise<Response> {
  const reference = referenceIn(call.data)
  if (!reference) return answer('empty', fieldNames[business])
  const outgoing = await call.desk.find(reference)
  // Told all the same: the desk knows nothing of such a delivery, but may count who speaks of it.
  if (!outgoing) {
    const stranger = { kind: 'unproved', code: 'statement-other-delivery' } as const
    await call.desk.tell(reference, call.bytes, stranger)
    return answer('unknown-reference')
  }
  const refused = refusalFor(outgoing, business)
  if (refused) return answer(refused)
  const said = (business === 'inquiries' ? queryResult : controlResult).safeParse(call.data)
  if (said.error) {
    const { field } = misfit(said.error, call.data, 'data')
    return quarantine(call, outgoing, 'statement-malformed', 'irregular-result', field)
  }
  return admit(call, outgoing, said.data)
}

async function admit(call: Call, outgoing: Outgoing, result: QueryResult | ControlResult): Promise<Response> {
  const { desk, bytes } = call
  const receipt = receiptIn(result)
  if (receipt?.kind === 'spoilt')
    return quarantine(call, outgoing, 'statement-content', receipt.code, fieldNames.receipt)
  const reading = read(result, outgoing, desk.now, receipt?.named)
  if (reading.kind === 'unproved') {
    return quarantine(call, outgoing, reading.unproved.code, reading.code, reading.field)
  }
  // A centre that answers what it never confirmed has received it by now at the latest; said once, as any confirmation.
  if (result.kind === 'first') {
    await desk.tell(outgoing.reference, bytes, toReceived(outgoing.reference, desk.now))
  }
  // The stamped document first: a crash between the two leaves a file nobody names, never an answer without its file.
  if (receipt) await desk.keepReceipt(outgoing, { bytes: receipt.bytes, mediaType: receipt.named.mediaType })
  return answer(codeAfter(await desk.tell(outgoing.reference, bytes, reading.proved)))
}

function read(result: QueryResult | ControlResult, outgoing: Outgoing, now: Date, receipt?: SealedReceipt): Reading {
  return 'persons' in result ? readQuery(result, outgoing, now, receipt) : readControl(result, outgoing, now, receipt)
}

function receiptIn({ receipt }: QueryResult | ControlResult): Receipt | Spoilt | undefined {
  if (!receipt) return undefined
  const bytes = Buffer.from(receipt.content, 'base64')
  if (bytes.length > mostFile) return { kind: 'spoilt', code: 'too-large' }
  const md5 = createHash('md5').update(bytes).digest('hex')
  if (md5 !== receipt.md5.toLowerCase()) return { kind: 'spoilt', code: 'irregular-result' }
  const sha256 = createHash('sha256').update(bytes).digest('base64url')
  return { kind: 'receipt', bytes, named: { sha256, mediaType: receipt.mediaType, length: bytes.length } }
}

async function quarantine(
  { desk, bytes }: Call,
  { reference }: Outgoing,
  code: UnprovedCode,
  said: Code,
  field: string,
): Promise<Response> {
  const reception = await desk.tell(reference, bytes, { kind: 'unproved', code, detail: field })
  return reception.kind === 'flooded' ? answer('unavailable') : answer(said, field)
}
