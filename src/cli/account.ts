import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { operator, type Person } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import { removeFactor, unlockAccount } from '../gateway/roster/accounts.ts'
import { givePassword } from '../gateway/roster/passwords.ts'
import { registerCertificate } from '../gateway/roster/second-factor.ts'
import { done, failed, type Office, type Outcome, type Typed } from './office.ts'

/** How `writ user` is used for accounts. */
export const accountUsage =
  'writ user password <user> [--stdin] | writ user unlock <user> | writ user certificate <user> <pem> | writ user factors <user> [remove <id>]'

type Verb = (office: Office, person: Person, rest: readonly string[], typed: Typed) => Promise<Outcome>

/** What the operator does to a person's account; each is an entry. */
export const accountVerbs: Readonly<Record<string, Verb>> = {
  // The first line is the password and nothing else, so that a script can take it.
  password: async (office, person, _rest, { input }) => {
    const parts = { ...office.parts, cost: 'person' } as const
    const given = await givePassword(parts, operator, person, input?.replace(/\r?\n$/, ''))
    if (isRefusal(given)) return failed(`口令不可用 not taken: ${given.code}`)
    const told = '初始口令七日内有效，首次登录须修改 valid for seven days; must be changed at the first sign-in'
    return input === undefined ? done(given.password, told) : done(told)
  },
  unlock: async (office, person) => {
    const unlocked = await unlockAccount(office.parts, operator, person)
    return isRefusal(unlocked) ? failed(unlocked.code) : done('已解锁 unlocked')
  },
  certificate: async (office, person, [path = ''], { cwd }) => {
    const pem = await readFile(resolve(cwd, path), 'utf8')
    const registered = await registerCertificate(office.parts, operator, person, pem)
    return isRefusal(registered)
      ? failed(registered.code)
      : done(`已登记 registered: x5t#S256 ${registered.thumbprint}`)
  },
  factors: async (office, person, [verb, id = '']) => {
    if (verb === 'remove') {
      const removed = await removeFactor(office.parts, operator, person, id)
      return isRefusal(removed) ? failed(removed.code) : done('已解除 removed')
    }
    const factors = await office.accounts.factors(person.id)
    const day = (date: Date) => date.toISOString().slice(0, 10)
    return done(
      ...factors.map(({ id, kind, setAt, confirmedAt }) =>
        [id, kind, day(setAt), confirmedAt ? 'confirmed' : 'begun'].join('\t'),
      ),
    )
  },
}
