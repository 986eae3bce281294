import { randomUUID } from 'node:crypto'
import type { Dispatcher } from 'undici'
import type { Outgoing, PullAdapter, PushAdapter, StatusAnswer } from '../../src/relay/port.ts'
import { keysAmong, type RegisteredKey } from '../../src/signing/key.ts'
import { openStatusAnswer, signStatus, signWithdrawal } from '../../src/signing/service.ts'
import type { Signer } from '../../src/signing/signer.ts'
import { openStatement } from '../../src/signing/statement.ts'
import { postEnvelope } from './post.ts'
import { registryPaths } from './wire.ts'

export type LandOptions = {
  /** Where the registry listens, without a slash at the end. */
  readonly origin: string
  readonly dispatcher: Dispatcher
  readonly signer: Signer
  readonly gatewayId: string
  /** The registry's keys as they are registered, by value. */
  readonly keys: readonly RegisteredKey[]
  readonly timeouts?: { readonly headersMs: number; readonly bodyMs: number }
  readonly clock?: () => Date
  readonly newId?: () => string
}

/**
 * The native protocol, called: the court's signed request goes out as it is, and a signed statement comes back at once
 * or later through the partner API. Grade A.
 */
export function landPush(options: LandOptions): PushAdapter {
  const { origin, dispatcher, signer, gatewayId, timeouts = { headersMs: 30_000, bodyMs: 30_000 } } = options
  const { clock = () => new Date(), newId = randomUUID } = options
  const keysOf = keysAmong(options.keys)
  const asked = ({ claims, id }: Outgoing) => ({
    court: claims.iss,
    registry: claims.aud,
    re: id,
    jti: newId(),
    now: clock(),
  })
  const post = (path: string, envelope: string, signal: AbortSignal) =>
    postEnvelope(`${origin}${path}`, envelope, { dispatcher, signal, timeouts })
  return {
    kind: 'push',
    deliver: async ({ jws }, signal) => {
      const ended = await post(registryPaths.requests, jws, signal)
      return ended.kind === 'answered' ? { kind: 'answered', message: ended.body } : ended
    },
    withdraw: async (outgoing, reason, signal) => {
      const withdrawal = await signWithdrawal(signer, { ...asked(outgoing), reason })
      const ended = await post(registryPaths.withdrawals, withdrawal, signal)
      return ended.kind === 'answered' ? { kind: 'answered', message: ended.body } : ended
    },
    status: async (outgoing, signal): Promise<StatusAnswer> => {
      const question = asked(outgoing)
      const ended = await post(registryPaths.status, await signStatus(signer, question), signal)
      if (ended.kind !== 'answered') return { kind: 'no-answer', detail: ended.detail }
      const between = { keysOf, issuer: question.registry, audience: gatewayId, now: clock() }
      const opened = await openStatusAnswer(ended.body, { ...between, inquiry: question.jti, re: outgoing.id })
      // An unproved "not known" must not set the same order going a second time.
      if (opened.kind === 'unproved') return { kind: 'no-answer', detail: `the answer is unproved: ${opened.code}` }
      const { known, statements } = opened.claims
      return known ? { kind: 'known', messages: statements.map((text) => Buffer.from(text)) } : { kind: 'not-known' }
    },
    parse: (message, outgoing, arrivedAt) =>
      openStatement(message, outgoing, { keysOf, gateway: gatewayId, now: arrivedAt }),
  }
}

/**
 * The native protocol, pulled: the registry comes to the gateway's own `/partner/v1`, reads the signed request itself and
 * brings its statements there. So there is nothing to render, and nothing is served below `/adapters/`.
 */
export function landPull(): PullAdapter {
  return {
    kind: 'pull',
    reference: (claims) => claims.jti,
    render: () => undefined,
    serve: async () => new Response('this registry speaks at /partner/v1', { status: 404 }),
  }
}
