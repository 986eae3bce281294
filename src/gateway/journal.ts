import type { Person } from '../domain/request.ts'
import { leafHash } from '../ledger/merkle.ts'
import type { LogRecord, RecordKind } from '../ledger/record.ts'
import { plainRecord } from '../ledger/record-text.ts'
import type { Parts } from './parts.ts'
import type { KeptPayload } from './ports/rows.ts'
import type { CaseAct, LooseAct } from './ports/store.ts'

/** What an act says of itself to the log. Nothing in here is personal data: ids, codes and digests only. */
export type Noted = {
  readonly kind: RecordKind
  readonly by?: Person
  readonly request?: string
  readonly delivery?: string
  readonly registry?: string
  /** Entries this one answers or builds on. */
  readonly after?: readonly { readonly rel: string; readonly jti: string }[]
  readonly message?: KeptPayload
}

/**
 * Writes one entry of a case: takes the case's next number, signs the record, adds the leaf. It is in the log when the
 * act commits, and a crash before that leaves neither the deed nor its entry (invariant 1).
 */
export async function noteOnCase(parts: Parts, act: CaseAct, noted: Noted): Promise<string> {
  const caseSeq = await act.takeNumber()
  return write(parts, act, noted, {
    record: { case_ref: parts.caseRef(act.file.number), case_seq: caseSeq },
    row: { caseId: act.file.id, caseSeq, court: act.file.court },
  })
}

/** Writes one entry that belongs to no case: it has no `case_seq`. */
export async function noteLoose(parts: Parts, act: LooseAct, noted: Noted): Promise<string> {
  return write(parts, act, noted, { record: {}, row: { ...(noted.by?.court && { court: noted.by.court }) } })
}

async function write(
  parts: Parts,
  act: LooseAct,
  noted: Noted,
  where: { record: Partial<LogRecord>; row: { caseId?: string; caseSeq?: number; court?: string } },
): Promise<string> {
  const id = parts.newId()
  const at = parts.clock()
  const record: LogRecord = {
    v: 1,
    jti: id,
    iat: Math.floor(at.getTime() / 1000),
    gw: parts.gatewayId,
    kind: noted.kind,
    ...where.record,
    ...(noted.by && { by: noted.by.id }),
    ...(noted.request && { act: noted.request }),
    ...(noted.registry && { registry: noted.registry }),
    ...(noted.delivery && { delivery: noted.delivery }),
    ...(noted.after && noted.after.length > 0 && { links: noted.after }),
    ...(noted.message && {
      msg: { len: noted.message.length, sha256_ct: noted.message.cipherSha256, commit: noted.message.commitment },
    }),
  }
  const leaf = Buffer.from(await parts.signer.sign('record', 'writ-record+jws', plainRecord(record)))
  await act.enter({
    id,
    at,
    kind: noted.kind,
    leaf,
    leafHash: leafHash(leaf),
    ...where.row,
    ...(noted.by && { person: noted.by.id }),
    ...(noted.request && { request: noted.request }),
    ...(noted.delivery && { delivery: noted.delivery }),
    ...(noted.registry && { registry: noted.registry }),
    ...(noted.message && { payload: noted.message.id }),
  })
  return id
}
