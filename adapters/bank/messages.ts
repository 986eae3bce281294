import { createHash } from 'node:crypto'
import { childrenNamed, type Element, readText, writeElement } from './envelope.ts'
import {
  accountWords,
  askWords,
  assetWords,
  calls,
  certificateBlobs,
  certificateWords,
  controlWords,
  earlierWords,
  echoWords,
  elements,
  faultWords,
  fileBlobs,
  fileWords,
  inquiryWords,
  loginWords,
  orderWords,
  outcomeWords,
  resultWords,
  rightWords,
  rollbackWords,
  subAccountWords,
} from './wire.ts'
import { type Blobs, read, readBlobs, type Words, write, writeWithBlobs } from './words.ts'

export type Login = Words<typeof loginWords>
export type Inquiry = Words<typeof inquiryWords>
export type Order = Words<typeof orderWords>
export type Control = Words<typeof controlWords> & { readonly orders: readonly Order[] }
export type Asked = Words<typeof askWords>
export type File = Words<typeof fileWords> & Blobs<typeof fileBlobs>
export type Certificate = Words<typeof certificateWords> & Blobs<typeof certificateBlobs>
export type Echo = Words<typeof echoWords>
export type Earlier = Words<typeof earlierWords>
export type Right = Words<typeof rightWords>
export type SubAccount = Words<typeof subAccountWords>
export type OtherAsset = Words<typeof assetWords>
export type Account = Words<typeof accountWords> & {
  readonly earlier: readonly Earlier[]
  readonly rights: readonly Right[]
  readonly subAccounts: readonly SubAccount[]
  readonly assets: readonly OtherAsset[]
}
export type Outcome = Words<typeof outcomeWords> & {
  readonly earlier: readonly Earlier[]
  readonly rights: readonly Right[]
}
export type Rollback = Words<typeof rollbackWords>
export type Result = Words<typeof resultWords>
export type DialectFault = Words<typeof faultWords>

/** What a bank brings: whose request, case and subject it speaks of, what it says, and the stamped documents (回执). */
export type Feedback<T> = { readonly echo: Echo; readonly items: readonly T[]; readonly files: readonly File[] }

export const writeLogin = (login: Partial<Login>): string => write(elements.login, loginWords, login)

export function readLogin(head: readonly Element[]): Login | undefined {
  const element = head.find(({ name }) => name === elements.login)
  return element && read(loginWords, element)
}

export const writeInquiry = (inquiry: Partial<Inquiry>): string => write(elements.inquiry, inquiryWords, inquiry)
export const readInquiry = (element: Element): Inquiry => read(inquiryWords, element)

export const writeControl = ({ orders = [], ...head }: Partial<Omit<Control, 'orders'>> & Orders): string =>
  write(elements.control, controlWords, head, orders.map((order) => write(elements.order, orderWords, order)).join(''))

type Orders = { readonly orders?: readonly Partial<Order>[] }

export const readControl = (element: Element): Control => ({
  ...read(controlWords, element),
  orders: childrenNamed(element, elements.order).map((order) => read(orderWords, order)),
})

/** Lists of frozen requests, each byte for byte as it was committed. */
export const writeInquiries = (frozen: string): string => answerTo(calls.takeInquiries, elements.inquiries, frozen)
export const writeControls = (frozen: string): string => answerTo(calls.takeControls, elements.controls, frozen)
export const readInquiries = (answer: Element): Inquiry[] =>
  within(answer, elements.inquiries, elements.inquiry).map(readInquiry)
export const readControls = (answer: Element): Control[] =>
  within(answer, elements.controls, elements.control).map(readControl)

export const writeAsked = (call: string, asked: Partial<Asked>): string => write(call, askWords, asked)
export const readAsked = (call: Element): Asked => read(askWords, call)

export const writeDocuments = (call: string, files: readonly File[]): string =>
  answerTo(call, elements.documents, files.map((file) => writeFile(elements.document, file)).join(''))
export const readDocuments = (answer: Element): File[] =>
  within(answer, elements.documents, elements.document).map(readFile)

export function writeCertificates(certificates: readonly Partial<Certificate>[]): string {
  const written = certificates.map((one) =>
    writeWithBlobs(elements.certificate, certificateWords, one, certificateBlobs, one),
  )
  return answerTo(calls.certificates, elements.certificates, written.join(''))
}
export const readCertificates = (answer: Element): Certificate[] =>
  within(answer, elements.certificates, elements.certificate).map((element) => ({
    ...read(certificateWords, element),
    ...readBlobs(certificateBlobs, element),
  }))

type Said<T> = { readonly echo: Partial<Echo>; readonly items: readonly T[]; readonly files?: readonly File[] }

export function writeInquiryFeedback(said: Said<Partial<Account>>): string {
  const accounts = said.items.map((item) => write(elements.account, accountWords, item, writeBeside(item)))
  return feedback(calls.answerInquiry, elements.accounts, said, accounts.join(''))
}

export const readInquiryFeedback = (call: Element): Feedback<Account> =>
  readFeedback(call, elements.accounts, elements.account, (element) => ({
    ...read(accountWords, element),
    ...readBeside(element),
    subAccounts: childrenNamed(element, elements.subAccount).map((child) => read(subAccountWords, child)),
    assets: childrenNamed(element, elements.asset).map((child) => read(assetWords, child)),
  }))

export function writeControlFeedback(said: Said<Partial<Outcome>>): string {
  const outcomes = said.items.map((item) => write(elements.outcome, outcomeWords, item, writeBeside(item)))
  return feedback(calls.answerControl, elements.outcomes, said, outcomes.join(''))
}

export const readControlFeedback = (call: Element): Feedback<Outcome> =>
  readFeedback(call, elements.outcomes, elements.outcome, (element) => ({
    ...read(outcomeWords, element),
    ...readBeside(element),
  }))

export function writeRollback(said: Said<Partial<Rollback>>): string {
  const rollbacks = said.items.map((item) => write(elements.rollback, rollbackWords, item))
  return feedback(calls.rollBack, elements.rollbacks, said, rollbacks.join(''))
}

export const readRollback = (call: Element): Feedback<Rollback> =>
  readFeedback(call, elements.rollbacks, elements.rollback, (element) => read(rollbackWords, element))

/** The request a feedback names, read before the rest so that even a garbled one finds its place; empty when unreadable. */
export function readReference(call: Element): string {
  const [list] = call.children
  try {
    return list ? readText(list, echoWords.reference) : ''
  } catch {
    return ''
  }
}

/** Confirmation that requests have come, with their documents: the call that fixes the time of service. */
export const writeAcknowledgement = (results: readonly Partial<Result>[]): string =>
  writeElement(calls.acknowledge, {}, writeResultList(elements.inquiryResults, results))
export const readResults = (element: Element): Result[] =>
  element.children.flatMap((list) => childrenNamed(list, elements.result).map((result) => read(resultWords, result)))

/** What became of what a bank brought, one result for each request it spoke of. */
export const writeResults = (call: string, results: readonly Partial<Result>[]): string =>
  writeElement(`${call}Response`, {}, writeResultList(resultListOf(call), results))

export const writeDialectFault = (code: string, text: string): string =>
  `<soap:Fault><faultcode>soap:${code.startsWith('server') ? 'Server' : 'Client'}</faultcode>` +
  `<faultstring>${code}</faultstring><detail>${write('fault', faultWords, { code, text })}</detail></soap:Fault>`

export function readDialectFault(element: Element): DialectFault | undefined {
  const [detail] = element.name === 'Fault' ? childrenNamed(element, 'detail') : []
  const [told] = detail ? childrenNamed(detail, 'fault') : []
  return told && read(faultWords, told)
}

export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

const writeFile = (name: string, file: File): string => writeWithBlobs(name, fileWords, file, fileBlobs, file)
const readFile = (element: Element): File => ({ ...read(fileWords, element), ...readBlobs(fileBlobs, element) })

const answerTo = (call: string, list: string, content: string): string =>
  writeElement(`${call}Response`, {}, writeElement(list, {}, content))

const within = (answer: Element, list: string, item: string): Element[] =>
  childrenNamed(answer, list).flatMap((element) => childrenNamed(element, item))

function feedback(call: string, list: string, said: Said<unknown>, content: string): string {
  const files = (said.files ?? []).map((file) => writeFile(elements.receipt, file)).join('')
  const receipts = files && writeElement(elements.receipts, {}, files)
  return writeElement(call, {}, write(list, echoWords, said.echo, content) + receipts)
}

function readFeedback<T>(call: Element, list: string, item: string, readItem: (element: Element) => T): Feedback<T> {
  const [said] = childrenNamed(call, list)
  return {
    echo: read(echoWords, said ?? call),
    items: said ? childrenNamed(said, item).map(readItem) : [],
    files: within(call, elements.receipts, elements.receipt).map(readFile),
  }
}

function writeBeside(item: Partial<Account>): string {
  const { earlier = [], rights = [], subAccounts = [], assets = [] } = item
  return [
    ...assets.map((one) => write(elements.asset, assetWords, one)),
    ...earlier.map((one) => write(elements.earlier, earlierWords, one)),
    ...rights.map((one) => write(elements.right, rightWords, one)),
    ...subAccounts.map((one) => write(elements.subAccount, subAccountWords, one)),
  ].join('')
}

const readBeside = (element: Element) => ({
  earlier: childrenNamed(element, elements.earlier).map((child) => read(earlierWords, child)),
  rights: childrenNamed(element, elements.right).map((child) => read(rightWords, child)),
})

const writeResultList = (list: string, results: readonly Partial<Result>[]): string =>
  writeElement(list, {}, results.map((result) => write(elements.result, resultWords, result)).join(''))

function resultListOf(call: string): string {
  if (call === calls.rollBack) return elements.rollbackResults
  return call === calls.answerControl ? elements.controlResults : elements.inquiryResults
}
