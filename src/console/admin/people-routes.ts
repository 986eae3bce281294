import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { endOf, parseDate } from '../../domain/beijing-date.ts'
import { parseCourtCode } from '../../domain/court.ts'
import { isLocked } from '../../domain/lock-out.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { roleList } from '../../domain/role.ts'
import { removeFactor, unlockAccount } from '../../gateway/roster/accounts.ts'
import { type AskedGrant, attestGrant, endGrant, giveGrant } from '../../gateway/roster/grants.ts'
import { mayKeep, spanOf } from '../../gateway/roster/may-keep.ts'
import { givePassword } from '../../gateway/roster/passwords.ts'
import { registerPerson } from '../../gateway/roster/register-person.ts'
import { endSessions } from '../../gateway/roster/sessions.ts'
import { newUsername } from '../../http/admin/people.ts'
import { personAt } from '../../http/admin/person-at.ts'
import { field, given, registryCode } from '../../http/fields.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import { say } from '../language.ts'
import type { ConsoleParts } from '../parts.ts'
import { adminPage } from './frame.ts'
import { peoplePage } from './people-page.ts'
import { personPage } from './person-page.ts'
import { adminWords as words } from './words.ts'

const atOnce = 50

/** What a form leaves empty is not there. */
const orNothing = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => (value === '' ? undefined : value), shape.optional())

const court = field(parseCourtCode, '津0116')
const filters = z.object({
  court: orNothing(court).catch(undefined),
  role: orNothing(z.enum(roleList)).catch(undefined),
  after: orNothing(z.string().max(64)).catch(undefined),
})
const personForm = z.object({
  username: newUsername,
  name: z.string().trim().min(1).max(100),
  newCourt: orNothing(court),
})
const grantForm = z.object({
  role: z.enum(roleList),
  court: orNothing(court),
  team: orNothing(z.string().trim().min(1).max(100)),
  registry: orNothing(registryCode),
  until: orNothing(field(parseDate, '2027-06-03')),
})
const nothing = z.object({})
const one = <Name extends string>(name: Name) =>
  z.object({ [name]: z.string().min(1).max(100) } as Record<Name, z.ZodString>)

/** People, roles and accounts, by the same acts as the administration API has; what those refuse is said on the page. */
export function peoplePages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, people, accounts, registries } = parts

  const list = async (c: Context, at: AtDesk, trouble?: Refusal) => {
    const asked = filters.parse(c.req.query())
    const span = spanOf(at.person)
    const within = asked.court ? (span ?? [asked.court]).filter((code) => code === asked.court) : span
    const filter = { limit: atOnce, ...given({ courts: within, role: asked.role, after: asked.after }) }
    const found = await people.some(filter, gateway.clock())
    const next = found.length === atOnce ? found.at(-1)?.username : undefined
    const names = new Map((await registries.all()).map(({ code, name }) => [code as string, name]))
    const shown = { people: found, registries: names, ...given({ ...asked, span, next }), trouble: said(trouble) }
    return c.html(peoplePage(shown, at), trouble ? 422 : 200)
  }

  const show = async (c: Context, at: AtDesk, person: Person, trouble?: Refusal) => {
    const now = gateway.clock()
    const grants = await people.grants(person.id)
    const givers = await Promise.all(
      [...new Set(grants.map(({ givenBy }) => givenBy))].map((id) => people.byId(id, now)),
    )
    const waiting = await gateway.reads.consents({ kind: 'grant.give', waiting: true, about: person.id, limit: atOnce })
    const account = await accounts.accounts.account(person.id)
    const shown = {
      person,
      account,
      ...(account && isLocked(account, now) && given({ lockedUntil: account.lockedUntil })),
      grants: grants.toReversed(),
      asked: waiting.filter(({ expiresAt }) => expiresAt > now).map(({ body }) => body as AskedGrant),
      sessions: await people.sessions(person.id, now),
      factors: await accounts.accounts.factors(person.id),
      names: new Map(givers.flatMap((giver) => (giver ? [[giver.id, giver.name]] : []))),
      registries: (await registries.all()).map(({ code, name }) => [code, name] as const),
      ...given({ span: spanOf(at.person) }),
      now,
      trouble: said(trouble),
    }
    return c.html(personPage(shown, at), trouble ? 422 : 200)
  }

  pages.get(
    '/admin/people',
    open('person.list', (c, at) => list(c, at)),
  )

  pages.post(
    '/admin/people',
    open('person.register', async (c, at) => {
      const { newCourt, username, name } = await formOf(c, at.who.token, personForm)
      const made = await registerPerson(gateway, at.person, { username, name, ...given({ court: newCourt }) })
      return isRefusal(made) ? list(c, at, made) : c.redirect(`/admin/people/${made.id}`, 303)
    }),
  )

  pages.get(
    '/admin/people/:id',
    open('person.list', async (c, at) => show(c, at, await personAt(parts, at.person, c.req.param('id') ?? ''))),
  )

  /** An act about one person: read the form, do it, come back to the page, which says why not when it was refused. */
  const about = <Shape extends z.ZodType>(
    shape: Shape,
    act: (at: AtDesk, person: Person, form: z.infer<Shape>) => Promise<{ readonly kind: string } | Refusal>,
  ) => {
    return async (c: Context, at: AtDesk) => {
      const form = await formOf(c, at.who.token, shape)
      const person = await personAt(parts, at.person, c.req.param('id') ?? '')
      const done = await act(at, person, form)
      return isRefusal(done) ? show(c, at, person, done) : c.redirect(`/admin/people/${person.id}`, 303)
    }
  }

  pages.post(
    '/admin/people/:id/grants',
    open(
      'grant.give',
      about(grantForm, (at, { id }, { until, ...form }) => {
        return giveGrant(gateway, at.person, { ...given(form), person: id, ...(until && { until: endOf(until) }) })
      }),
    ),
  )

  pages.post(
    '/admin/people/:id/grants/end',
    open(
      'grant.give',
      about(one('grant'), (at, { id }, { grant }) => endGrant(gateway, at.person, { person: id, grant })),
    ),
  )

  pages.post(
    '/admin/people/:id/grants/attest',
    open(
      'grant.give',
      about(one('grant'), (at, { id }, { grant }) => attestGrant(gateway, at.person, { person: id, grant })),
    ),
  )

  pages.post(
    '/admin/people/:id/unlock',
    open(
      'account.keep',
      about(nothing, (at, person) => unlockAccount(accounts, at.person, person)),
    ),
  )

  pages.post(
    '/admin/people/:id/sessions/end',
    open(
      'session.end',
      about(z.object({ session: z.string().max(100).optional() }), async (at, person, { session }) => {
        const refused = mayKeep(at.person, 'session.end', person)
        return refused ?? endSessions(gateway, at.person, { person: person.id, ...(session && { id: session }) })
      }),
    ),
  )

  pages.post(
    '/admin/people/:id/factors/remove',
    open(
      'factor.remove',
      about(one('factor'), (at, person, { factor }) => removeFactor(accounts, at.person, person, factor)),
    ),
  )

  pages.post(
    '/admin/people/:id/password',
    open('account.keep', async (c, at) => {
      await formOf(c, at.who.token, nothing)
      const person = await personAt(parts, at.person, c.req.param('id') ?? '')
      const made = await givePassword(accounts, at.person, person)
      if (isRefusal(made)) return show(c, at, person, made)
      const body = html`<p class="notice">${say(words.passwordOnce)}</p><p>${person.name}（${person.username}）</p>
        <p><code class="secret">${made.password}</code></p><p><a href="/admin/people/${person.id}">${say(words.person)}</a></p>`
      return c.html(adminPage('/admin/people', words.newPassword, body, at))
    }),
  )
}

function said(refused: Refusal | undefined) {
  return refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
}
