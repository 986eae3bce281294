import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimits } from './limits.ts'
import type { Peers } from './peer.ts'
import { problem, Refused } from './problem.ts'
import { createTurns } from './turns.ts'

const bringsFiles =
  /^(?:\/v1)?\/cases\/[^/]+\/documents$|^\/v1\/arrivals\/imports$|^(?:\/v1)?\/batches(?:\/check|\/corrected)?$|^\/partner\/v1\/receipts\/|^(?:\/v1)?\/clerk\/deliveries\/[^/]+\/(?:receipts|answer)$|^(?:\/v1)?\/errands\/[^/]+\/scan$|^\/adapters\//

/**
 * What a body may be: as it is (a compressed one could unfold into anything), no longer than its route takes, and, when
 * it is heavy, in its turn. Nothing is read here: a body whose length is told is refused before it is sent, one whose
 * length is not told is counted while its route reads it, and so not before its route knows who is calling.
 */
export function limitedBodies(
  peers: Peers,
  limits: { readonly [Name in keyof typeof bodyLimits]: number } = bodyLimits,
): MiddlewareHandler {
  const { heavyAtOnce: atOnce, heavyOfOneCaller: ofOne, heavyWaitMs: waitMs } = limits
  const turns = createTurns({ atOnce, ofOne, waitMs })
  return async function limitBody(c, next) {
    if (isEncoded(c)) throw new Refused('content-encoding-unsupported', { headers: plainOnly })
    const most = mostFor(c, limits)
    const length = lengthTold(c)
    if (length !== undefined && length > most) throw new Refused('body-too-large')
    const isHeavy = most === limits.large && (length === undefined || length >= limits.heavyFrom)
    const leave = isHeavy ? await turns.enter(peers.callerAddress(c) ?? 'in process') : () => {}
    if (!leave) throw new Refused('large-bodies-waiting', { headers: { 'retry-after': '5', connection: 'close' } })
    try {
      if (length === undefined) await counted(c, most, next)
      else await next()
    } finally {
      leave()
    }
  }
}

// The rest of the body is not read either, so nothing else may come over this connection.
const plainOnly = { 'accept-encoding': 'identity', connection: 'close' }

function isEncoded(c: Context): boolean {
  const coding = c.req.header('content-encoding')
  const transfer = c.req.header('transfer-encoding')
  if (transfer !== undefined && !/^\s*chunked\s*$/i.test(transfer)) return true
  return coding !== undefined && !/^\s*identity\s*$/i.test(coding)
}

/** A question has no body. One that brings a body all the same may be two calls to a careless proxy. */
function mostFor(c: Context, { small, large }: { readonly small: number; readonly large: number }): number {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return 0
  return bringsFiles.test(c.req.path) ? large : small
}

/** The length a caller committed to: Node reads no byte more. Undefined where the end will only be seen. */
function lengthTold(c: Context): number | undefined {
  if (c.req.header('transfer-encoding') !== undefined) return undefined
  const told = c.req.header('content-length')
  if (told !== undefined) return Number(told)
  // Over a socket, neither header means that there is no body. Inside the process nobody tells the length.
  return c.env?.incoming || !c.req.raw.body ? 0 : undefined
}

/** Runs the call on a body that ends it at the first byte too many, whatever the route makes of that. */
async function counted(c: Context, most: number, next: () => Promise<void>): Promise<void> {
  const { body } = c.req.raw
  if (most === 0) throw new Refused('body-too-large')
  if (!body) return next()
  let length = 0
  let isWhole = false
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      length += chunk.length
      if (length > most) controller.error(new Refused('body-too-large'))
      else controller.enqueue(chunk)
    },
    flush: () => {
      isWhole = true
    },
  })
  c.req.raw = new Request(c.req.raw, { body: body.pipeThrough(counter), duplex: 'half' } as RequestInit)
  await next()
  // What was refused before it was read still stands in the line, so nothing else may come over it.
  if (!isWhole) c.header('connection', 'close')
  if (length <= most) return
  // A reader of forms or JSON may have taken the break for bad content.
  c.res = undefined
  c.res = problem(c, 'body-too-large')
}
