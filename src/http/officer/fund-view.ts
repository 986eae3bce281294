import { z } from '@hono/zod-openapi'
import { isClosed, outstandingOf, type Transfer, unmatchedWhy } from '../../domain/arrival.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { FundAccount } from '../../domain/fund-account.ts'
import type { ArrivalRow, Arrived } from '../../gateway/ports/funds.ts'
import { masking, revealName } from '../shown.ts'

const moment = z.iso.datetime()

export const fundAccountView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    bankName: z.string(),
    bankCode: z.string(),
    account: z.string(),
    confirmed: z.boolean(),
    enteredAt: moment,
    confirmedAt: moment.optional(),
    ...masking,
    reveal: revealName.optional(),
  })
  .openapi('FundAccount', {
    description: '执行款专户；待确认的账号一律脱敏 · one that waits is shown to nobody plainly',
  })

export type FundAccountView = z.infer<typeof fundAccountView>

export const transferView = z
  .object({
    delivery: z.uuid(),
    request: z.uuid(),
    registry: z.string(),
    reference: z.string(),
    currency: z.string(),
    due: z.string().openapi({ description: '应到账：银行反馈的扣划数额，未反馈时为请求数额 · what is to come' }),
    arrived: z.string(),
    outstanding: z.string(),
    closed: z.boolean(),
    arrivals: z.array(z.object({ id: z.uuid(), amount: z.string(), on: z.string() })),
  })
  .openapi('Transfer')

const reasons = Object.keys(unmatchedWhy) as [keyof typeof unmatchedWhy, ...(keyof typeof unmatchedWhy)[]]

export const recordedView = z
  .object({
    id: z.uuid(),
    repeated: z.boolean().openapi({ description: '该流水已登记过，未重复计入 · it was recorded before' }),
    transfer: z.uuid().optional().openapi({ description: '已对应的扣划 · the transfer it is counted for' }),
    why: z
      .object({ code: z.enum(reasons), zh: z.string(), en: z.string() })
      .optional()
      .openapi({ description: '未能自动对应的原因 · why it could not be matched by itself' }),
  })
  .openapi('RecordedArrival')

export const arrivalLine = z
  .object({
    id: z.uuid(),
    court: z.string(),
    amount: z.string(),
    currency: z.string(),
    on: z.string(),
    bankReference: z.string(),
    transferReference: z.string().optional(),
    recordedAt: moment,
    matched: z.boolean(),
    case: z.string().optional(),
    transfer: z.uuid().optional(),
  })
  .openapi('Arrival')

export function viewFundAccount({ id, payee, enteredAt, confirmedAt }: FundAccount): FundAccountView {
  const { name, bankName, bankCode, account } = payee
  return {
    ...{ id, name, bankName, bankCode, account },
    confirmed: confirmedAt !== undefined,
    enteredAt: enteredAt.toISOString(),
    ...(confirmedAt && { confirmedAt: confirmedAt.toISOString() }),
  }
}

export function viewTransfer(transfer: Transfer, arrivals: readonly Arrived[]): z.infer<typeof transferView> {
  return {
    ...transfer,
    outstanding: outstandingOf(transfer),
    closed: isClosed(transfer),
    arrivals: arrivals.map(({ id, amount, on }) => ({ id, amount, on })),
  }
}

/** `file` is the case it was matched in, when whoever looks may know of it. */
export function viewArrival(row: ArrivalRow, file: CaseFile | undefined): z.infer<typeof arrivalLine> {
  const { id, court, amount, currency, on, bankReference, transferReference, recordedAt, delivery } = row
  return {
    ...{ id, court, amount, currency, on, bankReference },
    ...(transferReference !== undefined && { transferReference }),
    recordedAt: recordedAt.toISOString(),
    matched: delivery !== undefined,
    ...(file && delivery !== undefined && { case: file.number, transfer: delivery }),
  }
}
