import { randomUUID } from 'node:crypto'
import { v7 as newDelivery } from 'uuid'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import type { StatusAnswerClaims } from '../../src/signing/claims/service.ts'
import { envelopeTypes, sealEnvelope } from '../../src/signing/envelope.ts'
import { keysAmong } from '../../src/signing/key.ts'
import type { Keyring } from '../../src/signing/keyring.ts'
import { makeKey, signingKeyOf } from '../../src/signing/make-key.ts'
import type { Proved } from '../../src/signing/proof.ts'
import { openStatusAnswer, signStatus, signWithdrawal } from '../../src/signing/service.ts'
import { openStatement } from '../../src/signing/statement.ts'
import { court, otherCourt } from './gateway.ts'
import type { PublicKey } from './subjects.ts'

export type Told = { readonly status: number; readonly text: string }

/** Calls the registry past the gateway, in the court's name or in somebody else's: what no gateway would ever send. */
export type Probe = {
  post(path: string, body: string): Promise<Told>
  get(path: string): Promise<Told>
  /** The same request under a new id, changed; signed by the court unless `as` says by whom. */
  request(like: RequestClaims, change: Partial<RequestClaims>, as?: 'court' | 'gateway' | 'stranger'): Promise<Forged>
  /** Asks for the status of a delivery and opens the answer, which must be proved. */
  status(delivery: string): Promise<StatusAnswerClaims>
  /** A status question for another registry. */
  strayQuestion(delivery: string): Promise<string>
  withdrawal(delivery: string): Promise<string>
  /** What another court has no right to ask: after a delivery of ours, and to have it back. */
  meddling(delivery: string): Promise<{ readonly question: string; readonly withdrawal: string }>
  /** Proves what was answered to a request; throws with the code when it proves nothing. */
  prove(text: string, forged: Forged): Promise<Proved>
}

export type Forged = { readonly id: string; readonly jws: string; readonly claims: RequestClaims }

type ProbeOptions = {
  readonly origin: string
  readonly code: string
  readonly gateway: string
  readonly keys: readonly PublicKey[]
  readonly keyring: Keyring
}

const reason = '申请人撤回申请'

export function openProbe({ origin, code, gateway, keys, keyring }: ProbeOptions): Probe {
  const keysOf = keysAmong(keys.map(({ kid, ...jwk }) => ({ kid, jwk, validFrom: new Date(0) })))
  const call = async (path: string, init: RequestInit): Promise<Told> => {
    const answer = await fetch(`${origin}${path}`, { ...init, redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    return { status: answer.status, text: await answer.text() }
  }
  const post = (path: string, body: string) =>
    call(path, { method: 'POST', body, headers: { 'content-type': 'application/jose' } })
  const asked = (re: string) => ({ court, registry: code, re, jti: randomUUID(), now: new Date() })
  return {
    post,
    get: (path) => call(path, {}),
    request: async (like, change, as = 'court') => {
      const claims: RequestClaims = { ...like, iat: Math.floor(Date.now() / 1000), jti: newDelivery(), ...change }
      return { id: claims.jti, claims, jws: await signAs(as, claims, keyring) }
    },
    status: async (delivery) => {
      const question = asked(delivery)
      const { status, text } = await post('/status', await signStatus(keyring, question))
      if (status !== 200) throw new Error(`a status question was answered ${status}`)
      const between = { keysOf, issuer: code, audience: gateway, now: new Date() }
      const opened = await openStatusAnswer(text, { ...between, inquiry: question.jti, re: delivery })
      if (opened.kind === 'unproved') throw new Error(`the status answer proves nothing: ${opened.code}`)
      return opened.claims
    },
    strayQuestion: (delivery) => signStatus(keyring, { ...asked(delivery), registry: 'somebody-else' }),
    withdrawal: (delivery) => signWithdrawal(keyring, { ...asked(delivery), reason }),
    meddling: async (delivery) => {
      const theirs = { ...asked(delivery), court: otherCourt }
      return {
        question: await signStatus(keyring, theirs),
        withdrawal: await signWithdrawal(keyring, { ...theirs, reason }),
      }
    },
    prove: async (text, forged) => {
      const proof = await openStatement(text, forged, { keysOf, gateway, now: new Date() })
      if (proof.kind === 'unproved')
        throw new Error(`the statement proves nothing: ${proof.code} ${proof.detail ?? ''}`)
      return proof
    },
  }
}

/** The gateway's own keys sign receipts and no request; a stranger's key is in nobody's JWKS. */
async function signAs(as: 'court' | 'gateway' | 'stranger', claims: RequestClaims, keyring: Keyring): Promise<string> {
  if (as === 'court') return keyring.sign(`court:${court}`, envelopeTypes.request, claims)
  if (as === 'gateway') return keyring.sign('receipt', envelopeTypes.request, claims)
  const made = await makeKey('EdDSA', { state: 'current', validFrom: new Date(), demo: true })
  return sealEnvelope(signingKeyOf(made), envelopeTypes.request, claims)
}
