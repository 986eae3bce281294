import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { noteClientRefused } from '../gateway/clients/sign-in.ts'
import { importCase, type SignedCase } from '../gateway/import-case.ts'
import type { Client } from '../gateway/ports/clients.ts'
import { type EnvelopeCode, openEnvelope } from '../signing/envelope.ts'
import { keysAmong } from '../signing/key.ts'
import { type CaseClaims, caseClaims, caseTyp } from './case-claims.ts'
import { given } from './fields.ts'
import { clientNeeded } from './identify-client.ts'
import type { HttpParts } from './parts.ts'
import { granted, invalid, Refused } from './problem.ts'
import type { ProblemCode } from './problem-catalogue.ts'
import { type Edge, json, problems, surface } from './surface.ts'

export const takenCase = z
  .object({
    case: z.uuid().openapi({ description: '案件标识 · the id under /v1/cases' }),
    sequence: z.int(),
    entry: z.uuid().openapi({ description: '存证条目 · the entry that holds the exact bytes' }),
  })
  .openapi('TakenCase')

/** `/v1/case-files`: cases as the court's case system signs them. */
export function caseFilesApi(parts: HttpParts): OpenAPIHono<Edge> {
  const { gateway } = parts
  const api = surface()
  api.openapi(
    createRoute({
      method: 'post',
      path: '/case-files',
      tags: ['系统 Systems'],
      summary: '报送签名案件信息 · A case as its case system signs it: created, or brought up to date',
      ...clientNeeded(parts),
      request: { body: { required: true, content: { 'application/jose': { schema: { type: 'string' } } } } },
      responses: {
        200: json(takenCase, '已接收；重复报送答复相同 · the same again gets the same answer'),
        ...problems,
      },
    }),
    async (c) => {
      const client = c.get('client')
      const message = new Uint8Array(await c.req.arrayBuffer())
      try {
        const signed = await readSigned(parts, client, message)
        const { caseId, sequence, entry } = granted(await importCase(gateway, client, signed))
        return c.json({ case: caseId, sequence, entry }, 200)
      } catch (cause) {
        if (cause instanceof Refused) await noteClientRefused(gateway, client, cause.code)
        throw cause
      }
    },
  )
  return api
}

const envelope = z.looseObject({})

/** Who speaks and when is settled before anything that is said is read; what is wrong with that is told field by field. */
async function readSigned({ gateway, people }: HttpParts, client: Client, message: Uint8Array): Promise<SignedCase> {
  const opened = await openEnvelope(message, {
    typ: caseTyp,
    keysOf: keysAmong(client.keys),
    issuer: client.id,
    audience: gateway.gatewayId,
    now: gateway.clock(),
    schema: envelope,
  })
  if (opened.kind === 'unproved') throw new Refused(codeOf(opened.code))
  const read = caseClaims.safeParse(opened.claims)
  if (!read.success) throw invalid(read.error, 'json')
  const { jti, sequence, case: number, standing, claim, costs, judge, parties, members, ...assigned } = read.data
  return {
    ...{ jti, sequence, number, standing, claim, costs, judge, message, digest: opened.payloadDigest },
    ...given({
      team: assigned.team,
      sealed: assigned.sealed,
      terminatedOn: assigned.terminatedOn,
      lateInterest: assigned.lateInterest,
      fulfilled: assigned.fulfilled,
    }),
    ...(assigned.continues && { continues: { number: assigned.continues.case, as: assigned.continues.as } }),
    ...(members && { members: await membersNamed({ gateway, people }, members) }),
    parties: parties.map(({ id, role, subject }) => ({ externalId: id, role, subject })),
  }
}

async function membersNamed(
  { gateway, people }: Pick<HttpParts, 'gateway' | 'people'>,
  usernames: NonNullable<CaseClaims['members']>,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (const [at, username] of usernames.entries()) {
    const person = await people.byUsername(username, gateway.clock())
    if (!person) throw new Refused('person-unknown', { pointer: `/members/${at}` })
    ids.push(person.id)
  }
  return ids
}

/** Ten ways in which an envelope proves nothing are four things an integrator can do about it. */
function codeOf(code: EnvelopeCode): ProblemCode {
  switch (code) {
    case 'malformed':
    case 'content':
    case 'type':
      return 'signed-case-malformed'
    case 'issuer':
    case 'audience':
      return 'signed-case-misaddressed'
    case 'too-old':
    case 'from-future':
    case 'expired':
      return 'signed-case-time'
    case 'algorithm':
    case 'key-unknown':
    case 'key-revoked':
    case 'signature':
    case 'other-delivery':
    case 'digest':
      return 'signed-case-signature'
  }
}
