import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, deeds, needOf } from '../../src/domain/authority.ts'
import { roleList } from '../../src/domain/role.ts'
import { anchorOf, type Document, operationsOf, surfaceList } from '../../src/http/docs/document.ts'
import { curlOf } from '../../src/http/docs/sample.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let document: Document
const pages = new Map<string, string>()
beforeAll(async () => {
  edge = await openTestEdge()
  document = (await (await edge.call(undefined, 'GET', '/openapi.json')).json()) as Document
  for (const surface of surfaceList)
    pages.set(surface, await (await edge.call(undefined, 'GET', `/docs/api/${surface}`)).text())
})
afterAll(() => edge.close())

/** The words of a command as a shell reads them: single quotes keep everything, double quotes let `$NAME` in. */
function shellWords(command: string, env: Readonly<Record<string, string>>): string[] {
  const words: string[] = []
  let word: string | undefined
  const filled = (text: string) => text.replace(/\$([A-Z]+)/g, (_, name: string) => env[name] ?? '')
  const token = /'([^']*)'|"([^"]*)"|\\\n|\\(.)|(\s+)|([^\s'"\\]+)/gy
  let read = 0
  for (const [all, single, double, escaped, space, bare] of command.matchAll(token)) {
    read += all.length
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (all !== '\\\n')
      word = (word ?? '') + (single ?? (double === undefined ? (escaped ?? bare ?? '') : filled(double)))
  }
  expect(read).toBe(command.length)
  return word === undefined ? words : [...words, word]
}

type Curl = {
  method: string
  path: string
  headers: Record<string, string>
  body?: string
  form: string[]
  file?: string
}

function curl(command: string): Curl {
  const [name, flag, ...rest] = shellWords(command, { GATEWAY: '', TOKEN: 'the-token' })
  expect([name, flag]).toEqual(['curl', '-sS'])
  const told: Curl = { method: 'GET', path: '', headers: {}, form: [] }
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? ''
    if (!word.startsWith('-')) {
      told.path = word
      continue
    }
    at += 1
    const value = rest[at] ?? ''
    if (word === '-X') told.method = value
    else if (word === '-H') {
      const [header = '', ...said] = value.split(': ')
      told.headers[header.toLowerCase()] = said.join(': ')
    } else if (word === '-d') told.body = value
    else if (word === '-F' || word === '--data-urlencode') told.form.push(value)
    else if (word === '--data-binary') told.file = value
    else throw new Error(`curl is not told ${word} here`)
  }
  return told
}

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

test('every operation of /openapi.json stands on a page of the reference, with a curl that a shell can read', () => {
  const operations = operationsOf(document)
  expect(operations.length).toBeGreaterThan(130)
  expect(new Set(operations.map((one) => `${one.surface}#${anchorOf(one)}`)).size).toBe(operations.length)
  for (const one of operations) {
    const page = pages.get(one.surface) ?? ''
    const at = page.indexOf(`<section id="${anchorOf(one)}">`)
    expect(at, `${one.method} ${one.path}`).toBeGreaterThan(0)
    const part = page.slice(at, page.indexOf('</section>', at))
    const [, shown = ''] = /<h4>curl<\/h4>\s*<pre>([\s\S]*?)<\/pre>/.exec(part) ?? []
    const { method, path, headers, body } = curl(unescaped(shown))
    expect(method).toBe(one.method)
    expect(path).toMatch(/^\/[^{}\s$]*$/)
    expect(new RegExp(`^${one.path.replace(/\{[^}]+\}/g, '[^/?]+')}(?:\\?|$)`).test(path), path).toBe(true)
    expect(headers.authorization).toBe((one.security ?? []).length > 0 ? 'Bearer the-token' : undefined)
    if (body !== undefined) JSON.parse(body)
  }
})

test('what the samples send is taken by the routes: nothing of it is malformed', async () => {
  const person = personWith(newId(), '某某', roleList, binhai)
  await seat(edge.opened, person)
  await signIn(edge.opened, person, 'the-token')
  const wrong: string[] = []
  for (const one of operationsOf(document)) {
    const opens = one['x-opens'] ?? ''
    const isPersons = opens === 'person' || (opens in deeds && Object.keys(needOf(opens as Deed)).length > 0)
    if (!isPersons || /sign-out|events|sessions/.test(one.path)) continue
    const { method, path, headers, body, form, file } = curl(curlOf(one, document.components?.schemas))
    if (form.length > 0 || file) continue
    const response = await edge.app.request(path, { method, headers, ...(body !== undefined && { body }) })
    const text = await response.text()
    const code = /"code":"([a-z-]+)"/.exec(text)?.[1] ?? ''
    if (/^(?:invalid-body|invalid-parameter|malformed-json|idempotency-key-missing|token-\w+|internal)$/.test(code))
      wrong.push(`${one.method} ${one.path}: ${text.slice(0, 600)}`)
  }
  expect(wrong).toEqual([])
  expect(edge.faults).toEqual([])
})

test('the sample of a batch has a list in it, for one without is refused', () => {
  const start = operationsOf(document).find(({ method, path }) => method === 'POST' && path === '/v1/batches')
  if (!start) throw new Error('no batches')
  expect(JSON.parse(curl(curlOf(start, document.components?.schemas)).body ?? '{}').rows).toHaveLength(1)
})

test('each page is light, asks nobody else for anything, and every link on it leads somewhere', async () => {
  for (const [surface, page] of pages) {
    expect([surface, Buffer.byteLength(page) < 100_000, Buffer.byteLength(page)]).toEqual([
      surface,
      true,
      expect.any(Number),
    ])
    expect(page).not.toMatch(/<script|https?:\/\/(?!writ\.example)/)
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor)
  }
  const index = await edge.call(undefined, 'GET', '/docs')
  expect(await index.text()).toContain('href="/docs/api"')
  const { headers } = await edge.call(undefined, 'GET', '/docs/api/officer-cases')
  expect(headers.get('content-security-policy')).toContain("style-src 'self'")
  expect((await edge.call(undefined, 'GET', '/docs/api/nobody')).status).toBe(404)
})
