import { z } from '@hono/zod-openapi'
import type { Person } from '../../domain/person.ts'
import { sees } from '../../gateway/roster/may-keep.ts'
import type { HttpParts } from '../parts.ts'
import { found } from '../problem.ts'

export const personParam = z.object({ person: z.string().min(1).max(100) })

/** The person an administrator means, when they serve where the administrator may look. Anybody else is not there. */
export async function personAt(
  { people, gateway }: Pick<HttpParts, 'people' | 'gateway'>,
  by: Person,
  id: string,
): Promise<Person> {
  const person = found(await people.byId(id, gateway.clock()))
  return found(sees(by, person) ? person : undefined)
}
