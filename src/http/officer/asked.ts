import { z } from '@hono/zod-openapi'
import { assetClassList } from '../../domain/asset.ts'
import { documentKindList } from '../../domain/legal-basis.ts'
import { conveyGroundList, inquiryKindList, releaseGroundList } from '../../domain/measure.ts'
import { renminbi } from '../../domain/money.ts'
import {
  account,
  bankCode,
  caseNumber,
  certificate,
  currency,
  day,
  digest,
  given,
  moment,
  money,
  parcelCode,
  registryCode,
  unitCode,
  words,
} from '../fields.ts'
import { subject } from './subject.ts'

const asset = z
  .strictObject({
    class: z.enum(assetClassList),
    unitCode: unitCode.optional(),
    parcelCode: parcelCode.optional(),
    certNo: certificate.optional(),
    address: words(300).optional(),
    account: account.optional(),
    subAccount: account.optional(),
    presaleContractNo: words(80).optional(),
  })
  .transform(given)

const target = z
  .strictObject({
    asset,
    scope: z.enum(['whole', 'share', 'part']).default('whole'),
    registry: registryCode.optional(),
    amount: money.optional(),
    quantity: words(40).optional(),
    value: money.optional().openapi({ description: '评估或议定价值，不随请求发出 · worth, kept here' }),
  })
  .transform(given)

const targets = z.array(target).max(200)

/**
 * By dates, or, for a measure that may have to wait, by months from the day it takes effect. Without an end, or without any
 * term, it is as long as the law allows (民诉法解释 第四百八十五条).
 */
const term = z
  .strictObject({ from: day.optional(), to: day.optional(), months: z.int().min(1).max(1200).optional() })
  .transform(({ from, to, months }, context) => {
    if (from && !to && months === undefined) return { kind: 'from' as const, from }
    if (from && to && months === undefined) return { kind: 'dates' as const, from, to }
    if (!from && !to && months !== undefined) return { kind: 'months' as const, months }
    context.addIssue({ code: 'custom', message: 'from, from and to, or months' })
    return z.NEVER
  })

const parent = z
  .strictObject({
    delivery: z.uuid().optional(),
    controlNo: words(80).optional(),
    court: words(100).optional(),
    case: words(60).optional(),
    rulingNo: words(120).optional(),
  })
  .transform(given)

/** 执行款专户; left out of a transfer, it is the one kept for the case, and it may be no other. */
export const payee = z.strictObject({ name: words(200), bankName: words(200), bankCode, account })
const inCurrency = { currency: currency.default(renminbi) }

const measure = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('inquire'),
      kinds: z.array(z.enum(inquiryKindList)).max(20),
      from: day.optional(),
      to: day.optional(),
    })
    .transform(given),
  z.strictObject({ kind: z.literal('freeze'), targets, term: term.optional(), ...inCurrency }).transform(given),
  z.strictObject({ kind: z.literal('seal'), targets, term: term.optional() }).transform(given),
  z.strictObject({ kind: z.literal('pre-seal'), targets, term: term.optional() }).transform(given),
  z.strictObject({ kind: z.literal('extend'), targets, term: term.optional(), parent }).transform(given),
  z.strictObject({ kind: z.literal('release'), targets, parent, ground: z.enum(releaseGroundList) }),
  z
    .strictObject({
      kind: z.literal('transfer'),
      targets,
      payee: payee.optional(),
      parent: parent.optional(),
      ...inCurrency,
    })
    .transform(given),
  z
    .strictObject({
      kind: z.literal('convey'),
      targets,
      transferee: subject,
      cancels: z.array(words(80)).max(50),
      ground: z.enum(conveyGroundList).optional(),
    })
    .transform(given),
])

/** As the answer to an upload gives it; what was found on the seal is ours to know, so it is not read from here. */
export const documentReference = z
  .strictObject({
    kind: z.enum(documentKindList),
    number: words(120),
    sha256: digest,
    mediaType: words(100),
    length: z.int().min(1),
    seal: z.looseObject({}).optional(),
  })
  .transform(({ seal: _, ...reference }) => reference)

/** Who executes, and whom a registry may call back. */
export const officers = z
  .array(z.strictObject({ name: words(100), workCertificate: words(60), dutyCertificate: words(60) }))
  .max(10)
export const contact = z.strictObject({ name: words(100), phone: words(40) })

/** What an officer asks for, as it is written to the gateway; `case` is the number, in any brackets. */
export const askedBody = z
  .strictObject({
    case: caseNumber,
    party: z.uuid(),
    measure,
    registries: z.array(registryCode).min(1).max(50),
    basis: z.strictObject({ statute: words(500), purpose: words(500), documents: z.array(documentReference).max(20) }),
    officers,
    contact,
    excessReason: words(500)
      .optional()
      .openapi({ description: '超出应履行数额的理由 · why more is held than is owed' }),
    restrictedReason: words(500).optional().openapi({ description: '限制执行账户可以执行的理由 · why it may be held' }),
    repeatUntil: day.optional().openapi({
      description:
        '在各银行重复冻结至足额，最迟至该日（三十日内）· repeated until the sum is met, this day at the latest',
    }),
    urgentReason: words(500).optional().openapi({
      description: '紧急事由；通知值班审批人，每 15 分钟逐级催办 · why it cannot wait: whoever is on duty is called',
    }),
    respondBy: moment.optional(),
  })
  .transform(given)
  .openapi('AskedRequest')
