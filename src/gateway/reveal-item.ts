import type { Asset } from '../domain/asset.ts'
import type { CaseFile, Party } from '../domain/case-file.ts'
import { fold } from '../domain/fold.ts'
import type { FundAccount } from '../domain/fund-account.ts'
import type { MeasureKind } from '../domain/measure.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Holding, TargetResult } from '../domain/statement.ts'
import { assetIdsIn } from './asset-id.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'
import type { ApprovalRow, ControlRow, DocumentRow, RequestRow, StatementRow } from './ports/rows.ts'

/** The things that are revealed one by one. `exchange`: the exact bytes both ways, for auditors alone. */
export const revealKinds = [
  'party',
  'holding',
  'target',
  'control',
  'statement',
  'receipt',
  'document',
  'request',
  'comment',
  'fund-account',
  'exchange',
] as const

export type RevealKind = (typeof revealKinds)[number]

/**
 * One thing of a case, as its masked view names it: an id, and before it, of what an answer brought, that of the delivery
 * (`<delivery>/<id>`), of a comment that of the request.
 */
export type RevealName = { readonly what: RevealKind; readonly which: string }

/** What is revealed, plainly, and which request or delivery it belongs to. */
export type Revealed = { readonly request?: string; readonly delivery?: string } & (
  | { readonly what: 'party'; readonly party: Party }
  | { readonly what: 'holding'; readonly holding: Holding }
  | { readonly what: 'target'; readonly target: TargetResult }
  | { readonly what: 'control'; readonly control: ControlRow; readonly asset?: Asset }
  | { readonly what: 'statement'; readonly row: StatementRow; readonly measure: MeasureKind }
  | { readonly what: 'receipt'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly what: 'document'; readonly row: DocumentRow; readonly bytes: Uint8Array }
  | { readonly what: 'request'; readonly row: RequestRow }
  | { readonly what: 'comment'; readonly approval: ApprovalRow }
  | { readonly what: 'fund-account'; readonly account: FundAccount }
  | { readonly what: 'exchange'; readonly exchange: Exchange }
)

type Finding = Promise<Revealed | undefined | Refusal<'result-sealed'>>
type Finder = (parts: Parts, file: CaseFile, id: string, of: string) => Finding

/** Finds one thing of this case. What is another case's is not there, nor is what two people must open. */
export async function findRevealed(
  parts: Parts,
  file: CaseFile,
  { what, which }: RevealName,
): Promise<Revealed | Refusal<'reveal-unknown' | 'result-sealed'>> {
  const [of = '', id = of] = which.split('/')
  return (await finders[what](parts, file, id, of)) ?? refuse('reveal-unknown', 'which')
}

const finders: Readonly<Record<RevealKind, Finder>> = {
  party: async (_parts, { parties }, id) => {
    const party = parties.find((one) => one.id === id)
    return party && { what: 'party', party }
  },
  holding: async (parts, file, id, of) => {
    const exchange = await exchangeIn(parts, file, of)
    const holding = exchange && itemAmong(parts, of, foldedOf(exchange).holdings, id)
    return holding && { what: 'holding', delivery: of, holding }
  },
  target: async (parts, file, id, of) => {
    const exchange = await exchangeIn(parts, file, of)
    const target = exchange && itemAmong(parts, of, foldedOf(exchange).targets, id)
    return target && { what: 'target', delivery: of, target }
  },
  control: async (parts, { id: caseId }, id) => {
    const control = (await parts.reads.controls(caseId)).find((row) => row.id === id)
    const imported = (await parts.reads.imports(caseId)).find((one) => one.id === id)
    if (control && imported) return { what: 'control', control, asset: imported.asset }
    const exchange = control && (await parts.reads.exchange(control.delivery))
    if (!exchange) return undefined
    const named = foldedOf(exchange).targets.find(({ asset }) => parts.assetRef(asset) === control.assetRef)
    return { what: 'control', delivery: control.delivery, control, ...(named && { asset: named.asset }) }
  },
  statement: async (parts, file, id, of) => {
    const exchange = await exchangeIn(parts, file, of)
    const row = exchange?.statements.find((one) => one.id === id)
    if (!exchange || !row) return undefined
    if (row.isSealed) return refuse('result-sealed', 'which')
    return { what: 'statement', delivery: of, row, measure: exchange.delivery.measure }
  },
  receipt: async (parts, file, sha256, of) => {
    const exchange = await exchangeIn(parts, file, of)
    if (!exchange) return undefined
    if (isOfSealedResult(exchange, sha256)) return refuse('result-sealed', 'which')
    const receipt = await parts.reads.sealedReceipt(of, sha256)
    return receipt && { what: 'receipt', delivery: of, ...receipt }
  },
  document: async ({ reads }, { id: caseId }, id) => {
    const document = await reads.document(caseId, id)
    return document && { what: 'document', ...document }
  },
  request: async ({ reads }, { id: caseId }, id) => {
    const row = await reads.request(id)
    return row?.caseId === caseId ? { what: 'request', request: id, row } : undefined
  },
  comment: async ({ reads }, { id: caseId }, id, of) => {
    if ((await reads.request(of))?.caseId !== caseId) return undefined
    const approval = (await reads.approvals(of)).find((one) => one.id === id)
    return approval && { what: 'comment', request: of, approval }
  },
  // One that waits to be confirmed is typed from the paper, and so shown to nobody.
  'fund-account': async ({ reads }, { id: caseId }, id) => {
    const account = (await reads.fundAccounts(caseId)).find((one) => one.id === id && one.confirmedBy !== undefined)
    return account && { what: 'fund-account', account }
  },
  exchange: async (parts, file, id) => {
    const exchange = await exchangeIn(parts, file, id)
    return exchange && { what: 'exchange', request: exchange.delivery.request, delivery: id, exchange }
  },
}

async function exchangeIn({ reads }: Parts, { id }: CaseFile, delivery: string): Promise<Exchange | undefined> {
  const exchange = await reads.exchange(delivery)
  return exchange?.delivery.caseId === id ? exchange : undefined
}

function foldedOf({ delivery, statements }: Exchange) {
  return fold(
    statements.map((row) => row.statement),
    delivery.measure,
  )
}

function itemAmong<Item extends { readonly asset: Asset }>(
  parts: Parts,
  delivery: string,
  items: readonly Item[],
  id: string,
): Item | undefined {
  const ids = assetIdsIn(
    parts,
    delivery,
    items.map(({ asset }) => asset),
  )
  return items[ids.indexOf(id)]
}

/** The stamped paper of an answer about the wrong person shows what the answer found. */
export function isOfSealedResult({ statements }: Exchange, sha256: string): boolean {
  return statements.some((row) => row.isSealed && row.statement.sealedReceipt?.sha256 === sha256)
}
