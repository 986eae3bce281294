import type { Asset } from '../domain/asset.ts'
import type { Reach } from '../domain/authority.ts'
import type { CaseFile, Party } from '../domain/case-file.ts'
import { fold } from '../domain/fold.ts'
import type { ImportedControl } from '../domain/imported-control.ts'
import type { Encumbrance, Holding } from '../domain/statement.ts'
import { isToldWith, toldTogether } from '../domain/task.ts'
import { type Inquiry, inquiriesAmong, partiesAskedAbout } from './inquiries.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'
import type { ControlRow, RequestRow } from './ports/rows.ts'
import type { TaskRow } from './ports/tasks.ts'
import { standsBefore } from './stands-before.ts'
import { isVisited } from './visited.ts'

/** A control with the asset it is on, as its registry last named it, whose that is, and who stands before it. */
export type NamedControl = {
  readonly control: ControlRow
  readonly asset?: Asset
  readonly subject?: string
  readonly before: readonly Encumbrance[]
}

/** What was found, and by whose answer. */
export type NamedHolding = Holding & { readonly registry: string; readonly assetRef: string }

/** One task of a paper with what is behind it. */
export type Told = Pick<PrintFacts, 'task' | 'request' | 'exchanges'>

/** Everything a paper is written from: the case as it is now, and what its registries have said. */
export type PrintFacts = {
  readonly task: TaskRow
  /** Everything the paper tells of: the task, and those that are done by the same paper. */
  readonly told: readonly Told[]
  readonly file: CaseFile
  /** The request that is behind the task, where one is. */
  readonly request?: RequestRow
  /** The exchange the task is about. */
  readonly exchange?: Exchange
  /** Those of the request the task is about. */
  readonly exchanges: readonly Exchange[]
  /** What was asked after in this case alone, whoever of its debtors it is about. */
  readonly inquiries: readonly Inquiry[]
  readonly holdings: readonly NamedHolding[]
  readonly controls: readonly NamedControl[]
  readonly registryName: (code: string) => string
  /** Whether two officers go there with every request. */
  readonly isVisited: (code: string) => boolean
}

/** What a case and its line have said and hold, under the names its registries gave last. */
export type CaseFacts = Pick<PrintFacts, 'file' | 'exchanges' | 'inquiries' | 'holdings' | 'controls' | 'registryName'>

/**
 * Reads what papers about a whole case say. What a registry told about somebody else of the same name is not in it (错误主体):
 * the reads leave that out. Call it through `look.ts`: a paper holds results.
 */
export async function caseFactsOf(parts: Parts, file: CaseFile, ids: readonly string[]): Promise<CaseFacts> {
  const { reads } = parts
  const exchanges = (await Promise.all(ids.map((id) => reads.exchangesOfCase(id)))).flat()
  const imports = await reads.imports(...ids)
  const named = namesIn(parts, exchanges, imports)
  const files = [file, ...(await reads.casesWith(ids.filter((id) => id !== file.id)))]
  const partyOf = await partiesAskedAbout(reads, files)
  const whose = subjectsIn(files, exchanges, imports, partyOf)
  const before = standsBefore(
    parts,
    exchanges,
    files.map(({ number }) => number),
  )
  const controls = (await reads.controls(...ids)).map((control) => {
    const [asset, subject] = [named.get(control.assetRef), whose(control)]
    return { control, before: before(control), ...(asset && { asset }), ...(subject !== undefined && { subject }) }
  })
  const own = exchanges.filter(({ delivery }) => delivery.caseId === file.id)
  return {
    file,
    exchanges,
    inquiries: inquiriesAmong(own, partyOf),
    holdings: exchanges.flatMap((one) => holdingsOf(parts, one)),
    controls,
    registryName: (code) => parts.counter(code)?.registry.name ?? code,
  }
}

/** Reads what the paper of a task says, and of others that are done by the same. Call it through `look.ts`. */
export async function printoutOf(
  parts: Parts,
  file: CaseFile,
  task: TaskRow,
  others: readonly TaskRow[] = [],
): Promise<PrintFacts> {
  const facts = await caseFactsOf(parts, file, file.line ?? [file.id])
  const exchange = facts.exchanges.find(({ delivery }) => delivery.id === task.about.delivery)
  const own = await toldOf(parts, facts, task)
  const told = [own]
  for (const other of others) told.push(await toldOf(parts, facts, other))
  return { ...facts, ...own, told, isVisited: (code) => isVisited(parts, code), ...(exchange && { exchange }) }
}

async function toldOf({ reads }: Pick<Parts, 'reads'>, { exchanges }: CaseFacts, task: TaskRow): Promise<Told> {
  const exchange = exchanges.find(({ delivery }) => delivery.id === task.about.delivery)
  const requestId = task.about.request ?? exchange?.delivery.request
  const request = requestId === undefined ? undefined : await reads.request(requestId)
  return {
    task,
    ...(request && { request }),
    exchanges: exchanges.filter(({ delivery }) => delivery.request === requestId),
  }
}

/** The other open tasks that one paper with this one can do. */
export async function toldWith(
  { reads }: Pick<Parts, 'reads'>,
  reach: Reach,
  task: TaskRow,
): Promise<readonly TaskRow[]> {
  if (!toldTogether.includes(task.kind) || task.ending) return []
  const open = await reads.tasks({ reach, caseId: task.caseId, kind: task.kind, limit: mostTold })
  return open.filter((one) => one.id !== task.id && isToldWith(task, one))
}

/** What one paper can hold and somebody can read. */
const mostTold = 50

function namesIn(
  { assetRef }: Parts,
  exchanges: readonly Exchange[],
  imports: readonly ImportedControl[],
): ReadonlyMap<string, Asset> {
  const targets = exchanges.flatMap(({ statements }) => fold(statements.map(({ statement }) => statement)).targets)
  return new Map([...imports, ...targets].map(({ asset }) => [assetRef(asset), asset]))
}

/** Whose each control is: of the party its order is about, or whom the list names that brought it in. */
function subjectsIn(
  files: readonly CaseFile[],
  exchanges: readonly Exchange[],
  imports: readonly ImportedControl[],
  partyOf: (request: string) => Party | undefined,
): (control: ControlRow) => string | undefined {
  const requests = new Map(exchanges.map(({ delivery }) => [String(delivery.id), delivery.request]))
  const listed = new Map(imports.map(({ id, party }) => [id, party]))
  const parties = new Map(files.flatMap((file) => file.parties.map((party) => [party.id, party] as const)))
  return ({ id, delivery, origin }) => {
    const party = origin ? parties.get(listed.get(id) ?? '') : partyOf(requests.get(delivery) ?? '')
    return party?.subject.name
  }
}

function holdingsOf({ assetRef }: Parts, { delivery, statements }: Exchange): readonly NamedHolding[] {
  const { holdings } = fold(
    statements.map(({ statement }) => statement),
    delivery.measure,
  )
  const { registry } = delivery
  return holdings.map((holding) => ({ ...holding, registry, assetRef: assetRef(holding.asset) }))
}
