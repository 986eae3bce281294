import type { Outgoing, Reception, RegistryDesk } from '../../src/relay/port.ts'
import { answer, unfit, wordsOf } from './answer.ts'
import { toReceived } from './translate.ts'
import { type Code, confirmed, controlConfirm, queryConfirm, receive } from './wire.ts'

/** The two halves of the dialect: inquiries below `query/`, measures below `control/`. */
export type Business = 'inquiries' | 'controls'

/** One call of the centre, signed in: what it carries and the exact bytes it came as. */
export type Call = { readonly data: unknown; readonly bytes: Uint8Array; readonly desk: RegistryDesk }

const mostAtOnce = 10

/** receive/apply: the oldest deliveries that wait for the centre, each in the bytes frozen when it was signed. */
export async function hand({ data, desk }: Call, business: Business): Promise<Response> {
  const said = receive.safeParse(data ?? {})
  if (said.error) return askedTooMuch(data) ? answer('too-many') : unfit(said.error, data)
  const limit = said.data.most ?? mostAtOnce
  const taken = await desk.take({ limit, inquiries: business === 'inquiries', controls: business === 'controls' })
  const decoder = new TextDecoder()
  return answer('ok', undefined, `[${taken.map(({ rendered }) => decoder.decode(rendered)).join(',')}]`)
}

function askedTooMuch(data: unknown): boolean {
  return Object.values(data ?? {}).some((wanted) => typeof wanted === 'number' && wanted > mostAtOnce)
}

/**
 * commit/apply: the centre says it has these requests with their documents. This is service (送达): its moment decides
 * priority, so each is committed as `received` before the answer leaves, and a repeated confirmation moves nothing.
 */
export async function confirm({ data, bytes, desk }: Call, business: Business): Promise<Response> {
  const said = (business === 'inquiries' ? queryConfirm : controlConfirm).safeParse(data)
  if (said.error) return unfit(said.error, data)
  const references = [...new Set(said.data.references)]
  if (references.length > mostAtOnce) return answer('too-many')
  const lines: { readonly reference: string; readonly code: Code }[] = []
  for (const reference of references) {
    const refused = refusalFor(await desk.find(reference), business)
    const code = refused ?? codeOf(await desk.tell(reference, bytes, toReceived(reference, desk.now)))
    lines.push({ reference, code })
  }
  const told = JSON.stringify(lines.map(({ reference, code }) => confirmed.encode({ reference, ...wordsOf(code) })))
  return answer(overall(lines.map(({ code }) => code)), undefined, told)
}

/** Why a 单号 cannot be spoken of here: nobody's, another registry's (from here the same), or of the other business. */
export function refusalFor(outgoing: Outgoing | undefined, business: Business): Code | undefined {
  if (!outgoing) return 'unknown-reference'
  const isInquiry = outgoing.claims.measure === 'inquire'
  return isInquiry === (business === 'inquiries') ? undefined : 'wrong-business'
}

function codeOf(reception: Reception): Code {
  switch (reception.kind) {
    case 'committed':
      return 'ok'
    case 'repeated':
    case 'contradicted':
    case 'sequence-used':
      return 'already-received'
    case 'unknown-delivery':
      return 'unknown-reference'
    case 'unproved':
      return 'system'
    case 'flooded':
      return 'unavailable'
  }
}

function overall(told: readonly Code[]): Code {
  const [first = 'ok'] = told
  return told.every((code) => code === first) ? first : 'partly-failed'
}
