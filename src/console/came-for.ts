import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const name = 'writ-came-for'
const kept = { prefix: 'host', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' } as const

/** As long as a sign-in under way is kept: whoever comes later begins at the beginning. */
const keptSeconds = 600

/** To the door, with the address that was asked for kept by the browser: a page that was passed on is found again. */
export function toSignIn(c: Context): Response {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET') setCookie(c, name, `${pathname}${search}`, { ...kept, maxAge: keptSeconds })
  return c.redirect('/sign-in', 303)
}

/** Where whoever has just signed in wanted to go: an address of ours and no other, told once. */
export function cameFor(c: Context): string {
  const wanted = getCookie(c, name, 'host')
  if (wanted === undefined) return '/'
  deleteCookie(c, name, { ...kept })
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/'
}
