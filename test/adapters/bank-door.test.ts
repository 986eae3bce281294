import { describe, expect, test } from 'vitest'
import { bank } from '../../adapters/bank/adapter.ts'
import { readEnvelope, writeEnvelope } from '../../adapters/bank/envelope.ts'
import {
  readDialectFault,
  writeAcknowledgement,
  writeAsked,
  writeControlFeedback,
  writeLogin,
} from '../../adapters/bank/messages.ts'
import { calls, codes } from '../../adapters/bank/wire.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { RegistryDesk } from '../../src/relay/port.ts'

const code = '313110000092'
const right = { bank: code, user: 'bank', password: '密码right' }
const reference = '20240603120116000002'

/** A desk that notes whatever is asked of it beyond the login. */
function openDoor(reception: 'unknown-delivery' | 'flooded' = 'unknown-delivery') {
  const asked: string[] = []
  const desk = {
    registry: { code } as Registry,
    now: new Date(),
    credentialHolds: async (user, password) => user === right.user && password === right.password,
    mintToken: async () => '',
    tokenHolds: async () => false,
    take: async () => {
      asked.push('take')
      return []
    },
    find: async () => {
      asked.push('find')
      return undefined
    },
    document: async () => undefined,
    keepReceipt: async () => '',
    heard: async () => undefined,
    tell: async () => {
      asked.push('tell')
      return { kind: reception }
    },
  } satisfies RegistryDesk
  const serve = async (request: Request, adapter = bank()) => {
    const response = await adapter.serve(request, desk)
    const envelope = readEnvelope(new Uint8Array(await response.arrayBuffer()))
    if (envelope.kind === 'refused') throw new Error(envelope.code)
    return { status: response.status, fault: readDialectFault(envelope.call) }
  }
  const post = (body: string) => serve(new Request(`https://gw/adapters/${code}/ws`, { method: 'POST', body }))
  return { asked, serve, post }
}

const feedback = writeControlFeedback({ echo: { reference }, items: [] })

describe('the door', () => {
  test.each([
    ['a wrong password', { ...right, password: 'wrong' }],
    ['a wrong user', { ...right, user: 'other' }],
    ['the marker of another bank', { ...right, bank: '102110000017' }],
    ['no login at all', {}],
  ])('%s is told one thing whatever it asks, and learns nothing', async (_, login) => {
    const { post, asked } = openDoor()
    const bodies = [
      writeAsked(calls.takeControls, {}),
      writeAsked(calls.certificates, { reference }),
      feedback,
      '<unknown/>',
    ]
    const answers = await Promise.all(bodies.map((body) => post(writeEnvelope(body, writeLogin(login)))))
    for (const answer of answers)
      expect(answer).toEqual({ status: 401, fault: { code: 'client.login', text: '用户名或密码错误' } })
    expect(asked).toEqual([])
  })

  test('a password that is not even base64 is a wrong password', async () => {
    const body = writeEnvelope(writeAsked(calls.takeInquiries, {}), '<dlxx YHBS="@" YHM="@" MM="@"/>')
    expect(await openDoor().post(body)).toMatchObject({ status: 401 })
  })

  test('a body over the limit is refused while it comes, whatever length it promised', async () => {
    let given = 0
    const endless = new ReadableStream({
      pull: (flow) => {
        given += 100
        flow.enqueue(new Uint8Array(100))
      },
    })
    const request = new Request('https://gw/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
    expect(await openDoor().serve(request, bank({ mostBytes: 1000 }))).toMatchObject({ status: 413 })
    expect(given).toBeLessThan(3000)
    expect(await openDoor().post('x'.repeat(8 * 1_048_576 + 1))).toMatchObject({ status: 413 })
  })

  test.each(['<!DOCTYPE a><a/>', '', '{"json":true}', '<a/>'])('%j is no call', async (body) => {
    expect(await openDoor().post(body)).toMatchObject({ status: 400 })
  })

  test('only POST is served, and only calls of the dialect', async () => {
    const { serve, post, asked } = openDoor()
    expect(await serve(new Request('https://gw/'))).toMatchObject({ status: 405 })
    const unknown = await post(writeEnvelope('<dropTables/>', writeLogin(right)))
    expect(unknown).toMatchObject({ status: 400, fault: { code: 'client.call' } })
    expect(asked).toEqual([])
  })

  test('a bank that sends too much that cannot be proved is told to wait', async () => {
    expect(await openDoor('flooded').post(writeEnvelope(feedback, writeLogin(right)))).toMatchObject({ status: 429 })
  })

  test('a confirmation whose words cannot be read is a fault of the caller', async () => {
    const garbled = writeAcknowledgement([{ reference, result: codes.ok }]).replace(/BDHM="[^"]*"/, 'BDHM="@"')
    expect(await openDoor().post(writeEnvelope(garbled, writeLogin(right)))).toMatchObject({ status: 400 })
  })
})
