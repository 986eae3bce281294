import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { operator } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import { administrators } from '../domain/role.ts'
import { giveGrant } from '../gateway/roster/grants.ts'
import { registerPerson } from '../gateway/roster/register-person.ts'
import { checkRows, type Finding, headed } from '../tables/headed.ts'
import { refuseTable } from '../tables/table.ts'
import { told } from './findings.ts'
import { headings, type Newcomer, newcomersAt, newcomerWords } from './newcomer.ts'
import { done, failed, type Office, type Outcome } from './office.ts'
import { readList } from './read-list.ts'

export const importUsage = 'writ user import <file.csv|file.xlsx> [--dry-run]'

/**
 * `writ user import`: registers people from a list, with their roles. The whole list is checked before the first of them is
 * registered; what is wrong is told by row and column, all of it at once, and never by what stands there. `--dry-run`
 * checks and changes nothing.
 */
export async function importUsers(office: Office, args: readonly string[], cwd: string): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  })
  const [path] = positionals
  if (path === undefined || positionals.length > 1) return failed(`用法 usage: ${importUsage}`)
  const table = await readList(resolve(cwd, path))
  if (isRefusal(table)) return failed(...told([table], newcomerWords))
  const now = office.parts.clock()
  const taken = (await office.people.all(now)).map(({ username }) => username)
  const { good, findings } = checkRows(headed(table, headings), newcomersAt(now, taken))
  if (findings.length > 0) return failed(...told(findings, newcomerWords))
  if (good.length === 0) return failed(...told([refuseTable('table-empty')], newcomerWords))
  if (values['dry-run']) return done(`可以登记 can be registered: ${good.length}`)
  return registerAll(office, good)
}

/** Each person is an act of their own with its entries; who was registered before something went wrong stays so. */
async function registerAll(office: Office, newcomers: readonly Newcomer[]): Promise<Outcome> {
  let count = 0
  for (const newcomer of newcomers) {
    const finding = await register(office, newcomer)
    if (finding) return failed(...told([finding], newcomerWords), `此前已登记 registered before that: ${count}`)
    count += 1
  }
  await office.changed()
  return done(`已登记 registered: ${count}`)
}

/** Nothing to say where all went well; checked before, so a "no" here means that somebody else was at work meanwhile. */
async function register({ parts }: Office, newcomer: Newcomer): Promise<Finding | undefined> {
  const { row, username, name, court, roles, team, until } = newcomer
  const registered = await registerPerson(parts, operator, { username, name, ...(court && { court }) })
  if (isRefusal(registered)) return { row, code: registered.code }
  for (const role of roles) {
    const at = court && !administrators.includes(role) ? { court, ...(team && { team }) } : {}
    const given = await giveGrant(parts, operator, { person: registered.id, role, ...at, ...(until && { until }) })
    if (isRefusal(given)) return { row, code: given.code }
  }
  return undefined
}
