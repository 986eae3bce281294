import { deflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toBeijingDate } from '../../src/domain/beijing-date.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import { bindCase } from '../../src/gateway/bind-case.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { pdfPages } from '../../src/signing/pdf-pages.ts'
import { openCase, read, submitted, takenByBureau, tell } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

test('the file of a case is one archive: an index, every paper as it is, and evidence that verifies beside it', async () => {
  const file = await openCase(edge)
  const empty = await edge.call('officerLin', 'POST', `/v1/cases/${file.id}/binder`, {})
  expect(await read(empty, 409)).toMatchObject({ code: 'binder-empty' })
  await read(await submitted(edge, file.inquiry), 202)
  const [taken] = await takenByBureau(edge)
  const now = new Date()
  const said = {
    ...{ iss: 'land-120116', aud: 'gw.test.writ', iat: Math.floor(now.getTime() / 1000), jti: 'binder-1' },
    ...{ re: taken?.delivery, re_sha256: digestOf(taken?.jws ?? ''), kind: 'nothing', sequence: 1 },
    ...{ receivedAt: now.toISOString(), receiptNumber: '1' },
  }
  expect((await tell(edge, await edge.bureau.sign(said))).status).toBe(200)

  await read(await submitted(edge, file.inquiry), 202)
  const answer = await edge.call('officerLin', 'POST', `/v1/cases/${file.id}/binder`, {})
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip'])
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  const names = Object.keys(files)
  const index = Buffer.from(files['000 卷内目录.html'] ?? []).toString('utf8')
  expect(names).toContain('001 财产控制一览表.html')
  for (const name of names.filter((one) => !one.startsWith('证据/') && !one.startsWith('000')))
    expect(index).toContain(name)
  const notice = await edge.gateway.reads.document(file.id, file.inquiry.basis.documents[0]?.sha256 ?? '')
  const bound = names.find((name) => name.includes('协助查询通知书')) ?? ''
  expect(Buffer.from(files[bound] ?? []).equals(Buffer.from(notice?.bytes ?? []))).toBe(true)

  // What is not done has no paper, and what nobody answered has no proof: the index names both.
  const open = index.slice(index.indexOf('未办结'))
  expect(names.filter((name) => name.includes('送达证明'))).toHaveLength(1)
  expect(names.filter((name) => name.includes('结果告知书'))).toHaveLength(0)
  expect(open).toContain('告知财产查控结果')
  expect(open).toMatch(/查询 滨海新区土地登记机构 .*（尚未送达）/)

  const named = decodeURIComponent(answer.headers.get('content-disposition') ?? '')
  expect(named).toContain(`UTF-8''${file.number} 入卷 ${toBeijingDate(now)}.zip`)
  expect(named).not.toContain(file.id)
  const place = '证据/001 查询 滨海新区土地登记机构/'
  const layout = new Map(
    names.flatMap((name) =>
      name.startsWith(place) ? [[name.slice(place.length), files[name] ?? new Uint8Array()] as const] : [],
    ),
  )
  expect((await verifyLayout(layout)).verdict).toBe('ok')
  const [entry] = await edge.gateway.reads.entries({ caseId: file.id, kind: 'case.bound', limit: 1 })
  expect(entry).toBeDefined()
})

test('a file that is larger than one archive may be is refused, and nothing is noted as taken', async () => {
  const file = await openCase(edge)
  await read(await submitted(edge, file.inquiry), 202)
  const lin = (await edge.person('officerLin')) ?? fail()
  const asked = { exporter: 'test', waitMs: 5000, most: 100 }
  expect(await bindCase(edge.gateway, edge.parts.log, lin, file.id, asked)).toMatchObject({ code: 'binder-too-large' })
  expect(await edge.gateway.reads.entries({ caseId: file.id, kind: 'case.bound', limit: 1 })).toEqual([])
})

test('the pages of a paper are counted by its own tree, and not at all where there is none to be read', () => {
  const plain = '%PDF-1.4\n2 0 obj << /Type /Pages /Kids [3 0 R 4 0 R] /Count 12 /MediaBox << /A 1 >> >> endobj'
  const inner = '5 0 obj << /Type /Pages /Parent 2 0 R /Count 7 >> endobj'
  expect(pdfPages(Buffer.from(`${plain}\n${inner}`))).toBe(12)
  expect(pdfPages(Buffer.from(`${plain}\n2 0 obj << /Count 13 /Type/Pages >> endobj`))).toBe(13)
  expect(pdfPages(Buffer.from('%PDF-1.4 nothing'))).toBeUndefined()
  const objects = '2 0 3 60 << /Type /Pages /Kids [3 0 R] /Count 5 >> << /Type /Pages /Parent 2 0 R /Count 4 >>'
  const stream = (body: Buffer) =>
    Buffer.concat([
      Buffer.from('9 0 obj << /Type /ObjStm /N 2 /First 9 >>\nstream\n'),
      body,
      Buffer.from('\nendstream'),
    ])
  expect(pdfPages(stream(deflateSync(objects)))).toBe(5)
  expect(pdfPages(stream(deflateSync(`${objects}${' '.repeat(8_000_000)}`)))).toBeUndefined()
})

function fail(): never {
  throw new Error('nobody is there')
}
