import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf } from '../../src/signing/compact.ts'
import { codeOf, openCase, read, submitted, type TestCase, takenByBureau, tell } from './case.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
})
afterAll(() => edge.close())

type Told = { id: string; event: string; data: Record<string, unknown> }

/** Reads events until `enough` says so, then goes away as a browser does. */
async function listenTo(id: string, enough: (told: readonly Told[]) => boolean, last?: string): Promise<Told[]> {
  const headers = last === undefined ? {} : { 'Last-Event-ID': last }
  const response = await edge.call('officerLin', 'GET', `/v1/requests/${id}/events`, undefined, headers)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const told: Told[] = []
  for (let text = ''; !enough(told); ) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) throw new Error('the stream ended')
    const blocks = (text + chunk.value).split('\n\n')
    text = blocks.pop() ?? ''
    told.push(...blocks.filter((block) => block.startsWith('event')).map(parse))
  }
  await reader?.cancel()
  return told
}

function parse(block: string): Told {
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
  return { id: line('id'), event: line('event'), data: JSON.parse(line('data')) }
}

async function say(kind: string, sequence: number, { delivery, jws }: { delivery: string; jws: string }) {
  const claims = {
    iss: landBureau,
    aud: 'gw.test.writ',
    iat: Math.floor(Date.now() / 1000),
    jti: `${delivery}-${sequence}`,
    re: delivery,
    re_sha256: digestOf(jws),
    kind,
    sequence,
    receivedAt: new Date().toISOString(),
    receiptNumber: String(sequence),
  }
  expect((await tell(edge, await edge.bureau.sign(claims))).status).toBe(200)
}

test('the events of a request are told once each, and a reader that comes back misses nothing', async () => {
  const { id } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  const [taken] = await takenByBureau(edge)
  if (!taken) throw new Error('nothing to take')
  const listening = listenTo(id, (told) => told.some(({ event }) => event === 'statement'))
  await say('received', 1, taken)
  const first = await listening
  expect(first[0]).toMatchObject({ id, event: 'submitted' })
  const heard = first.at(-1)
  expect(heard).toMatchObject({ event: 'statement', data: { kind: 'received', zh: '已签收', grade: 'A' } })

  await say('nothing', 2, taken)
  const resumed = await listenTo(id, (told) => told.some(({ event }) => event === 'state'), heard?.id)
  expect(resumed.map(({ event, data }) => [event, data.kind ?? data.answered])).toEqual([
    ['statement', 'nothing'],
    ['state', true],
  ])
  expect(resumed[1]?.id).toBe(resumed[0]?.id)
})

test('an approval is an event', async () => {
  const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
  const listening = listenTo(id, (told) => told.some(({ data }) => data.state === 'approved'))
  await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' })
  const told = await listening
  expect(told.filter(({ event }) => event === 'approval')).toMatchObject([{ data: { decision: 'approved' } }])
})

test('the events of another court’s request are not told', async () => {
  const { id } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  expect(await codeOf(await edge.call('officerElsewhere', 'GET', `/v1/requests/${id}/events`))).toBe(
    '404 request-unknown',
  )
})
