import { consolePages } from '../../src/console/pages.ts'
import type { ConsoleParts } from '../../src/console/parts.ts'
import { openTestEdge, type TestEdge } from '../http/edge.ts'
import { browse } from './browse.ts'

export type TestConsole = TestEdge & {
  /** A browser of its own, with no cookie yet. */
  visitor(): ReturnType<typeof browse>
}

const consoleSecret = Buffer.alloc(32, 'console')

/** The pages as main mounts them, on the edge of the tests. */
export function consoleOn({ parts }: TestEdge, over: Partial<ConsoleParts> = {}): ReturnType<typeof consolePages> {
  const lasts = { idleSeconds: 1800, seconds: 43_200 }
  return consolePages({ ...parts, door: 'closed', secret: consoleSecret, lasts, ...over })
}

export async function openConsole(over: Partial<ConsoleParts> = {}): Promise<TestConsole> {
  const { secondFactorFor, openid, peers } = over
  const edge = await openTestEdge({
    ...(secondFactorFor && { secondFactorFor }),
    ...(openid && { openid }),
    ...(peers && { peers }),
  })
  edge.app.route('/', consoleOn(edge, over))
  return { ...edge, visitor: () => browse((path, init) => edge.app.request(path, init)) }
}
