import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { documentKinds } from '../../domain/legal-basis.ts'
import { measures } from '../../domain/measure.ts'
import { isToldWith, taskKinds } from '../../domain/task.ts'
import { type BoundCase, type BoundFile, bindCase } from '../../gateway/bind-case.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { TaskRow } from '../../gateway/ports/tasks.ts'
import { exposureIn } from '../../gateway/preview-request.ts'
import { caseFactsOf, printoutOf } from '../../gateway/printout.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { isVisited } from '../../gateway/visited.ts'
import { pdfPages } from '../../signing/pdf-pages.ts'
import { attachment, endingOf, unfit } from '../attachment.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { type BinderLine, binderIndex } from '../printouts/binder-index.tsx'
import { deliveredSheet, deliveredTitle } from '../printouts/delivered.tsx'
import { overviewSheet } from '../printouts/overview.tsx'
import { printed } from '../printouts/printed.tsx'
import type { Printing } from '../printouts/sheet.tsx'
import { granted } from '../problem.ts'
import { type Calling, caseAt } from '../reach.ts'
import { bytes, type Edge, idParam, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { placedIn } from './case-sheets.ts'
import { lineSeen } from './results.ts'

/** How long the log may take to cover what was just answered. Milliseconds. */
const proofWaitMs = 5000

/** 一键入卷包: the whole file of a case as one archive, for an officer on it. */
export function binderRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/binder',
      tags: ['结果 Results'],
      summary: '一键入卷：文书、回执、送达证明、告知书及核验包（ZIP） · The file of a case as one archive',
      ...may('case.bind'),
      request: { params: idParam },
      responses: { 200: bytes('application/zip', '入卷包'), ...problems },
    }),
    async (c) => {
      const mark = watermark(c.get('person'), parts.gateway.clock(), c.get('requestId'))
      const archive = await binderOf(parts, c.var, c.req.valid('param').id, mark)
      return c.body(Buffer.from(archive.bytes), 200, zipHeaders(archive.name))
    },
  )
}

/** The headers of an archive; of the case its name has the number, which an officer on it knows it by. */
export function zipHeaders(name: string): Record<string, string> {
  return { 'Content-Type': 'application/zip', 'Content-Disposition': attachment(name), 'Cache-Control': 'no-store' }
}

/** Gathers a case and lays it as it is filed: index, overview, then request by request, then what was told to whom. */
export async function binderOf(
  parts: Pick<HttpParts, 'gateway' | 'log'>,
  calling: Calling,
  caseId: string,
  mark: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { gateway, log } = parts
  const { id } = await caseAt(gateway, calling, caseId)
  const asked = { exporter: mark, waitMs: proofWaitMs }
  const bound = granted(await bindCase(gateway, log, calling.person, id, asked))
  const printing: Printing = { now: gateway.clock(), mark }
  const papers = await papersOf(parts, calling, bound, printing)
  const lines: BinderLine[] = []
  const files: Zippable = {}
  for (const [at, paper] of papers.entries()) {
    const name = `${String(at + 1).padStart(3, '0')} ${paper.title.replace(unfit, '、')}.${paper.ending}`
    files[name] = [paper.bytes, { level: paper.ending === 'html' ? 6 : 0 }]
    lines.push({ ...paper, name, sha256: sha256(paper.bytes) })
  }
  files['000 卷内目录.html'] = strToU8(String(await binderIndex(bound.file, lines, openIn(parts, bound), printing)))
  for (const [delivery, layout] of bound.evidence)
    for (const [path, content] of layout)
      files[`证据/${folderOf(gateway, bound, delivery)}/${path}`] = [content, { level: 0 }]
  const name = `${bound.file.number} 入卷 ${toBeijingDate(printing.now)}.zip`
  return { name, bytes: zipSync(files) }
}

/** Where the evidence of a delivery lies: in the order of the deliveries, by what was asked of whom. */
function folderOf({ counter }: Pick<HttpParts['gateway'], 'counter'>, { exchanges }: BoundCase, id: string): string {
  const at = exchanges.findIndex(({ delivery }) => delivery.id === id)
  const delivery = exchanges[at]?.delivery
  if (!delivery) return id
  const name = counter(delivery.registry)?.registry.name ?? delivery.registry
  return `${String(at + 1).padStart(3, '0')} ${measures[delivery.measure]} ${name}`.replace(unfit, '、')
}

type Paper = Pick<BinderLine, 'title' | 'number' | 'pages'> & {
  readonly ending: string
  readonly bytes: Uint8Array
}

async function papersOf(
  { gateway, log }: Pick<HttpParts, 'gateway' | 'log'>,
  { person }: Calling,
  bound: BoundCase,
  printing: Printing,
): Promise<readonly Paper[]> {
  const { file, exchanges, documents, receipts, tasks } = bound
  const registryName = (code: string) => gateway.counter(code)?.registry.name ?? code
  const sheet = async (title: string, content: unknown): Promise<Paper> => ({
    title,
    pages: 1,
    ending: 'html',
    bytes: strToU8(String(await content)),
  })
  const { ids, hidden } = await lineSeen(gateway.reads, person, file)
  const { pending } = await exposureIn(gateway, file)
  const overview = { ...(await caseFactsOf(gateway, file, ids)), hidden, pending }
  const papers = [await sheet('财产控制一览表', overviewSheet(overview, printing))]
  papers.push(...documents.map((one) => filed(documentKinds[one.of as keyof typeof documentKinds], one)))
  const about = await gateway.reads.requestsAbout(file.parties.map(({ id }) => ({ caseId: file.id, party: id })))
  for (const exchange of exchanges) {
    const { delivery } = exchange
    const what = whatOf(exchange, registryName)
    const party = about.find(({ id }) => id === delivery.request)?.party ?? ''
    const carried = isVisited(gateway, delivery.registry)
    const { placed, digest } = await placedIn(log, exchange)
    if (isServed(exchange))
      papers.push(
        await sheet(
          `${deliveredTitle(delivery.measure)} ${what}`,
          deliveredSheet({ file, exchange, party, carried, digest, placed, registryName }, printing),
        ),
      )
    papers.push(...receipts.filter(({ of }) => of === delivery.id).map((one) => filed(`回执 ${what}`, one)))
  }
  for (const [task, ...others] of toldByOne(tasks.filter(({ ending }) => ending?.outcome === 'done')))
    if (task)
      papers.push(
        await sheet(taskKinds[task.kind].paper, printed(await printoutOf(gateway, file, task, others), printing)),
      )
  return papers
}

/** Two of one measure at one registry are told apart by their day and the end of their reference. */
function whatOf({ delivery }: Exchange, registryName: (code: string) => string): string {
  const short = `${toBeijingDate(delivery.createdAt)} ${delivery.id.slice(-6)}`
  return `${measures[delivery.measure]} ${registryName(delivery.registry)} ${short}`
}

/** Whether there is anything to prove: a registry that has said nothing is not known to have it. */
const isServed = ({ statements }: Exchange): boolean => statements.length > 0

/** What was done, paper by paper: what was told to the applicant together is one. */
function toldByOne(done: readonly TaskRow[]): readonly (readonly TaskRow[])[] {
  const papers: TaskRow[][] = []
  for (const task of done) {
    const paper = papers.find(([first]) => first && isToldWith(first, task))
    if (paper) paper.push(task)
    else papers.push([task])
  }
  return papers
}

/** What is not in the file because it is not done: what was not served, and the tasks still open. */
function openIn({ gateway }: Pick<HttpParts, 'gateway'>, { exchanges, tasks }: BoundCase): readonly string[] {
  const registryName = (code: string) => gateway.counter(code)?.registry.name ?? code
  return [
    ...exchanges.filter((one) => !isServed(one)).map((one) => `${whatOf(one, registryName)}（尚未送达）`),
    ...tasks.filter(({ ending }) => !ending).map(({ kind }) => taskKinds[kind].zh),
  ]
}

function filed(title: string, { bytes: content, mediaType, number }: BoundFile): Paper {
  const pages = mediaType === 'application/pdf' ? pdfPages(content) : mediaType.startsWith('image/') ? 1 : undefined
  return {
    title,
    ...(number !== undefined && { number }),
    ...(pages !== undefined && { pages }),
    ending: endingOf(mediaType),
    bytes: content,
  }
}
