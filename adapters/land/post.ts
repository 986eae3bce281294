import { type Dispatcher, request } from 'undici'
import { jose, mostAnswer } from './wire.ts'

/**
 * How one call ended. `unreached` is told only when not a byte of ours can have left; whenever that is in doubt the end
 * is `unknown` (invariant 3).
 */
export type Ended =
  | { readonly kind: 'answered'; readonly body: Uint8Array }
  | { readonly kind: 'declined' | 'unreached' | 'unknown'; readonly detail: string }

export type PostOptions = {
  readonly dispatcher: Dispatcher
  readonly signal: AbortSignal
  /** Milliseconds for the answer's first and for its last byte. */
  readonly timeouts: { readonly headersMs: number; readonly bodyMs: number }
}

/** Posts an envelope once. Never follows a redirect, never retries, never throws for what the other side does. */
export async function postEnvelope(url: string, envelope: string, options: PostOptions): Promise<Ended> {
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { 'content-type': jose },
      body: envelope,
      dispatcher: options.dispatcher,
      signal: options.signal,
      headersTimeout: options.timeouts.headersMs,
      bodyTimeout: options.timeouts.bodyMs,
    })
    const bytes = await readCapped(body)
    if (statusCode >= 400 && statusCode < 500) return { kind: 'declined', detail: `HTTP ${statusCode}` }
    if (statusCode !== 200 && statusCode !== 202) return { kind: 'unknown', detail: `HTTP ${statusCode}` }
    return bytes ? { kind: 'answered', body: bytes } : { kind: 'unknown', detail: 'an answer over 1 MiB' }
  } catch (trouble) {
    return { kind: neverLeft(trouble) ? 'unreached' : 'unknown', detail: nameOf(trouble) }
  }
}

/** The registry's body is not ours: read to its end or to the cap, whichever is first. */
async function readCapped(body: Dispatcher.ResponseData['body']): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > mostAnswer) {
      body.destroy()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const beforeAnyByte =
  /^(ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

// A reset is not in here: it may come after the request was read. Looking a name up, connecting and checking the
// other's certificate all come before.
function neverLeft(trouble: unknown): boolean {
  if (trouble instanceof AggregateError) return trouble.errors.length > 0 && trouble.errors.every(neverLeft)
  if (!(trouble instanceof Error)) return false
  if ('syscall' in trouble && trouble.syscall === 'connect') return true
  return 'code' in trouble && beforeAnyByte.test(String(trouble.code))
}

// The code only: messages of the network name addresses and may quote what was sent.
function nameOf(trouble: unknown): string {
  if (trouble instanceof Error && 'code' in trouble) return String(trouble.code)
  return trouble instanceof Error ? trouble.name : 'unknown trouble'
}
