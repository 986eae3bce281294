/** What a page answered: its status, where it leads, its text and what it set. */
export type Shown = {
  readonly status: number
  readonly location?: string
  readonly text: string
  readonly headers: Headers
  readonly cookies: readonly string[]
}

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>

/**
 * A browser without a screen: it keeps cookies, sends forms with the hidden token of the page they are on, and says where
 * they come from, as Chromium does.
 */
export function browse(ask: Ask, origin = 'http://localhost') {
  const jar = new Map<string, string>()
  let token = ''
  const call = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Shown> => {
    const carried = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(carried && { Cookie: carried }), ...init.headers }
    const response = await ask(path, { redirect: 'manual', ...init, headers })
    const cookies = response.headers.getSetCookie()
    for (const cookie of cookies) keep(jar, cookie)
    const text = await response.text()
    token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? token
    const location = response.headers.get('location') ?? undefined
    return { status: response.status, text, headers: response.headers, cookies, ...(location && { location }) }
  }
  return {
    jar,
    token: () => token,
    /** Sends a form that brings a file. */
    upload: (path: string, fields: Record<string, string | File>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ token, ...fields })) form.append(name, value)
      return call(path, { method: 'POST', headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin' }, body: form })
    },
    get: (path: string, headers: Record<string, string> = {}) => call(path, { headers }),
    post: (path: string, fields: Record<string, string | readonly string[]>, headers: Record<string, string> = {}) =>
      call(path, {
        method: 'POST',
        headers: said({
          'Content-Type': 'application/x-www-form-urlencoded',
          Origin: origin,
          'Sec-Fetch-Site': 'same-origin',
          ...headers,
        }),
        body: new URLSearchParams(
          Object.entries({ token, ...fields }).flatMap(([name, value]) =>
            [value].flat().map((one): [string, string] => [name, one]),
          ),
        ).toString(),
      }),
  }
}

/** A header that is set to nothing is one this browser does not send. */
const said = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))

function keep(jar: Map<string, string>, cookie: string): void {
  const [pair = '', ...attributes] = cookie.split('; ')
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) jar.delete(name)
  else jar.set(name, value)
}

/** Fills the form that asks for a local account. */
export async function signInAs(browser: ReturnType<typeof browse>, username: string, password: string): Promise<Shown> {
  await browser.get('/sign-in')
  return browser.post('/sign-in', { username, password })
}
