import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { StoreFault } from './fault.ts'
import type { KeyWrapper, KeyWrappers } from './key-wrapper.ts'

const answer = z.object({
  id: z.int(),
  // The name of a key stands in entries of the log, which take codes and nothing else.
  key: z
    .string()
    .regex(/^(?!.*\d{15})[\w.:/-]{1,80}$/)
    .optional(),
  bytes: z.base64().optional(),
  error: z.string().optional(),
})

type Answer = z.infer<typeof answer>

/** The names under which a service's keys stand in the database: apart from those that are held here. */
const ours = 'kms:'

const patienceMs = 10_000

/**
 * Key-encryption keys that live in a service of the court's own (密码机, KMS): a program is started, is asked one JSON a line
 * on its standard input, and answers one JSON a line. It ends when its input does. The keys never come here.
 *
 *     {"id":1,"op":"current"}                              → {"id":1,"key":"2026-a"}
 *     {"id":2,"op":"wrap","key":"2026-a","bytes":"…"}      → {"id":2,"bytes":"…"}
 *     {"id":3,"op":"unwrap","key":"2026-a","bytes":"…"}    → {"id":3,"bytes":"…"}
 *
 * `bytes` is base64. `error` in an answer is a no: of `unwrap`, that these are not bytes it has wrapped. The service must
 * wrap with authentication: bytes that were changed must not unwrap.
 */
export function commandWrappers(command: readonly string[], beside?: KeyWrappers): KeyWrappers {
  const ask = lineTo(command)
  return {
    isRemote: true,
    current: async () => {
      const { key } = await ask({ op: 'current' })
      if (!key) throw new StoreFault('KEY_SERVICE', 'the key service names no current key')
      return wrapperOf(key, ask)
    },
    // Keys of before there was a service are held here, and only unwrap.
    named: async (id) => (id.startsWith(ours) ? wrapperOf(id.slice(ours.length), ask) : beside?.named(id)),
  }
}

type Ask = (asked: { readonly op: string; readonly key?: string; readonly bytes?: string }) => Promise<Answer>

/** The service knows nothing of places, so the place is wrapped with the key, as its digest, and compared. */
function wrapperOf(key: string, ask: Ask): KeyWrapper {
  return {
    id: `${ours}${key}`,
    wrap: async (bytes, place) => {
      const answered = await ask({ op: 'wrap', key, bytes: Buffer.concat([digestOf(place), bytes]).toString('base64') })
      if (!answered.bytes) throw new StoreFault('KEY_SERVICE', 'the key service did not wrap a key')
      return Buffer.from(answered.bytes, 'base64')
    },
    unwrap: async (wrapped, place) => {
      const answered = await ask({ op: 'unwrap', key, bytes: Buffer.from(wrapped).toString('base64') })
      if (!answered.bytes) return undefined
      const plain = Buffer.from(answered.bytes, 'base64')
      return plain.subarray(0, 32).equals(digestOf(place)) ? plain.subarray(32) : undefined
    },
  }
}

const digestOf = (place: Uint8Array): Buffer => createHash('sha256').update(place).digest()

/** The program at the other end: started when it is first needed, and again when it has ended. */
function lineTo([program = '', ...args]: readonly string[]): Ask {
  let running: Running | undefined
  let last = 0
  return async (asked) => {
    if (!running || running.ended) running = start(program, args)
    last += 1
    return running.ask(last, asked)
  }
}

type Running = { readonly ended: boolean; ask(id: number, asked: object): Promise<Answer> }

/** Nothing is handed over but its input: no argument of ours, and none of our environment, in which a secret may be. */
function start(program: string, args: readonly string[]): Running {
  const child = spawn(program, args, { env: { PATH: searched }, stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = new Map<number, (answered: Answer | StoreFault) => void>()
  let ended = false
  const end = (): void => {
    ended = true
    for (const settle of waiting.values()) settle(new StoreFault('KEY_SERVICE', 'the key service has ended'))
  }
  child.once('error', end)
  child.once('exit', end)
  child.stdin.on('error', end)
  createInterface({ input: child.stdout }).on('line', (line) => {
    const read = answer.safeParse(parsed(line))
    if (read.success) waiting.get(read.data.id)?.(read.data)
  })
  letGo(child)
  return {
    get ended() {
      return ended
    },
    ask: (id, asked) =>
      new Promise((resolve, reject) => {
        // While somebody waits the timer keeps this process alive; the child by itself does not.
        const late = setTimeout(() => settle(new StoreFault('KEY_SERVICE', 'the key service is silent')), patienceMs)
        const settle = (answered: Answer | StoreFault): void => {
          clearTimeout(late)
          waiting.delete(id)
          if (answered instanceof StoreFault) reject(answered)
          else resolve(answered)
        }
        waiting.set(id, settle)
        child.stdin.write(`${JSON.stringify({ id, ...asked })}\n`)
      }),
  }
}

const searched = '/usr/local/bin:/usr/bin:/bin'

/** A command that was done must not wait for a key service that goes on listening. */
function letGo(child: ChildProcess): void {
  child.unref()
  for (const pipe of [child.stdin, child.stdout])
    if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
