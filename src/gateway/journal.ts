import type { Person } from '../domain/person.ts'
import { leafHash } from '../ledger/merkle.ts'
import type { LogRecord, RecordKind, RecordView } from '../ledger/record.ts'
import { plainRecord } from '../ledger/record-text.ts'
import type { Parts } from './parts.ts'
import type { KeptPayload } from './ports/rows.ts'
import type { CaseAct, LooseAct, Store } from './ports/store.ts'

/** Who acted: a person, the operator of the machine, or a system by its id. */
export type Actor = Pick<Person, 'id' | 'court'>

/** The parts an entry is made with. */
export type Recording = Pick<Parts, 'newId' | 'clock' | 'gatewayId' | 'signer'>

/** The same with a store: what acts outside any case are made of, few enough for a command to do them alone. */
export type Noting = Recording & { readonly store: Pick<Store, 'note'> }

/** What an act says of itself to the log. Nothing in here is personal data: ids, codes and digests only. */
export type Noted = {
  readonly kind: RecordKind
  readonly by?: Actor
  readonly request?: string
  readonly delivery?: string
  readonly registry?: string
  /** Entries this one answers or builds on. */
  readonly after?: readonly { readonly rel: string; readonly jti: string }[]
  readonly message?: KeptPayload
  /** What else it is about: the id of a person, a grant, a session or a search, or the name of a deed. */
  readonly about?: string
  /** Of a look: at which list, and by what it was narrowed. */
  readonly view?: RecordView
}

/**
 * Writes one entry of a case: takes the case's next number, signs the record, adds the leaf. It is in the log when the
 * act commits, and a crash before that leaves neither the deed nor its entry (invariant 1).
 */
export async function noteOnCase(
  parts: Recording & Pick<Parts, 'caseRef'>,
  act: CaseAct,
  noted: Noted,
): Promise<string> {
  const caseSeq = await act.takeNumber()
  return write(parts, act, noted, {
    record: { case_ref: parts.caseRef(act.file.number), case_seq: caseSeq },
    row: { caseId: act.file.id, caseSeq, court: act.file.court },
  })
}

/** Writes one entry that belongs to no case: it has no `case_seq`. */
export async function noteLoose(parts: Recording, act: LooseAct, noted: Noted): Promise<string> {
  return write(parts, act, noted, { record: {}, row: { ...(noted.by?.court && { court: noted.by.court }) } })
}

async function write(
  parts: Recording,
  act: Pick<LooseAct, 'enter'>,
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
    ...((noted.request ?? noted.about) && { act: noted.request ?? noted.about }),
    ...(noted.registry && { registry: noted.registry }),
    ...(noted.delivery && { delivery: noted.delivery }),
    ...(noted.after && noted.after.length > 0 && { links: noted.after }),
    ...(noted.message && {
      msg: { len: noted.message.length, sha256_ct: noted.message.cipherSha256, commit: noted.message.commitment },
    }),
    ...(noted.view && { view: noted.view }),
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
    ...(noted.about && { about: noted.about }),
    ...(noted.message && { payload: noted.message.id }),
  })
  return id
}
