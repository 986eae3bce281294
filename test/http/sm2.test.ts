import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyLayout } from '../../src/evidence/verify.ts'
import { collectEvidence } from '../../src/gateway/collect-evidence.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { codeOf, openCase, read, submitted, takenByBureau, tell } from './case.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge({}, { algorithm: 'SM2-SM3', logSm2: true })
})
afterAll(() => edge.close())

const open = async (path: string) => (await edge.call(undefined, 'GET', path)).text()

describe('a gateway whose keys are SM2', () => {
  test('is asked, answered and proved from end to end', async () => {
    const { inquiry } = await openCase(edge)
    await read(await submitted(edge, inquiry), 202)
    const [taken] = await takenByBureau(edge)
    if (!taken) throw new Error('nothing to take')
    const said = {
      iss: landBureau,
      aud: edge.gateway.gatewayId,
      iat: Math.floor(Date.now() / 1000),
      jti: 'said-1',
      re: taken.delivery,
      re_sha256: digestOf(taken.jws),
      kind: 'nothing',
      sequence: 1,
      receivedAt: new Date().toISOString(),
      receiptNumber: '1',
    }
    const forged = await edge.strangerSigns(said)
    expect(await codeOf(await tell(edge, forged))).toBe('401 statement-key-unknown')
    expect((await tell(edge, await edge.bureau.sign(said))).status).toBe(200)
    // ECDSA's cousin: signed anew, the same word has another signature, and gets the same receipt.
    expect((await tell(edge, await edge.bureau.sign(said))).status).toBe(200)
    const layout = await collected(taken.delivery)
    const policy = `log ${edge.parts.log.vkey}\nlog ${edge.parts.log.sm2Vkey}\nquorum none\n`
    const { verdict, checks } = await verifyLayout(layout, { policy })
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(verdict).toBe('ok')
  })

  test('serves the key of its SM2 lines, and checkpoints that bear one', async () => {
    const [vkey, sm2Vkey] = [(await open('/log/key')).trim(), (await open('/log/key/sm2')).trim()]
    const note = await open('/log/checkpoint')
    const trust = { origin: 'writ.test/log', log: [verifierOf(vkey), verifierOf(sm2Vkey)] }
    expect(openCheckpoint(note, trust)).toMatchObject({ kind: 'opened', signatures: { length: 2 } })
  })

  test('publishes its SM2 keys as such, and the log’s as what it is', async () => {
    const { keys } = JSON.parse(await open('/.well-known/jwks.json')) as { keys: Record<string, string>[] }
    const of = (use: string) =>
      keys.filter((key) => key.for === use).map(({ kty, crv, alg }) => [kty, crv, alg].join(' '))
    expect(new Set(of('court:津0116'))).toEqual(new Set(['EC SM2 SM2-SM3']))
    expect(of('log')).toEqual(['OKP Ed25519 EdDSA'])
    expect(of('log-sm2')).toEqual(['EC SM2 SM2-SM3'])
  })
})

test('a log without SM2 lines has no key of them to show', async () => {
  const plain = await openTestEdge()
  expect((await plain.call(undefined, 'GET', '/log/key/sm2')).status).toBe(404)
  await plain.close()
})

async function collected(delivery: string) {
  const found = await collectEvidence(edge.gateway, edge.parts.log, delivery, { waitMs: 5000 })
  if (found.kind === 'collected') return found.layout
  throw new Error(`no bundle of ${delivery}`)
}
