import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { isAssigned, refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { approvalsOf } from '../../gateway/approvals-needed.ts'
import { approve, sendBack, withdraw } from '../../gateway/approve.ts'
import { look } from '../../gateway/look.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import { isVisited } from '../../gateway/visited.ts'
import { attachment } from '../../http/attachment.ts'
import { maskRequest } from '../../http/masked.ts'
import { viewCase } from '../../http/officer/cases.ts'
import { documentOf } from '../../http/officer/documents.ts'
import { historyOf } from '../../http/officer/history.ts'
import { fileHeaders, receiptOf } from '../../http/officer/results.ts'
import { reviewOf } from '../../http/officer/review.ts'
import { viewRequest } from '../../http/officer/views.ts'
import { found, granted } from '../../http/problem.ts'
import { caseAt, requestAt } from '../../http/reach.ts'
import { batchPages } from '../batches/routes.ts'
import type { Browser } from '../browser.ts'
import { clerkPages } from '../clerk/routes.ts'
import { foundPages } from '../drafts/found-routes.ts'
import { draftPages } from '../drafts/routes.ts'
import { errandPages } from '../errands/routes.ts'
import { formOf, ticked } from '../forms.ts'
import { laterPages } from '../later/routes.ts'
import { livePages, requestVersion } from '../live/routes.ts'
import type { ConsoleParts } from '../parts.ts'
import { progressPages } from '../progress/routes.ts'
import { renewalPages } from '../renewals/routes.ts'
import { taskPages } from '../tasks/routes.ts'
import { type Agreement, hasApproved } from './approvals-part.ts'
import { casePages } from './case-routes.ts'
import { type AtDesk, deskDoor } from './door.ts'
import { paperPages } from './paper-routes.ts'
import { requestPage } from './request-page.ts'
import { pastOf } from './review-history.ts'
import { reviewPage } from './review-page.ts'
import { plainReview } from './review-plain.ts'
import { timelinePages } from './timeline-routes.ts'

const decisionForm = z.object({
  decision: z.enum(['approve', 'return']),
  comment: z.string().max(1000).default(''),
  confirmed: ticked,
})

const idOf = (c: Context): string => c.req.param('id') ?? ''

/** The pages of those who work on cases. Each is the deed of the same name in the officer API, and shows what that shows. */
export function deskPages(pages: Hono, parts: ConsoleParts, browser: Browser): void {
  const { gateway, log, people } = parts
  const { reads } = gateway
  const open = deskDoor(parts, browser)
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code
  livePages(pages, parts, open)
  casePages(pages, parts, open)
  timelinePages(pages, parts, open)
  paperPages(pages, parts, open)
  progressPages(pages, parts, open)
  renewalPages(pages, parts, open)
  laterPages(pages, parts, open)
  batchPages(pages, parts, open)
  taskPages(pages, parts, open)
  draftPages(pages, parts, open)
  foundPages(pages, parts, open)
  errandPages(pages, parts, open)
  clerkPages(pages, parts, open)

  /** Who agreed to a request that waits, and who has to. */
  const agreementOn = async ({ person }: AtDesk, row: RequestRow, file: CaseFile): Promise<Agreement | undefined> => {
    if (row.state !== 'submitted') return undefined
    const given = (await reads.approvals(row.id)).filter(({ decision }) => decision === 'approved')
    return { needed: await approvalsOf(gateway, file, row), given, viewer: person.id }
  }

  pages.get(
    '/requests/:id',
    open('request.read', async (c, at) => {
      const { row, file } = await requestAt(gateway, at, idOf(c))
      const what = { kind: 'results.viewed' as const, at: 'page:request' as const, caseId: file.id, request: row.id }
      // Before the page: what changes meanwhile is seen at the next look.
      const version = await requestVersion(gateway, row)
      const exchanges = await look(gateway, at.person, what, () => reads.exchangesOf(row.id))
      const view = viewRequest(row, file.number, exchanges, gateway, await historyOf(reads, row))
      const waits = row.state === 'submitted'
      const agreement = await agreementOn(at, row, file)
      return c.html(
        requestPage(
          {
            view: isAssigned(at.person, file) ? view : maskRequest(view),
            nameOf,
            isVisited: (code) => isVisited(gateway, code),
            ground: {
              ...{ caseId: file.id, nameOf },
              party: viewCase(at.person, file).parties.find(({ id }) => id === row.party),
              ...(isAssigned(at.person, file) && { asked: row.asked }),
            },
            attempts: new Map(exchanges.map(({ delivery, attempts }) => [delivery.id, attempts])),
            version,
            address: c.req.url,
            agreement,
            mayDecide:
              waits &&
              row.maker !== at.person.id &&
              !(agreement && hasApproved(agreement)) &&
              !refusalOn(at.person, 'request.approve', file),
            mayWithdraw: waits && row.maker === at.person.id,
            mayCorrect:
              (row.state === 'returned' || row.state === 'withdrawn') &&
              row.maker === at.person.id &&
              !view.replacedBy &&
              !refusalOn(at.person, 'draft.keep', file),
          },
          at,
        ),
      )
    }),
  )

  pages.post(
    '/requests/:id/withdrawal',
    open('request.withdraw', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const { row } = await requestAt(gateway, at, idOf(c))
      granted(await withdraw(gateway, at.person, row))
      return c.redirect(`/requests/${row.id}`, 303)
    }),
  )

  const review = async (at: AtDesk, id: string) => {
    const { row, file, view } = await reviewOf(gateway, at, id)
    // What was found is read only for a page that shows it: to be shown it is a look.
    const plain = () => plainReview(gateway, at, row, file)
    const past = await pastOf(gateway, people, row, view.isMasked === true)
    const agreement = await agreementOn(at, row, file)
    return { row, caseNumber: file.number, view, past, plain, agreement }
  }

  pages.get(
    '/requests/:id/review',
    open('request.approve', async (c, at) => {
      const shown = await review(at, idOf(c))
      return c.html(reviewPage({ ...shown, plain: await shown.plain() }, at))
    }),
  )

  pages.post(
    '/requests/:id/review',
    open('request.approve', async (c, at) => {
      const { decision, comment, confirmed } = await formOf(c, at.who.token, decisionForm)
      const shown = await review(at, idOf(c))
      const fields = shown.view.fields.map(({ field }) => field).filter((field) => confirmed.includes(field))
      const decided =
        decision === 'approve'
          ? await approve(gateway, at.person, shown.row, fields)
          : await sendBack(gateway, at.person, shown.row, comment)
      if (isRefusal(decided))
        return c.html(reviewPage({ ...shown, plain: await shown.plain(), refused: decided }, at), 422)
      return c.redirect(`/requests/${shown.row.id}`, 303)
    }),
  )

  pages.get(
    '/proofs/:id',
    open('proof.read', async (c, at) => {
      const entry = found(await reads.entry(idOf(c)))
      await caseAt(gateway, at, found(entry.caseId), 'not-found')
      const proved = await log.prove(entry.id, 2000)
      const { proof } = found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet')
      return c.body(proof, 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': attachment(`${entry.id}.tlog-proof`),
      })
    }),
  )

  pages.get(
    '/deliveries/:id/receipts/:sha256',
    open('receipt.read', async (c, at) => {
      const receipt = await receiptOf(gateway, at, idOf(c), c.req.param('sha256') ?? '')
      return c.body(Buffer.from(receipt.bytes), 200, fileHeaders(receipt.mediaType, receipt.name))
    }),
  )

  pages.get(
    '/cases/:id/documents/:sha256',
    open('document.read', async (c, at) => {
      const paper = await documentOf(gateway, at, idOf(c), c.req.param('sha256') ?? '')
      return c.body(Buffer.from(paper.bytes), 200, fileHeaders(paper.row.mediaType, paper.name))
    }),
  )
}
