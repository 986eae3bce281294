import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { mayEver } from '../../domain/authority.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { hoursToRespond } from '../../domain/response-time.ts'
import { setClientState } from '../../gateway/clients/register.ts'
import { vouchedBy } from '../../gateway/directory.ts'
import { askAdmission, suspendPartner } from '../../gateway/partners/admit.ts'
import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import { sees } from '../../gateway/roster/may-keep.ts'
import { given, reason as whyGiven } from '../../http/fields.ts'
import { lookAtHealth } from '../../http/health/look.ts'
import { found } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { clientsPage, registriesPage, registryPage } from './connections-page.ts'
import { consentPages } from './consents-routes.ts'
import { healthPage, keysPage } from './facts-page.ts'
import { ownKeyRows, registeredKeyRows } from './key-rows.ts'
import { actPages } from './log-routes.ts'
import { overviewPage } from './overview-page.ts'
import { peoplePages } from './people-routes.ts'
import { rulesPage } from './rules-page.ts'

const atOnce = 50
const reasonForm = z.object({ reason: whyGiven })
const stateForm = z.object({ state: z.enum(['active', 'suspended']) })

/** 系统管理: three separated administrators, each with what the administration API opens to them and nothing else. */
export function adminPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, registries, clients, people, changed, machine, authorities } = parts
  const vouch = vouchedBy(authorities, gateway.clock)
  const { reads } = gateway
  const waitingFor = (about?: string) =>
    reads.consents({ kind: 'partner.admit', waiting: true, limit: atOnce, ...given({ about }) })

  /** What others asked for and nobody has decided in time: nobody decides on their own. */
  const searchesFor = async ({ person }: AtDesk) => {
    const asked = await reads.consents({ kind: 'subject.search', waiting: true, limit: atOnce })
    return asked.filter(({ askedBy, expiresAt }) => askedBy !== person.id && expiresAt > gateway.clock())
  }

  const names = async (ids: readonly (string | undefined)[]) => {
    const asked = [...new Set(ids.flatMap((id) => id ?? []))]
    const told = await Promise.all(asked.map((id) => people.byId(id, gateway.clock())))
    return new Map(told.flatMap((person) => (person ? [[person.id, person.name] as const] : [])))
  }

  pages.get(
    '/admin',
    open('system.read', async (c, at) => {
      const now = gateway.clock()
      const mayLook = mayEver(at.person, 'grant.list')
      const due = mayLook ? await people.grantsDue(new Date(now.getTime() + 14 * 86_400_000), now) : undefined
      const grants = due?.filter((grant) => sees(at.person, grant))
      const holders = grants && (await names(grants.map(({ person }) => person)))
      const { lines } = await lookAtHealth(parts)
      const grantsAsked = await reads.consents({ kind: 'grant.give', waiting: true, limit: atOnce })
      const consents = [...(await waitingFor()), ...grantsAsked]
      const searches = mayEver(at.person, 'search.decide') ? (await searchesFor(at)).length : undefined
      return c.html(overviewPage({ lines, consents: consents.length, ...given({ searches, grants, holders }) }, at))
    }),
  )

  peoplePages(pages, parts, open)
  actPages(pages, parts, open)

  consentPages(pages, parts, open)

  pages.get(
    '/admin/registries',
    open('partner.list', async (c, at) => {
      const traffic = new Map((await reads.traffic(gateway.clock())).map((one) => [one.registry, one]))
      return c.html(registriesPage(await registries.all(), traffic, at))
    }),
  )

  const registry = async (c: Context, at: AtDesk, trouble?: Refusal) => {
    const row = found(await registries.find(c.req.param('code') ?? ''), 'partner-unknown')
    const now = gateway.clock()
    const shown = {
      registry: row,
      traffic: (await reads.traffic(now)).find((one) => one.registry === row.code),
      keys: registeredKeyRows(vouch(row).keys, now),
      hours: hoursOf(parts, row),
      consents: await waitingFor(row.code),
      trouble: said(trouble),
    }
    return c.html(registryPage(shown, at), trouble ? 409 : 200)
  }

  pages.get(
    '/admin/registries/:code',
    open('partner.list', (c, at) => registry(c, at)),
  )

  pages.post(
    '/admin/registries/:code/suspension',
    open('partner.suspend', async (c, at) => {
      const { reason } = await formOf(c, at.who.token, reasonForm)
      const { code } = found(await registries.find(c.req.param('code') ?? ''), 'partner-unknown')
      const done = await suspendPartner(gateway, at.person, code, reason)
      if (isRefusal(done)) return registry(c, at, done)
      await changed()
      return c.redirect(`/admin/registries/${code}`, 303)
    }),
  )

  pages.post(
    '/admin/registries/:code/admission',
    open('partner.register', async (c, at) => {
      const { reason } = await formOf(c, at.who.token, reasonForm)
      const { code } = found(await registries.find(c.req.param('code') ?? ''), 'partner-unknown')
      const asked = await askAdmission(gateway, at.person, code, reason)
      return isRefusal(asked) ? registry(c, at, asked) : c.redirect(`/admin/registries/${code}`, 303)
    }),
  )

  const systems = async (c: Context, at: AtDesk, trouble?: Refusal) => {
    const keysOf = ({ keys }: Awaited<ReturnType<typeof clients.all>>[number]) =>
      registeredKeyRows(keys, gateway.clock())
    return c.html(
      clientsPage({ clients: await clients.all(), keysOf, trouble: said(trouble) }, at),
      trouble ? 409 : 200,
    )
  }

  pages.get(
    '/admin/clients',
    open('client.list', (c, at) => systems(c, at)),
  )

  pages.post(
    '/admin/clients/:id/state',
    open('client.register', async (c, at) => {
      const { state } = await formOf(c, at.who.token, stateForm)
      const done = await setClientState(gateway, at.person, c.req.param('id') ?? '', state)
      return isRefusal(done) ? systems(c, at, done) : c.redirect('/admin/clients', 303)
    }),
  )

  pages.get(
    '/admin/rules',
    open('system.read', async (c, at) => c.html(rulesPage(parts, at))),
  )

  pages.get(
    '/admin/keys',
    open('system.read', async (c, at) => {
      const now = gateway.clock()
      const known = (await registries.all()).map(vouch).map(({ name, keys, certificates = [] }) => {
        const bound = certificates.filter(({ revokedAt }) => !revokedAt).map(({ sha256 }) => sha256)
        return [name, registeredKeyRows(keys, now), bound] as const
      })
      const shown = { own: ownKeyRows(machine.ownKeys(), now), registries: known, certificates: machine.certificates() }
      return c.html(keysPage(shown, at))
    }),
  )

  pages.get(
    '/admin/health',
    open('system.read', async (c, at) => c.html(healthPage(await lookAtHealth(parts), at))),
  )
}

/** By when this registry owes an answer to each measure it does, and whether a setting says so. */
function hoursOf({ gateway }: ConsoleParts, { code, measures, respondWithinHours }: RegisteredRegistry) {
  const table = gateway.responses ?? []
  return measures.map((measure) => {
    const asked = { registry: code, measure }
    const isSet = hoursToRespond(table, asked, -1) !== -1
    return [measure, hoursToRespond(table, asked, respondWithinHours), isSet] as const
  })
}

function said(refused: Refusal | undefined) {
  return refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
}
