import { connect } from 'node:net'
import fc from 'fast-check'
import { damaged } from './mutate.ts'

const good = [
  'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /v1/requests HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer writ_x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  'POST /partner/v1/statements HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
].map((text) => Buffer.from(text, 'latin1'))

/** What came back over a connection on which a stranger wrote and hung up: its status, `closed` without one, or `silent`. */
async function spoken(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    const end = (said: string) => {
      socket.destroy()
      resolve(said)
    }
    socket.setTimeout(5000, () => end('silent'))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
    })
    socket.on('close', () => end(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed'))
    socket.on('error', () => undefined)
    socket.end(bytes)
  })
}

/** Writes noise into so many connections, some at once. An answer of 500 or more, or a connection left hanging, is thrown. */
export async function babble(port: number, connections: number, seed: number): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  const batch = 20
  await fc.assert(
    fc.asyncProperty(fc.array(damaged(good), { minLength: batch, maxLength: batch }), async (messages) => {
      for (const said of await Promise.all(messages.map((message) => spoken(port, message)))) {
        answers[said] = (answers[said] ?? 0) + 1
        if (said === 'silent' || Number(said) >= 500) throw new Error(`a connection ended with ${said}`)
      }
    }),
    { numRuns: Math.ceil(connections / batch), seed, endOnFailure: true },
  )
  return answers
}
