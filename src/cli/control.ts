import { chmodSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { z } from 'zod'
import { failed, type Outcome, type Typed } from './office.ts'

const asked = z.strictObject({
  args: z.array(z.string()).max(50),
  cwd: z.string(),
  input: z.string().max(100_000).optional(),
})
const answered = z.strictObject({ exitCode: z.int(), lines: z.array(z.string()) })

type Run = (args: readonly string[], typed: Typed) => Promise<Outcome>

/**
 * Serves `writ` commands to the owner of the data folder while the gateway runs: the embedded database has room for one
 * process only. The socket is the owner's alone; who can open it may do what the gateway may do.
 */
export async function serveControl(path: string, run: Run): Promise<{ close(): Promise<void> }> {
  rmSync(path, { force: true })
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const outcome = await answer(Buffer.concat(chunks).toString('utf8'), run)
    outgoing.end(JSON.stringify(outcome))
  })
  await new Promise<void>((ready, broken) => {
    server.once('error', broken)
    server.listen(path, ready)
  })
  chmodSync(path, 0o600)
  return { close: () => new Promise((closed) => server.close(() => closed())) }
}

async function answer(body: string, run: Run): Promise<Outcome> {
  try {
    const { args, cwd, input } = asked.parse(JSON.parse(body))
    return await run(args, { cwd, ...(input !== undefined && { input }) })
  } catch (cause) {
    return failed(cause instanceof Error ? cause.message : 'the command broke')
  }
}

/** Sends a command to the running gateway; undefined when none is listening. Each on a line of its own: gateways come and go. */
export function askControl(path: string, args: readonly string[], typed: Typed): Promise<Outcome | undefined> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: path, method: 'POST', path: '/', agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve(answered.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))))
    })
    call.on('error', (cause: NodeJS.ErrnoException) =>
      cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED' ? resolve(undefined) : reject(cause),
    )
    call.end(JSON.stringify({ args, ...typed }))
  })
}
