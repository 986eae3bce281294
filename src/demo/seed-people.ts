import { operator, type Person } from '../domain/person.ts'
import type { RegistryCode } from '../domain/registry.ts'
import { administrators } from '../domain/role.ts'
import type { People } from '../gateway/ports/roster.ts'
import { attestGrant, giveGrant } from '../gateway/roster/grants.ts'
import type { OfAccounts } from '../gateway/roster/parts.ts'
import { givePrintedPassword } from '../gateway/roster/passwords.ts'
import { registerPerson } from '../gateway/roster/register-person.ts'
import { must } from './must.ts'
import { demoPasswords } from './passwords.ts'
import { type DemoPerson, demoCourt, demoPeople, tourPeople } from './people.ts'

/**
 * Registers the demo people who are not there yet, attests the roles of those who are, and gives each who signs in a printed
 * password.
 */
export async function seedPeople(parts: OfAccounts, people: People, dataDir: string): Promise<void> {
  const passwords = demoPasswords(
    dataDir,
    demoPeople.map(({ username }) => username),
  )
  for (const demoPerson of [...demoPeople, ...Object.values(tourPeople)]) {
    const there = await people.byUsername(demoPerson.username, parts.clock())
    if (there) await attestAll(parts, people, there.id)
    const person = there ?? (await register(parts, demoPerson))
    const account = await parts.accounts.account(person.id)
    const drawn = passwords.get(person.username)
    // Whoever has chosen a password of their own keeps it.
    if (drawn && (account?.hash === undefined || (account.printed && drawn.isNew)))
      await givePrintedPassword(parts, operator, person, drawn.password)
  }
}

async function register(parts: OfAccounts, { username, name, roles, registry }: DemoPerson): Promise<Person> {
  const serves = registry === undefined ? { court: demoCourt } : {}
  const { id } = must(await registerPerson(parts, operator, { username, name, ...serves }))
  for (const role of roles) {
    const at =
      registry === undefined ? (administrators.includes(role) ? {} : serves) : { registry: registry as RegistryCode }
    must(await giveGrant(parts, operator, { person: id, role, ...at }))
  }
  return { id, username, name, ...serves, holds: [] }
}

async function attestAll(parts: OfAccounts, people: People, person: string): Promise<void> {
  for (const { id, endedAt } of await people.grants(person))
    if (!endedAt) must(await attestGrant(parts, operator, { person, grant: id }))
}
