import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quarantineCap } from '../../src/gateway/receive.ts'
import { digestOf, readCompact } from '../../src/signing/compact.ts'
import { codeOf, openCase, read, submitted, type TestCase, takenByBureau, tell } from './case.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
})
afterAll(() => edge.close())

type Taken = { delivery: string; jws: string }
let statements = 0

async function fresh(): Promise<Taken> {
  await read(await submitted(edge, known.inquiry), 202)
  const [taken] = await takenByBureau(edge)
  if (!taken) throw new Error('nothing to take')
  return taken
}

function claims({ delivery, jws }: Taken, over: object = {}) {
  statements += 1
  return {
    iss: landBureau,
    aud: 'gw.test.writ',
    iat: Math.floor(Date.now() / 1000),
    jti: `stmt-${statements}`,
    re: delivery,
    re_sha256: digestOf(jws),
    kind: 'received',
    sequence: 1,
    receivedAt: new Date().toISOString(),
    receiptNumber: String(statements),
    ...over,
  }
}

const asBureau = async (method: string, path: string, body?: Uint8Array, token?: string) =>
  edge.call(undefined, method, `/partner/v1${path}`, body, {
    Authorization: `Bearer ${token ?? (await edge.bureau.token())}`,
    ...(body && { 'Content-Type': 'application/pdf' }),
  })

describe('a partner', () => {
  test('takes a delivery once while its lease lasts', async () => {
    await fresh()
    expect(await takenByBureau(edge)).toEqual([])
  })

  test('may wait for a delivery', async () => {
    const waiting = asBureau('GET', '/deliveries?wait=20')
    await read(await submitted(edge, known.inquiry), 202)
    expect(await read<Taken[]>(await waiting, 200)).toHaveLength(1)
  })

  test('uses a token once', async () => {
    const token = await edge.bureau.token()
    expect((await asBureau('GET', '/deliveries', undefined, token)).status).toBe(200)
    const again = await asBureau('GET', '/deliveries', undefined, token)
    expect(again.headers.get('www-authenticate')).toBe('Bearer realm="writ"')
    expect(await codeOf(again)).toBe('401 partner-token-replayed')
  })

  test.each([
    ['for another gateway', { aud: 'gw.other' }, '401 token-invalid'],
    ['in another’s name', { iss: 'land-000000' }, '401 token-invalid'],
    ['that lives too long', { exp: Math.floor(Date.now() / 1000) + 3600 }, '401 token-expired'],
    ['that is over', { iat: 1_700_000_000, exp: 1_700_000_060 }, '401 token-expired'],
  ])('is not let in by a token %s', async (_what, over, code) => {
    expect(await codeOf(await asBureau('GET', '/deliveries', undefined, await edge.bureau.token(over)))).toBe(code)
  })

  test('is not let in by a person’s token, nor a person by a partner’s', async () => {
    expect(await codeOf(await asBureau('GET', '/deliveries', undefined, 'token-of-officerLin'))).toBe(
      '401 token-invalid',
    )
    const headers = { Authorization: `Bearer ${await edge.bureau.token()}` }
    expect(await codeOf(await edge.call(undefined, 'GET', '/v1/cases', undefined, headers))).toBe('401 token-invalid')
  })

  test('reads the documents that its delivery names and no others', async () => {
    const { delivery } = await fresh()
    const [notice] = known.inquiry.basis.documents
    const document = await asBureau('GET', `/documents/${delivery}/${notice?.sha256}`)
    expect(digestOf(new Uint8Array(await document.arrayBuffer()))).toBe(notice?.sha256)
    expect((await asBureau('GET', `/documents/${delivery}/${'A'.repeat(43)}`)).status).toBe(404)
  })

  test('brings a sealed receipt, which the officer can fetch', async () => {
    const { delivery } = await fresh()
    const file = new Uint8Array(Buffer.from('%PDF-1.4 回执'))
    const sha256 = createHash('sha256').update(file).digest('base64url')
    expect(await codeOf(await asBureau('PUT', `/receipts/${'A'.repeat(43)}?delivery=${delivery}`, file))).toBe(
      '422 receipt-digest',
    )
    expect((await asBureau('PUT', `/receipts/${sha256}?delivery=${delivery}`, file)).status).toBe(200)
    const shown = await edge.call('officerLin', 'GET', `/v1/deliveries/${delivery}/receipts/${sha256}`)
    expect(await shown.text()).toBe('%PDF-1.4 回执')
  })
})

describe('a statement', () => {
  test('gets a signed receipt; the same again gets the same, whatever its signature', async () => {
    const said = claims(await fresh())
    const receipt = await (await tell(edge, await edge.bureau.sign(said))).text()
    expect(readCompact(receipt)?.header.typ).toBe('writ-receipt+jws')
    expect(readCompact(receipt)?.claims).toMatchObject({ statement: said.jti, re: said.re })
    expect(await (await tell(edge, await edge.bureau.sign(said))).text()).toBe(receipt)
  })

  test('that says something else under the same jti is a contradiction', async () => {
    const said = claims(await fresh())
    await tell(edge, await edge.bureau.sign(said))
    const other = await tell(edge, await edge.bureau.sign({ ...said, kind: 'accepted' }))
    expect(await codeOf(other)).toBe('409 statement-contradicts')
  })

  test('with a used sequence number is refused', async () => {
    const taken = await fresh()
    await tell(edge, await edge.bureau.sign(claims(taken)))
    const second = await tell(edge, await edge.bureau.sign(claims(taken)))
    expect(await codeOf(second)).toBe('409 statement-sequence-used')
  })

  test.each([
    ['for another gateway', { aud: 'gw.other' }, '401 statement-audience'],
    ['for other bytes', { re_sha256: 'A'.repeat(43) }, '401 statement-digest'],
    ['from before its delivery', { iat: 1_700_000_000 }, '401 statement-too-old'],
    ['from the future', { iat: Math.floor(Date.now() / 1000) + 3600 }, '401 statement-from-future'],
    ['that breaks the protocol', { kind: 'shrugged' }, '401 statement-content'],
    ['about nothing we sent', { re: '0198c0de-0000-7000-8000-000000000000' }, '404 statement-unknown-delivery'],
  ])('%s is refused and kept as evidence', async (_what, over, code) => {
    const said = claims(await fresh(), over)
    expect(await codeOf(await tell(edge, await edge.bureau.sign(said)))).toBe(code)
    const [kept] = await edge.gateway.reads.quarantined(landBureau, { limit: 1 })
    expect(kept?.code).toBe(code.slice(4))
  })

  test('signed by the wrong key, or as another type, is refused', async () => {
    const said = claims(await fresh())
    expect(await codeOf(await tell(edge, await edge.strangerSigns(said)))).toBe('401 statement-key-unknown')
    expect(await codeOf(await tell(edge, await edge.bureau.sign(said, 'writ-partner+jwt')))).toBe('401 statement-type')
  })

  test('that cannot be read is refused; after a hundred an hour the rest is not kept', async () => {
    expect(await codeOf(await tell(edge, 'no statement'))).toBe('400 statement-unreadable')
    for (let more = await quarantined(); more < quarantineCap; more += 1) await tell(edge, 'no statement')
    const flooded = await tell(edge, 'no statement')
    expect(flooded.headers.get('retry-after')).toBe('3600')
    expect(await codeOf(flooded)).toBe('429 quarantine-full')
    // What is proved is still heard.
    expect((await tell(edge, await edge.bureau.sign(claims(await fresh())))).status).toBe(200)
  })

  test('longer than a mebibyte is refused', async () => {
    expect(await codeOf(await tell(edge, 'x'.repeat(1_048_577)))).toBe('413 body-too-large')
  })
})

const quarantined = () => edge.gateway.store.quarantinedSince(landBureau, new Date(0))
