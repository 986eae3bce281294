import type { Context } from 'hono'

/** The longest a call may be kept waiting, in seconds. */
export const longestWait = 30

/** `Prefer: wait=N` (RFC 7240): how many seconds the caller is willing to wait, at most thirty; 0 without it. */
export function waitPreferred(c: Context): number {
  const [, seconds] = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,4})"?\s*(?=[,;]|$)/i.exec(c.req.header('prefer') ?? '') ?? []
  if (seconds === undefined) return 0
  const wait = Math.min(Number(seconds), longestWait)
  c.header('Preference-Applied', `wait=${wait}`)
  return wait
}

/** Asks again, less and less often, until `done` says so, the time is over or the caller has gone. */
export async function askUntil<T>(
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
  seconds: number,
  signal: AbortSignal,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  let answer = await ask()
  for (let pause = 100; !done(answer) && !signal.aborted; pause = Math.min(pause * 1.5, 1000)) {
    const left = end - Date.now()
    if (left <= 0) break
    await rest(Math.min(pause, left))
    answer = await ask()
  }
  return answer
}

/** Some milliseconds of nothing. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
