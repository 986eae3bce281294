import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { clientKindList } from '../../domain/client.ts'
import {
  addClientKey,
  type ClientChanged,
  registerClient,
  retireClientKey,
  revokeClientKey,
  setClientState,
} from '../../gateway/clients/register.ts'
import { readClient } from '../../gateway/clients/registration.ts'
import type { Client } from '../../gateway/ports/clients.ts'
import { readKeyFile } from '../../gateway/registration.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, json, problems } from '../surface.ts'
import { asBody } from './file-body.ts'
import { clientSample } from './file-samples.ts'
import { keyBody, keyView, viewKey } from './key-view.ts'

const tags = ['管理 Administration']
const named = z.object({ id: z.string().min(1).max(40) })
const withKid = named.extend({ kid: z.string().min(1).max(200) })

const clientView = z
  .object({
    id: z.string(),
    court: z.string(),
    name: z.string(),
    kind: z.enum(clientKindList),
    state: z.enum(['active', 'suspended']),
    keys: z.array(keyView),
    certificates: z.array(z.string()),
  })
  .openapi('Client')

const file = z
  .looseObject({})
  .openapi('ClientFile', { description: '与 writ client add 所读文件相同', example: clientSample })
const body = { required: true, content: { 'application/json': { schema: file } } } as const
const state = z.strictObject({ state: z.enum(['active', 'suspended']) })

/** The courts' systems, their keys, and whether they are let in. */
export function clientRoutes(api: OpenAPIHono<Edge>, { gateway, clients }: HttpParts, may: May): void {
  const clerk = may('client.register')
  const answer = { 200: json(clientView, '已办理'), ...problems }

  api.openapi(
    createRoute({
      method: 'get',
      path: '/clients',
      tags,
      summary: '法院系统 · The courts’ systems',
      ...may('client.list'),
      responses: { 200: json(z.object({ clients: z.array(clientView) }), '系统'), ...problems },
    }),
    async (c) => c.json({ clients: (await clients.all()).map(viewClient) }, 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/clients',
      tags,
      summary: '登记法院系统 · Register a court’s system with its public keys',
      ...clerk,
      request: { body },
      responses: { 201: json(clientView, '已登记'), ...problems },
    }),
    async (c) => {
      const read = await asBody(() => readClient(c.req.valid('json'), gateway.clock()))
      return c.json(viewed(granted(await registerClient(gateway, c.get('person'), read))), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/clients/{id}/state',
      tags,
      summary: '暂停或恢复 · Shut it out, or let it in again',
      ...clerk,
      request: { params: named, body: { required: true, content: { 'application/json': { schema: state } } } },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const said = c.req.valid('json').state
      return c.json(viewed(granted(await setClientState(gateway, c.get('person'), id, said))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/clients/{id}/keys',
      tags,
      summary: '登记新密钥，与旧密钥并行 · Register one more key beside those that count',
      ...clerk,
      request: { params: named, body: keyBody },
      responses: { 201: json(clientView, '已登记'), ...problems },
    }),
    async (c) => {
      const key = await asBody(async () => readKeyFile(c.req.valid('json'), gateway.clock()))
      return c.json(viewed(granted(await addClientKey(gateway, c.get('person'), c.req.valid('param').id, key))), 201)
    },
  )

  const endings = { retirement: retireClientKey, revocation: revokeClientKey } as const
  for (const [way, end] of Object.entries(endings)) {
    api.openapi(
      createRoute({
        method: 'post',
        path: `/clients/{id}/keys/{kid}/${way}`,
        tags,
        summary: way === 'retirement' ? '停用密钥 · Retire a key' : '吊销密钥 · Revoke a key',
        ...clerk,
        request: { params: withKid },
        responses: answer,
      }),
      async (c) => {
        const { id, kid } = c.req.valid('param')
        return c.json(viewed(granted(await end(gateway, c.get('person'), id, kid))), 200)
      },
    )
  }
}

const viewed = ({ client }: ClientChanged) => viewClient(client)

function viewClient({ id, court, name, kind, state: at, keys, certificates }: Client): z.infer<typeof clientView> {
  const shown = certificates.filter(({ revokedAt }) => !revokedAt).map(({ sha256 }) => sha256)
  return { id, court, name, kind, state: at, keys: keys.map(viewKey), certificates: shown }
}
