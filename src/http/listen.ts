import { createServer as createPlain, type Server } from 'node:http'
import { createServer as createSecure, type Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { v7 as uuidv7 } from 'uuid'
import { keepRoom } from './crowd.ts'
import { type DoorLimits, doorLimits } from './limits.ts'
import { problemBodyOf } from './problem.ts'
import { catalogue, type ProblemCode } from './problem-catalogue.ts'
import { refuseEarly } from './refuse-early.ts'

/** The server's own certificate and key, and the authorities whose client certificates count; PEM. */
export type ServerTls = { readonly cert: string; readonly key: string; readonly clientCa?: string | undefined }

/** Certificates as they are now; they may be renewed while the door is open. */
export type TlsSource = { now(): ServerTls; onChange(deed: () => void): void }

/** Where to listen; with `tls` it speaks https and nothing else. `drainMs` is how long closing waits for open calls. */
type Address = {
  readonly host: string
  readonly port: number
  readonly drainMs?: number
  readonly tls?: TlsSource
  readonly limits?: Partial<DoorLimits>
  /** Hears, for every connection, that the house was full when it came. */
  readonly onFull?: () => void
}

type Listening = {
  readonly origin: string
  readonly port: number
  /** Takes no new call, lets those under way finish, and then cuts what is still open: an event stream never ends. */
  close(): Promise<void>
}

type App = { readonly fetch: (request: Request, env: never) => Response | Promise<Response> }

/** Opens the door. Rejects when the port is taken. */
export async function listen(app: App, address: Address): Promise<Listening> {
  const { host, port, tls, drainMs = 5000 } = address
  const limits = { ...doorLimits, ...address.limits }
  const server = open(app, limits, tls)
  server.timeout = limits.idleMs
  server.maxRequestsPerSocket = limits.requestsPerConnection
  // No number of headers but their length is limited: what exceeds a number would be dropped unseen.
  server.maxHeadersCount = 0
  keepRoom(server, limits.connections, address.onFull)
  refuseEarly(server, uuidv7)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const bound = (server.address() as AddressInfo).port
  const shown = host.includes(':') ? `[${host}]` : host
  return { origin: `${tls ? 'https' : 'http'}://${shown}:${bound}`, port: bound, close: () => close(server, drainMs) }
}

function open(app: App, limits: DoorLimits, tls: TlsSource | undefined): Server | SecureServer {
  const answer = getRequestListener((request, env) => app.fetch(request, env as never), { errorHandler: noCall })
  const timed = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    maxHeaderSize: limits.headerBytes,
    // A call without a host is refused all the same, but with a problem to read (`noCall`).
    requireHostHeader: false,
  }
  if (!tls) return createPlain(timed, answer)
  // Asked for, never demanded: people come without one. Who needs one is refused where it is known what they want.
  const asking = { requestCert: tls.now().clientCa !== undefined, rejectUnauthorized: false }
  const server = createSecure(
    { ...timed, ...asking, ...secureContext(tls.now()), handshakeTimeout: limits.handshakeMs },
    answer,
  )
  tls.onChange(() => server.setSecureContext(secureContext(tls.now())))
  return server
}

function secureContext({ cert, key, clientCa }: ServerTls) {
  return { cert, key, ...(clientCa !== undefined && { ca: clientCa }), minVersion: 'TLSv1.2' as const, ciphers }
}

/** Those of TLS 1.3, and of 1.2 what keeps past calls secret when the key is stolen later. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

/** The request line or its host cannot be read, so no route was asked; anything else the app answers itself. */
function noCall(trouble: unknown): Response {
  const isTheirs = trouble instanceof Error && trouble.name === 'RequestError'
  const code: ProblemCode = isTheirs ? 'malformed-http' : 'internal'
  const headers = { 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' }
  return new Response(JSON.stringify(problemBodyOf(code, uuidv7())), { status: catalogue[code].status, headers })
}

function close(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
