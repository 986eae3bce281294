import { networkInterfaces } from 'node:os'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCertificateHeader } from '../../src/http/client-certificate.ts'
import { listen } from '../../src/http/listen.ts'
import { createPeers, overHttpsOnly, type Peers } from '../../src/http/peer.ts'
import { problemOfError } from '../../src/http/problem.ts'
import { isLoopback, within } from '../../src/relay/networks.ts'
import { certificateFolder, hasOpenssl } from '../support/certificates.ts'
import { ask } from './wire.ts'

const loopback = [{ address: '127.0.0.1', prefix: 32 }]

/** A door that tells what it believes of whoever calls. */
async function open(peers: Peers, host = '127.0.0.1') {
  const app = new Hono()
  app.onError((error, c) => problemOfError(c, error, () => {}))
  app.use(overHttpsOnly(peers))
  app.get('*', (c) => c.json({ caller: peers.callerAddress(c), certificate: peers.clientCertificate(c) ?? null }))
  const door = await listen(app, { host, port: 0, drainMs: 50 })
  return {
    port: door.port,
    close: door.close,
    says: async (headers: Record<string, string>, path = '/', at = '127.0.0.1') => {
      const { status, text, code } = await ask(`http://${at}:${door.port}${path}`, { headers })
      return code ? `${status} ${code}` : JSON.parse(text)
    },
  }
}

const peersWith = (proxies: typeof loopback, over: object = {}) =>
  createPeers({
    asksForCertificates: true,
    clock: () => new Date(),
    proxy: { isProxy: within(proxies), forwarded: 'x-forwarded-for', certificateHeader: 'client-cert', ...over },
  })

type Door = Awaited<ReturnType<typeof open>>

describe('a declared proxy', () => {
  let door: Door
  beforeAll(async () => {
    door = await open(peersWith(loopback))
  })
  afterAll(() => door.close())
  const https = { 'X-Forwarded-Proto': 'https' }

  test('is believed who called it', async () => {
    const said = await door.says({ ...https, 'X-Forwarded-For': '9.9.9.9, 192.0.2.7' })
    expect(said).toMatchObject({ caller: '192.0.2.7' })
  })

  test('is not believed in the header it does not write', async () => {
    const said = await door.says({ ...https, Forwarded: 'for=192.0.2.7;proto=https' })
    expect(said).toMatchObject({ caller: '127.0.0.1' })
  })

  test.each([{ 'X-Forwarded-Proto': 'http' }, { 'X-Forwarded-For': '192.0.2.7' }, { Forwarded: 'proto=https' }])(
    'must have been reached over https: %o is refused',
    async (headers) => {
      expect(await door.says(headers as Record<string, string>)).toBe('421 https-required')
      expect(await door.says(headers as Record<string, string>, '/livez')).toMatchObject({ caller: expect.anything() })
    },
  )

  test('sends nothing of its own; neither does a call made on this machine', async () => {
    expect(await door.says({})).toMatchObject({ caller: '127.0.0.1' })
  })
})

describe('somebody else', () => {
  const own = Object.values(networkInterfaces()).flatMap((known) => known ?? [])
  const outside = own.find(({ address, family }) => family === 'IPv4' && !isLoopback(address))?.address

  test.skipIf(!outside)('is not believed a word, and is refused where only the proxy may come', async () => {
    const door = await open(peersWith(loopback), '0.0.0.0')
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.7' }
    expect(await door.says(headers, '/', outside)).toBe('421 https-required')
    expect(await door.says(headers, '/readyz', outside)).toMatchObject({ caller: outside })
    await door.close()
  })

  test('on this machine gains nothing by headers when the proxy is elsewhere', async () => {
    const door = await open(peersWith([{ address: '192.0.2.0', prefix: 24 }]))
    expect(await door.says({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.7' })).toBe('421 https-required')
    expect(await door.says({ 'Client-Cert': ':AAAA:' })).toEqual({ caller: '127.0.0.1', certificate: null })
    await door.close()
  })
})

describe.skipIf(!hasOpenssl)('the certificate that a proxy hands on', () => {
  const folder = hasOpenssl ? certificateFolder() : undefined
  const authority = folder?.authority('Registries')
  const issued = authority?.issue({ cn: 'land-120116', san: 'URI:urn:registry:land-120116' })
  const over = authority?.issue({ cn: 'land-120116', days: -1 })
  afterAll(() => folder?.close())
  const derOf = (pem = '') => pem.replace(/-----[^-]+-----|\s/g, '')
  const https = { 'X-Forwarded-Proto': 'https' }

  test.each([
    ['as RFC 9440 writes it', 'client-cert', `:${derOf(issued?.cert)}:`],
    ['as nginx writes it', 'x-client-cert', encodeURIComponent(issued?.cert ?? '')],
  ])('is read %s', async (_what, certificateHeader, value) => {
    const door = await open(peersWith(loopback, { certificateHeader }))
    const said = await door.says({ ...https, [certificateHeader]: value })
    expect(said.certificate).toMatchObject({
      sha256: issued?.sha256,
      subjectCn: 'land-120116',
      san: 'URI:urn:registry:land-120116',
    })
    const other = await door.says({ ...https, 'x-other': value })
    expect(other.certificate).toBeNull()
    await door.close()
  })

  test('is none when it is over, comes twice, or comes from another than the proxy', async () => {
    const door = await open(peersWith(loopback))
    const value = `:${derOf(issued?.cert)}:`
    expect((await door.says({ ...https, 'Client-Cert': `:${derOf(over?.cert)}:` })).certificate).toBeNull()
    expect((await door.says({ ...https, 'Client-Cert': `${value}, ${value}` })).certificate).toBeNull()
    await door.close()
    const elsewhere = await open(peersWith([{ address: '192.0.2.0', prefix: 24 }]))
    expect((await elsewhere.says({ 'Client-Cert': value })).certificate).toBeNull()
    await elsewhere.close()
  })

  test.each(['', ':', '::', ':AAAA:', '%', 'AAAA', '-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----'])(
    '%s is none',
    (value) => {
      expect(readCertificateHeader(value)).toBeUndefined()
    },
  )

  test('is never two: a second one hidden behind the first is not read past', () => {
    expect(readCertificateHeader(encodeURIComponent(`${issued?.cert}${over?.cert}`))).toBeUndefined()
  })
})
