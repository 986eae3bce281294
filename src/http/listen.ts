import { createServer as createPlain } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createAdaptorServer } from '@hono/node-server'

/** Where to listen; with `tls` it speaks https and nothing else. `drainMs` is how long closing waits for open calls. */
type Address = {
  readonly host: string
  readonly port: number
  readonly drainMs?: number
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer }
}

type Listening = {
  readonly origin: string
  /** Takes no new call, lets those under way finish, and then cuts what is still open: an event stream never ends. */
  close(): Promise<void>
}

/** Opens the door. Rejects when the port is taken. */
export async function listen(
  app: { readonly fetch: (request: Request, env: never) => Response | Promise<Response> },
  { host, port, tls, drainMs = 5000 }: Address,
): Promise<Listening> {
  // Node's own limits against slow senders stay on; a call that waits is waited for by the app, not by the socket.
  const server = tls
    ? createAdaptorServer({ fetch: plain(app), createServer: createSecure, serverOptions: { ...tls } })
    : createAdaptorServer({ fetch: plain(app), createServer: createPlain })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const address = server.address()
  const bound = address && typeof address === 'object' ? address.port : port
  const shown = host.includes(':') ? `[${host}]` : host
  return {
    origin: `${tls ? 'https' : 'http'}://${shown}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainMs)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }),
  }
}

function plain(app: Parameters<typeof listen>[0]) {
  return (request: Request, env: object) => app.fetch(request, env as never)
}
