import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { registriesOpenTo } from '../../domain/authority.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { vouchedBy } from '../../gateway/directory.ts'
import { resend } from '../../gateway/resend.ts'
import { conformanceRun, conformanceRuns } from '../../http/portal/conformance.ts'
import { ofPortal, portalDelivery, portalExchange } from '../../http/portal/exchange.ts'
import { printedConformance } from '../../http/printouts/conformance.tsx'
import { found } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { registeredKeyRows } from '../admin/key-rows.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { printBar, showPaper } from '../print-bar.ts'
import { deliveryPage } from './delivery-page.ts'
import { portalPage, portalsPage } from './page.ts'

const atOnce = 50
const query = z.object({ after: z.uuid().optional().catch(undefined) })

/** 对接门户: what a registry's programmers need to see of their own line, and whoever connects registries of any. */
export function portalPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, registries, authorities, sandbox } = parts
  const { reads } = gateway
  const vouch = vouchedBy(authorities, gateway.clock)
  const codeOf = (c: Context) => c.req.param('code') ?? ''
  const idOf = (c: Context) => c.req.param('id') ?? ''

  /** The registry of the address, when its portal may be seen. */
  const registryAt = async (c: Context, at: AtDesk) => {
    await ofPortal(gateway, at, codeOf(c))
    return found(await registries.find(codeOf(c)))
  }

  pages.get(
    '/portal',
    open('portal.read', async (c, at) => {
      const mine = registriesOpenTo(at.person, 'portal.read')
      const shown = (await registries.all()).filter(({ code }) => mine?.includes(code) ?? true)
      const [only] = shown
      if (mine && only && shown.length === 1) return c.redirect(`/portal/${only.code}`, 303)
      return c.html(portalsPage(shown, at))
    }),
  )

  pages.get(
    '/portal/:code',
    open('portal.read', async (c, at) => {
      const registry = await registryAt(c, at)
      const now = gateway.clock()
      const { after } = query.parse(c.req.query())
      const deliveries = await reads.deliveriesTo(registry.code, { limit: atOnce, ...(after && { after }) })
      const last = deliveries.length === atOnce ? deliveries.at(-1) : undefined
      const shown = {
        registry,
        by: gateway.counter(registry.code)?.adapter.kind,
        keys: registeredKeyRows(vouch(registry).keys, now),
        traffic: (await reads.traffic(now)).find((one) => one.registry === registry.code),
        deliveries,
        ...(last && { next: last.id }),
        runs: await conformanceRuns(gateway, registry.code),
        sandbox: registry.demo ? (sandbox?.() ?? []) : [],
      }
      return c.html(portalPage(shown, at))
    }),
  )

  const delivery = async (c: Context, at: AtDesk, refused?: Refusal) => {
    const exchange = await portalExchange(gateway, at, codeOf(c), idOf(c))
    const name = gateway.counter(codeOf(c))?.registry.name ?? codeOf(c)
    const trouble = refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
    return c.html(deliveryPage(exchange, name, trouble, at), refused ? 409 : 200)
  }

  pages.get(
    '/portal/:code/deliveries/:id',
    open('portal.read', (c, at) => delivery(c, at)),
  )

  pages.post(
    '/portal/:code/deliveries/:id/resend',
    open('delivery.resend', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      await ofPortal(gateway, { ...at, deed: 'portal.read' }, codeOf(c))
      const row = await portalDelivery(gateway, codeOf(c), idOf(c))
      const sent = await resend(gateway, at.person, row)
      return isRefusal(sent) ? delivery(c, at, sent) : c.redirect(`/portal/${row.registry}/deliveries/${row.id}`, 303)
    }),
  )

  pages.get(
    '/portal/:code/conformance/:id',
    open('portal.read', async (c, at) => {
      const { code, name } = await registryAt(c, at)
      const run = await conformanceRun(gateway, code, idOf(c))
      return showPaper(c, printedConformance(name, run, { mark: at.mark, bar: printBar(`/portal/${code}`) }))
    }),
  )
}
