import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../src/signing/compact.ts'
import { openCase, read, submitted, type TestCase, takenByBureau, tell } from '../http/case.ts'
import { landBureau, openTestEdge, type TestEdge } from '../http/edge.ts'
import { consoleOn } from './open-console.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  edge.app.route('/', consoleOn(edge, { door: 'open' }))
  known = await openCase(edge)
})
afterAll(() => edge.close())

const open = async () => (await edge.app.request('/')).text()

describe('the open page', () => {
  test('says that nothing has been asked, and then shows the request, silent', async () => {
    expect(await open()).toContain('尚无请求')
    await read(await submitted(edge, known.inquiry), 202)
    const page = await open()
    expect(page).toContain(known.number)
    expect(page).toContain('待发送')
    expect(page).toContain('滨海新区土地登记机构')
  })

  test('shows what was said, its grade and its Beijing time, and names no party', async () => {
    const [taken] = await takenByBureau(edge)
    if (!taken) throw new Error('nothing to take')
    const claims = {
      iss: landBureau,
      aud: 'gw.test.writ',
      iat: Math.floor(Date.now() / 1000),
      jti: 'said-on-the-page',
      re: taken.delivery,
      re_sha256: digestOf(taken.jws),
      kind: 'nothing',
      sequence: 1,
      receivedAt: new Date().toISOString(),
      receiptNumber: '1',
    }
    expect((await tell(edge, await edge.bureau.sign(claims))).status).toBe(200)
    const page = await open()
    expect(page).toMatch(/未查到 · 证明等级 A · <time datetime="[^"]+Z">\d{4}-\d\d-\d\d \d\d:\d\d:\d\d<\/time>/)
    expect(page).not.toMatch(/张某某|李某某|120116198503120013/)
  })

  test('is the same app: our headers, a policy of its own, no script, a style from here', async () => {
    const response = await edge.app.request('/')
    expect(response.headers.get('content-security-policy')).toContain("style-src 'self'")
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(await response.text()).not.toMatch(/<script|style="|https?:\/\//)
    expect((await edge.app.request('/console.css')).headers.get('content-type')).toContain('text/css')
  })

  test('carries whose copy it is over the whole page and at its foot, with the id of the call', async () => {
    const response = await edge.app.request('/')
    const id = response.headers.get('x-request-id')
    const page = await response.text()
    const line = new RegExp(`演示（未登录） \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ${id}`, 'g')
    expect(page.match(line)).toHaveLength(3)
    expect(page).toMatch(/<svg class="watermark" aria-hidden="true"[\s\S]*fill="url\(#watermark\)"/)
  })

  test('shows a marked-up name as text', async () => {
    const named = { ...edge.gateway, counter: () => undefined }
    const lines = await edge.gateway.reads.requestLines({ limit: 1 })
    const reads = {
      ...edge.gateway.reads,
      requestLines: async () => lines.map((line) => ({ ...line, caseNumber: '<b>x</b>' })),
    }
    const page = await (await consoleOn(edge, { gateway: { ...named, reads }, door: 'open' }).request('/')).text()
    expect(page).toContain('&lt;b&gt;x&lt;/b&gt;')
  })
})

test('a closed page shows no request and leads to the sign-in', async () => {
  const answer = await consoleOn(edge).request('/')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in'])
  expect(await answer.text()).not.toContain(known.number)
})

test('a page that is not there says so on a page to a reader, and as a problem to a program', async () => {
  const page = await edge.app.request('/nowhere', { headers: { Accept: 'text/html,*/*;q=0.8' } })
  expect([page.status, page.headers.get('content-security-policy')?.includes("default-src 'none'")]).toEqual([
    404,
    true,
  ])
  expect(await page.text()).toContain('role="alert"')
  const problem = await edge.app.request('/nowhere')
  expect([problem.status, problem.headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')])
  expect((await edge.app.request('/tasks/x/outcome')).headers.get('allow')).toBe('POST')
})
