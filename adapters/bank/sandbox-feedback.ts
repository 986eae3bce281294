import type { Misbehaviour } from '../sandbox.ts'
import {
  type Account,
  type Control,
  type Echo,
  type File,
  type Inquiry,
  md5Of,
  type Outcome,
  writeControlFeedback,
  writeInquiryFeedback,
  writeRollback,
} from './messages.ts'
import type { Feedback } from './sandbox-books.ts'
import { sealedPaper } from './sandbox-paper.ts'
import { accountWords, codes } from './wire.ts'

type Request = Inquiry | Control

/** The calls by which an inquiry is answered: one, unless the bank misbehaves. */
export function inquiryFeedbacks(inquiry: Inquiry, items: readonly Partial<Account>[], how?: Misbehaviour): Feedback[] {
  const lines = items.map(({ account = '', balance = '' }) => `账号 ${account} 余额 ${balance}`)
  const files = [receipt(inquiry, '协助查询财产通知书（回执）', lines)]
  const tell = (echo: Echo, said = items) => writeInquiryFeedback({ echo, items: said, files })
  if (how === 'refuses') return [{ body: sendBack(inquiry, '协助执行单位业务审核未通过') }]
  const wrong = items.map((item) => ({ ...item, balance: '0.00', available: '0.00' }))
  return misbehaving(inquiry, how, tell, wrong)
}

/** The calls by which a control is answered, with the stamped receipt that states both amounts. */
export function controlFeedbacks(control: Control, items: readonly Partial<Outcome>[], how?: Misbehaviour): Feedback[] {
  const lines = items.map(({ account = '', held = '', overQuota = '', from = '', to = '', reason = '' }) =>
    reason
      ? `账号 ${account} 因${reason}未能控制`
      : `账号 ${account} 实际 ${held} 额度 ${overQuota} 期限 ${from} 至 ${to}`,
  )
  const files = [receipt(control, '协助执行通知书（回执）', lines)]
  const tell = (echo: Echo, said = items) => writeControlFeedback({ echo, items: said, files })
  const wrong = items.map((item) => ({ ...item, remark: '待更正', available: '0.00' }))
  return misbehaving(control, how, tell, wrong)
}

/** Sends a request back undone. */
export function sendBack(request: Request, reason: string): string {
  const items = [{ reason, note: '', person: '柜员', phone: '022-00000000' }]
  return writeRollback({ echo: echoOf(request), items })
}

export const missingDocuments = '无文书内容，协助执行单位业务审核未通过'

function misbehaving<T>(
  request: Request,
  how: Misbehaviour | undefined,
  tell: (echo: Echo, items?: readonly T[]) => string,
  wrong: readonly T[],
): Feedback[] {
  const echo = echoOf(request)
  const body = tell(echo)
  switch (how) {
    case 'duplicate':
      return [{ body }, { body }]
    case 'malformed':
      return [{ body: body.replace(new RegExp(` ${accountWords.item}="[^"]*"`), ` ${accountWords.item}="@@@="`) }]
    case 'corrected':
      return [{ body: tell(echo, wrong) }, { body }]
    case 'wrong-key':
      return [{ body, password: 'not-the-password' }]
    case 'lies-about-digest':
      return [{ body: tell({ ...echo, case: '（2020）津0116执1号' }) }]
    case 'wrong-reference':
      return [{ body: tell({ ...echo, reference: nextTo(echo.reference) }) }]
    case 'slow':
    case 'tomorrow':
    case 'out-of-order':
    case 'refuses':
    case 'unavailable':
    case undefined:
      return [{ body }]
  }
}

const echoOf = ({ reference, case: number, name, idNumber }: Request): Echo => ({
  reference,
  case: number,
  name,
  idNumber,
})

const nextTo = (reference: string): string => `${reference.slice(0, -1)}${(Number(reference.slice(-1)) + 1) % 10}`

function receipt(request: Request, title: string, lines: readonly string[]): File {
  const head = [
    `${request.courtName}：`,
    `案号 ${request.case}`,
    `请求单号 ${request.reference}`,
    `通知书 ${request.notice}`,
  ]
  const content = sealedPaper(title, [...head, ...lines, '（盖章）'])
  const { reference } = request
  return { reference, name: `${reference}.pdf`, type: 'pdf', kind: codes.receiptKind, md5: md5Of(content), content }
}
