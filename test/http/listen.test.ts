import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../../src/http/listen.ts'
import { openCase, read, submitted } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let door: Awaited<ReturnType<typeof listen>>
const token = { Authorization: 'Bearer token-of-officerLin' }

beforeAll(async () => {
  edge = await openTestEdge()
  door = await listen(edge.app, { host: '127.0.0.1', port: 0, drainMs: 300 })
})
afterAll(() => edge.close())

test('over a real socket a chunked body past the limit is a problem, not a broken connection', async () => {
  const body = new ReadableStream({
    start: (controller) => {
      for (let at = 0; at < 24; at += 1) controller.enqueue(new Uint8Array(65_536).fill(0x20))
      controller.close()
    },
  })
  const headers = { Authorization: 'Bearer token-of-registrarWen', 'Content-Type': 'application/json' }
  const response = await fetch(`${door.origin}/v1/cases`, {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ code: 'body-too-large' })
})

test('who hangs up in the middle of a body has broken nothing, and no fault is told', async () => {
  const { port } = new URL(door.origin)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write('POST /v1/cases HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer token-of-registrarWen\r\n')
  socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{')
  await new Promise((resolve) => setTimeout(resolve, 300))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect((await fetch(`${door.origin}/livez`)).status).toBe(200)
  expect(edge.faults).toEqual([])
})

test('who speaks no HTTP is told so and let go', async () => {
  const socket = connect(Number(new URL(door.origin).port), '127.0.0.1')
  socket.end('\x16\x03\x01 is no request line\r\n\r\n')
  let answer = ''
  for await (const chunk of socket) answer += chunk
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('"code":"malformed-http"')
})

test('a reader who goes away ends its stream; closing the door cuts those who stay', async () => {
  const known = await openCase(edge)
  const { id } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  let asked = 0
  const { approvals } = edge.gateway.reads
  Object.assign(edge.gateway.reads, {
    approvals: (request: string) => {
      asked += 1
      return approvals(request)
    },
  })
  const leaving = new AbortController()
  const path = `${door.origin}/v1/requests/${id}/events`
  const first = await fetch(path, { headers: token, signal: leaving.signal })
  const reader = first.body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('event: submitted')
  leaving.abort()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const afterwards = asked
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(asked).toBe(afterwards)

  const staying = await fetch(path, { headers: token })
  expect(staying.status).toBe(200)
  await door.close()
  await expect(fetch(`${door.origin}/livez`)).rejects.toThrow()
  await staying.body?.cancel().catch(() => {})
})

test('a port that is taken is told', async () => {
  const first = await listen(edge.app, { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(first.origin).port)
  await expect(listen(edge.app, { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE')
  await first.close()
})
