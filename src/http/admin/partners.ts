import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { partnerStates } from '../../domain/onboarding.ts'
import { askAdmission, suspendPartner } from '../../gateway/partners/admit.ts'
import { attachConformance } from '../../gateway/partners/conform.ts'
import { registerPartner } from '../../gateway/partners/register.ts'
import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import { readRegistration } from '../../gateway/registration.ts'
import { reason, registryCode } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { partnerStateList } from '../possession.ts'
import { found, granted } from '../problem.ts'
import { type Edge, json, problems } from '../surface.ts'
import { asBody } from './file-body.ts'
import { registrationSample, reportSample } from './file-samples.ts'
import { keyView, viewKey } from './key-view.ts'

export const tags = ['管理 Administration']
export const code = z.object({ code: registryCode })

export const partnerView = z
  .object({
    code: z.string(),
    name: z.string(),
    adapter: z.string(),
    mode: z.enum(['push', 'pull', 'desk', 'errand']),
    origin: z.string().optional(),
    state: z.object({ code: z.enum(partnerStateList), zh: z.string() }),
    keys: z.array(keyView),
    credentialProved: z.boolean().optional(),
    conformance: z.object({ sha256: z.string(), at: z.string(), protocol: z.string() }).optional(),
  })
  .openapi('Partner')

const file = z
  .looseObject({})
  .openapi('RegistrationFile', { description: '与 writ partner add 所读文件相同', example: registrationSample })
const report = z.any().openapi({ example: reportSample })
/** Why it is shut out: kept encrypted with the entry. */
const suspensionBody = z.object({ reason: reason.optional() })
const body = { required: true, content: { 'application/json': { schema: file } } } as const

/** Registries on their way in: registered, proved, conformant, live, and suspended. */
export function partnerRoutes(
  api: OpenAPIHono<Edge>,
  { gateway, registries, changed, addressRule, authorities }: HttpParts,
  may: May,
): void {
  const view = async (of: string) => viewPartner(found(await registries.find(of), 'partner-unknown'))

  api.openapi(
    createRoute({
      method: 'get',
      path: '/partners',
      tags,
      summary: '协助单位及接入状态 · Registries and where they stand',
      ...may('partner.list'),
      responses: { 200: json(z.object({ partners: z.array(partnerView) }), '协助单位'), ...problems },
    }),
    async (c) => c.json({ partners: (await registries.all()).map(viewPartner) }, 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/partners',
      tags,
      summary: '登记协助单位 · Register one, who then has to prove itself',
      ...may('partner.register'),
      request: { body },
      responses: { 201: json(partnerView, '已登记，待验证密钥'), ...problems },
    }),
    async (c) => {
      const read = await asBody(() => readRegistration(c.req.valid('json'), gateway.clock(), false, authorities))
      const { registry } = granted(await registerPartner(gateway, c.get('person'), read, { addressRule }))
      await changed()
      return c.json(viewPartner(registry), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/partners/{code}/conformance',
      tags,
      summary: '提交符合性测试报告 · Attach the report of a conformance run',
      ...may('partner.register'),
      request: { params: code, body: { required: true, content: { 'application/json': { schema: report } } } },
      responses: { 200: json(z.object({ sha256: z.string(), checks: z.int() }), '已接收'), ...problems },
    }),
    async (c) => {
      // As it came, not as it was understood: its digest is what a second person consents to.
      const report = new Uint8Array(await c.req.arrayBuffer())
      const { code: of } = c.req.valid('param')
      const { sha256, checks } = granted(await attachConformance(gateway, c.get('person'), of, report))
      await changed()
      return c.json({ sha256, checks }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/partners/{code}/admission',
      tags,
      summary: '申请上线，由安全管理员决定 · Ask a security administrator to let it go live',
      ...may('partner.register'),
      request: { params: code },
      responses: { 202: json(z.object({ consent: z.uuid() }), '待第二人决定'), ...problems },
    }),
    async (c) => {
      const { id } = granted(await askAdmission(gateway, c.get('person'), c.req.valid('param').code))
      return c.json({ consent: id }, 202, { Location: `/admin/v1/consents/${id}` })
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/partners/{code}/suspension',
      tags,
      summary: '暂停 · Shut it out at once',
      ...may('partner.suspend'),
      request: { params: code, body: { required: false, content: { 'application/json': { schema: suspensionBody } } } },
      responses: { 200: json(partnerView, '已暂停'), ...problems },
    }),
    async (c) => {
      const { code: of } = c.req.valid('param')
      granted(await suspendPartner(gateway, c.get('person'), of, c.req.valid('json').reason))
      await changed()
      return c.json(await view(of), 200)
    },
  )
}

export function viewPartner(registry: RegisteredRegistry): z.infer<typeof partnerView> {
  const { code: of, name, adapter, mode, origin, state, keys, credential, credentialProvedAt, conformance } = registry
  return {
    ...{ code: of, name, adapter, mode, state: { code: state, zh: partnerStates[state] } },
    ...(origin && { origin }),
    keys: keys.map(viewKey),
    ...(credential && { credentialProved: credentialProvedAt !== undefined }),
    ...(conformance && { conformance: { ...conformance, at: conformance.at.toISOString() } }),
  }
}
