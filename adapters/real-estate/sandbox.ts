import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { openBooks, readSandboxOptions, sandboxNow, sandboxOptions, setSandboxClock, startSandbox } from '../sandbox.ts'
import { type CentreBooks, firstBooks } from './sandbox-books.ts'
import { openCaller } from './sandbox-caller.ts'
import { employClerk } from './sandbox-clerk.ts'
import { type Changed, dispose, grantTitle, releasePrior } from './sandbox-queue.ts'

/*
 * 不动产登记中心, in a process of its own: a register with a queue of seals, and a clerk who fetches from the gateway
 * every `pollMs`. Beside what every sandbox answers it takes
 *   POST /sandbox/release-prior {unit, at?}  the seal in front is lifted; the next that waits takes effect from `at`
 *   POST /sandbox/grant-title   {unit, at?}  a presold house gets its title; its pre-seal becomes a seal
 *   POST /sandbox/dispose       {unit, at?}  the unit is sold; every seal on it ends
 *   POST /sandbox/tax-paid      {unit}       what was served to convey this unit is registered now
 */
const options = await readSandboxOptions(
  process.argv.slice(2),
  sandboxOptions.extend({
    /** Where the gateway listens, and under which code it knows this registry. */
    gateway: z.url(),
    registry: z.string(),
    user: z.string(),
    password: z.string(),
    area: z.string().default('120116'),
    pollMs: z.int().min(10).default(300),
    /** From the counter to the register. */
    registerMs: z.int().min(0).default(200),
    /** From the served papers of a conveyance to the register: the tax has to be paid first. */
    taxMs: z.int().min(0).default(5000),
    /** How long the centre is away for a subject with whom it is `unavailable`. */
    awayMs: z.int().min(0).default(1500),
  }),
)
if (options.at) setSandboxClock(options.at)

const books = openBooks<CentreBooks>(options.books, () => firstBooks())
const clerk = employClerk({
  books,
  delays: options,
  caller: openCaller({ ...options, base: `${options.gateway}/adapters/${options.registry}` }),
})

const order = z.object({ unit: z.string(), at: z.iso.datetime({ offset: true }).optional() })

const deeds: Record<string, (state: CentreBooks, unit: string, at: Date) => readonly Changed[]> = {
  '/sandbox/release-prior': releasePrior,
  '/sandbox/grant-title': grantTitle,
  '/sandbox/dispose': (state, code, at) => {
    const unit = state.units[code]
    return unit ? dispose(unit, at) : []
  },
}

const sandbox = await startSandbox({
  books,
  host: options.host,
  port: options.port,
  handle: async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/open') return new Response('open')
    if (pathname === '/sandbox/tax-paid' && request.method === 'POST') {
      await clerk.taxPaid(order.parse(await request.json()).unit)
      return Response.json({ kind: 'noted' })
    }
    const deed = deeds[pathname]
    if (!deed || request.method !== 'POST') return new Response('not here', { status: 404 })
    const { unit, at } = order.parse(await request.json())
    const changed = await clerk.happen((state) => deed(state, unit, at ? new Date(at) : sandboxNow()))
    return Response.json({ changed: changed.map(({ kind, seal }) => ({ kind, reference: seal.reference })) })
  },
})

for (;;) {
  // The centre's own door says whether it is shut for everyone: then its clerk does not work either.
  const open = await fetch(`${sandbox.origin}/open`).then(
    ({ ok }) => ok,
    () => false,
  )
  if (open) await clerk.round().catch((fault) => process.stderr.write(`real-estate sandbox: ${String(fault)}\n`))
  await pause(options.pollMs)
}
