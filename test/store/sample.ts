import { v7 as newId } from 'uuid'
import type { Reach } from '../../src/domain/authority.ts'
import type { CaseFile } from '../../src/domain/case-file.ts'
import { type CaseNumber, parseCaseNumber } from '../../src/domain/case-number.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import type { Money } from '../../src/domain/money.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { AskedRequest } from '../../src/domain/request.ts'
import type { Statement } from '../../src/domain/statement.ts'
import type { DeliveryRow, EntryRow, RequestRow, StatementRow } from '../../src/gateway/ports/rows.ts'
import type { CaseAct, NewCase } from '../../src/gateway/ports/store.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import type { DeliveryId } from '../../src/relay/port.ts'
import type { OpenStore } from '../../src/store/open.ts'

export const binhai = '津0116' as CourtCode
export const landBureau = 'land-tj' as RegistryCode
export const at = new Date('2026-11-24T02:30:00.000Z')

let serial = 1000

function caseNumber(): CaseNumber {
  serial += 1
  const number = parseCaseNumber(`（2026）津0116执${serial}号`)
  if (isRefusal(number)) throw new Error(number.code)
  return number
}

export function newCase(number = caseNumber()): NewCase {
  return {
    id: newId(),
    number,
    court: binhai,
    standing: 'open',
    claim: '1295200.00' as Money,
    costs: '8200.00' as Money,
    judge: '法官甲',
    enteredBy: 'registrar-zhao',
    isSealed: false,
  }
}

/** The cases of a court as somebody with a role for the whole of it has them. */
export const everyCase = (court: CourtCode): Reach => ({ person: 'nobody', spans: [{ court }] })

/** A debtor whose name and number occur nowhere else, so that a search of the disk would find a leak. */
export const debtor = { kind: 'person', name: '张三丰標記', idType: 'id-card', idNumber: '120116197001019990' } as const

export async function foundCase(store: OpenStore['store'], file = newCase()): Promise<CaseFile> {
  const answer = await store.found(file, async (act) => {
    const party = { id: newId(), role: 'debtor', subject: debtor, enteredBy: 'registrar-zhao' } as const
    await act.addParty(party, await act.keep('party', Buffer.from(JSON.stringify(debtor))))
    return { kind: 'founded' as const, party }
  })
  if (answer.kind !== 'founded') throw new Error(answer.kind)
  return { ...file, members: [], parties: [answer.party] }
}

export function entryFor(over: Partial<EntryRow> = {}): EntryRow {
  const leaf = Buffer.from(`header.${newId()}.signature`)
  return { id: newId(), at, kind: 'request.submitted', leaf, leafHash: leafHash(leaf), ...over }
}

export function asked(party: string): AskedRequest {
  return {
    party,
    measure: { kind: 'inquire', kinds: ['land'] },
    registries: [landBureau],
    basis: { statute: '民诉法 第二百五十三条', purpose: '查询財產標記', documents: [] },
    officers: [],
    contact: { name: '林', phone: '022-00000000' },
    respondBy: new Date('2026-12-01T00:00:00.000Z'),
  }
}

export async function addRequest(act: CaseAct): Promise<RequestRow> {
  const party = act.file.parties[0]?.id ?? 'nobody'
  const wanted = asked(party)
  const row: RequestRow = {
    id: newId(),
    caseId: act.file.id,
    measure: 'inquire',
    party,
    state: 'submitted',
    maker: 'officer-lin',
    submittedAt: at,
    entry: newId(),
    version: 1,
    asked: wanted,
  }
  await act.addRequest(row, await act.keep('request', Buffer.from(JSON.stringify(wanted))))
  return row
}

export async function addDelivery(
  act: CaseAct,
  request: string,
  over: Partial<DeliveryRow> = {},
): Promise<DeliveryRow> {
  const id = newId() as DeliveryId
  const row: DeliveryRow = {
    id,
    caseId: act.file.id,
    request,
    registry: landBureau,
    reference: id,
    measure: 'inquire',
    caseSeq: await act.takeNumber(),
    phase: 'ready',
    answer: 'silent',
    createdAt: at,
    validUntil: new Date('2026-12-24T00:00:00.000Z'),
    respondBy: new Date('2026-12-01T00:00:00.000Z'),
    attempts: 0,
    jws: `aaaa.${id}.信封`,
    ...over,
  }
  await act.address(row.registry, row.reference, row.id)
  const rendering = row.rendered && (await act.keep('rendering', row.rendered))
  await act.addDelivery(row, await act.keep('envelope', Buffer.from(row.jws)), rendering)
  return row
}

/** A case with a request and so many deliveries of it. */
export async function foundWithDeliveries(
  store: OpenStore['store'],
  count: number,
  over: Partial<DeliveryRow> = {},
): Promise<{ readonly file: CaseFile; readonly request: RequestRow; readonly deliveries: readonly DeliveryRow[] }> {
  const file = await foundCase(store)
  const answer = await store.act(file.id, async (act) => {
    const request = await addRequest(act)
    const deliveries: DeliveryRow[] = []
    for (let n = 0; n < count; n += 1) deliveries.push(await addDelivery(act, request.id, over))
    return { kind: 'made' as const, request, deliveries }
  })
  if (answer.kind !== 'made') throw new Error(answer.kind)
  return { file, request: answer.request, deliveries: answer.deliveries }
}

export function statementFor(delivery: string, statement: Statement, over: Partial<StatementRow> = {}): StatementRow {
  return {
    id: newId(),
    delivery,
    jti: newId(),
    digest: 'digest',
    grade: 'A',
    issuedAt: at,
    arrivedAt: at,
    entry: newId(),
    receipt: 'r.r.r',
    statement,
    message: Buffer.from('the exact bytes 原文標記'),
    ...over,
  }
}
