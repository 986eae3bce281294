import { afterEach, describe, expect, test, vi } from 'vitest'
import { declinedRetrySeconds } from '../../src/relay/again.ts'
import {
  type Courier,
  type CourierOptions,
  type CourierWork,
  createCourier,
  type Ending,
} from '../../src/relay/courier.ts'
import type { DeliveryId, Handover, Outgoing, PushAdapter, StatusAnswer } from '../../src/relay/port.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { land } from '../support/court.ts'

const bytes = Buffer.from('the signed bytes')
const outgoing: Outgoing = {
  id: '0198c0de-0000-7000-8000-00000000d001' as DeliveryId,
  registry: land,
  reference: '0198c0de-0000-7000-8000-00000000d001',
  jws: bytes.toString(),
  claims: {} as RequestClaims,
  rendered: bytes,
}
const answer = Buffer.from('a proved answer')
const lie = Buffer.from('a word that proves nothing')

const options: CourierOptions = {
  atOnce: 2,
  pollMs: 60_000,
  timeoutMs: 200,
  random: () => 0.5,
  onTrouble: (trouble) => {
    throw trouble
  },
}

/** A registry that does, call after call, what a test has written down; it remembers how it was spoken to. */
function registryThat(...script: readonly (Handover | StatusAnswer)[]) {
  const calls: string[] = []
  const signals: AbortSignal[] = []
  const next = (call: string, signal: AbortSignal) => {
    calls.push(call)
    signals.push(signal)
    const said = script[calls.length - 1]
    if (!said) throw new Error('the registry was called once too often')
    return said
  }
  const adapter = {
    kind: 'push',
    deliver: async ({ rendered }, signal) => next(`deliver ${Buffer.from(rendered)}`, signal) as Handover,
    status: async (_outgoing, signal) => next('status', signal) as StatusAnswer,
    withdraw: async () => ({ kind: 'unreached', detail: 'nobody is there' }),
    parse: async () => ({ kind: 'unproved', code: 'statement-malformed' }),
  } satisfies PushAdapter
  return { adapter, calls, signals }
}

/** A table with one delivery in it, leased whenever it is due: the store's promises, in a few lines. */
function tableFor(adapter: PushAdapter, mayHaveLeft = false) {
  const endings: Ending[] = []
  let phase: 'due' | 'leased' | 'over' = 'due'
  let left = mayHaveLeft
  let attempt = 0
  let change = () => {}
  const work = {
    lease: async () => {
      if (phase !== 'due') return []
      phase = 'leased'
      attempt += 1
      return [{ ticket: attempt, outgoing, adapter, mayHaveLeft: left, attempt }]
    },
    settle: async (_errand, ending) => {
      endings.push(ending)
      phase = ending.kind === 'answered' ? 'over' : 'due'
      left = ending.kind === 'unknown'
      change()
    },
    receive: async (_errand, message) => Buffer.from(message).equals(answer),
  } satisfies CourierWork<number>
  const until = async (count: number) => {
    while (endings.length < count)
      await new Promise<void>((resolve) => {
        change = resolve
      })
    return endings.slice(0, count)
  }
  return { work, endings, until }
}

let courier: Courier | undefined
afterEach(async () => {
  await courier?.stop()
  courier = undefined
})

/** Runs until so many attempts have ended. */
async function run(count: number, script: readonly (Handover | StatusAnswer)[], mayHaveLeft = false) {
  const registry = registryThat(...script)
  const table = tableFor(registry.adapter, mayHaveLeft)
  courier = createCourier(table.work, options)
  courier.start()
  const endings = await table.until(count)
  await courier.stop()
  return { ...registry, endings }
}

const answered: Handover = { kind: 'answered', message: answer }
const timedOut: Handover = { kind: 'unknown', detail: 'time-out' }

describe('one attempt', () => {
  test('an answer that proves itself ends the errand', async () => {
    const { calls, endings } = await run(1, [answered])
    expect(calls).toEqual(['deliver the signed bytes'])
    expect(endings).toEqual([{ kind: 'answered' }])
  })

  test('an answer that proves nothing leaves it unknown: something was received (invariant 3)', async () => {
    const { endings } = await run(1, [
      { kind: 'answered', message: lie },
      { kind: 'no-answer', detail: '' },
    ])
    expect(endings).toMatchObject([{ kind: 'unknown', retryInSeconds: 1 }])
  })

  test('a 4xx is tried again, slowly, and is never final', async () => {
    const declined: Handover = { kind: 'declined', detail: 'HTTP 403' }
    const { calls, endings } = await run(3, [declined, declined, declined, answered])
    const again = { kind: 'declined', detail: 'HTTP 403', retryInSeconds: declinedRetrySeconds }
    expect(endings).toEqual([again, again, again])
    expect(new Set(calls)).toEqual(new Set(['deliver the signed bytes']))
  })

  test('what was never reached goes out again without a question', async () => {
    const { calls, endings } = await run(2, [{ kind: 'unreached', detail: 'ECONNREFUSED' }, answered])
    expect(endings.map(({ kind }) => kind)).toEqual(['unreached', 'answered'])
    expect(calls).toEqual(['deliver the signed bytes', 'deliver the signed bytes'])
  })
})

describe('unknown is a state: after a time-out Writ asks and does not guess (invariant 3)', () => {
  test('unknown there, the very same bytes go out again (invariant 2)', async () => {
    const { calls, endings } = await run(2, [timedOut, { kind: 'not-known' }, answered])
    expect(endings.map(({ kind }) => kind)).toEqual(['unknown', 'answered'])
    expect(calls).toEqual(['deliver the signed bytes', 'status', 'deliver the signed bytes'])
  })

  test('known there, what it says is taken and nothing goes out', async () => {
    const { calls, endings } = await run(2, [timedOut, { kind: 'known', messages: [lie, answer] }])
    expect(endings.at(-1)).toEqual({ kind: 'answered' })
    expect(calls).toEqual(['deliver the signed bytes', 'status'])
  })

  test.each([
    ['nothing it says is proved', [lie]],
    ['it says nothing of it yet', []],
  ])('known there, yet %s: it stays unknown and is not sent again', async (_said, messages) => {
    const { calls, endings } = await run(
      1,
      [
        { kind: 'known', messages },
        { kind: 'known', messages },
      ],
      true,
    )
    expect(endings).toMatchObject([{ kind: 'unknown' }])
    expect(calls[0]).toBe('status')
    expect(calls).not.toContain('deliver the signed bytes')
  })

  test('no answer to the question leaves it unknown, and it is asked again', async () => {
    const silent: StatusAnswer = { kind: 'no-answer', detail: 'HTTP 503' }
    const { calls, endings } = await run(3, [silent, silent, { kind: 'known', messages: [answer] }], true)
    expect(endings.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'answered'])
    expect(calls).toEqual(['status', 'status', 'status'])
  })

  test('what an earlier attempt may have done is not forgotten because this one did not get through', async () => {
    const { endings } = await run(
      1,
      [{ kind: 'not-known' }, { kind: 'unreached', detail: 'ECONNREFUSED' }, { kind: 'no-answer', detail: '' }],
      true,
    )
    expect(endings).toMatchObject([{ kind: 'unknown' }])
  })

  test('question and handover have their own time each: a slow answer leaves the handover all of its own', async () => {
    const { signals } = await run(1, [{ kind: 'not-known' }, answered], true)
    expect(signals.length).toBe(2)
    expect(signals[0]).not.toBe(signals[1])
  })
})

describe('the courier', () => {
  const idle = { settle: async () => {}, receive: async () => false } satisfies Partial<CourierWork<number>>

  test('that is stopped takes nothing new and waits for what is under way', async () => {
    let finish: (handover: Handover) => void = () => {}
    const { adapter } = registryThat()
    const slow: PushAdapter = {
      ...adapter,
      deliver: () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    }
    const table = tableFor(slow)
    courier = createCourier(table.work, options)
    courier.start()
    await vi.waitFor(() => expect(finish.length).toBe(1))
    let stopped = false
    const stopping = courier.stop().then(() => (stopped = true))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(stopped).toBe(false)
    finish({ kind: 'unreached', detail: '' })
    await stopping
    expect(table.endings.length).toBe(1)
  })

  test('that is stopped while it looks still carries what it was just given', async () => {
    const { adapter } = registryThat(answered)
    const table = tableFor(adapter)
    let give: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      give = resolve
    })
    courier = createCourier({ ...table.work, lease: () => gate.then(table.work.lease) }, options)
    courier.start()
    const stopping = courier.stop()
    give()
    await stopping
    expect(table.endings).toEqual([{ kind: 'answered' }])
  })

  test('that is woken while it looks looks again: what was just committed may not have been seen', async () => {
    let looked = 0
    const gates: (() => void)[] = []
    const lease = async () => {
      looked += 1
      await new Promise<void>((resolve) => gates.push(resolve))
      return []
    }
    courier = createCourier<number>({ ...idle, lease }, options)
    courier.start()
    courier.wake()
    courier.wake()
    gates[0]?.()
    await vi.waitFor(() => expect(looked).toBe(2))
    const stopping = courier.stop()
    gates[1]?.()
    await stopping
    expect(looked).toBe(2)
  })

  test('never holds more at once than it may', async () => {
    let held = 0
    let most = 0
    const { adapter } = registryThat()
    const busy: PushAdapter = {
      ...adapter,
      deliver: async () => {
        held += 1
        most = Math.max(most, held)
        await new Promise((resolve) => setTimeout(resolve, 5))
        held -= 1
        return { kind: 'unreached', detail: '' }
      },
    }
    let waiting = 7
    const lease = async (limit: number) => {
      const given = Math.min(limit, waiting)
      waiting -= given
      return Array.from({ length: given }, (_, ticket) => ({
        ticket,
        outgoing,
        adapter: busy,
        mayHaveLeft: false,
        attempt: 1,
      }))
    }
    courier = createCourier<number>({ ...idle, lease }, options)
    courier.start()
    await vi.waitFor(() => expect(waiting).toBe(0))
    await courier.stop()
    expect(most).toBe(2)
  })

  test('outlives what breaks: the delivery stays in the table, the trouble is told', async () => {
    const troubles: unknown[] = []
    let looked = 0
    const lease = async () => {
      looked += 1
      throw new Error('the database is away')
    }
    courier = createCourier<number>({ ...idle, lease }, { ...options, onTrouble: (trouble) => troubles.push(trouble) })
    courier.start()
    await vi.waitFor(() => expect(troubles.length).toBe(1))
    courier.wake()
    await vi.waitFor(() => expect(looked).toBe(2))
  })
})
