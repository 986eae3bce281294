import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { callPartner } from '../../adapters/land/sandbox-partner.ts'
import { makeKey, publicJwk, signingKeyOf } from '../../src/signing/make-key.ts'

const origin = 'http://gateway.example'
const server = setupServer()
const now = new Date('2026-06-03T09:00:00+08:00')

describe('a registry that looks up the courts’ keys', () => {
  let asked = 0
  const made = { validFrom: now, demo: true, state: 'current' } as const

  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  beforeEach(() => {
    asked = 0
    vi.useFakeTimers({ now, toFake: ['Date'] })
  })
  afterEach(() => {
    server.resetHandlers()
    vi.useRealTimers()
  })
  afterAll(() => server.close())

  async function courtKey() {
    const stored = await makeKey('EdDSA', made)
    return { ...publicJwk(stored.jwk), kid: stored.kid, alg: 'EdDSA', for: 'court:津0116', status: 'current', nbf: 0 }
  }

  function publish(...keys: readonly object[]): void {
    server.use(
      http.get(`${origin}/.well-known/jwks.json`, () => {
        asked += 1
        return HttpResponse.json({ keys })
      }),
    )
  }

  async function partner() {
    const own = await makeKey('EdDSA', made)
    return callPartner({ origin, gatewayId: 'writ.example', code: 'land-1', key: () => signingKeyOf(own) })
  }

  test('asks once, and not again for a key it knows', async () => {
    const key = await courtKey()
    publish(key)
    const bureau = await partner()
    expect((await bureau.keyOf(key.kid))?.owner).toBe('court:津0116')
    expect((await bureau.keyOf(key.kid))?.owner).toBe('court:津0116')
    expect(asked).toBe(1)
  })

  test('asks once for all who come at once, and believes no silence', async () => {
    const key = await courtKey()
    server.use(http.get(`${origin}/.well-known/jwks.json`, () => HttpResponse.error(), { once: true }))
    const bureau = await partner()
    await expect(bureau.keyOf(key.kid)).rejects.toThrow()
    publish(key)
    const found = await Promise.all([1, 2, 3].map(() => bureau.keyOf(key.kid)))
    expect(found.map((one) => one?.owner)).toEqual(['court:津0116', 'court:津0116', 'court:津0116'])
    expect(asked).toBe(1)
  })

  test('asks again for a key that is new, as after a rotation, but not at every forged name', async () => {
    const [old, next] = [await courtKey(), await courtKey()]
    publish(old)
    const bureau = await partner()
    await bureau.keyOf(old.kid)
    publish(old, next)
    expect(await bureau.keyOf(next.kid)).toBeUndefined()
    vi.setSystemTime(now.getTime() + 1500)
    expect((await bureau.keyOf(next.kid))?.owner).toBe('court:津0116')
    for (let forged = 0; forged < 20; forged += 1) expect(await bureau.keyOf(`forged-${forged}`)).toBeUndefined()
    expect(asked).toBe(2)
  })
})
