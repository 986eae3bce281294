import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A port nobody has now, for whoever must be known before it listens, or comes back on the same one. It lies below those
 * the system gives to outgoing calls: between the asking and the listening one of these would be taken by chance.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
