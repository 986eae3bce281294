import { createHash } from 'node:crypto'
import { exhaustionIn } from '../../gateway/exhaustion.ts'
import { look } from '../../gateway/look.ts'
import type { LookedAt } from '../../gateway/looked-at.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import { exposureIn } from '../../gateway/preview-request.ts'
import { caseFactsOf } from '../../gateway/printout.ts'
import { isVisited } from '../../gateway/visited.ts'
import { parseProof } from '../../ledger/proof.ts'
import type { HttpParts } from '../parts.ts'
import { deliveredSheet, type Placed } from '../printouts/delivered.tsx'
import { exhaustionSheet } from '../printouts/exhaustion.tsx'
import { findingsSheet } from '../printouts/findings.tsx'
import { overviewSheet } from '../printouts/overview.tsx'
import { type PrintedFor, printingAt } from '../printouts/sheet.tsx'
import { found } from '../problem.ts'
import { type Calling, caseAt, deliveryAt } from '../reach.ts'
import { lineSeen, lineWithin } from './results.ts'

/** What the papers of a case are made of. */
type Papers = Pick<HttpParts, 'gateway' | 'log'>

/** 本案财产控制一览表: all that a case holds, on one sheet. Whoever prints it has looked. */
export async function overviewPaper(papers: Papers, calling: Calling, caseId: string, whose: PrintedFor) {
  const facts = await wholeCase(papers, calling, caseId, 'sheet:overview')
  const { pending } = await exposureIn(papers.gateway, facts.file)
  return overviewSheet({ ...facts, pending }, printingAt(whose, papers.gateway.clock(), `/cases/${facts.file.id}`))
}

/** 财产查控结果告知书 as things stand, whether or not everybody has answered. */
export async function findingsPaper(papers: Papers, calling: Calling, caseId: string, whose: PrintedFor) {
  const facts = await wholeCase(papers, calling, caseId, 'sheet:findings')
  return findingsSheet(facts, printingAt(whose, papers.gateway.clock(), `/cases/${facts.file.id}`))
}

async function wholeCase({ gateway }: Papers, calling: Calling, caseId: string, at: LookedAt) {
  const file = await caseAt(gateway, calling, caseId)
  const what = { kind: 'document.viewed' as const, at, caseId: file.id }
  return look(gateway, calling.person, what, async () => {
    const { ids, hidden } = await lineSeen(gateway.reads, calling.person, file)
    return { ...(await caseFactsOf(gateway, file, ids)), hidden }
  })
}

/** 网络查控穷尽财产调查清单 (终本规定 第一条、第三条): what was asked of whom about each debtor. */
export async function exhaustionPaper({ gateway }: Papers, calling: Calling, caseId: string, whose: PrintedFor) {
  const file = await caseAt(gateway, calling, caseId)
  const what = { kind: 'document.viewed' as const, at: 'sheet:exhaustion' as const, caseId: file.id }
  const parties = await look(gateway, calling.person, what, async () =>
    exhaustionIn(gateway, file, await lineWithin(gateway.reads, calling.person, file)),
  )
  const printing = printingAt(whose, gateway.clock(), `/cases/${file.id}`)
  return exhaustionSheet({ file, parties, registryName: nameOf(gateway) }, printing)
}

/** 送达及顺位证明: when an order arrived and where it stands, to the second, with its places in the log. */
export async function deliveredPaper(
  { gateway, log }: Papers,
  calling: Calling,
  deliveryId: string,
  whose: PrintedFor,
) {
  const { row, file } = await deliveryAt(gateway, calling, deliveryId)
  const what = { kind: 'document.viewed' as const, at: 'sheet:delivered' as const, caseId: file.id, delivery: row.id }
  const exchange = found(await look(gateway, calling.person, what, () => gateway.reads.exchange(row.id)))
  const party = (await gateway.reads.request(row.request))?.party ?? ''
  const carried = isVisited(gateway, row.registry)
  const facts = { file, exchange, party, carried, ...(await placedIn(log, exchange)), registryName: nameOf(gateway) }
  return deliveredSheet(facts, printingAt(whose, gateway.clock(), `/requests/${row.request}`))
}

/** The digest of what was sent, and where in the log each answer lies that has its place by now. */
export async function placedIn(
  log: Papers['log'],
  { delivery, statements }: Exchange,
): Promise<{ readonly digest: string; readonly placed: readonly Placed[] }> {
  const placed: Placed[] = []
  for (const { entry } of statements) {
    const proved = await log.prove(entry, 0)
    const proof = proved.kind === 'proved' ? parseProof(proved.proof) : undefined
    if (proof) placed.push({ entry, index: proof.index, checkpoint: proof.checkpoint })
  }
  return { digest: createHash('sha256').update(delivery.jws).digest('base64url'), placed }
}
function nameOf(gateway: Papers['gateway']): (code: string) => string {
  return (code) => gateway.counter(code)?.registry.name ?? code
}
