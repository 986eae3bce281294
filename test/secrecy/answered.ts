import { digestOf } from '../../src/signing/compact.ts'
import { openCase, read, submitted, type TestCase, takenByBureau, tell } from '../http/case.ts'
import type { Staff, TestEdge } from '../http/edge.ts'

export const team = '执行一团队'
export const why = '核对被执行人身份'

/** A parcel found by an inquiry, under names that occur nowhere else. */
export const found = {
  asset: {
    class: 'land',
    unitCode: '120116001001GB00001W00000000',
    certNo: '津（2023）滨海新区不动产权第7654321号',
    address: '天津市滨海新区新北路88号',
  },
  usage: '住宅用地标记',
  encumbrances: [{ kind: 'mortgage', holder: '某某银行标记' }],
}

export type Answered = TestCase & {
  readonly request: string
  readonly delivery: string
  readonly statement: string
  readonly receipt: string
}

/** A case with an inquiry that a bureau has answered, with a stamped paper; then given to a team that nobody is in. */
export async function answeredCase(edge: TestEdge, assignment: object = { team }): Promise<Answered> {
  const known = await openCase(edge)
  const { id: request } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  const taken = (await takenByBureau(edge)).at(-1)
  if (!taken) throw new Error('nothing was delivered')
  const paper = new Uint8Array(Buffer.from(`%PDF-1.4 回执 ${taken.delivery}`))
  const receipt = digestOf(paper)
  const headers = { Authorization: `Bearer ${await edge.bureau.token()}`, 'Content-Type': 'application/pdf' }
  const path = `/partner/v1/receipts/${receipt}?delivery=${taken.delivery}`
  await read(await edge.call(undefined, 'PUT', path, paper, headers), 200)
  const statement = await edge.bureau.sign({
    iss: 'land-120116',
    aud: 'gw.test.writ',
    iat: Math.floor(Date.now() / 1000),
    jti: `of-${taken.delivery}`,
    re: taken.delivery,
    re_sha256: digestOf(taken.jws),
    kind: 'executed',
    sequence: 1,
    receivedAt: new Date().toISOString(),
    receiptNumber: '第1号',
    holdings: [found],
    reason: { code: 'note', text: '权利人张某某标记' },
    sealedReceipt: { sha256: receipt, mediaType: 'application/pdf', length: paper.length },
  })
  const told = await tell(edge, statement)
  if (told.status !== 200) throw new Error(await told.text())
  const [row] = (await edge.gateway.reads.exchange(taken.delivery))?.statements ?? []
  await read(await edge.call('registrarWen', 'PUT', `/v1/cases/${known.id}/assignment`, assignment), 200)
  return { ...known, request, delivery: taken.delivery, statement: row?.id ?? '', receipt }
}

/** Everything a person gets to read of a case, as one text. */
export async function allThatIsShown(edge: TestEdge, who: Staff, of: Answered): Promise<string> {
  const paths = [
    `/v1/cases/${of.id}`,
    `/v1/requests/${of.request}`,
    `/v1/cases/${of.id}/holdings`,
    `/v1/cases/${of.id}/controls`,
    '/v1/cases',
    '/v1/requests',
  ]
  const texts = await Promise.all(paths.map(async (path) => (await edge.call(who, 'GET', path)).text()))
  return texts.join('\n') + (await firstEvents(edge, who, of.request))
}

/** The events of a request up to its first `state`. */
export async function firstEvents(edge: TestEdge, who: Staff, request: string): Promise<string> {
  const response = await edge.call(who, 'GET', `/v1/requests/${request}/events`)
  const reader = response.body?.getReader()
  let text = ''
  while (reader && response.ok && !text.includes('event: state\n')) {
    const { value, done } = await reader.read()
    if (done) break
    text += Buffer.from(value).toString()
  }
  await reader?.cancel()
  return text
}

/** What nobody reads who is not on the case. */
export const secrets = [
  '张某某',
  '李某某',
  '120116198503120013',
  '110101199003070097',
  '120116001001GB00001W00000000',
  '7654321',
  '新北路88号',
  '住宅用地标记',
  '某某银行标记',
  '权利人',
  '第1号',
]
