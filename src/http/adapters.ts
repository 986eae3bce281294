import type { OpenAPIHono } from '@hono/zod-openapi'
import { type DeskLocks, openDesk } from '../gateway/desk.ts'
import { proveCredential } from '../gateway/partners/prove.ts'
import type { Counter } from '../gateway/parts.ts'
import type { RegistryDesk } from '../relay/port.ts'
import { certificateNeeded } from './certificate-needed.ts'
import { countedAddress } from './counted-address.ts'
import { refuseUnlessLive } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problem.ts'
import type { RateLimits } from './rate-limits.ts'
import { type Edge, surface } from './surface.ts'

/**
 * `/adapters/<registry>/…`: each registry that pulls is served in its own dialect, by its own adapter, at a desk from
 * which nothing but its own deliveries can be reached. The adapter signs the registry in; nothing here does.
 */
export function adapterApi(parts: HttpParts): OpenAPIHono<Edge> {
  const { gateway, desk, peers, limits } = parts
  const api = surface()
  for (const method of ['get', 'post'] as const) {
    api.openAPIRegistry.registerPath({
      method,
      path: '/{registry}/{path}',
      tags: ['协助单位 Partners'],
      'x-opens': 'dialect',
      summary: '协助单位自有接口规范 · The registry’s own dialect; see /docs/manuals/adapter-<name>',
      responses: { 200: { description: '按该单位规范 · as the dialect says' } },
    })
    api.on(method, '/:registry/:path{.+}', async (c) => {
      const counter = found(gateway.counter(c.req.param('registry')))
      certificateNeeded(peers, c, counter, gateway.clock())
      const adapter = found(counter.adapter.kind === 'pull' ? counter.adapter : undefined)
      const who = `${counter.registry.code}\0${countedAddress(peers.callerAddress(c))}`
      limits.refuseIfSpent('registry-failed', who)
      await limits.hit('registry-door', who)
      const open = openDesk(gateway, counter, countingFailures(desk, limits, who))
      if (isOnItsWay(counter)) return adapter.serve(c.req.raw, provingDesk(parts, counter, open))
      refuseUnlessLive(counter)
      return adapter.serve(c.req.raw, open)
    })
  }
  return api
}

/**
 * A password or token that does not hold is counted; the door stays shut to whoever has failed too often. Nothing is
 * thrown in here: an adapter would tell it in its own dialect, as a fault of ours.
 */
function countingFailures(locks: DeskLocks, limits: RateLimits, who: string): DeskLocks {
  const counted = async (holds: boolean): Promise<boolean> => {
    if (!holds) await limits.take('registry-failed', who)
    return holds
  }
  return {
    ...locks,
    credentialHolds: async (...given) => counted(await locks.credentialHolds(...given)),
    tokenHolds: async (...given) => counted(await locks.tokenHolds(...given)),
  }
}

function isOnItsWay({ registered: { state } }: Counter): boolean {
  return state !== 'live' && state !== 'suspended'
}

/** The desk of a registry that is not let in yet: it may sign in, which proves its credential, and finds nothing there. */
function provingDesk({ gateway, changed }: HttpParts, { registered }: Counter, desk: RegistryDesk): RegistryDesk {
  return {
    ...desk,
    credentialHolds: async (user, password) => {
      const holds = await desk.credentialHolds(user, password)
      if (!holds || registered.credentialProvedAt) return holds
      await proveCredential(gateway, registered.code)
      await changed()
      return true
    },
    take: async () => [],
    find: async () => undefined,
    tell: async () => ({ kind: 'unknown-delivery' }),
  }
}
