import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CompactSign } from 'jose'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operator } from '../src/domain/person.ts'
import { registerClient } from '../src/gateway/clients/register.ts'
import { readClient } from '../src/gateway/clients/registration.ts'
import { clientTokenSeconds } from '../src/gateway/clients/sign-in.ts'
import { caseClaims, caseTyp } from '../src/http/case-claims.ts'
import { takenCase } from '../src/http/case-files.ts'
import { accessToken } from '../src/http/oauth.ts'
import { catalogue, isProblemCode } from '../src/http/problem-catalogue.ts'
import { algorithmNames } from '../src/signing/algorithm.ts'
import { codeOf, read } from './http/case.ts'
import { openTestEdge, type TestEdge } from './http/edge.ts'
import { sure } from './support/court.ts'
import { commandsOf, isCommand, routesOf, routesThere, samplesOf } from './support/page.ts'
import { nowInSeconds } from './support/party-key.ts'
import { caseVector, vectorPath } from './support/write-case-system.ts'

const page = readFileSync('docs/case-system.md', 'utf8')
const vector: ReturnType<typeof caseVector> = JSON.parse(readFileSync(vectorPath, 'utf8'))
const samples = samplesOf(page)

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

describe('the vector', () => {
  test('is what its script writes', () => {
    expect(vector).toEqual(caseVector())
  })

  test('is taken at the door where cases come in, and refused with a sign changed', async () => {
    const { id } = vector.client
    sure(await registerClient(edge.gateway, operator, readClient(vector.client, new Date())))
    const token = await tokenOf(id)
    const [head = '', payload = '', signature = ''] = vector.jws.split('.')
    const [, , ownSignature] = (await signed(vector.claims)).split('.')
    expect(ownSignature).toBe(signature)
    for (const bent of [
      `${head}.${payload}.${signature.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A'))}`,
      `${head}.${Buffer.from(JSON.stringify({ ...vector.claims, claim: '0.01' })).toString('base64url')}.${signature}`,
    ])
      expect(await codeOf(await bring(bent, token))).toBe('401 signed-case-signature')
    const taken = await read<{ case: string; sequence: number; entry: string }>(await bring(vector.jws, token), 200)
    const file = await edge.gateway.reads.caseById(taken.case)
    expect(file).toMatchObject({
      number: vector.claims.case,
      claim: vector.claims.claim,
      team: vector.claims.team,
      source: id,
      sourceSequence: vector.claims.sequence,
    })
    expect(file?.parties.map(({ externalId, role, subject }) => ({ id: externalId, role, subject }))).toEqual(
      vector.claims.parties,
    )
    const opened = await edge.gateway.reads.opening(taken.entry)
    expect(Buffer.from(opened?.bytes ?? '').toString()).toBe(vector.jws)
  })
})

describe('docs/case-system.md', () => {
  test('shows samples that the code reads', () => {
    expect([...samples.keys()]).toEqual(['client', 'token', 'claims', 'taken'])
    const client = samples.get('client') as object
    expect(client).toEqual({ ...vector.client, certificateSha256s: [] })
    expect(readClient(client, new Date()).keys).toHaveLength(1)
    expect(accessToken.parse(samples.get('token'))).toMatchObject({ expires_in: clientTokenSeconds })
    expect(samples.get('claims')).toEqual(vector.claims)
    expect(caseClaims.parse(samples.get('claims')).parties).toHaveLength(2)
    expect(takenCase.parse(samples.get('taken')).sequence).toBe(vector.claims.sequence)
  })

  test('tells every member of the message, and which have to be there', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| (yes|no) \|/gm)].map(([, name, required]) => [
      name,
      required,
    ])
    const members = Object.entries(caseClaims.shape).map(([name, schema]) => [
      name,
      schema.safeParse(undefined).success ? 'no' : 'yes',
    ])
    expect(rows).toEqual(members)
    expect(page).toContain(`typ: "${caseTyp}"`)
    for (const algorithm of algorithmNames) expect(page).toContain(`\`${algorithm}\``)
  })

  test('names routes, commands and codes that there are', async () => {
    const { paths } = (await (await edge.app.request('/openapi.json')).json()) as { paths: Record<string, object> }
    expect(routesOf(page).length).toBeGreaterThan(7)
    expect(routesOf(page).filter((route) => !routesThere(paths).includes(route))).toEqual([])
    expect(commandsOf(page)).toContain('writ client key retire')
    expect(commandsOf(page).filter((command) => !isCommand(command))).toEqual([])
    const codes = [...page.matchAll(/`((?:[a-z]+-)+[a-z]+)`/g)].map(([, code = '']) => code)
    const told = codes.filter((code) => /^(?:signed|case|client|wrong|sealed|opening|person|invalid|token)-/.test(code))
    expect(told.length).toBeGreaterThan(12)
    expect(told.filter((code) => !isProblemCode(code) && code !== 'case-system')).toEqual([])
    expect(Object.keys(catalogue).filter((code) => code.startsWith('signed-case-') && !told.includes(code))).toEqual([])
  })
})

function signed(claims: object, typ: string = caseTyp): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ ...vector.header, typ })
    .sign(createPrivateKey({ key: vector.privateJwk, format: 'jwk' }))
}

async function tokenOf(id: string): Promise<string> {
  const iat = nowInSeconds()
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signed({ iss: id, sub: id, aud: vector.gateway, iat, exp: iat + 60, jti: newId() }, 'JWT'),
  })
  const answer = await edge.app.request('/oauth/token', { method: 'POST', body })
  return (await read<{ access_token: string }>(answer, 200)).access_token
}

async function bring(jws: string, token: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/jose' }
  return edge.app.request('/v1/case-files', { method: 'POST', body: jws, headers })
}
