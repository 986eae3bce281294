import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

export type Listening = { readonly origin: string; close(): Promise<void> }

type App = { fetch(request: Request, ...rest: unknown[]): Response | Promise<Response> }

/**
 * Listens for the app, over TLS when a certificate is given. `close` takes no new call, gives those under way
 * `graceMs` milliseconds, and then cuts what is left: event streams never end by themselves.
 */
export async function listen(
  app: App,
  where: {
    readonly host: string
    readonly port: number
    readonly tls?: { readonly cert: string; readonly key: string }
  },
  graceMs = 5000,
): Promise<Listening> {
  const answer = getRequestListener((request, env) => app.fetch(request, env))
  const server = (where.tls ? createTlsServer(where.tls, answer) : createPlainServer(answer)) as Server
  // A client that trickles its headers or body holds a socket, not the service.
  server.headersTimeout = 15_000
  server.requestTimeout = 120_000
  server.maxRequestsPerSocket = 10_000
  await new Promise<void>((ready, broken) => {
    server.once('error', broken)
    server.listen(where.port, where.host, ready)
  })
  const { port } = server.address() as AddressInfo
  const host = where.host.includes(':') ? `[${where.host}]` : where.host
  return {
    origin: `${where.tls ? 'https' : 'http'}://${host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      const late = setTimeout(() => server.closeAllConnections(), graceMs)
      server.closeIdleConnections()
      await closed
      clearTimeout(late)
    },
  }
}
