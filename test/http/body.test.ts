import fc from 'fast-check'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { limitedBodies } from '../../src/http/body.ts'
import { bodyLimits } from '../../src/http/limits.ts'
import { createPeers } from '../../src/http/peer.ts'
import { problemOfError } from '../../src/http/problem.ts'
import { createTurns, type Leave } from '../../src/http/turns.ts'

const peers = createPeers({ asksForCertificates: false, clock: () => new Date() })

/** An app that weighs bodies, at limits a test can reach. */
function scales(over: Partial<Record<keyof typeof bodyLimits, number>> = {}) {
  const app = new Hono()
  const waiting: (() => void)[] = []
  app.onError((error, c) => problemOfError(c, error, () => {}))
  app.use(limitedBodies(peers, { ...bodyLimits, small: 100, large: 1000, heavyFrom: 200, ...over }))
  app.post('/adapters/held', async (c) => {
    await new Promise<void>((go) => waiting.push(go))
    return c.text(String((await c.req.arrayBuffer()).byteLength))
  })
  // Reads badly: takes a body that breaks off for an empty one.
  app.post('*', async (c) => c.text((await c.req.text().catch(() => 'swallowed')).length.toString()))
  const send = async (path: string, length: number, told = true) => {
    const headers = told ? { 'Content-Length': String(length) } : {}
    const response = await app.request(path, { method: 'POST', headers, body: 'x'.repeat(length) })
    const text = await response.text()
    return response.ok ? text : `${response.status} ${JSON.parse(text).code}`
  }
  return { send, waiting }
}

describe('a body', () => {
  test.each([true, false])(
    'is as long as its route takes, and not a byte longer; its length told: %s',
    async (told) => {
      const { send } = scales()
      expect(await send('/v1/cases', 100, told)).toBe('100')
      expect(await send('/v1/cases', 101, told)).toBe('413 body-too-large')
      for (const path of ['/adapters/bank/x', '/v1/cases/1/documents', '/partner/v1/receipts/x']) {
        expect(await send(path, 1000, told)).toBe('1000')
        expect(await send(path, 1001, told)).toBe('413 body-too-large')
      }
    },
  )

  test('that is heavy waits for its turn, and is sent away when none comes', async () => {
    const { send, waiting } = scales({ heavyAtOnce: 2, heavyOfOneCaller: 2, heavyWaitMs: 60 })
    const held = [send('/adapters/held', 300), send('/adapters/held', 300)]
    await expect.poll(() => waiting.length).toBe(2)
    expect(await send('/adapters/held', 300)).toBe('503 large-bodies-waiting')
    // A light one is not kept waiting.
    expect(await send('/v1/cases', 50)).toBe('50')
    expect(await send('/adapters/bank/x', 199)).toBe('199')
    const third = send('/adapters/bank/x', 300)
    waiting.shift()?.()
    expect(await third).toBe('300')
    for (const go of waiting) go()
    expect(await Promise.all(held)).toEqual(['300', '300'])
  })
})

describe('turns', () => {
  test('never let in more than there is room for, nor more of one caller than its share, and lose nobody', async () => {
    const visits = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), stays: fc.nat(5) }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(visits, async (planned) => {
        const turns = createTurns({ atOnce: 4, ofOne: 2, waitMs: 10_000 })
        const inside: string[] = []
        const visit = async ({ who, stays }: { who: string; stays: number }) => {
          const leave = await turns.enter(who)
          inside.push(who)
          expect(inside.length).toBeLessThanOrEqual(4)
          expect(inside.filter((other) => other === who).length).toBeLessThanOrEqual(2)
          for (let at = 0; at < stays; at += 1) await Promise.resolve()
          inside.splice(inside.indexOf(who), 1)
          leave?.()
          return leave !== undefined
        }
        expect(await Promise.all(planned.map(visit))).toEqual(planned.map(() => true))
      }),
    )
  })

  test('one caller who fills its share leaves room for the others', async () => {
    const turns = createTurns({ atOnce: 4, ofOne: 2, waitMs: 20 })
    const greedy = await Promise.all(['a', 'a', 'a'].map((who) => turns.enter(who)))
    expect(greedy.filter((leave: Leave | undefined) => leave)).toHaveLength(2)
    expect(await turns.enter('b')).toBeDefined()
  })
})
