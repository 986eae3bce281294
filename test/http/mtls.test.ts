import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RegistryCertificate } from '../../src/gateway/ports/reads.ts'
import { listen, type ServerTls } from '../../src/http/listen.ts'
import { createPeers } from '../../src/http/peer.ts'
import { type Authority, certificateFolder, hasOpenssl, type Issued } from '../support/certificates.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'
import { ask } from './wire.ts'

const longAgo = new Date('2026-01-01T00:00:00Z')

describe.skipIf(!hasOpenssl)('a client certificate', () => {
  const folder = hasOpenssl ? certificateFolder() : undefined
  let edge: TestEdge
  let door: Awaited<ReturnType<typeof listen>>
  let clients: Authority
  let servers: Authority
  let bureau: Issued
  let tls: ServerTls
  const changes: (() => void)[] = []
  const seen = new Map<string, Date>()

  beforeAll(async () => {
    if (!folder) return
    clients = folder.authority('Registries of the province')
    servers = folder.authority('Gateways of the court')
    bureau = clients.issue({ cn: 'land-120116' })
    const own = servers.issue({ cn: 'gw.test.writ', san: 'IP:127.0.0.1', usage: 'serverAuth' })
    tls = { cert: own.cert, key: own.key, clientCa: clients.cert }
    edge = await openTestEdge({
      peers: createPeers({
        asksForCertificates: true,
        clock: () => new Date(),
        onCertificate: (whose, endsAt) => seen.set(whose, endsAt),
      }),
    })
    door = await listen(edge.app, {
      host: '127.0.0.1',
      port: 0,
      drainMs: 100,
      tls: { now: () => tls, onChange: (deed) => changes.push(deed) },
      limits: { connections: 20 },
    })
  })
  afterAll(async () => {
    await door?.close()
    await edge?.close()
    folder?.close()
  })

  const register = (...certificates: RegistryCertificate[]) => {
    const counter = edge.gateway.counter(landBureau)
    if (counter) Object.assign(counter.registered, { certificates })
  }
  const registered = (issued: Issued, over: Partial<RegistryCertificate> = {}) => ({
    sha256: issued.sha256,
    validFrom: longAgo,
    ...over,
  })
  const shows = ({ cert, key }: Issued) => ({ ca: servers.cert, cert, key })
  const asPartner = async (client?: Issued) => {
    const headers = { Authorization: `Bearer ${await edge.bureau.token()}` }
    const secured = client ? shows(client) : { ca: servers.cert }
    const { status, code } = await ask(`${door.origin}/partner/v1/deliveries`, { headers, tls: secured })
    return code ? `${status} ${code}` : String(status)
  }

  test('lets the registry in that registered it, and is seen to end', async () => {
    register(registered(bureau))
    expect(await asPartner(bureau)).toBe('200')
    expect(seen.get('land-120116')?.getTime()).toBeGreaterThan(Date.now())
  })

  test('is not asked of a registry that never registered one', async () => {
    register()
    expect(await asPartner()).toBe('200')
  })

  test.each([
    ['none', () => undefined],
    ['one that is over', () => clients.issue({ cn: 'land-120116', days: -1 })],
    ['one of a stranger’s authority', () => folder?.authority('Stranger').issue({ cn: 'land-120116' })],
    ['one that was made for servers', () => clients.issue({ cn: 'land-120116', usage: 'serverAuth' })],
  ])('%s does not do, though its thumbprint be registered', async (_what, make) => {
    const shown = make()
    register(registered(bureau), ...(shown ? [registered(shown)] : []))
    expect(await asPartner(shown)).toBe('401 certificate-wrong')
  })

  test('that is another registry’s does not do', async () => {
    register(registered(bureau))
    expect(await asPartner(clients.issue({ cn: 'land-120116' }))).toBe('401 certificate-wrong')
  })

  test('two count while one is being renewed; a revoked or retired one no more', async () => {
    const next = clients.issue({ cn: 'land-120116' })
    register(registered(bureau), registered(next))
    expect([await asPartner(bureau), await asPartner(next)]).toEqual(['200', '200'])
    register(registered(bureau, { revokedAt: longAgo }), registered(next))
    expect([await asPartner(bureau), await asPartner(next)]).toEqual(['401 certificate-wrong', '200'])
    register(registered(bureau), registered(next, { retiredAt: longAgo }))
    expect([await asPartner(bureau), await asPartner(next)]).toEqual(['200', '401 certificate-wrong'])
    register(registered(bureau, { revokedAt: longAgo }))
    expect([await asPartner(bureau), await asPartner()]).toEqual(['401 certificate-wrong', '401 certificate-wrong'])
  })

  test('is needed for the registry’s own dialect too', async () => {
    register(registered(bureau))
    const path = `${door.origin}/adapters/${landBureau}/anything`
    expect((await ask(path, { tls: { ca: servers.cert } })).code).toBe('certificate-wrong')
    expect((await ask(path, { tls: shows(bureau) })).code).toBe('not-found')
  })

  test('a refused call burns no token: the registry may repeat it with its certificate', async () => {
    register(registered(bureau))
    const headers = { Authorization: `Bearer ${await edge.bureau.token()}` }
    const path = `${door.origin}/partner/v1/deliveries`
    expect((await ask(path, { headers, tls: { ca: servers.cert } })).code).toBe('certificate-wrong')
    expect((await ask(path, { headers, tls: shows(bureau) })).status).toBe(200)
  })

  test('a header that claims one is nobody’s word but the caller’s', async () => {
    register(registered(bureau))
    const der = Buffer.from(bureau.cert.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('base64')
    const headers = { Authorization: `Bearer ${await edge.bureau.token()}`, 'Client-Cert': `:${der}:` }
    const path = `${door.origin}/partner/v1/deliveries`
    expect((await ask(path, { headers, tls: { ca: servers.cert } })).code).toBe('certificate-wrong')
  })

  test('is no business of people: an officer comes without one, or with any', async () => {
    const headers = { Authorization: 'Bearer token-of-officerLin' }
    expect((await ask(`${door.origin}/v1/cases`, { headers, tls: { ca: servers.cert } })).status).toBe(200)
    const stranger = folder?.authority('Stranger').issue({ cn: 'anybody' })
    if (stranger) expect((await ask(`${door.origin}/v1/cases`, { headers, tls: shows(stranger) })).status).toBe(200)
  })

  test('TLS 1.1 is not spoken', async () => {
    const port = Number(new URL(door.origin).port)
    const trouble = await new Promise<NodeJS.ErrnoException>((resolve) => {
      const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
      connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...old }).on('error', resolve)
    })
    expect(trouble.code).toMatch(/^ERR_SSL_|^ECONNRESET|^EPROTO/)
  })

  test('when the house is full, a TLS connection that says nothing makes room', async () => {
    const port = Number(new URL(door.origin).port)
    const silent = Array.from({ length: 30 }, () => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
      socket.on('error', () => {})
      return new Promise<void>((resolve) => {
        socket.on('close', () => resolve())
      })
    })
    await Promise.all(silent.slice(0, 10))
    const headers = { Authorization: 'Bearer token-of-officerLin' }
    expect((await ask(`${door.origin}/v1/cases`, { headers, tls: { ca: servers.cert } })).status).toBe(200)
  })

  test('a renewed server certificate is used from the next connection on', async () => {
    const others = folder?.authority('Gateways, renewed')
    const renewed = others?.issue({ cn: 'gw.test.writ', san: 'IP:127.0.0.1', usage: 'serverAuth' })
    if (!others || !renewed) return
    tls = { ...tls, cert: renewed.cert, key: renewed.key }
    for (const deed of changes) deed()
    await expect(ask(`${door.origin}/livez`, { tls: { ca: servers.cert } })).rejects.toThrow()
    expect((await ask(`${door.origin}/livez`, { tls: { ca: others.cert } })).status).toBe(200)
    register(registered(bureau))
    const { cert, key } = bureau
    const headers = { Authorization: `Bearer ${await edge.bureau.token()}` }
    const path = `${door.origin}/partner/v1/deliveries`
    expect((await ask(path, { headers, tls: { ca: others.cert, cert, key } })).status).toBe(200)
  })
})
