import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { read } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let ready = true

beforeAll(async () => {
  edge = await openTestEdge({ health: async () => ({ ready, checks: { database: ready ? 'ok' : 'unreachable' } }) })
})
afterAll(() => edge.close())

type Document = {
  openapi: string
  info: { title: string }
  components: { securitySchemes: object; schemas: Record<string, object> }
  paths: Record<string, Record<string, { security?: object[]; summary: string; responses: object }>>
}

describe('/openapi.json', () => {
  test('has exactly the routes that the app has', async () => {
    const { paths } = await read<Document>(await edge.call(undefined, 'GET', '/openapi.json'), 200)
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const routed = edge.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`)
    expect([...new Set(documented)].toSorted()).toEqual([...new Set(routed)].toSorted())
    expect(documented.length).toBeGreaterThan(35)
  })

  test('is OpenAPI 3.1, in Chinese first, and says how each surface is entered', async () => {
    const document = await read<Document>(await edge.call(undefined, 'GET', '/openapi.json'), 200)
    expect(document.openapi).toBe('3.1.0')
    expect(document.info.title).toBe('Writ 查控网关')
    expect(document.paths['/v1/requests']?.post?.security).toEqual([{ person: [] }])
    expect(document.paths['/partner/v1/statements']?.post?.security).toEqual([{ partner: [] }])
    expect(document.paths['/log/checkpoint']?.get?.security).toBeUndefined()
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['AskedRequest', 'Problem', 'Request']),
    )
    for (const item of Object.values(document.paths))
      for (const { summary } of Object.values(item)) expect(summary).toMatch(/[\u4e00-\u9fa5]/)
  })
})

test('every route but the open ones asks who is calling before it looks at anything else', async () => {
  const { paths } = await read<Document>(await edge.call(undefined, 'GET', '/openapi.json'), 200)
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(item)) {
      if (!security) continue
      const response = await edge.call(
        undefined,
        method.toUpperCase(),
        path.replace(/\{\w+\}/g, 'x'),
        method === 'get' ? undefined : '{',
      )
      expect(response.status, `${method} ${path}`).toBe(401)
    }
  }
})

test('/livez is alive; /readyz says what is missing', async () => {
  expect((await edge.call(undefined, 'GET', '/livez')).status).toBe(200)
  expect(await read(await edge.call(undefined, 'GET', '/readyz'), 200)).toMatchObject({ status: 'ready' })
  ready = false
  const problem = await read(await edge.call(undefined, 'GET', '/readyz'), 503)
  expect(problem).toMatchObject({ code: 'not-ready', checks: { database: 'unreachable' } })
})

test('/docs lists the routes and /docs/errors every problem, without a script', async () => {
  const docs = await edge.call(undefined, 'GET', '/docs')
  // Long names may break where their parts do.
  expect((await docs.text()).replaceAll('<wbr>', '')).toContain('/v1/requests/{id}/events')
  const errors = await edge.call(undefined, 'GET', '/docs/errors')
  expect(errors.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await errors.text()
  expect(page).toContain('<tr id="money-decimals">')
  expect(page).not.toContain('<script')
})

test('every answer is told not to be framed, sniffed or kept', async () => {
  const { headers } = await edge.call(undefined, 'GET', '/v1/cases')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('an id that a caller brings is not used as ours', async () => {
  const { headers } = await edge.call(undefined, 'GET', '/livez', undefined, { 'X-Request-Id': '120116198503120013' })
  expect(headers.get('x-request-id')).not.toBe('120116198503120013')
})
