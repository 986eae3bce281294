import { formatBeijing } from '../domain/beijing-date.ts'
import type { Person } from '../domain/person.ts'

/** Who is looking, as pages and exports carry it. */
export type Viewer = Pick<Person, 'name' | 'username'>

/**
 * The line that says whose copy this is (水印): name and user name, Beijing time, and the id under which the log of calls
 * knows it. A photograph of a screen, a printed page and a file that was passed on all lead back to one look.
 *
 * @example
 * watermark(person, gateway.clock(), c.get('requestId')) // '林书远（lin） 2026-06-03 09:15:00 0198c0de-…'
 */
export function watermark({ name, username }: Viewer, now: Date, requestId: string): string {
  return `${name}（${username}） ${formatBeijing(now)} ${requestId}`
}
