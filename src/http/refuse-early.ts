import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { bodyLimits } from './limits.ts'
import { problemBodyOf } from './problem.ts'
import { catalogue, type ProblemCode } from './problem-catalogue.ts'

/**
 * Answers what never becomes a call, because it is no HTTP, brings too many headers or comes too slowly: with a problem
 * like any other, by hand, since there is no request to answer. The connection then ends.
 */
export function refuseEarly(server: Server, newId: () => string): void {
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => answering.set(request.socket, response))
  server.on('clientError', (trouble: NodeJS.ErrnoException, socket) => {
    const code = codeOf(trouble.code)
    const begun = answering.get(socket)
    // Into the middle of another answer nothing can be written, nor to somebody who has gone.
    const isBusy = begun?.headersSent && !begun.writableFinished
    if (!code || isBusy || !socket.writable) return void socket.destroy()
    socket.end(rawProblem(code, newId()), () => socket.destroy())
  })
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // Whoever asks first and announces more than anybody takes is told "no" before a byte of it is sent.
    if (Number(request.headers['content-length'] ?? 0) <= bodyLimits.large) response.writeContinue()
    server.emit('request', request, response)
  })
}

/** A caller who speaks TLS badly, or who is gone, gets no answer: there is nobody to read it. */
function codeOf(trouble: string | undefined): ProblemCode | undefined {
  if (trouble === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-too-slow'
  if (trouble === 'HPE_HEADER_OVERFLOW') return 'headers-too-large'
  if (trouble === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'body-too-large'
  return trouble?.startsWith('HPE_') ? 'malformed-http' : undefined
}

function rawProblem(code: ProblemCode, id: string): string {
  const { status } = catalogue[code]
  const body = JSON.stringify(problemBodyOf(code, id))
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${id}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
