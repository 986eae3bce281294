import type { PullAdapter, RegistryDesk } from '../../src/relay/port.ts'
import { answer, unfit } from './answer.ts'
import { readForm } from './form.ts'
import { type Call, confirm, hand } from './handing.ts'
import { sendCertificates, sendDocument } from './papers.ts'
import { referenceOf, render } from './render.ts'
import { hear } from './results.ts'
import { calls, head, root, signedIn, signIn } from './wire.ts'

export type RealEstateOptions = {
  /** The six digits of the county whose register this centre keeps; part of every 申请单号. 滨海新区 unless told. */
  readonly area?: string
  /** Told of what broke while a call was served, when the centre learns 9001. Without it the fault is thrown on, for the
   *  house to note: a fault that nobody hears of is worse than an answer outside the dialect. */
  readonly onFault?: (cause: unknown) => void
}

/**
 * A registration centre that speaks the provincial 点对点 dialect and polls the gateway.
 *
 * @example
 * const adapter = realEstate({ area: '120116' })
 * const response = await adapter.serve(request, desk)
 */
export const realEstate = ({ area = '120116', onFault }: RealEstateOptions = {}): PullAdapter => ({
  kind: 'pull',
  reference: (claims, draw) => referenceOf(claims, area, draw),
  render: (claims, reference) => render(claims, reference, area),
  serve: async (request, desk) => {
    try {
      return await serve(request, desk)
    } catch (fault) {
      if (!onFault) throw fault
      onFault(fault)
      return answer('system')
    }
  },
})

async function serve(request: Request, desk: RegistryDesk): Promise<Response> {
  const path = callOf(request)
  if (!path) return answer('parameter')
  const form = await readForm(request)
  if (form.kind === 'unreadable') return answer(form.code, form.field)
  const { head: rawHead, data } = (form.message ?? {}) as { readonly head?: unknown; readonly data?: unknown }
  const said = head.safeParse(rawHead)
  if (said.error) return unfit(said.error, rawHead, 'head')
  if (path === calls.token) return letIn(data, desk)
  if (!said.data.token || !(await desk.tokenHolds(said.data.token))) return answer('wrong-token')
  return dispatch(path, { data, bytes: form.bytes, desk })
}

function callOf(request: Request): string | undefined {
  const { pathname } = new URL(request.url)
  const at = pathname.indexOf(root)
  if (request.method !== 'POST' || at < 0) return undefined
  const path = pathname.slice(at + root.length)
  return Object.values(calls).find((call) => call === path)
}

async function letIn(data: unknown, desk: RegistryDesk): Promise<Response> {
  const said = signIn.safeParse(data)
  if (said.error) return unfit(said.error, data)
  const { user, password } = said.data
  if (!(await desk.credentialHolds(user, password))) return answer('wrong-password')
  return answer('ok', undefined, JSON.stringify(signedIn.encode({ token: await desk.mintToken() })))
}

function dispatch(path: string, call: Call): Promise<Response> {
  switch (path) {
    case calls.queryReceive:
      return hand(call, 'inquiries')
    case calls.controlReceive:
      return hand(call, 'controls')
    case calls.queryConfirm:
      return confirm(call, 'inquiries')
    case calls.controlConfirm:
      return confirm(call, 'controls')
    case calls.queryResult:
      return hear(call, 'inquiries')
    case calls.controlResult:
      return hear(call, 'controls')
    case calls.document:
      return sendDocument(call)
    default:
      return sendCertificates(call)
  }
}
