import type { Asset } from '../domain/asset.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { fold } from '../domain/fold.ts'
import type { ImportedControl } from '../domain/imported-control.ts'
import type { Holding } from '../domain/statement.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'
import type { ControlRow, RequestRow } from './ports/rows.ts'
import type { TaskRow } from './ports/tasks.ts'

/** A control with the asset it is on, as its registry last named it. */
export type NamedControl = { readonly control: ControlRow; readonly asset?: Asset }

/** What was found, and by whose answer. */
export type NamedHolding = Holding & { readonly registry: string; readonly assetRef: string }

/** Everything a paper is written from: the case as it is now, and what its registries have said. */
export type PrintFacts = {
  readonly task: TaskRow
  readonly file: CaseFile
  /** The request that is behind the task, where one is. */
  readonly request?: RequestRow
  /** The exchange the task is about. */
  readonly exchange?: Exchange
  /** Those of the request the task is about. */
  readonly exchanges: readonly Exchange[]
  readonly holdings: readonly NamedHolding[]
  readonly controls: readonly NamedControl[]
  readonly registryName: (code: string) => string
}

/** What a case and its line have said and hold, under the names its registries gave last. */
export type CaseFacts = Pick<PrintFacts, 'file' | 'exchanges' | 'holdings' | 'controls' | 'registryName'>

/**
 * Reads what papers about a whole case say. What a registry told about somebody else of the same name is not in it (错误主体):
 * the reads leave that out. Call it through `look.ts`: a paper holds results.
 */
export async function caseFactsOf(parts: Parts, file: CaseFile, ids: readonly string[]): Promise<CaseFacts> {
  const { reads } = parts
  const exchanges = (await Promise.all(ids.map((id) => reads.exchangesOfCase(id)))).flat()
  const named = namesIn(parts, exchanges, await reads.imports(...ids))
  const controls = (await reads.controls(...ids)).map((control) => {
    const asset = named.get(control.assetRef)
    return { control, ...(asset && { asset }) }
  })
  return {
    file,
    exchanges,
    holdings: exchanges.flatMap((one) => holdingsOf(parts, one)),
    controls,
    registryName: (code) => parts.counter(code)?.registry.name ?? code,
  }
}

/** Reads what the paper of a task says. Call it through `look.ts`. */
export async function printoutOf(parts: Parts, file: CaseFile, task: TaskRow): Promise<PrintFacts> {
  const facts = await caseFactsOf(parts, file, file.line ?? [file.id])
  const exchange = facts.exchanges.find(({ delivery }) => delivery.id === task.about.delivery)
  const requestId = task.about.request ?? exchange?.delivery.request
  const request = requestId === undefined ? undefined : await parts.reads.request(requestId)
  return {
    ...facts,
    task,
    ...(request && { request }),
    ...(exchange && { exchange }),
    exchanges: facts.exchanges.filter(({ delivery }) => delivery.request === requestId),
  }
}

function namesIn(
  { assetRef }: Parts,
  exchanges: readonly Exchange[],
  imports: readonly ImportedControl[],
): ReadonlyMap<string, Asset> {
  const targets = exchanges.flatMap(({ statements }) => fold(statements.map(({ statement }) => statement)).targets)
  return new Map([...imports, ...targets].map(({ asset }) => [assetRef(asset), asset]))
}

function holdingsOf({ assetRef }: Parts, { delivery, statements }: Exchange): readonly NamedHolding[] {
  const { holdings } = fold(
    statements.map(({ statement }) => statement),
    delivery.measure,
  )
  const { registry } = delivery
  return holdings.map((holding) => ({ ...holding, registry, assetRef: assetRef(holding.asset) }))
}
