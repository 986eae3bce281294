import type { Outgoing, Proved, Reception, RegistryDesk, Unproved } from '../../src/relay/port.ts'
import type { Element } from './envelope.ts'
import { BankFault } from './fault.ts'
import {
  type Feedback,
  type File,
  md5Of,
  type Result,
  readControlFeedback,
  readInquiryFeedback,
  readReference,
  readResults,
  readRollback,
  writeResults,
} from './messages.ts'
import {
  asCorrection,
  proveControl,
  proveInquiry,
  proveReceived,
  proveRollback,
  unproved,
  withReceipt,
} from './translate.ts'
import { codes } from './wire.ts'

type Heard = string | 'flooded'

/** At most this many requests are confirmed in one call. */
const mostConfirmed = 200

/**
 * The call that confirms: request, documents and certificates are in the bank's system, and the moment of this call is
 * the legal time of service. A request the bank could not take in is not confirmed and comes again.
 */
export async function acknowledge(call: Element, bytes: Uint8Array, desk: RegistryDesk): Promise<Heard> {
  const results: Partial<Result>[] = []
  for (const { reference, result } of readResults(call).slice(0, mostConfirmed)) {
    const outgoing = await desk.find(reference)
    if (!outgoing || result !== codes.ok) {
      results.push({
        reference,
        result: outgoing ? codes.ok : codes.failed,
        text: outgoing ? '待重新领取' : '无此请求单号',
      })
      continue
    }
    const reception = await desk.tell(reference, bytes, proveReceived(outgoing, desk.now))
    if (reception.kind === 'flooded') return 'flooded'
    results.push(resultOf(reference, reception))
  }
  return writeResults(call.name, results)
}

export const answerInquiry = (call: Element, bytes: Uint8Array, desk: RegistryDesk): Promise<Heard> =>
  hear(call, bytes, desk, readInquiryFeedback, proveInquiry)

export const answerControl = (call: Element, bytes: Uint8Array, desk: RegistryDesk): Promise<Heard> =>
  hear(call, bytes, desk, readControlFeedback, proveControl)

export const rollBack = (call: Element, bytes: Uint8Array, desk: RegistryDesk): Promise<Heard> =>
  hear(call, bytes, desk, readRollback, proveRollback)

/** Reads what a bank brings, proves it against the request it names, and tells the desk either way. */
async function hear<T>(
  call: Element,
  bytes: Uint8Array,
  desk: RegistryDesk,
  readWords: (call: Element) => Feedback<T>,
  prove: (feedback: Feedback<T>, outgoing: Outgoing, now: Date) => Proved | Unproved,
): Promise<Heard> {
  const reference = readReference(call)
  const feedback = readOrGarbled(call, readWords)
  const outgoing = await desk.find(reference)
  const parsed = outgoing && feedback ? prove(feedback, outgoing, desk.now) : undefined
  if (!outgoing || !feedback || !parsed || parsed.kind === 'unproved') {
    const why = parsed ?? unproved(outgoing ? 'statement-malformed' : 'statement-other-delivery')
    return reply(call, reference, await desk.tell(reference, bytes, why))
  }
  const broken = feedback.files.find(
    (file) => file.content.length > 0 && file.md5.toLowerCase() !== md5Of(file.content),
  )
  if (broken) return reply(call, reference, await desk.tell(reference, bytes, unproved('statement-content', 'MD5')))
  // Whoever answers has received: told first, so that a confirmation that comes late is a repetition and undoes nothing.
  await desk.tell(reference, bytes, proveReceived(outgoing, desk.now))
  const answer = await keepReceipts(parsed, feedback.files, outgoing, desk)
  // The dialect has no number for a second answer: other content under the same request is a correction of the first.
  const before = await desk.heard(outgoing, answer.jti)
  const told = before === undefined || before === answer.digest ? answer : asCorrection(answer)
  return reply(call, reference, await desk.tell(reference, bytes, told))
}

/** Keeps the stamped documents before the answer is told; the statement names the first. */
async function keepReceipts(
  answer: Proved,
  files: readonly File[],
  outgoing: Outgoing,
  desk: RegistryDesk,
): Promise<Proved> {
  const kept = []
  for (const { content, type } of files) {
    if (content.length === 0) continue
    const mediaType = mediaTypes[type.toLowerCase()] ?? 'application/octet-stream'
    const sha256 = await desk.keepReceipt(outgoing, { bytes: content, mediaType })
    kept.push({ sha256, mediaType, length: content.length })
  }
  const [first] = kept
  return first ? withReceipt(answer, first) : answer
}

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

/** An authenticated bank's unreadable words are evidence, not an error of ours: undefined, and quarantined by the caller. */
function readOrGarbled<T>(call: Element, readWords: (call: Element) => T): T | undefined {
  try {
    return readWords(call)
  } catch (cause) {
    if (cause instanceof BankFault) return undefined
    throw cause
  }
}

const reply = (call: Element, reference: string, reception: Reception): Heard =>
  reception.kind === 'flooded' ? 'flooded' : writeResults(call.name, [resultOf(reference, reception)])

function resultOf(reference: string, reception: Reception): Partial<Result> {
  switch (reception.kind) {
    case 'committed':
      return { reference, result: codes.ok, text: '已接收', receipt: reception.receipt }
    case 'repeated':
      return { reference, result: codes.ok, text: '重复报送，以首次为准', receipt: reception.receipt }
    case 'contradicted':
    case 'sequence-used':
      return { reference, result: codes.failed, text: '与在先反馈不一致' }
    case 'unknown-delivery':
      return { reference, result: codes.failed, text: '无此请求单号' }
    case 'unproved':
      return { reference, result: codes.failed, text: `反馈未予采信：${reception.code}` }
    case 'flooded':
      return { reference, result: codes.failed, text: '请稍后再试' }
  }
}
