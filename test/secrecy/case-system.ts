import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { caseTyp } from '../../src/http/case-claims.ts'
import { newPartyKey, nowInSeconds } from '../support/party-key.ts'
import type { Town } from '../support/town.ts'
import { type Caller, said } from './caller.ts'
import { marks } from './marks.ts'

const id = 'anjian-marked'
const gateway = 'gw.writ.example'

/** A court's case system sends a case whose party it calls by a mark, twice, then corrected, then what is refused. */
export async function sendSignedCase(town: Town, call: Caller): Promise<string> {
  const key = await newPartyKey()
  const file = { id, court: '津0116', name: '标印案件系统', kind: 'case-system', keys: [{ jwk: key.jwk }] }
  writeFileSync(join(town.dir, 'client.json'), JSON.stringify(file))
  await town.writ('client', 'add', join(town.dir, 'client.json'))
  const iat = nowInSeconds()
  const proof = { iss: id, sub: id, aud: gateway, iat, exp: iat + 60, jti: `${marks.messageName}-${newId()}` }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await key.sign('JWT', proof),
  })
  const asked = await call('POST', '/oauth/token', {
    body: form.toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  const { access_token: token } = said<{ access_token: string }>(asked)
  const headers = { 'Content-Type': 'application/jose' }
  const send = async (sequence: number, over: object = {}) => {
    const subject = { kind: 'person', name: marks.signedName, idType: 'id-card', idNumber: marks.signedNumber }
    const parties = [{ id: marks.externalId, role: 'debtor', subject: { ...subject, ...over } }]
    const about = { standing: 'open', claim: '500.00', judge: '周正', parties }
    const number = `（${new Date().getUTCFullYear()}）津0116执4712号`
    const jti = `${marks.messageName}-${sequence}`
    const claims = { iss: id, aud: gateway, iat, jti, sequence, case: number, ...about }
    return call('POST', '/v1/case-files', { token, body: await key.sign(caseTyp, claims), headers })
  }
  const { case: caseId } = said<{ case: string }>(await send(1))
  said(await send(1))
  said(await send(2, { name: `${marks.signedName}之二` }))
  await send(1, { name: marks.name })
  await send(3, { idNumber: `${marks.signedNumber}0` })
  await send(4, { [marks.externalId]: marks.externalId })
  return caseId
}
