import { v7 as newId } from 'uuid'
import { operator } from '../../src/domain/person.ts'
import { registerClient } from '../../src/gateway/clients/register.ts'
import { readClient } from '../../src/gateway/clients/registration.ts'
import type { Client } from '../../src/gateway/ports/clients.ts'
import { sure } from '../support/court.ts'
import { newPartyKey, nowInSeconds, type PartyKey } from '../support/party-key.ts'
import { read } from './case.ts'
import type { TestEdge } from './edge.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A court's case system, with its key, as the edge of a gateway sees it. */
export type TestSystem = Awaited<ReturnType<typeof openSystem>>

let serial = 0
let cases = 6000

export async function openSystem(edge: TestEdge, over: Partial<Record<'court' | 'certificateSha256s', unknown>> = {}) {
  serial += 1
  const key = await newPartyKey()
  const id = `anjian-${serial}`
  const file = { id, court: '津0116', name: '案件管理系统', kind: 'case-system', keys: [{ jwk: key.jwk }], ...over }
  const { client } = sure(await registerClient(edge.gateway, operator, readClient(file, new Date(Date.now() - 1000))))
  const gateway = edge.gateway.gatewayId

  const assertion = (claims: object = {}, by: PartyKey = key, typ: string | undefined = 'JWT', header: object = {}) => {
    const iat = nowInSeconds()
    return by.sign(typ, { iss: id, sub: id, aud: gateway, iat, exp: iat + 60, jti: newId(), ...claims }, header)
  }
  const ask = (given: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    edge.app.request('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: assertionType,
        client_assertion: given,
        ...more,
      }),
      headers,
    })
  const token = async (headers: Record<string, string> = {}, by = key) => {
    const answer = await ask(await assertion({}, by), {}, headers)
    return (await read<{ access_token: string }>(answer, 200)).access_token
  }
  const bring = (jws: string, bearer: string, headers: Record<string, string> = {}) =>
    edge.app.request('/v1/case-files', {
      method: 'POST',
      body: jws,
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/jose', ...headers },
    })
  return { id, key, client: client as Client, assertion, ask, token, bring }
}

/** A case as the case system says it, under a number of its own; `over` says what is different about it. */
export function saidOf(system: Pick<TestSystem, 'id'>, edge: TestEdge, over: object = {}) {
  cases += 1
  return {
    iss: system.id,
    aud: edge.gateway.gatewayId,
    iat: nowInSeconds(),
    jti: newId(),
    sequence: 1,
    case: `（2026）津0116执${cases}号`,
    standing: 'open',
    claim: '1280000.00',
    costs: '15200.00',
    judge: '周正',
    parties: [
      { id: 'P-1', role: 'debtor', subject: zhang },
      { id: 'P-2', role: 'applicant', subject: { ...zhang, name: '李某某', idNumber: '110101199003070097' } },
    ],
    ...over,
  }
}

export const zhang = {
  kind: 'person',
  name: '张某某',
  idType: 'id-card',
  idNumber: '120116198503120013',
} as const
