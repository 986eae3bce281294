import { listen } from '../../src/http/listen.ts'
import { openWorld } from '../http/attackers/world.ts'
import { feed, readers } from './dialects.ts'
import { listReaders } from './lists.ts'
import { knockOften } from './routes.ts'
import { babble } from './sockets.ts'

/** How much of each: messages to the readers of dialects, calls to routes, connections of noise. */
export type Amount = { readonly messages: number; readonly calls: number; readonly connections: number }

export type Fuzzed = {
  readonly inputs: number
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** How much the process's memory grew, in MiB. */
  readonly grownMiB: number
  readonly faults: number
}

/** Feeds everything that reads what strangers send. Throws at the first 5xx, hang or broken promise, with what caused it. */
export async function fuzz(amount: Amount, seed: number, say: (line: string) => void = () => {}): Promise<Fuzzed> {
  const world = await openWorld()
  const server = await listen(world.edge.app, { host: '127.0.0.1', port: 0 })
  const answers: Record<string, Record<string, number>> = {}
  const tell = (what: string, counted: Record<string, number>) => {
    answers[what] = counted
    say(
      `${what}  ${Object.entries(counted)
        .map(([status, count]) => `${status}×${count}`)
        .join('  ')}`,
    )
  }
  try {
    const before = process.memoryUsage().rss
    const all = [...(await readers()), ...listReaders()]
    for (const reader of all) tell(reader.name, await feed(reader, Math.ceil(amount.messages / all.length), seed))
    tell('routes', await knockOften(world, amount.calls, seed))
    tell('sockets', await babble(Number(new URL(server.origin).port), amount.connections, seed))
    const alive = await fetch(`${server.origin}/livez`)
    if (!alive.ok) throw new Error('nobody is alive behind the door any more')
    const inputs = Object.values(answers)
      .flatMap((counted) => Object.values(counted))
      .reduce((sum, count) => sum + count, 0)
    return {
      inputs,
      answers,
      grownMiB: Math.round((process.memoryUsage().rss - before) / 1_048_576),
      faults: world.edge.faults.length,
    }
  } finally {
    await server.close()
    await world.close()
  }
}
