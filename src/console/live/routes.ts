import type { Context, Hono } from 'hono'
import { reachOf } from '../../domain/authority.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestLine } from '../../gateway/ports/request-line.ts'
import { requestAt } from '../../http/reach.ts'
import type { DeskDoor } from '../desk/door.ts'
import type { ConsoleParts } from '../parts.ts'
import { livePath, versionOf } from './part.ts'
import { liveScript } from './script.ts'

/** Lines of the list of requests on one page. */
export const linesOnAPage = 20

/** Whether a page would look otherwise now. Nothing is shown, so nobody has looked. */
export function livePages(pages: Hono, { gateway }: ConsoleParts, open: DeskDoor): void {
  pages.get(livePath, (c) =>
    c.body(liveScript, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    }),
  )

  pages.get(
    '/requests/:id/version',
    open('request.read', async (c: Context, at) => {
      const { row } = await requestAt(gateway, at, c.req.param('id') ?? '')
      return c.text(await requestVersion(gateway, row))
    }),
  )

  pages.get(
    '/version',
    open('request.list', async (c, { person }) => {
      const reach = reachOf(person, 'request.list')
      return c.text(listVersion(await gateway.reads.requestLines({ reach, limit: linesOnAPage })))
    }),
  )
}

/** Changes with every word of a registry, every attempt and every decision. */
export async function requestVersion(
  { reads }: Pick<Parts, 'reads'>,
  { id, caseId, state }: { readonly id: string; readonly caseId: string; readonly state: string },
): Promise<string> {
  const [last] = await reads.entries({ caseId, request: id, kinds: [...told], limit: 1 })
  return versionOf(state, last?.id)
}

const told = [
  'request.approved',
  'request.returned',
  'request.withdrawn',
  'delivery.created',
  'delivery.withdrawn',
  'statement.received',
  'statement.compared',
] as const

/** Changes with what the list of requests shows. */
export function listVersion(lines: readonly RequestLine[]): string {
  return versionOf(
    lines.map(({ id, state, deliveries }) => [id, state, deliveries.map(({ phase, answer }) => [phase, answer])]),
  )
}
