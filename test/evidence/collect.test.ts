import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseManifest } from '../../src/evidence/manifest.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import { collectEvidence, type EvidenceTrust } from '../../src/gateway/collect-evidence.ts'
import { receive } from '../../src/gateway/receive.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { openCase, read, submitted, type TestCase, takenByBureau, tell } from '../http/case.ts'
import { landBureau, openTestEdge, type TestEdge } from '../http/edge.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
})
afterAll(() => edge.close())

/** An inquiry submitted through the API and fetched by the bureau. */
async function fetched() {
  await read(await submitted(edge, known.inquiry), 202)
  const [taken] = await takenByBureau(edge)
  if (!taken) throw new Error('nothing to take')
  return taken
}

const says = ({ delivery, jws }: { delivery: string; jws: string }, over: object = {}) => ({
  iss: landBureau,
  aud: edge.gateway.gatewayId,
  iat: Math.floor(Date.now() / 1000),
  jti: `of-${delivery}`,
  re: delivery,
  re_sha256: digestOf(jws),
  kind: 'nothing',
  sequence: 1,
  receivedAt: new Date().toISOString(),
  receiptNumber: '1',
  ...over,
})

/** Collects as the auditor's surface does, waiting for the log. */
async function collected(delivery: string) {
  const found = await collectEvidence(edge.gateway, edge.parts.log, delivery, { waitMs: 10_000 })
  if (found.kind === 'collected') return found.layout
  throw new Error(`no bundle of ${delivery}`)
}

describe('the bundle of an exchange that took place', () => {
  test('is verified by nothing but itself', async () => {
    const taken = await fetched()
    expect((await tell(edge, await edge.bureau.sign(says(taken)))).status).toBe(200)
    const layout = await collected(taken.delivery)
    const { verdict, checks } = await verifyLayout(layout, { policy: `log ${edge.parts.log.vkey}\nquorum none\n` })
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(verdict).toBe('ok')
    expect([...layout.keys()].filter((path) => path.startsWith('messages/'))).toEqual([
      'messages/0001-request.jws',
      'messages/0002-statement.jws',
      'messages/0002-receipt.jws',
    ])
    expect([...layout.keys()].filter((path) => path.startsWith('attachments/'))).toHaveLength(3)
  })

  test('tells what came over a channel from what was signed', async () => {
    const taken = await fetched()
    await receive(edge.gateway, { ...registryOf(), code: landBureau }, taken.delivery, {
      message: Buffer.from('<feedback/>'),
      parsed: {
        kind: 'proved',
        statement: { kind: 'nothing', holdings: [], targets: [] },
        jti: 'b-1',
        digest: digestOf('b-1'),
        issuedAt: new Date(),
        grade: 'B',
      },
    })
    const { verdict, checks } = await verifyLayout(await collected(taken.delivery))
    expect(verdict).toBe('ok')
    expect(checks.find(({ check }) => check === 'reception')).toMatchObject({ file: 'messages/0002-statement.xml' })
  })

  test('shows that more came than counted, and not who has looked', async () => {
    const taken = await fetched()
    await tell(edge, await edge.strangerSigns(says(taken)))
    await tell(edge, await edge.bureau.sign(says(taken)))
    await edge.call('auditorMei', 'GET', `/audit/v1/exchanges/${taken.delivery}`)
    const layout = await collected(taken.delivery)
    const entries = parseManifest(layout.get('manifest.json') ?? new Uint8Array())?.entries ?? []
    const { checks, verdict } = await verifyLayout(layout)
    const kinds = checks.filter(({ check }) => check === 'record').map(({ detail }) => detail.split(' ')[0])
    expect(verdict).toBe('ok')
    expect(entries.map(({ role }) => role)).toEqual(['request', 'statement', 'context', 'context'])
    expect(kinds).toEqual(['delivery.created', 'statement.received', 'request.submitted', 'statement.quarantined'])
  })

  test('waits for the log, as long as its reader wishes', async () => {
    const { delivery } = await fetched()
    const early: EvidenceTrust = { ...edge.parts.log, prove: async () => ({ kind: 'not-yet' }) }
    expect(await collectEvidence(edge.gateway, early, delivery, { waitMs: 20 })).toMatchObject({ kind: 'not-yet' })
    expect(await collectEvidence(edge.gateway, edge.parts.log, known.id, { waitMs: 0 })).toEqual({
      kind: 'unknown-delivery',
    })
    const path = `/audit/v1/exchanges/${delivery}/evidence`
    const response = await edge.call('auditorMei', 'POST', path, { reason: '庭审质证用' }, { Prefer: 'wait=10' })
    expect([response.status, response.headers.get('preference-applied')]).toEqual([200, 'wait=10'])
  })
})

function registryOf() {
  const counter = edge.gateway.counter(landBureau)
  if (!counter) throw new Error('no bureau')
  return counter.registry
}
