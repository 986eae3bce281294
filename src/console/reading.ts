import type { Context, Hono, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type Language, writtenFor } from './language.ts'

const cookie = 'language'
const languages = ['zh', 'en'] as const satisfies readonly Language[]

/** Pages are written in the language the reader chose by its link, else in Chinese: what a desktop was set up in says little. */
export function forReader(clock: () => Date): MiddlewareHandler {
  return async function writeForReader(c, next) {
    await writtenFor({ language: chosenBy(c), now: clock() }, next)
  }
}

function chosenBy(c: Context): Language {
  const kept = getCookie(c, cookie)
  return languages.find((one) => one === kept) ?? 'zh'
}

/** A link that chooses the language and comes back to the page it stood on. It tells nothing and changes no case. */
export function languagePages(pages: Hono): void {
  for (const language of languages) {
    pages.get(`/language/${language}`, (c) => {
      setCookie(c, cookie, language, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 400 * 86_400 })
      return c.redirect(backTo(c.req.header('referer'), c.req.header('host')), 303)
    })
  }
}

/** Only to a page of ours, and only its path: a referrer is written by whoever sent the reader here. */
function backTo(referer: string | undefined, host: string | undefined): string {
  if (!referer || !URL.canParse(referer)) return '/'
  const { host: from, pathname, search } = new URL(referer)
  return from === host && pathname.startsWith('/') && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}
