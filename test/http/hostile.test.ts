import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../../src/http/listen.ts'
import { codeOf, openCase, type TestCase } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'
import { ask, openRaw } from './wire.ts'

let edge: TestEdge
let known: TestCase
let door: Awaited<ReturnType<typeof listen>>
let slowDoor: Awaited<ReturnType<typeof listen>>
const mebibyte = 1_048_576
const paper = { 'Writ-Document-Kind': 'other', 'Writ-Document-Number': '1' }
const registrar = { Authorization: 'Bearer token-of-registrarWen' }
/** As in `doorLimits`, but short: a test ends. Only slow callers come to this door. */
const limits = { headersMs: 400, requestMs: 800, checkEveryMs: 50, connections: 40 }
let timesFull = 0

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
  const address = { host: '127.0.0.1', port: 0, drainMs: 100 }
  door = await listen(edge.app, address)
  slowDoor = await listen(edge.app, {
    ...address,
    limits,
    onFull: () => {
      timesFull += 1
    },
  })
})
afterAll(async () => {
  await door.close()
  await slowDoor.close()
  await edge.close()
})

const answered = async ({ origin }: typeof door) => (await ask(`${origin}/v1/cases`, { headers: registrar })).status

describe('slow-loris', () => {
  test('three times as many slow callers as there is room crowd out each other; whoever speaks is answered', async () => {
    const slow = Array.from({ length: 3 * limits.connections }, () =>
      openRaw(slowDoor.port, 'GET /livez HTTP/1.1\r\nHost: w\r\n'),
    )
    const drip = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('X-Drip: 1\r\n')
    }, 30)
    await Promise.all(slow.map(({ socket }) => once(socket, 'connect')))
    for (let call = 0; call < 5; call += 1) expect(await answered(slowDoor)).toBe(200)
    expect(timesFull).toBeGreaterThan(0)

    const answers = await Promise.all(slow.map(({ ended }) => ended))
    clearInterval(drip)
    // Those who stayed until their time was over are told; those who made room were cut.
    const told = answers.filter((text) => text !== '')
    expect(told.length).toBeGreaterThan(0)
    for (const text of told) {
      expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
      expect(text).toContain('"code":"request-too-slow"')
    }
    expect(edge.faults).toEqual([])
  })

  test('a body that drips is cut, and nothing of it was done', async () => {
    const head = 'POST /v1/cases HTTP/1.1\r\nHost: w\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n'
    const { socket, ended } = openRaw(slowDoor.port, `${head}Authorization: ${registrar.Authorization}\r\n\r\n{`)
    const drip = setInterval(() => socket.writable && socket.write(' '), 50)
    expect(await answered(slowDoor)).toBe(200)
    expect(await ended).toMatch(/^HTTP\/1\.1 408 .*"code":"request-too-slow"/s)
    clearInterval(drip)
    await sleep(20)
    expect(edge.faults).toEqual([])
  })

  test('a connection on which nothing is said is ended', async () => {
    expect(await openRaw(slowDoor.port).ended).toMatch(/^HTTP\/1\.1 408 /)
  })
})

describe('a body of 1 GB', () => {
  const gigabyte = 1_073_741_824
  const chunked = { 'Transfer-Encoding': 'chunked' }

  function* blocks() {
    const block = Buffer.alloc(65_536, 0x20)
    for (let sent = 0; sent < gigabyte; sent += block.length) yield block
  }

  /** Sends until it is answered, and tells how much had left by then. */
  async function pour(path: string, headers: Record<string, string>) {
    const call = request(`${door.origin}${path}`, { method: 'POST', headers, agent: false })
    const source = Readable.from(blocks())
    // To be hung up on in the middle is what this is about.
    call.on('error', () => source.destroy())
    source.pipe(call)
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    source.destroy()
    const { bytesWritten: sent } = response.socket
    const { code } = (await json(response)) as { code: string }
    return { said: `${response.statusCode} ${code} ${response.headers.connection}`, sent }
  }

  test.each([
    ['whose length is told', () => '/v1/cases', { 'Content-Length': String(gigabyte) }, 8],
    ['whose length is not told', () => '/v1/cases', { ...chunked, 'Content-Type': 'application/json' }, 8],
    ['where documents go', () => `/v1/cases/${known.id}/documents`, chunked, 32],
  ])('%s is refused early, and memory stays bounded', async (_what, path, headers, mostMebibytes) => {
    const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    const before = held()
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, held() - before)
    }, 5)
    const pouring = pour(path(), { ...registrar, 'Content-Type': 'application/pdf', ...paper, ...headers })
    expect(await answered(door)).toBe(200)
    const { said, sent } = await pouring
    clearInterval(watch)
    expect(said).toBe('413 body-too-large close')
    expect(sent).toBeLessThan(mostMebibytes * mebibyte)
    expect(most).toBeLessThan(160 * mebibyte)
    expect(edge.faults).toEqual([])
  })

  test('that asks first is refused before a byte of it is sent; one that fits is asked for', async () => {
    const head = `POST /v1/cases HTTP/1.1\r\nHost: w\r\nAuthorization: ${registrar.Authorization}\r\nExpect: 100-continue\r\n`
    const refused = await openRaw(door.port, `${head}Content-Length: ${gigabyte}\r\n\r\n`).ended
    expect(refused).toMatch(/^HTTP\/1\.1 413 /)
    const fits = openRaw(
      door.port,
      `${head}Connection: close\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n`,
    )
    const [first] = await once(fits.socket, 'data')
    expect(String(first)).toMatch(/^HTTP\/1\.1 100 Continue/)
    fits.socket.write('{')
    expect(await fits.ended).toContain('malformed-json')
  })

  test('that is never finished is no fault of ours', async () => {
    const answers: string[] = []
    const overheard = await listen(
      {
        fetch: async (request, env) => {
          const response = await edge.app.fetch(request, env)
          answers.push(await codeOf(response.clone()))
          return response
        },
      },
      { host: '127.0.0.1', port: 0, drainMs: 50 },
    )
    const path = `/v1/cases/${known.id}/documents`
    const head = `POST ${path} HTTP/1.1\r\nHost: w\r\nAuthorization: ${registrar.Authorization}\r\nContent-Type: application/pdf\r\n`
    for (const length of ['Content-Length: 5000', 'Transfer-Encoding: chunked']) {
      const { socket, ended } = openRaw(overheard.port, `${head}${length}\r\n\r\n5\r\n%PDF-`)
      await once(socket, 'connect')
      await sleep(100)
      socket.destroy()
      await ended
    }
    await expect.poll(() => answers).toEqual(['408 request-too-slow', '408 request-too-slow'])
    expect(edge.faults).toEqual([])
    await overheard.close()
  })
})

describe('a caller who breaks the form', () => {
  test('by headers over 16 KiB gets 431', async () => {
    const flood = `X-Flood: ${'f'.repeat(1000)}\r\n`.repeat(17)
    const said = await openRaw(door.port, `GET /livez HTTP/1.1\r\nHost: w\r\n${flood}\r\n`).ended
    expect(said).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
    expect(said).toContain('"code":"headers-too-large"')
  })

  test('by speaking no HTTP gets 400 and is hung up on', async () => {
    const said = /^HTTP\/1\.1 400 .*"code":"malformed-http"/s
    for (const words of [
      'SSH-2.0-OpenSSH\r\n\r\n',
      'GET /livez HTTP/1.1\r\n\r\n',
      'GET \\x HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n',
    ])
      expect(await openRaw(door.port, words).ended).toMatch(said)
  })

  test('by a body on a question is refused before it is read', async () => {
    const body = 'GET /livez HTTP/1.1\r\nSmuggled: yes\r\n\r\n'
    const answer = await ask(`${door.origin}/v1/cases`, {
      headers: { ...registrar, 'Content-Length': String(body.length) },
      body,
    })
    expect(`${answer.status} ${answer.code} ${answer.headers.connection}`).toBe('413 body-too-large close')
  })

  test.each(['gzip', 'deflate, gzip', 'br', 'identity, gzip'])('by Content-Encoding: %s gets 415', async (coding) => {
    const headers = { ...registrar, 'Content-Type': 'application/json', 'Content-Encoding': coding }
    const answer = await ask(`${door.origin}/v1/cases`, { method: 'POST', headers, body: 'whatever it unfolds into' })
    expect(`${answer.status} ${answer.code}`).toBe('415 content-encoding-unsupported')
    expect(answer.headers['accept-encoding']).toBe('identity')
  })

  test('Content-Encoding: identity says nothing, and is let in', async () => {
    const headers = { ...registrar, 'Content-Type': 'application/json', 'Content-Encoding': 'identity' }
    expect((await ask(`${door.origin}/v1/cases`, { method: 'POST', headers, body: '{' })).code).toBe('malformed-json')
  })
})
