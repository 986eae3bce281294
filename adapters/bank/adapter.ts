import { isRefusal } from '../../src/domain/refusal.ts'
import type { PullAdapter, RegistryDesk } from '../../src/relay/port.ts'
import { mostBytes, readBody } from './body.ts'
import { certificatesOf, documentsOf } from './documents.ts'
import { type Element, type Envelope, readEnvelope, writeEnvelope } from './envelope.ts'
import { BankFault } from './fault.ts'
import { acknowledge, answerControl, answerInquiry, rollBack } from './hearing.ts'
import { readAsked, readLogin, writeControls, writeDialectFault, writeInquiries } from './messages.ts'
import { referenceFor } from './reference.ts'
import { renderRequest } from './render.ts'
import { tell } from './told.ts'
import { calls } from './wire.ts'

export type BankOptions = {
  /** How many requests one list holds. */
  readonly listLength?: number
  readonly mostBytes?: number
}

/**
 * The court–bank SOAP dialect: the bank polls, fetches documents and certificates, confirms, and brings its answers.
 * One adapter serves every bank; which one is calling is the desk's to know.
 */
export function bank({ listLength = 20, mostBytes: most = mostBytes }: BankOptions = {}): PullAdapter {
  return {
    kind: 'pull',
    transferNeedsFreeze: true,
    reference: referenceFor,
    render: (claims, reference) => Buffer.from(renderRequest(claims, reference), 'latin1'),
    tell,
    serve: (request, desk) => serve(request, desk, { listLength, most }),
  }
}

type Limits = { readonly listLength: number; readonly most: number }

async function serve(request: Request, desk: RegistryDesk, { listLength, most }: Limits): Promise<Response> {
  if (request.method !== 'POST') return fault(405, 'client.method', '只接受 POST')
  const body = await readBody(request, most)
  if (body === 'too-large') return fault(413, 'client.size', '报文过大')
  const envelope = readEnvelope(body)
  if (isRefusal(envelope)) return fault(400, `client.${envelope.code}`, '报文无法读取')
  if (!(await loginHolds(envelope.head, desk))) return fault(401, 'client.login', '用户名或密码错误')
  try {
    return await answer(envelope, desk, listLength)
  } catch (cause) {
    if (cause instanceof BankFault) return fault(400, 'client.garbled', '报文内容无法读取')
    throw cause
  }
}

/** The same answer for a wrong user, a wrong password, another bank's marker and no login at all. */
async function loginHolds(head: readonly Element[], desk: RegistryDesk): Promise<boolean> {
  try {
    const { bank: marker = '', user = '', password = '' } = readLogin(head) ?? {}
    const holds = await desk.credentialHolds(user, password)
    return holds && marker === desk.registry.code
  } catch (cause) {
    if (cause instanceof BankFault) return false
    throw cause
  }
}

async function answer({ call, bytes }: Envelope, desk: RegistryDesk, limit: number): Promise<Response> {
  switch (call.name) {
    case calls.takeInquiries:
      return said(writeInquiries(frozen(await desk.take({ limit, inquiries: true, controls: false }))))
    case calls.takeControls:
      return said(writeControls(frozen(await desk.take({ limit, inquiries: false, controls: true }))))
    case calls.inquiryDocuments:
    case calls.controlDocuments:
      return saidOr404(await documentsOf(call.name, readAsked(call), desk))
    case calls.certificates:
      return saidOr404(await certificatesOf(readAsked(call), desk))
    case calls.acknowledge:
      return heard(await acknowledge(call, bytes, desk))
    case calls.answerInquiry:
      return heard(await answerInquiry(call, bytes, desk))
    case calls.answerControl:
      return heard(await answerControl(call, bytes, desk))
    case calls.rollBack:
      return heard(await rollBack(call, bytes, desk))
    default:
      return fault(400, 'client.call', '无此接口')
  }
}

const frozen = (taken: readonly { readonly rendered: Uint8Array }[]): string =>
  taken.map(({ rendered }) => Buffer.from(rendered).toString('latin1')).join('')

const saidOr404 = (body: string | undefined): Response =>
  body === undefined ? fault(404, 'client.reference', '无此请求单号') : said(body)

const heard = (body: string | 'flooded'): Response =>
  body === 'flooded' ? fault(429, 'client.flooded', '无法核验的反馈过多，请稍后再试') : said(body)

const said = (body: string, status = 200): Response =>
  new Response(writeEnvelope(body), { status, headers: { 'content-type': 'text/xml; charset=utf-8' } })

const fault = (status: number, code: string, text: string): Response => said(writeDialectFault(code, text), status)
