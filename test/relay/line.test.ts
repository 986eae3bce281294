import type { lookup as systemLookup } from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { postEnvelope } from '../../adapters/land/post.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import { type LineOptions, openLine } from '../../src/relay/line.ts'
import { certificateFolder, hasOpenssl } from '../support/certificates.ts'

const demo = addressRule({ loopback: true })
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})

async function at(server: Server & { closeAllConnections(): void }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
  return (server.address() as AddressInfo).port
}

const plain = (listener: RequestListener) => at(createServer(listener))

function line(over: Partial<LineOptions> = {}) {
  const opened = openLine({ rule: demo, tls: () => ({}), ownPort: () => undefined, ...over })
  open.push({ close: () => opened.dispatcher.destroy() })
  return opened
}

const post = (url: string, over: Partial<LineOptions> = {}) =>
  postEnvelope(url, 'a.b.c', {
    dispatcher: line(over).dispatcher,
    signal: AbortSignal.timeout(3000),
    timeouts: { headersMs: 500, bodyMs: 500 },
  })

/** A name server that gives these answers, one after another, and the last for ever. */
function names(...answers: readonly (readonly string[])[]) {
  let asked = 0
  const lookup = (_name: string, _options: object, told: (trouble: null, found: object[]) => void) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    told(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return { lookup: lookup as unknown as typeof systemLookup, asked: () => asked }
}

describe('the address that is connected to', () => {
  test('is judged as a number: by number, by name and in disguise', async () => {
    let heard = 0
    const port = await plain((_, answer) => {
      heard += 1
      answer.end('x.y.z')
    })
    const rule = addressRule({ loopback: false })
    const forbidden = { kind: 'unreached', detail: 'WRIT_ADDRESS_FORBIDDEN' }
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f000001'])
      expect(await post(`http://${host}:${port}/requests`, { rule }), host).toEqual(forbidden)
    const { lookup } = names(['127.0.0.1'])
    expect(await post(`http://land.example:${port}/requests`, { rule, lookup })).toEqual(forbidden)
    expect(heard).toBe(0)
    expect((await post(`http://localhost:${port}/requests`)).kind).toBe('answered')
  })

  test('is judged anew at every connection: a name that means something else by then gains nothing', async () => {
    let heard = 0
    const port = await plain((_, answer) => {
      heard += 1
      answer.setHeader('connection', 'close').end('x.y.z')
    })
    // The test's registry is on the loopback, so here the metadata service is the forbidden one.
    const rebinding = names(['127.0.0.1'], ['169.254.169.254'])
    const { dispatcher } = line({ lookup: rebinding.lookup })
    const call = () =>
      postEnvelope(`http://land.example:${port}/requests`, 'a.b.c', {
        dispatcher,
        signal: AbortSignal.timeout(3000),
        timeouts: { headersMs: 500, bodyMs: 500 },
      })
    expect((await call()).kind).toBe('answered')
    expect(await call()).toEqual({ kind: 'unreached', detail: 'WRIT_ADDRESS_FORBIDDEN' })
    expect([heard, rebinding.asked()]).toEqual([1, 2])
  })

  test('is forbidden when one of several is: nobody tries them until one works', async () => {
    const port = await plain((_, answer) => answer.end('x.y.z'))
    const { lookup } = names(['127.0.0.1', '169.254.169.254'])
    expect((await post(`http://land.example:${port}/requests`, { lookup })).kind).toBe('unreached')
  })

  test('is never our own door', async () => {
    let heard = 0
    const port = await plain((_, answer) => {
      heard += 1
      answer.end('x.y.z')
    })
    const ended = await post(`http://localhost:${port}/requests`, { ownPort: () => port })
    expect(ended).toEqual({ kind: 'unreached', detail: 'WRIT_ADDRESS_FORBIDDEN' })
    expect(heard).toBe(0)
  })
})

describe('a registry on the line', () => {
  test('that redirects is not followed: what happened is unknown', async () => {
    let followed = 0
    const target = await plain((_, answer) => {
      followed += 1
      answer.end('believed')
    })
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await plain((_, answer) =>
        answer.writeHead(status, { location: `http://127.0.0.1:${target}/` }).end(),
      )
      expect(await post(`http://127.0.0.1:${port}/requests`)).toEqual({ kind: 'unknown', detail: `HTTP ${status}` })
    }
    expect(followed).toBe(0)
  })

  test('that answers without end, or with headers without end, is cut', async () => {
    let sent = 0
    const endless = await plain((_, answer) => {
      const more = () => {
        while (!answer.destroyed && answer.write(Buffer.alloc(65_536, 65))) sent += 65_536
        if (!answer.destroyed) answer.once('drain', more)
      }
      more()
    })
    expect((await post(`http://127.0.0.1:${endless}/requests`)).kind).toBe('unknown')
    expect(sent).toBeLessThan(16 * 1_048_576)
    const flood = await plain((_, answer) => {
      for (let at = 0; at < 30; at += 1) answer.setHeader(`x-flood-${at}`, 'f'.repeat(1000))
      answer.end('x.y.z')
    })
    expect(await post(`http://127.0.0.1:${flood}/requests`)).toEqual({
      kind: 'unknown',
      detail: 'UND_ERR_HEADERS_OVERFLOW',
    })
  })

  test('that is silent, or drips its answer, is given up', async () => {
    const silent = await plain(() => {})
    expect((await post(`http://127.0.0.1:${silent}/requests`)).kind).toBe('unknown')
    const half = await plain((_, answer) => answer.writeHead(200, { 'content-length': '100' }).write('half'))
    expect((await post(`http://127.0.0.1:${half}/requests`)).kind).toBe('unknown')
  })
})

describe.skipIf(!hasOpenssl)('https to a registry', () => {
  const folder = hasOpenssl ? certificateFolder() : undefined
  const authority = folder?.authority('Authority of the registries')
  const ca = authority?.cert ?? ''
  const registry = authority?.issue({ cn: 'land', san: 'IP:127.0.0.1,DNS:localhost', usage: 'serverAuth' })
  const ours = authority?.issue({ cn: 'gw.test.writ' })

  /** A registry that hears nobody who does not show a certificate of its authority. */
  const secured = (over: object = {}) =>
    at(
      createSecure(
        { cert: registry?.cert, key: registry?.key, ca, requestCert: true, rejectUnauthorized: true, ...over },
        (request, answer) => answer.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'),
      ),
    )
  const shown = () => ({ ca, ...(ours && { cert: ours.cert, key: ours.key }) })

  test('shows our certificate, checks theirs against the registries’ authority, and tells when it ends', async () => {
    const port = await secured()
    const ends = new Map<string, Date>()
    const onCertificate = (host: string, endsAt: Date) => ends.set(host, endsAt)
    const ended = await post(`https://127.0.0.1:${port}/requests`, { tls: shown, onCertificate })
    expect(ended).toEqual({ kind: 'answered', body: Buffer.from('gw.test.writ') })
    expect(ends.get('127.0.0.1')?.getTime()).toBeGreaterThan(Date.now())
  })

  test('without our certificate is refused there, and what became of the bytes is unknown', async () => {
    const port = await secured()
    expect((await post(`https://127.0.0.1:${port}/requests`, { tls: () => ({ ca }) })).kind).not.toBe('answered')
  })

  test.each([
    ['is not of the registries’ authority', {}, 'localhost', () => ({})],
    ['names another host', {}, '127.0.0.2', shown],
    ['is over', { days: -1 }, 'localhost', shown],
  ])('never sends a byte to one whose certificate %s', async (_what, wanted, host, tls) => {
    const made = authority?.issue({ cn: 'land', san: 'IP:127.0.0.1,DNS:localhost', usage: 'serverAuth', ...wanted })
    let heard = 0
    const server = createSecure({ cert: made?.cert, key: made?.key }, (_, answer) => {
      heard += 1
      answer.end('x')
    })
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
    open.push(server)
    const { port } = server.address() as AddressInfo
    expect((await post(`https://${host}:${port}/requests`, { tls })).kind).toBe('unreached')
    expect(heard).toBe(0)
  })

  test('cannot be switched off from the environment', async () => {
    const port = await secured({ requestCert: false })
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const ended = await post(`https://127.0.0.1:${port}/requests`)
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    expect(ended.kind).toBe('unreached')
  })

  test('uses a renewed certificate from the next connection on', async () => {
    const port = await secured()
    const renewed = authority?.issue({ cn: 'gw.renewed' })
    let shows = shown()
    const { dispatcher } = line({ tls: () => shows })
    const call = async () => {
      const signal = AbortSignal.timeout(3000)
      const timeouts = { headersMs: 500, bodyMs: 500 }
      const ended = await postEnvelope(`https://127.0.0.1:${port}/requests`, 'a', { dispatcher, signal, timeouts })
      return ended.kind === 'answered' ? Buffer.from(ended.body).toString() : ended.detail
    }
    expect(await call()).toBe('gw.test.writ')
    if (renewed) shows = { ca, cert: renewed.cert, key: renewed.key }
    // The old line ends when the registry closes it, as it does after a pause.
    await expect.poll(call, { timeout: 8000, interval: 1500 }).toBe('gw.renewed')
  })

  test('plain http never leaves this machine, whatever was registered', async () => {
    const port = await plain((_, answer) => answer.end('x'))
    expect((await post(`http://localhost:${port}/requests`)).kind).toBe('answered')
    const own = Object.values(networkInterfaces()).flatMap((known) => known ?? [])
    const outside = own.find(({ internal, family }) => !internal && family === 'IPv4')
    if (!outside) return
    const server = createServer((_, answer) => answer.end('x'))
    await new Promise<void>((resolve) => server.listen(0, outside.address, resolve))
    open.push(server)
    const there = (server.address() as AddressInfo).port
    expect(await post(`http://${outside.address}:${there}/requests`)).toEqual({
      kind: 'unreached',
      detail: 'WRIT_PLAIN_HTTP_FORBIDDEN',
    })
  })

  test('looking at a registry’s certificate says nothing to it', async () => {
    let heard = 0
    const port = await at(
      createSecure({ cert: registry?.cert, key: registry?.key }, (_, answer) => {
        heard += 1
        answer.end()
      }),
    )
    const ends = new Map<string, Date>()
    const { look } = line({ tls: shown, onCertificate: (host, endsAt) => ends.set(host, endsAt) })
    expect(await look(`https://127.0.0.1:${port}`)).toBeUndefined()
    expect([...ends.keys()]).toEqual(['127.0.0.1'])
    expect(await look('https://127.0.0.1:1')).toBe('ECONNREFUSED')
    expect(heard).toBe(0)
  })
})
