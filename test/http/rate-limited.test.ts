import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Counter } from '../../src/gateway/parts.ts'
import { createApp } from '../../src/http/app.ts'
import { listen } from '../../src/http/listen.ts'
import { failedCost, type RateRuleName, rateRules } from '../../src/http/rate-rules.ts'
import { codeOf, read } from './case.ts'
import { landBureau, openTestEdge, type Staff, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

/** Leaves so many points of a rule to a subject. */
const leave = (rule: RateRuleName, subject: string, points: number) =>
  edge.parts.limits.take(rule, subject, rateRules[rule].points - points)

const from = (remoteAddress: string, path: string, headers: Record<string, string> = {}) =>
  edge.app.request(path, { headers }, { incoming: { socket: { remoteAddress } } })

const idOf = (who: Staff): string => edge.person(who)?.id ?? ''

describe('somebody known', () => {
  test('is told the limit and what is left', async () => {
    const { headers } = await edge.call('registrarWen', 'GET', '/v1/cases')
    expect(headers.get('ratelimit-policy')).toBe('"person";q=12000;w=300')
    expect(headers.get('ratelimit')).toMatch(/^"person";r=11999;t=\d+$/)
  })

  test('who calls too often gets 429 and when to come again; a colleague is served', async () => {
    await leave('person', idOf('officerLin'), 2)
    for (let n = 0; n < 2; n += 1) await read(await edge.call('officerLin', 'GET', '/v1/cases'), 200)
    const refused = await edge.call('officerLin', 'GET', '/v1/cases')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(300)
    expect(refused.headers.get('ratelimit')).toMatch(/^"person";r=0;t=\d+$/)
    expect(await codeOf(refused)).toBe('429 rate-limited')
    await read(await edge.call('officerZhao', 'GET', '/v1/cases'), 200)
  })

  test('also a registry', async () => {
    await leave('registry', landBureau, 0)
    const headers = { Authorization: `Bearer ${await edge.bureau.token()}` }
    const refused = await edge.call(undefined, 'GET', '/partner/v1/deliveries', undefined, headers)
    expect(await codeOf(refused)).toBe('429 rate-limited')
  })
})

describe('a stranger', () => {
  test('is counted by address, before anything is done', async () => {
    await leave('stranger', '192.0.2.1', 1)
    expect((await from('192.0.2.1', '/.well-known/jwks.json')).status).toBe(200)
    expect(await codeOf(await from('192.0.2.1', '/.well-known/jwks.json'))).toBe('429 rate-limited')
    expect((await from('192.0.2.2', '/.well-known/jwks.json')).status).toBe(200)
  })

  test('is not kept from the log, nor a machine from its watch, and nobody from a sign of life', async () => {
    await leave('stranger', '192.0.2.3', 0)
    await leave('probe', '192.0.2.4', 0)
    await leave('log', '192.0.2.4', 0)
    expect((await from('192.0.2.3', '/log/checkpoint')).status).toBe(200)
    expect((await from('192.0.2.3', '/readyz')).status).toBe(200)
    for (const path of ['/readyz', '/log/checkpoint']) expect((await from('192.0.2.4', path)).status).toBe(429)
    expect((await from('192.0.2.4', '/livez')).status).toBe(200)
  })

  test('who tries tokens pays more for each, and keeps no neighbour out', async () => {
    const guess = { Authorization: 'Bearer nobody' }
    await leave('stranger', '192.0.2.5', 2 * failedCost)
    for (let n = 0; n < 2; n += 1)
      expect(await codeOf(await from('192.0.2.5', '/v1/cases', guess))).toBe('401 token-invalid')
    expect(await codeOf(await from('192.0.2.5', '/v1/cases', guess))).toBe('429 rate-limited')
    const known = await from('192.0.2.5', '/v1/cases', { Authorization: 'Bearer token-of-registrarHe' })
    expect(known.status).toBe(200)
  })

  test('who brings a credential where none is asked for is counted all the same', async () => {
    await leave('stranger', '192.0.2.6', 0)
    const anything = { Cookie: 'a=b' }
    expect(await codeOf(await from('192.0.2.6', '/.well-known/jwks.json', anything))).toBe('429 rate-limited')
  })

  test('is known by the address of the socket', async () => {
    await leave('stranger', '127.0.0.1', 0)
    const door = await listen(edge.app, { host: '127.0.0.1', port: 0 })
    const response = await fetch(`${door.origin}/.well-known/jwks.json`)
    await door.close()
    expect(await codeOf(response)).toBe('429 rate-limited')
  })
})

describe('at the door of a registry that signs in by itself', () => {
  /** A registry of some dialect: nothing but its password, and what it says when that is wrong. */
  const served = (holds: boolean) => {
    const counter = edge.gateway.counter(landBureau)
    if (!counter) throw new Error('no bureau')
    const pulling: Counter = {
      ...counter,
      adapter: {
        kind: 'pull',
        reference: () => '',
        render: () => new Uint8Array(),
        serve: async (_request, desk) =>
          (await desk.credentialHolds('bureau', 'word')) ? new Response('0000') : new Response('0002', { status: 401 }),
      },
    }
    const desk = { ...edge.parts.desk, credentialHolds: async () => holds }
    return createApp({ ...edge.parts, desk, gateway: { ...edge.gateway, counter: () => pulling } })
  }
  const calls = (app: TestEdge['app'], remoteAddress: string) =>
    app.request(`/adapters/${landBureau}/x`, { method: 'POST' }, { incoming: { socket: { remoteAddress } } })

  test('whoever tries passwords is shut out, and not the registry itself', async () => {
    const { points } = rateRules['registry-failed']
    for (let n = 0; n < points; n += 1) expect((await calls(served(false), '192.0.2.7')).status).toBe(401)
    expect(await codeOf(await calls(served(true), '192.0.2.7'))).toBe('429 rate-limited')
    expect((await calls(served(true), '192.0.2.8')).status).toBe(200)
  })
})
