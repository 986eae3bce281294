import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { addPartnerKey, retirePartnerKey, revokePartnerKey } from '../../gateway/partners/keys.ts'
import { readKeyFile } from '../../gateway/registration.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, json, problems } from '../surface.ts'
import { asBody } from './file-body.ts'
import { keyBody, keyView, viewKey } from './key-view.ts'
import { code, partnerView, tags, viewPartner } from './partners.ts'

const withKid = code.extend({ kid: z.string().min(1).max(200) })

/** The keys of registries: a new one beside the old, then the old one retired; or one revoked at once. */
export function partnerKeyRoutes(api: OpenAPIHono<Edge>, { gateway, changed, authorities }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/partners/{code}/keys',
      tags,
      summary: '登记新密钥，与旧密钥并行 · Register one more key beside those that count',
      ...may('partner.register'),
      request: { params: code, body: keyBody },
      responses: { 201: json(keyView, '已登记，待验证'), ...problems },
    }),
    async (c) => {
      const key = await asBody(async () => readKeyFile(c.req.valid('json'), gateway.clock(), authorities))
      const { code: of } = c.req.valid('param')
      const { registry } = granted(await addPartnerKey(gateway, c.get('person'), of, key))
      await changed()
      return c.json(viewKey(registry.keys.find(({ kid }) => kid === key.kid) ?? key), 201)
    },
  )

  const endings = { retirement: retirePartnerKey, revocation: revokePartnerKey } as const
  for (const [way, end] of Object.entries(endings)) {
    api.openapi(
      createRoute({
        method: 'post',
        path: `/partners/{code}/keys/{kid}/${way}`,
        tags,
        summary: way === 'retirement' ? '停用密钥 · Retire a key' : '吊销密钥 · Revoke a key',
        ...may('partner.register'),
        request: { params: withKid },
        responses: { 200: json(partnerView, '已办理'), ...problems },
      }),
      async (c) => {
        const { code: of, kid } = c.req.valid('param')
        const { registry } = granted(await end(gateway, c.get('person'), of, kid))
        await changed()
        return c.json(viewPartner(registry), 200)
      },
    )
  }
}
