import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { isAssigned } from '../../domain/authority.ts'
import { fundAccountsOf } from '../../domain/fund-account.ts'
import { confirmFundAccount, enterFundAccount } from '../../gateway/fund-account.ts'
import { look } from '../../gateway/look.ts'
import { transfersOfCase } from '../../gateway/transfers.ts'
import { account } from '../fields.ts'
import type { May } from '../identify.ts'
import { maskFundAccount } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { payee } from './asked.ts'
import { fundAccountView, transferView, viewFundAccount, viewTransfer } from './fund-view.ts'

const tags = ['案款 Funds']
const entryView = z.object({ entry: z.uuid() })
const confirmationBody = z.strictObject({ id: z.uuid(), account }).openapi('FundAccountConfirmation', {
  description: '须按文书重新键入账号 · the number, typed from the paper once more',
})

/** The account of a case and the transfers into it: kept by finance clerks, used by officers. */
export function fundAccountRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'put',
      path: '/cases/{id}/fund-account',
      tags,
      summary: '登记或变更执行款专户，待另一名案款人员确认 · Enter the account of a case, or another in its place',
      ...may('fund-account.enter'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: payee } } } },
      responses: {
        200: json(entryView.extend({ id: z.uuid() }), '已登记，待确认 · waits to be confirmed'),
        ...problems,
      },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { id, entry } = granted(await enterFundAccount(gateway, c.get('person'), file.id, c.req.valid('json')))
      return c.json({ id, entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/fund-account/confirmation',
      tags,
      summary: '第二名案款人员确认执行款专户 · A second finance clerk confirms it',
      ...may('fund-account.confirm'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: confirmationBody } } },
      },
      responses: { 200: json(entryView, '已确认 · confirmed'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await confirmFundAccount(gateway, c.get('person'), file.id, c.req.valid('json')))
      return c.json({ entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/fund-account',
      tags,
      summary: '本案执行款专户 · The account of a case, and the one that waits to take its place',
      ...may('fund-account.read'),
      request: { params: idParam },
      responses: {
        200: json(
          z.object({ confirmed: fundAccountView.optional(), waiting: fundAccountView.optional() }),
          '执行款专户',
        ),
        ...problems,
      },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { confirmed, waiting } = fundAccountsOf(await gateway.reads.fundAccounts(file.id))
      const plain = confirmed && viewFundAccount(confirmed)
      const shown = plain && (isAssigned(c.get('person'), file) ? plain : maskFundAccount(plain))
      // Typed from the paper by the second clerk, and not from the screen.
      const hidden = waiting && maskFundAccount(viewFundAccount(waiting))
      return c.json({ ...(shown && { confirmed: shown }), ...(hidden && { waiting: hidden }) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/transfers',
      tags,
      summary: '本案扣划及到账 · The transfers of a case and what has come of each',
      ...may('transfer.list'),
      request: { params: idParam },
      responses: { 200: json(z.object({ transfers: z.array(transferView) }), '扣划'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'results.viewed' as const, at: 'page:transfers' as const, caseId: file.id }
      const shown = await look(gateway, c.get('person'), what, () => transfersOfCase(gateway, file.id))
      return c.json({ transfers: shown.map(({ transfer, arrivals }) => viewTransfer(transfer, arrivals)) }, 200)
    },
  )
}
