import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { unmatchedWhy } from '../../domain/arrival.ts'
import { courtsOf, refusalOn } from '../../domain/authority.ts'
import { renminbi, zeroMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { matchByHand, type Recorded, recordArrival } from '../../gateway/arrivals.ts'
import { bankNumber, caseNumber, currency, day, given, money } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted, Refused } from '../problem.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { readArrivals } from './arrival-rows.ts'
import { arrivalLine, recordedView, viewArrival } from './fund-view.ts'

const tags = ['案款 Funds']

const arrivalBody = z
  .strictObject({
    amount: money.refine((amount) => amount !== zeroMoney),
    currency: currency.default(renminbi),
    on: day,
    bankReference: bankNumber.openapi({ description: '银行流水号 · the bank’s number for the credit' }),
    transferReference: bankNumber.optional().openapi({ description: '附言中的扣划单号 · the number of our transfer' }),
    case: caseNumber.optional(),
  })
  .transform(given)
  .openapi('ArrivalSaid')

const sheet = { schema: { type: 'string' as const, format: 'binary' } }
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const reportView = z
  .object({
    rows: z.int(),
    recorded: z.int(),
    repeated: z.int(),
    matched: z.int(),
    refused: z.array(z.object({ row: z.int(), code: z.string() })),
  })
  .openapi('ArrivalReport', { description: '逐行登记：一行有误不影响他行 · row by row, each for itself' })

/** Money that has come to a court's accounts, recorded by finance clerks and matched to its transfers. */
export function arrivalRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/arrivals',
      tags,
      summary: '登记到账，自动对应扣划 · Record money that has come; it finds its transfer where it can',
      ...may('arrival.record'),
      request: { body: { required: true, content: { 'application/json': { schema: arrivalBody } } } },
      responses: { 201: json(recordedView, '已登记 · recorded'), 200: json(recordedView, '此前已登记'), ...problems },
    }),
    async (c) => {
      const recorded = granted(await recordArrival(gateway, c.get('person'), c.req.valid('json')))
      return recorded.kind === 'recorded' ? c.json(viewRecorded(recorded), 201) : c.json(viewRecorded(recorded), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/arrivals/imports',
      tags,
      summary: '导入到账明细：CSV（UTF-8 或 GBK）或 .xlsx · Record a list; one credit twice is one arrival',
      ...may('arrival.record'),
      request: { body: { required: true, content: { 'text/csv': sheet, [spreadsheet]: sheet } } },
      responses: { 200: json(reportView, '登记结果 · what came of each row'), ...problems },
    }),
    async (c) => {
      const { good, findings } = readArrivals(new Uint8Array(await c.req.arrayBuffer()))
      if (findings.length > 0) throw new Refused('list-refused', { errors: findings.slice(0, 200).map(placeOf) })
      const refused: { row: number; code: string }[] = []
      const recorded: Recorded[] = []
      for (const { row, said } of good) {
        const answer = await recordArrival(gateway, c.get('person'), said)
        if (isRefusal(answer)) refused.push({ row, code: answer.code })
        else recorded.push(answer)
      }
      const count = (is: (one: Recorded) => boolean) => recorded.filter(is).length
      const isNew = ({ kind }: Recorded) => kind === 'recorded'
      const counts = { rows: good.length, recorded: count(isNew), repeated: count((one) => !isNew(one)) }
      return c.json({ ...counts, matched: count((one) => isNew(one) && one.transfer !== undefined), refused }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/arrivals',
      tags,
      summary: '到账；可只列未对应的 · Arrived money, newest first; with unmatched=true what nobody has placed',
      ...may('arrival.list'),
      request: { query: pageQuery.extend({ unmatched: z.enum(['true', 'false']).optional() }) },
      responses: {
        200: json(z.object({ arrivals: z.array(arrivalLine), next: z.uuid().optional() }), '到账'),
        ...problems,
      },
    }),
    async (c) => {
      const { after, limit, unmatched } = c.req.valid('query')
      const person = c.get('person')
      const page = { limit, ...(after && { after }), ...(unmatched === 'true' && { unmatched: true }) }
      const rows = await gateway.reads.arrivals({ ...page, courts: courtsOf(person, 'arrival.list') ?? [] })
      const files = await gateway.reads.casesWith([...new Set(rows.flatMap(({ caseId }) => caseId ?? []))])
      const near = files.filter((file) => refusalOn(person, 'arrival.list', file) === undefined)
      const lines = rows.map((row) =>
        viewArrival(
          row,
          near.find(({ id }) => id === row.caseId),
        ),
      )
      return c.json({ arrivals: lines, ...nextOf(lines, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/arrivals/{id}/match',
      tags,
      summary: '人工对应扣划 · Say to which transfer an arrival belongs',
      ...may('arrival.record'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: z.strictObject({ transfer: z.uuid() }) } } },
      },
      responses: { 200: json(z.object({ matched: z.literal(true) }), '已对应 · matched'), ...problems },
    }),
    async (c) => {
      const { transfer } = c.req.valid('json')
      granted(await matchByHand(gateway, c.get('person'), c.req.valid('param').id, transfer))
      return c.json({ matched: true as const }, 200)
    },
  )
}

function viewRecorded({ kind, id, transfer, why }: Recorded): z.infer<typeof recordedView> {
  return {
    id,
    repeated: kind === 'repeated',
    ...(transfer !== undefined && { transfer }),
    ...(why && { why: { code: why, ...unmatchedWhy[why] } }),
  }
}

/** Where in the list, as a reader of JSON wants it: the row a spreadsheet shows, and the heading of the column. */
function placeOf(finding: { readonly code: string; readonly row?: number; readonly heading?: string }) {
  const { code, row, heading } = finding
  return { code, ...(row !== undefined && { pointer: `/${row}` }), ...(heading !== undefined && { field: heading }) }
}
