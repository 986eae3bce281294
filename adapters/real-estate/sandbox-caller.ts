import { z } from 'zod'
import { answerHead, calls, codes, formField, head, signedIn, signIn } from './wire.ts'

export type Reply =
  | { readonly kind: 'answered'; readonly code: string; readonly data: unknown }
  | { readonly kind: 'silent' }

/** How the centre calls the gateway: signs in when it must, one form field, no answer is `silent`. */
export type Caller = { call(path: string, data: unknown, token?: 'wrong'): Promise<Reply> }

const envelope = z.object({ head: answerHead, data: z.unknown().optional() })

export function openCaller(options: {
  readonly base: string
  readonly area: string
  readonly user: string
  readonly password: string
}): Caller {
  const { base, area, user, password } = options
  let token: string | undefined
  const post = async (path: string, data: unknown, withToken?: string): Promise<Reply> => {
    const message = { head: head.encode({ area, ...(withToken && { token: withToken }) }), data }
    try {
      const response = await fetch(`${base}/api/v1/bdc/${path}`, {
        method: 'POST',
        body: new URLSearchParams({ [formField]: JSON.stringify(message) }),
        signal: AbortSignal.timeout(20_000),
      })
      const said = envelope.safeParse(await response.json())
      return said.data ? { kind: 'answered', code: said.data.head.code, data: said.data.data } : { kind: 'silent' }
    } catch {
      return { kind: 'silent' }
    }
  }
  const letIn = async (): Promise<string | undefined> => {
    const reply = await post(calls.token, signIn.encode({ user, password }))
    return reply.kind === 'answered' ? signedIn.safeParse(reply.data).data?.token : undefined
  }
  return {
    call: async (path, data, given) => {
      if (given === 'wrong') return post(path, data, 'somebody-elses-token')
      token ??= await letIn()
      if (!token) return { kind: 'silent' }
      const reply = await post(path, data, token)
      if (reply.kind === 'silent' || reply.code !== codes['wrong-token'][0]) return reply
      token = await letIn()
      return token ? post(path, data, token) : { kind: 'silent' }
    },
  }
}

/** True when the gateway answered and will answer the same again; else the call is worth repeating. */
export function isFinal(reply: Reply): boolean {
  if (reply.kind === 'silent') return false
  return reply.code !== codes.system[0] && reply.code !== codes.unavailable[0]
}
