import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { z } from 'zod'

/** The ways a sandbox registry can go wrong; each is something a real one has done or will do. */
export const misbehaviours = {
  slow: '半分钟后才答复',
  tomorrow: '次日才答复',
  duplicate: '同一反馈送达两次',
  'out-of-order': '反馈次序颠倒',
  malformed: '反馈残缺不可读',
  corrected: '先答后更正',
  refuses: '不予办理',
  unavailable: '系统暂不可用，稍后恢复',
  'wrong-key': '以他人密钥或凭证反馈',
  'lies-about-digest': '所称请求摘要与原件不符',
  'wrong-reference': '所引请求单号有误',
} as const

export type Misbehaviour = keyof typeof misbehaviours

let ahead = 0

/**
 * The registry's own clock: the machine's, until `POST /sandbox/clock {at}` sets it. Whatever has a date or falls due goes
 * by it, so a year passes in a moment.
 */
export const sandboxNow = (): Date => new Date(Date.now() + ahead)

export function setSandboxClock(at: string): void {
  ahead = new Date(at).getTime() - Date.now()
}

type SandboxPerson = { readonly name: string; readonly idNumber: string; readonly misbehaviour?: Misbehaviour }

/**
 * The fictional people every sandbox registry knows; numbers have good check digits and belong to nobody.
 * `found` and the misbehaving own something at every registry; `nothing` owns nothing anywhere.
 */
export const sandboxPeople = {
  found: { name: '陈志远', idNumber: '120116198503120013' },
  nothing: { name: '林素梅', idNumber: '12011619780621002X' },
  slow: { name: '马行舟', idNumber: '120116198001051011', misbehaviour: 'slow' },
  tomorrow: { name: '何明晨', idNumber: '120116198001051038', misbehaviour: 'tomorrow' },
  duplicate: { name: '双立成', idNumber: '120116198001051054', misbehaviour: 'duplicate' },
  'out-of-order': { name: '倪后先', idNumber: '120116198001051070', misbehaviour: 'out-of-order' },
  malformed: { name: '蔡文简', idNumber: '120116198001051097', misbehaviour: 'malformed' },
  corrected: { name: '甘再启', idNumber: '120116198001051118', misbehaviour: 'corrected' },
  refuses: { name: '邱晓岚', idNumber: '12011619800105102X', misbehaviour: 'refuses' },
  unavailable: { name: '盛夏宁', idNumber: '120116198001051046', misbehaviour: 'unavailable' },
  'wrong-key': { name: '钥雅文', idNumber: '120116198001051062', misbehaviour: 'wrong-key' },
  'lies-about-digest': { name: '万思齐', idNumber: '120116198001051089', misbehaviour: 'lies-about-digest' },
  'wrong-reference': { name: '单若华', idNumber: '12011619800105110X', misbehaviour: 'wrong-reference' },
} as const satisfies Record<'found' | 'nothing' | Misbehaviour, SandboxPerson>

const byNumber = new Map<string, Misbehaviour>(
  Object.values<SandboxPerson>(sandboxPeople).flatMap(({ idNumber, misbehaviour }) =>
    misbehaviour ? [[idNumber, misbehaviour]] : [],
  ),
)

/** What every sandbox keeps in its books beside its own world: what it was told to do wrong, and what it has done. */
export type SharedBooks = {
  /** For each delivery, by the registry's own name of it, every effect it had; two equal lines are a doubled effect. */
  effects: Record<string, string[]>
  /** Misbehaviour set from outside, by subject number; it beats the table. `none` makes a magic number behave. */
  behaviours: Record<string, Misbehaviour | 'none'>
}

export const emptySharedBooks = (): SharedBooks => ({ effects: {}, behaviours: {} })

/** How the registry treats this subject: what it was told by `POST /sandbox/behave`, else the magic table. */
export function misbehaviourOf(idNumber: string, books?: SharedBooks): Misbehaviour | undefined {
  const told = books?.behaviours[idNumber]
  if (told) return told === 'none' ? undefined : told
  return byNumber.get(idNumber)
}

/** Notes that a delivery took effect; call inside `change`, with the change itself. */
export function recordEffect(books: SharedBooks, delivery: string, effect: string): void {
  const effects = books.effects[delivery] ?? []
  books.effects[delivery] = [...effects, effect]
}

/**
 * A registry's books: state in memory, on disk before `change` resolves, so that a killed registry forgets nothing it
 * has answered. Changes are put in a row; those that wait together are saved together. `change` must not throw half way.
 */
export type Books<T> = { read(): T; change<R>(deed: (state: T) => R): Promise<R> }

/** Opens the books at `path`, or begins them with `empty()`. */
export function openBooks<T>(path: string, empty: () => T): Books<T> {
  mkdirSync(dirname(path), { recursive: true })
  const state: T = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : empty()
  let saving: Promise<void> | undefined
  const saveSoon = () => {
    saving ??= new Promise<void>((resolve, reject) =>
      setImmediate(() => {
        saving = undefined
        try {
          replaceFile(path, JSON.stringify(state))
          resolve()
        } catch (cause) {
          reject(cause)
        }
      }),
    )
    return saving
  }
  return {
    read: () => state,
    change: async (deed) => {
      const result = deed(state)
      await saveSoon()
      return result
    },
  }
}

// A crash before the rename leaves the old books, after it the new ones; never half of each.
function replaceFile(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}

/** What every sandbox is started with; extend it with the registry's own. Times are short in tests, long in a demo. */
export const sandboxOptions = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65535).default(0),
  /** The file that holds the books. */
  books: z.string(),
  slowMs: z.int().min(0).default(30_000),
  tomorrowMs: z.int().min(0).default(86_400_000),
  /** What its clock shows when it starts; the machine's time unless told. */
  at: z.iso.datetime({ offset: true }).optional(),
})

/**
 * Reads the options of a sandbox: one JSON argument, or `-` for JSON on standard input (where keys and passwords do not
 * show in the list of processes).
 *
 * @example
 * const options = await readSandboxOptions(process.argv.slice(2), sandboxOptions.extend({ code: z.string() }))
 */
export async function readSandboxOptions<T>(argv: readonly string[], schema: z.ZodType<T>): Promise<T> {
  const [first = '{}'] = argv
  return schema.parse(JSON.parse(first === '-' ? await readStdin() : first))
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

export type Sandbox = { readonly port: number; readonly origin: string; close(): Promise<void> }

/**
 * Listens, prints `{"ready":true,"port":…,"origin":…}` as one line, and ends on SIGTERM. Besides the registry's own
 * dialect it answers `GET /sandbox/books` (effects for each delivery), `POST /sandbox/clock {at}` and `POST /sandbox/behave`:
 * `{subject, misbehaviour | "none"}` for one subject, `{unavailableForMs}` for everyone.
 */
export async function startSandbox(parts: {
  readonly handle: (request: Request) => Promise<Response>
  readonly books: Books<SharedBooks>
  readonly host: string
  readonly port: number
  /** Told in the ready line besides: public keys, for whoever registers this registry. */
  readonly introduction?: Readonly<Record<string, unknown>>
}): Promise<Sandbox> {
  let unavailableUntil = 0
  const behave = async (order: unknown): Promise<Response> => {
    const { subject, misbehaviour, unavailableForMs } = behaveOrder.parse(order)
    if (unavailableForMs !== undefined) unavailableUntil = Date.now() + unavailableForMs
    if (subject && misbehaviour) {
      await parts.books.change((books) => {
        books.behaviours[subject] = misbehaviour
      })
    }
    return Response.json({ kind: 'noted' })
  }
  const answer = async (request: Request): Promise<Response> => {
    const call = `${request.method} ${new URL(request.url).pathname}`
    if (call === 'GET /sandbox/books') return Response.json({ effects: parts.books.read().effects })
    if (call === 'POST /sandbox/behave') return behave(await request.json())
    if (call === 'POST /sandbox/clock') return turnClock(await request.json())
    if (!call.includes(' /sandbox/') && Date.now() < unavailableUntil) return unavailable()
    return parts.handle(request)
  }
  const server = createServer((incoming, outgoing) => void exchange(incoming, outgoing, answer))
  await new Promise<void>((resolve) => server.listen(parts.port, parts.host, resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const end = () => void close().then(() => process.exit(0))
  process.once('SIGTERM', end)
  // Whoever started it with a channel takes it along when it ends, however that happens.
  if (process.connected) process.once('disconnect', end)
  const origin = `http://${parts.host}:${port}`
  const people = Object.values<SandboxPerson>(sandboxPeople).map((person) => ({
    ...person,
    ...(person.misbehaviour && { means: misbehaviours[person.misbehaviour] }),
  }))
  process.stdout.write(`${JSON.stringify({ ready: true, port, origin, people, ...parts.introduction })}\n`)
  return { port, origin, close }
}

/** 503, as a registry says it when its system is being looked after. */
export const unavailable = (): Response => new Response('系统维护中', { status: 503, headers: { 'retry-after': '1' } })

function turnClock(order: unknown): Response {
  setSandboxClock(z.object({ at: z.iso.datetime({ offset: true }) }).parse(order).at)
  return Response.json({ kind: 'noted' })
}

const behaveOrder = z.object({
  subject: z.string().optional(),
  misbehaviour: z.enum([...(Object.keys(misbehaviours) as Misbehaviour[]), 'none']).optional(),
  unavailableForMs: z.int().min(0).optional(),
})

const mostBody = 32 * 1_048_576

async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  try {
    const response = await answer(await asRequest(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  } catch (cause) {
    process.stderr.write(`sandbox: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
    if (!outgoing.headersSent) outgoing.writeHead(500)
    outgoing.end()
  }
}

async function asRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming) {
    length += chunk.length
    if (length > mostBody) throw new RangeError('a body over 32 MiB')
    chunks.push(chunk)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) if (value) headers.set(name, String(value))
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const url = `http://${incoming.headers.host ?? 'sandbox'}${incoming.url ?? '/'}`
  return new Request(url, { method, headers, ...(hasBody && { body: Buffer.concat(chunks) }) })
}
