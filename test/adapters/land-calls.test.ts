import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterAll, expect, test } from 'vitest'
import { postEnvelope } from '../../adapters/land/post.ts'

const dispatcher = new Agent()
afterAll(() => dispatcher.destroy())

const post = (url: string, milliseconds = 1500) =>
  postEnvelope(url, 'a.b.c', {
    dispatcher,
    signal: AbortSignal.timeout(milliseconds),
    timeouts: { headersMs: 300, bodyMs: 300 },
  })

async function against(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ended = await post(`http://127.0.0.1:${port}/requests`)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return { ended, port }
}

test('200 and 202 are answers, with the exact bytes', async () => {
  for (const status of [200, 202]) {
    const { ended } = await against((_, answer) => answer.writeHead(status).end('x.y.z'))
    expect(ended).toEqual({ kind: 'answered', body: Buffer.from('x.y.z') })
  }
})

test('4xx is declined, and nothing of its body is kept', async () => {
  const { ended } = await against((_, answer) => answer.writeHead(422).end('陈志远'))
  expect(ended).toEqual({ kind: 'declined', detail: 'HTTP 422' })
})

test('5xx and a redirect are no answer: what happened is unknown', async () => {
  for (const status of [500, 503]) {
    expect((await against((_, answer) => answer.writeHead(status).end())).ended.kind).toBe('unknown')
  }
  const { ended } = await against((request, answer) =>
    request.url === '/requests' ? answer.writeHead(307, { location: '/elsewhere' }).end() : answer.end('believed'),
  )
  expect(ended).toEqual({ kind: 'unknown', detail: 'HTTP 307' })
})

test('silence, a cut connection and an answer cut short are unknown', async () => {
  expect((await against(() => {})).ended.kind).toBe('unknown')
  expect((await against((request) => request.socket.destroy())).ended.kind).toBe('unknown')
  const { ended } = await against((request, answer) => {
    answer.writeHead(200, { 'content-length': '100' }).write('half')
    setTimeout(() => request.socket.destroy(), 20)
  })
  expect(ended.kind).toBe('unknown')
})

test('an answer over 1 MiB is not read to its end', async () => {
  const { ended } = await against((_, answer) => answer.end(Buffer.alloc(2 * 1_048_576, 65)))
  expect(ended).toEqual({ kind: 'unknown', detail: 'an answer over 1 MiB' })
})

test('a refused connection and an unknown name never carried a byte', async () => {
  const { port } = await against((_, answer) => answer.end())
  expect((await post(`http://127.0.0.1:${port}/requests`)).kind).toBe('unreached')
  expect((await post('http://registry.invalid/requests')).kind).toBe('unreached')
})
