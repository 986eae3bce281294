import { v7 as newId } from 'uuid'
import { type Deed, needOf } from '../../../src/domain/authority.ts'
import type { Person } from '../../../src/domain/person.ts'
import { type Role, roleList } from '../../../src/domain/role.ts'
import type { Session } from '../../../src/gateway/ports/roster.ts'
import { binhai, hedong } from '../../support/court.ts'
import { personWith, seat, signIn } from '../../support/people.ts'
import { otherBureau, villageBank } from '../edge.ts'
import { type Prize, team, type World } from './world.ts'

/** One way to come to a door: what is carried, about which case, and what must be said to it. */
export type Attack = {
  readonly name: string
  readonly headers: Record<string, string>
  readonly prize?: Prize
  readonly answer: RegExp
}

const outOfReach =
  /^404 (case-unknown|request-unknown|draft-unknown|task-unknown|consent-unknown|progress-link-unknown|not-found)$/
const day = 86_400_000

/** Everybody who is not signed in, though they carry something. */
export async function attacksOnSignedIn(
  world: World,
  right: Person = personWith(newId(), '某某', []),
): Promise<readonly Attack[]> {
  return [
    { name: 'no token', headers: {}, answer: /^401 token-missing$/ },
    { name: 'an unknown token', headers: bearer('writ_nobody'), answer: /^401 token-invalid$/ },
    { name: 'a registry’s token', headers: bearer(await world.edge.bureau.token()), answer: /^401 token-invalid$/ },
    {
      name: 'a cookie',
      headers: { Cookie: `__Host-writ=${await carriedBy(world, right, { carrier: 'browser' })}` },
      answer: /^401 token-missing$/,
    },
    {
      name: 'a cookie’s content as a token',
      headers: bearer(await carriedBy(world, right, { carrier: 'browser' })),
      answer: /^401 token-invalid$/,
    },
    {
      name: 'a session that is over',
      headers: bearer(await carriedBy(world, right, { expiresAt: new Date(Date.now() - 1) })),
      answer: /^401 token-invalid$/,
    },
    {
      name: 'a session unused too long',
      headers: bearer(await carriedBy(world, right, { seenAt: new Date(Date.now() - day) })),
      answer: /^401 token-invalid$/,
    },
    {
      name: 'a session that was ended',
      headers: bearer(await endedSession(world, right)),
      answer: /^401 token-invalid$/,
    },
  ]
}

/**
 * Everybody who must not get through a door that is a person's deed. They are the same people at every door that needs the
 * same of who comes.
 */
export function attacksOnDeed(world: World, deed: Deed, isAboutCase: boolean): Promise<readonly Attack[]> {
  const key = JSON.stringify([needOf(deed), isAboutCase])
  const known = world.attackers.get(key) ?? comeTogether(world, deed, isAboutCase)
  world.attackers.set(key, known)
  return known
}

async function comeTogether(world: World, deed: Deed, isAboutCase: boolean): Promise<readonly Attack[]> {
  const need = needOf(deed)
  const named = roleList.filter((role) => need[role] !== undefined)
  const others = roleList.filter((role) => need[role] === undefined)
  const attacks: Attack[] = [
    ...(await attacksOnSignedIn(world, personWith(newId(), '某某', named, binhai, team))),
    {
      name: 'every other role',
      headers: bearer(await carriedBy(world, personWith(newId(), '某某', others, binhai, team))),
      answer: /^403 role-missing$/,
    },
    {
      name: 'no role at all',
      headers: bearer(await carriedBy(world, personWith(newId(), '某某', []))),
      answer: /^403 role-missing$/,
    },
    {
      name: 'an ended grant',
      headers: bearer(await carriedWithGrants(world, named, { endedAt: new Date(Date.now() - 1), endedBy: 'x' })),
      answer: /^403 role-missing$/,
    },
    {
      name: 'a grant that is over',
      headers: bearer(await carriedWithGrants(world, named, { until: new Date(Date.now() - 1) })),
      answer: /^403 role-missing$/,
    },
    {
      name: 'a grant nobody attested',
      headers: bearer(await carriedWithGrants(world, named, { attestBy: new Date(Date.now() - 1) })),
      answer: /^403 role-missing$/,
    },
    {
      name: 'a grant of tomorrow',
      headers: bearer(await carriedWithGrants(world, named, { from: new Date(Date.now() + day) })),
      answer: /^403 role-missing$/,
    },
  ]
  return isAboutCase ? [...attacks, ...(await attacksOnCase(world, deed, named))] : attacks
}

/** Those who have the role, and not the case. */
async function attacksOnCase(world: World, deed: Deed, named: readonly Role[]): Promise<readonly Attack[]> {
  const onlyAssigned = named.filter((role) => needOf(deed)[role] === 'assigned')
  const wide = personWith(newId(), '某某', named, binhai)
  const attacks: Attack[] = [
    {
      name: 'the same role at another court',
      headers: bearer(await carriedBy(world, personWith(newId(), '某某', named, hedong))),
      answer: outOfReach,
    },
    {
      name: 'the same role in another team',
      headers: bearer(await carriedBy(world, personWith(newId(), '某某', named, binhai, '执行二团队'))),
      answer: outOfReach,
    },
    {
      name: 'the same role, case sealed',
      headers: bearer(await carriedBy(world, wide)),
      prize: world.sealed,
      answer: outOfReach,
    },
  ]
  if (onlyAssigned.length === 0) return attacks
  const notOn = bearer(await carriedBy(world, personWith(newId(), '某某', onlyAssigned, binhai)))
  return [...attacks, { name: 'the same role, not on the case', headers: notOn, answer: /^403 not-on-case$/ }]
}

/** Everybody who must not get through a registry's door. */
export async function attacksOnPartner({ edge }: World, isAboutCase: boolean): Promise<readonly Attack[]> {
  const iat = Math.floor(Date.now() / 1000)
  const used = await edge.bureau.token()
  await edge.call(undefined, 'GET', '/partner/v1/deliveries?limit=1', undefined, bearer(used))
  const attacks: Attack[] = [
    { name: 'no token', headers: {}, answer: /^401 token-missing$/ },
    { name: 'a person’s token', headers: bearer('token-of-officerLin'), answer: /^401 token-invalid$/ },
    { name: 'a token that was used', headers: bearer(used), answer: /^401 partner-token-replayed$/ },
    {
      name: 'a token for another gateway',
      headers: bearer(await edge.bureau.token({ aud: 'gw.other' })),
      answer: /^401 token-invalid$/,
    },
    {
      name: 'a token in another’s name',
      headers: bearer(await edge.bureau.token({ iss: otherBureau })),
      answer: /^401 token-invalid$/,
    },
    {
      name: 'a token of nobody’s name',
      headers: bearer(await edge.bureau.token({ iss: 'land-000000' })),
      answer: /^401 token-invalid$/,
    },
    {
      name: 'a token that is over',
      headers: bearer(await edge.bureau.token({ iat: iat - 900, exp: iat - 860 })),
      answer: /^401 token-expired$/,
    },
    {
      name: 'a token that lives too long',
      headers: bearer(await edge.bureau.token({ exp: iat + 3600 })),
      answer: /^401 token-expired$/,
    },
  ]
  if (!isAboutCase) return attacks
  const others = bearer(await edge.bureau.token({}, otherBureau))
  return [
    ...attacks,
    { name: 'another registry’s delivery', headers: others, answer: /^404 (not-found|statement-unknown-delivery)$/ },
  ]
}

/** Everybody who must not get through the door of a court's system. */
export async function attacksOnClient(world: World): Promise<readonly Attack[]> {
  const officer = personWith(newId(), '某某', ['officer', 'registrar'], binhai)
  return [
    { name: 'no token', headers: {}, answer: /^401 token-missing$/ },
    { name: 'an unknown token', headers: bearer('writ_nobody'), answer: /^401 token-invalid$/ },
    { name: 'a registry’s token', headers: bearer(await world.edge.bureau.token()), answer: /^401 token-invalid$/ },
    { name: 'a person’s token', headers: bearer(await carriedBy(world, officer)), answer: /^401 token-invalid$/ },
  ]
}

/** The one who may: on the team's case, with every role the deed names; for what is one's own, somebody with none. */
export async function rightfulHeaders(world: World, deed: Deed | 'person'): Promise<Record<string, string>> {
  const named = deed === 'person' ? [] : roleList.filter((role) => needOf(deed)[role] !== undefined)
  return bearer(await carriedBy(world, personWith(newId(), '某某', named, binhai, team)))
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** A registry's clerk holds the role for one registry; here for the one whose deliveries are tried. */
function ofRegistry(person: Person): Person {
  const at = (role: Role) => (role === 'registry-clerk' ? { registry: villageBank } : {})
  return { ...person, holds: person.holds.map((held) => ({ ...held, ...at(held.role) })) }
}

async function carriedBy({ edge }: World, given: Person, over: Partial<Session> = {}): Promise<string> {
  const person = ofRegistry(given)
  const token = `writ_${newId()}`
  if (!(await edge.opened.people.byId(person.id, new Date()))) await seat(edge.opened, person)
  await signIn(edge.opened, person, token, over)
  return token
}

async function endedSession(world: World, person: Person): Promise<string> {
  const token = await carriedBy(world, person)
  await world.edge.opened.store.note(({ roster }) =>
    roster.endSessions({ id: `session-${token}` }, new Date(Date.now() - 1)),
  )
  return token
}

async function carriedWithGrants(world: World, named: readonly Role[], over: object): Promise<string> {
  const person = personWith(newId(), '某某', [])
  const until = new Date(Date.now() + day)
  const from = new Date(Date.now() - day)
  await seat(world.edge.opened, person)
  await world.edge.opened.store.note(async ({ roster }) => {
    for (const role of named)
      await roster.give({
        id: newId(),
        person: person.id,
        role,
        court: binhai,
        team,
        from,
        until,
        attestBy: until,
        givenBy: 'x',
        ...over,
      })
  })
  return carriedBy(world, person)
}
