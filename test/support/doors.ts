import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Reception, RegistryDesk } from '../../src/relay/port.ts'
import { digestOf } from '../../src/signing/compact.ts'
import type { KeysOf } from '../../src/signing/key.ts'
import type { Jwks } from '../../src/signing/keyring.ts'
import { openPartnerToken } from '../../src/signing/service.ts'
import { deliveryNamedIn, openStatement } from '../../src/signing/statement.ts'

export type Handler = (request: Request) => Promise<Response>

type DoorParts = {
  readonly registry: string
  readonly gatewayId: string
  readonly jwks: () => Jwks
  readonly keysOf: KeysOf
  readonly desk: () => RegistryDesk
  readonly serve: (request: Request, desk: RegistryDesk) => Promise<Response>
  readonly refused: (code: string) => void
}

/** The two doors a registry knows: `/partner/v1` in the native protocol, and its dialect's own below `/adapters/`. */
export function doors(parts: DoorParts): Handler {
  const burnt = new Set<string>()
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/.well-known/jwks.json') return Response.json(parts.jwks())
    if (pathname.startsWith(`/adapters/${parts.registry}/`)) return parts.serve(request, parts.desk())
    if (!pathname.startsWith('/partner/v1/')) return new Response(null, { status: 404 })
    const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
    const { keysOf, registry, gatewayId } = parts
    const now = new Date()
    const opened = await openPartnerToken(token, { keysOf, issuer: registry, audience: gatewayId, now })
    if (opened.kind === 'unproved' || burnt.has(opened.jti)) return new Response('token', { status: 401 })
    burnt.add(opened.jti)
    return partner(request, pathname.slice('/partner/v1/'.length), parts)
  }
}

async function partner(request: Request, path: string, parts: DoorParts): Promise<Response> {
  const desk = parts.desk()
  const [noun, one = '', two = ''] = path.split('/')
  switch (`${request.method} ${noun}`) {
    case 'POST statements':
      return statement(Buffer.from(await request.arrayBuffer()), desk, parts)
    case 'GET deliveries': {
      const taken = await desk.take({ limit: 10, inquiries: true, controls: true })
      return Response.json(taken.map(({ id, jws }) => ({ delivery: id, jws })))
    }
    case 'GET documents': {
      const delivery = await desk.find(one)
      const bytes = delivery && (await desk.document(delivery, two))
      return bytes ? new Response(Buffer.from(bytes)) : new Response(null, { status: 404 })
    }
    case 'PUT receipts': {
      const delivery = await desk.find(new URL(request.url).searchParams.get('delivery') ?? '')
      const bytes = Buffer.from(await request.arrayBuffer())
      if (!delivery || digestOf(bytes) !== one) return new Response(null, { status: 422 })
      await desk.keepReceipt(delivery, { bytes, mediaType: request.headers.get('content-type') ?? '' })
      return new Response(null, { status: 201 })
    }
    default:
      return new Response(null, { status: 404 })
  }
}

async function statement(message: Uint8Array, desk: RegistryDesk, parts: DoorParts): Promise<Response> {
  const named = deliveryNamedIn(message) ?? ''
  const delivery = await desk.find(named)
  if (!delivery) {
    parts.refused('unknown-delivery')
    return new Response(null, { status: 404 })
  }
  const { keysOf, gatewayId } = parts
  const reception = await desk.tell(
    delivery.reference,
    message,
    await openStatement(message, delivery, { keysOf, gateway: gatewayId, now: desk.now }),
  )
  return new Response('receipt' in reception ? reception.receipt : null, { status: statusOf(reception) })
}

function statusOf({ kind }: Reception): number {
  switch (kind) {
    case 'committed':
    case 'repeated':
      return 200
    case 'contradicted':
    case 'sequence-used':
      return 409
    case 'unknown-delivery':
      return 404
    case 'unproved':
      return 401
    case 'flooded':
      return 429
  }
}

/** Serves a web-standard handler on a free port. */
export async function listen(handler: Handler): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    const method = incoming.method ?? 'GET'
    const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks)
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method,
      headers,
      ...(body && { body }),
    })
    const response = await handler(request).catch((trouble) => new Response(String(trouble), { status: 500 }))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${port}`, close }
}
