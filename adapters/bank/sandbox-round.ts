import { toBeijingDate } from '../../src/domain/beijing-date.ts'
import { type Books, type Misbehaviour, misbehaviourOf, recordEffect, sandboxNow } from '../sandbox.ts'
import { readElement } from './envelope.ts'
import {
  type Control,
  type Inquiry,
  md5Of,
  readCertificates,
  readControl,
  readControls,
  readDocuments,
  readInquiries,
  readInquiry,
  writeAcknowledgement,
  writeAsked,
  writeControl,
  writeInquiry,
} from './messages.ts'
import { type BankBooks, type Taken, takenKey } from './sandbox-books.ts'
import { controlFeedbacks, inquiryFeedbacks, missingDocuments, sendBack } from './sandbox-feedback.ts'
import type { Line } from './sandbox-line.ts'
import { carryOut, findAccounts, isOvertaking, isTransfer, restate } from './sandbox-teller.ts'
import { catchUp, couldCatch } from './sandbox-vault.ts'
import { calls, codes } from './wire.ts'

/** How long the bank takes over what it does not do at once. */
export type Pace = { readonly slowMs: number; readonly tomorrowMs: number; readonly transferMs: number }

export type Bank = { readonly code: string; readonly line: Line; readonly books: Books<BankBooks>; readonly pace: Pace }

/** One round of a bank: fetch what is new and confirm it, decide what is due, tell what is decided. */
export async function round(bank: Bank): Promise<void> {
  for (const request of [...(await fetchList(bank)), ...heldUp(bank)]) await takeIn(bank, request)
  await decideWhatIsDue(bank)
  await catchMoney(bank)
  for (const taken of ofBank(bank, 'decided')) await tell(bank, taken)
}

type Request =
  | { readonly kind: 'inquiry'; readonly said: Inquiry }
  | { readonly kind: 'control'; readonly said: Control }

async function fetchList({ line }: Bank): Promise<Request[]> {
  const inquiries = await line.call(writeAsked(calls.takeInquiries, {}))
  const controls = await line.call(writeAsked(calls.takeControls, {}))
  return [
    ...(inquiries.kind === 'answer' ? readInquiries(inquiries.element) : []).map((said) => ({
      kind: 'inquiry' as const,
      said,
    })),
    ...(controls.kind === 'answer' ? readControls(controls.element) : []).map((said) => ({
      kind: 'control' as const,
      said,
    })),
  ]
}

/**
 * Fetches the papers, books the request, and only then confirms it: a bank killed in between has it in its books and
 * confirms when it is handed out again. What is already booked is only confirmed once more.
 */
async function takeIn(bank: Bank, request: Request): Promise<void> {
  const { reference, idNumber } = request.said
  const known = bank.books.read().taken[takenKey(bank.code, reference)]
  if (!known) {
    const how = misbehaviourOf(idNumber, bank.books.read())
    if (how === 'unavailable' && (await isAway(bank, request))) return
    const papers = await fetchPapers(bank, request)
    if (papers === 'unreached') return
    await book(bank, request, how, papers)
    // Out of order: the answer first, the confirmation after it.
    if (how === 'out-of-order') await answerBeforeConfirming(bank, reference)
  }
  await bank.line.call(writeAcknowledgement([{ reference, result: codes.ok, text: '成功' }]))
}

async function answerBeforeConfirming(bank: Bank, reference: string): Promise<void> {
  await decideWhatIsDue(bank)
  const taken = bank.books.read().taken[takenKey(bank.code, reference)]
  if (taken?.state === 'decided') await tell(bank, taken)
}

/** Went down between fetching and confirming: nothing is said of this request for a while, then it goes on. */
async function isAway({ books, code, pace }: Bank, { kind, said }: Request): Promise<boolean> {
  const key = takenKey(code, said.reference)
  const held = books.read().heldUp[key]
  if (held) return sandboxNow().getTime() < held.until
  const element = kind === 'inquiry' ? writeInquiry(said) : writeControl(said)
  await books.change(({ heldUp }) => {
    heldUp[key] = { bank: code, kind, element, until: sandboxNow().getTime() + pace.slowMs }
  })
  return true
}

async function fetchPapers({ line }: Bank, { kind, said }: Request): Promise<'complete' | 'incomplete' | 'unreached'> {
  const asked =
    kind === 'inquiry'
      ? writeAsked(calls.inquiryDocuments, { documents: said.documents })
      : writeAsked(calls.controlDocuments, { reference: said.reference })
  const papers = await line.call(asked)
  const certificates = await line.call(writeAsked(calls.certificates, { reference: said.reference }))
  if (papers.kind !== 'answer' || certificates.kind !== 'answer') return 'unreached'
  const files = readDocuments(papers.element)
  const whole = files.length > 0 && files.every(({ content, md5 }) => content.length > 0 && md5Of(content) === md5)
  const officers = readCertificates(certificates.element)
  const known = officers.length === 2 && officers.every(({ work, duty }) => work !== '' && duty !== '')
  return whole && known ? 'complete' : 'incomplete'
}

async function book(bank: Bank, { kind, said }: Request, how: Misbehaviour | undefined, papers: string): Promise<void> {
  const { slowMs, tomorrowMs, transferMs } = bank.pace
  const own = kind === 'control' && isTransfer(said) ? transferMs : 0
  const delay = how === 'slow' ? slowMs : how === 'tomorrow' ? tomorrowMs : own
  const returned = papers === 'incomplete' ? [{ body: sendBack(said, missingDocuments) }] : []
  await bank.books.change(({ taken }) => {
    taken[takenKey(bank.code, said.reference)] = {
      bank: bank.code,
      reference: said.reference,
      kind,
      element: kind === 'inquiry' ? writeInquiry(said) : writeControl(said),
      dueAt: sandboxNow().getTime() + delay,
      state: returned.length > 0 ? 'decided' : 'taken',
      feedbacks: returned,
    }
  })
}

/** Decision, effect and the feedback's exact text are one change of the books: done once, told as often as needed. */
async function decideWhatIsDue(bank: Bank): Promise<void> {
  for (const taken of ofBank(bank, 'taken')) {
    if (taken.dueAt > sandboxNow().getTime()) continue
    await bank.books.change((state) => {
      if (taken.kind === 'inquiry') decideInquiry(state, taken)
      else decideControl(state, taken)
    })
  }
}

function decideInquiry(state: BankBooks, taken: Taken): void {
  const inquiry = readInquiry(readElement(Buffer.from(taken.element)))
  const vault = state.vaults[taken.bank]
  if (!vault) return
  const accounts = findAccounts(vault, inquiry, today())
  recordEffect(state, taken.reference, `inquire ${accounts.map(({ account }) => account).join(' ')}`)
  taken.feedbacks = inquiryFeedbacks(inquiry, accounts, misbehaviourOf(inquiry.idNumber, state))
  taken.state = 'decided'
}

function decideControl(state: BankBooks, taken: Taken): void {
  const control = readControl(readElement(Buffer.from(taken.element)))
  const vault = state.vaults[taken.bank]
  const waiting = Object.values(state.taken).filter((one) => one.bank === taken.bank && one.state === 'taken')
  const others = waiting.filter((one) => one.kind === 'control' && one !== taken)
  const pending = others.map((one) => readControl(readElement(Buffer.from(one.element)))).filter(isTransfer)
  if (!vault || isOvertaking(control, pending)) return
  const how = misbehaviourOf(control.idNumber, state)
  const deeds = how === 'refuses' ? [] : carryOut(vault, control, today())
  for (const { effect } of deeds) if (effect) recordEffect(state, taken.reference, effect)
  taken.feedbacks = controlFeedbacks(
    control,
    how === 'refuses' ? refusals(control) : deeds.map(({ outcome }) => outcome),
    how,
  )
  taken.state = 'decided'
}

/** A freeze that has caught money is fed back anew under its own number: the sums have moved from one to the other. */
async function catchMoney({ books, code }: Bank): Promise<void> {
  const known = books.read().vaults[code]
  if (!known || !couldCatch(known, today())) return
  await books.change(({ vaults, taken }) => {
    const vault = vaults[code]
    if (!vault) return
    for (const reference of new Set(catchUp(vault, today()).map((freeze) => freeze.reference))) {
      const made = taken[takenKey(code, reference)]
      if (!made) continue
      const control = readControl(readElement(Buffer.from(made.element)))
      made.feedbacks = [...made.feedbacks, ...controlFeedbacks(control, restate(vault, control, today()))]
      made.state = 'decided'
    }
  })
}

const refusals = ({ reference, orders }: Control) =>
  orders.map(({ item, account, subAccount, content }) => ({
    reference,
    item,
    account,
    subAccount,
    content,
    state: codes.notDone,
    held: '0.00',
    overQuota: '0.00',
    reason: '账户为专用账户，依法不得冻结',
  }))

/** Tells until the gateway has heard: accepted or turned down, both are heard; only silence is tried again. */
async function tell({ line, books }: Bank, taken: Taken): Promise<void> {
  for (const { body, password } of [...taken.feedbacks]) {
    const heard = password === undefined ? await line.call(body) : await line.callAs(password, body)
    const isHeard = heard.kind === 'answer' || (heard.kind === 'fault' && heard.status < 429)
    if (!isHeard) return
    await books.change(() => {
      taken.feedbacks = taken.feedbacks.slice(1)
      if (taken.feedbacks.length === 0) taken.state = 'told'
    })
    if (taken.feedbacks.length > 0) return
  }
}

function heldUp({ books, code }: Bank): Request[] {
  const { heldUp: held, taken } = books.read()
  const mine = Object.entries(held).filter(
    ([key, one]) => one.bank === code && !taken[key] && one.until <= sandboxNow().getTime(),
  )
  return mine.map(([, { kind, element }]) => {
    const read = readElement(Buffer.from(element))
    return kind === 'inquiry' ? { kind, said: readInquiry(read) } : { kind, said: readControl(read) }
  })
}

const ofBank = ({ books, code }: Bank, state: Taken['state']): Taken[] =>
  Object.values(books.read().taken).filter((one) => one.bank === code && one.state === state)

const today = (): string => toBeijingDate(sandboxNow())
