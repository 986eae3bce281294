import { randomUUID } from 'node:crypto'
import { envelopeTypes, type SigningKey, sealEnvelope } from '../../src/signing/envelope.ts'
import { graceAfterRetirement, type RegisteredKey } from '../../src/signing/key.ts'
import { sandboxNow } from '../sandbox.ts'
import { deliveriesAnswer, jose, partnerPaths, publishedKeys } from './wire.ts'

/** How the bureau reaches the gateway: every call proves itself by a token of its own, used once. */
export type Partner = {
  /** The court's key of that name, and whose it is; asks the gateway again when it is new to us. */
  keyOf(kid: string): Promise<{ readonly key: RegisteredKey; readonly owner: string } | undefined>
  document(delivery: string, sha256: string): Promise<Uint8Array | 'absent'>
  putReceipt(delivery: string, sha256: string, paper: Uint8Array): Promise<number>
  postStatement(statement: string): Promise<number>
  /** Brings the proof of a key, and gives what the gateway says of it. */
  postPossession(proof: string): Promise<unknown>
  takeDeliveries(limit: number, waitSeconds: number): Promise<readonly string[]>
}

type PartnerOptions = {
  readonly origin: string
  readonly gatewayId: string
  readonly code: string
  /** The key it signs with now. */
  readonly key: () => SigningKey
}

/** Calls throw when the gateway cannot be reached or is broken; whoever calls tries again later. */
export function callPartner({ origin, gatewayId, code, key }: PartnerOptions): Partner {
  let known = new Map<string, { readonly key: RegisteredKey; readonly owner: string }>()
  let looked = 0
  let looking: Promise<void> | undefined
  /** One look for all who wait. A gateway that cannot be reached has not said that a key is unknown: that throws. */
  const look = (): Promise<void> => {
    looking ??= fetchKeys(origin)
      .then((keys) => {
        known = keys
        looked = Date.now()
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const iat = Math.floor(sandboxNow().getTime() / 1000)
    const claims = { iss: code, aud: gatewayId, iat, exp: iat + 55, jti: randomUUID() }
    const token = await sealEnvelope(key(), envelopeTypes.partner, claims)
    const headers = { ...init.headers, authorization: `Bearer ${token}` }
    return fetch(`${origin}${path}`, { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(60_000) })
  }
  return {
    keyOf: async (kid) => {
      if (!known.has(kid) && Date.now() - looked > 1000) await look()
      return known.get(kid)
    },
    document: async (delivery, sha256) => {
      const answer = await call(partnerPaths.document(delivery, sha256))
      if (answer.status === 404) return 'absent'
      if (!answer.ok) throw new Error(`a document: HTTP ${answer.status}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    putReceipt: async (delivery, sha256, paper) => {
      const headers = { 'content-type': 'application/pdf' }
      const answer = await call(partnerPaths.receipt(sha256, delivery), {
        method: 'PUT',
        headers,
        body: Buffer.from(paper),
      })
      return drained(answer)
    },
    postStatement: async (statement) =>
      drained(
        await call(partnerPaths.statements, { method: 'POST', headers: { 'content-type': jose }, body: statement }),
      ),
    postPossession: async (proof) => {
      const headers = { 'content-type': jose }
      return (await call(partnerPaths.possession, { method: 'POST', headers, body: proof })).json()
    },
    takeDeliveries: async (limit, waitSeconds) => {
      const answer = await call(partnerPaths.deliveries(limit, waitSeconds))
      if (!answer.ok) throw new Error(`deliveries: HTTP ${answer.status}`)
      return deliveriesAnswer.parse(await answer.json()).map(({ jws }) => jws)
    },
  }
}

async function drained(answer: Response): Promise<number> {
  await answer.arrayBuffer()
  return answer.status
}

async function fetchKeys(origin: string) {
  const answer = await fetch(`${origin}${partnerPaths.jwks}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  })
  const { keys } = publishedKeys.parse(await answer.json())
  return new Map(
    keys.map(({ kid, for: owner, nbf, exp, ...jwk }) => {
      const { use: _use, status: _status, ...publicJwk } = jwk
      const retired = exp !== undefined && { retiredAt: new Date(exp * 1000 - graceAfterRetirement) }
      return [kid, { owner, key: { kid, jwk: publicJwk, validFrom: new Date(nbf * 1000), ...retired } }]
    }),
  )
}
