import type { People } from '../gateway/ports/roster.ts'
import { found } from './problem.ts'

/** The ids of people by their user names; one nobody has ends the call. */
export async function idsOf(
  people: Pick<People, 'byUsername'>,
  now: Date,
  usernames: readonly string[],
): Promise<readonly string[]> {
  const named = await Promise.all(usernames.map((username) => people.byUsername(username, now)))
  return named.map((person) => found(person, 'person-unknown').id)
}
