import { request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { connect, type Socket } from 'node:net'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The stable word of a problem. */
  readonly code?: string
}

export type Asked = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** What a client shows and whom it trusts. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

/** One call over a connection of its own. */
export function ask(url: string, { method = 'GET', headers = {}, body, tls = {} }: Asked = {}): Promise<Answer> {
  const options: RequestOptions = { method, headers: { ...headers }, agent: false, ...tls }
  return new Promise((resolve, reject) => {
    const call = (url.startsWith('https:') ? secure : plain)(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(asAnswer(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))))
      response.on('error', reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}

function asAnswer(status: number, headers: Answer['headers'], bytes: Buffer): Answer {
  const text = bytes.toString('utf8')
  if (!String(headers['content-type']).includes('problem+json')) return { status, headers, text }
  return { status, headers, text, code: JSON.parse(text).code }
}

/** Bytes on a bare socket, as somebody sends them who does not care for HTTP. */
export type Raw = {
  readonly socket: Socket
  /** All that came back, once the other side has hung up. */
  readonly ended: Promise<string>
}

export function openRaw(port: number, first = ''): Raw {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // A reset is an ending like any other: what had come before it has been read.
  socket.on('error', () => {})
  if (first) socket.write(first)
  return {
    socket,
    ended: new Promise((resolve) => socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))),
  }
}
