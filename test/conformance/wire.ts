import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** One call that went over a wire, with what came back; without an answer the line broke. */
export type Passage = {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  answer?: Answer
  /** When the answer was there. */
  answeredAt?: number
}

/** What a line does to a call: a rule is asked before it is carried, and again with its answer. */
export type Rule = {
  /** `twice` carries it two times at once; `cut` breaks the line before anything is carried. */
  readonly before?: (passage: Passage) => 'pass' | 'twice' | 'cut'
  /** `cut` breaks the line instead of giving the answer back; a buffer is given back in place of the body. */
  readonly after?: (passage: Passage, answer: Answer) => Promise<'pass' | 'cut' | Buffer>
}

/** A line between gateway and registry: it carries every call as it is, writes it down, and breaks when told to. */
export type Wire = {
  readonly origin: string
  readonly passages: readonly Passage[]
  /** From now on; without a rule everything passes. */
  obey(rule?: Rule): void
  /** Nobody listens any more: whoever calls is refused the connection. */
  fall(): Promise<void>
  stand(): Promise<void>
}

/** Opens a line that listens at `port` (0: any) and carries to `target`. */
export async function openWire(port: number, target: string): Promise<Wire> {
  const passages: Passage[] = []
  let rule: Rule = {}
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, target, passages, () => rule).catch(() => incoming.socket.destroy())
  })
  const listen = (at: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', () => {
        const address = server.address()
        resolve(address && typeof address === 'object' ? address.port : at)
      })
    })
  const listensAt = await listen(port)
  return {
    origin: `http://127.0.0.1:${listensAt}`,
    passages,
    obey: (given = {}) => {
      rule = given
    },
    fall: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    stand: async () => {
      await listen(listensAt)
    },
  }
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: string,
  passages: Passage[],
  rule: () => Rule,
): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = incoming
  const passage: Passage = { at: Date.now(), method, path, headers, body: await bytesOf(incoming) }
  passages.push(passage)
  const way = rule().before?.(passage) ?? 'pass'
  if (way === 'cut') throw new Error('the line was cut')
  const twin = way === 'twice' ? carry(target, passage) : undefined
  const answer = await carry(target, passage)
  await twin
  passage.answer = answer
  passage.answeredAt = Date.now()
  const fate = (await rule().after?.(passage, answer)) ?? 'pass'
  if (fate === 'cut') throw new Error('the line was cut')
  const body = fate === 'pass' ? answer.body : fate
  const { 'transfer-encoding': _, connection: __, 'keep-alive': ___, ...kept } = answer.headers
  outgoing.writeHead(answer.status, { ...kept, 'content-length': body.length })
  outgoing.end(body)
}

function carry(target: string, { method, path, headers, body }: Passage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { 'transfer-encoding': _, connection: __, ...kept } = headers
    const call = request(
      `${target}${path}`,
      { method, headers: { ...kept, 'content-length': body.length } },
      (came) => {
        bytesOf(came).then(
          (bytes) => resolve({ status: came.statusCode ?? 0, headers: came.headers, body: bytes }),
          reject,
        )
      },
    )
    call.once('error', reject)
    call.end(body)
  })
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
