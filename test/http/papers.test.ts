import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealOfficeFor } from '../../src/demo/seal-office.ts'
import { readAuthorities } from '../../src/signing/certify.ts'
import { sealVerifier } from '../../src/signing/seal-verifier.ts'
import { codeOf, openCase, read, submitted, type TestCase, uploadTo } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

const court = sealOfficeFor('某某市某某区人民法院')

let edge: TestEdge
let known: TestCase
beforeAll(async () => {
  const verifier = sealVerifier(readAuthorities(court.ca))
  edge = await openTestEdge({}, {}, 1, { verifier, confirm: ['seal'] })
  known = await openCase(edge)
})
afterAll(() => edge.close())

type Line = { sha256: string; number: string; href: string; seal?: object; isMasked?: true }
type Review = { required: boolean; fields: { field: string; value: unknown }[]; documents: Line[] }

describe('the papers of a case', () => {
  test('are answered with what was found on their seals, and go into a request as they were answered', async () => {
    const answered = await uploadTo(edge, known.id, 'inquiry-notice', court.seal('Notice to assist', new Date()))
    const seal = { verdict: 'sealed', zh: '签章有效', en: 'the seal holds', by: '某某市某某区人民法院' }
    expect(answered).toMatchObject({ seal })
    const plain = await uploadTo(edge, known.id, 'other', new Uint8Array(Buffer.from('%PDF-1.4\nplain')))
    expect(plain).toMatchObject({ seal: { verdict: 'missing', zh: '无电子签章', en: 'unsealed' } })
    const inquiry = { ...known.inquiry, basis: { ...known.inquiry.basis, documents: [answered, plain] } }
    await read(await submitted(edge, inquiry), 202)
    const { documents } = await read<{ documents: Line[] }>(
      await edge.call('officerLin', 'GET', `/v1/cases/${known.id}/documents`),
      200,
    )
    expect(documents.find(({ sha256 }) => sha256 === answered.sha256)?.seal).toMatchObject({ by: seal.by })
    expect(documents.find(({ sha256 }) => sha256 === plain.sha256)?.href).toContain(plain.sha256)
  })

  test('that were altered after sealing leave nowhere, also where seals are only flagged', async () => {
    const altered = Buffer.concat([court.seal('Notice', new Date()), Buffer.from('\n')])
    const answered = await uploadTo(edge, known.id, 'inquiry-notice', new Uint8Array(altered))
    const inquiry = { ...known.inquiry, basis: { ...known.inquiry.basis, documents: [answered] } }
    expect(await codeOf(await submitted(edge, inquiry))).toBe('422 document-changed-after-sealing')
  })
})

describe('an approver', () => {
  const waiting = async () => (await read<{ id: string }>(await submitted(edge, known.seal), 202)).id
  const review = async (id: string) =>
    read<Review>(await edge.call('officerZhao', 'GET', `/v1/requests/${id}/review`), 200)
  const decide = (id: string, confirmed?: readonly string[]) =>
    edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, {
      decision: 'approve',
      ...(confirmed && { confirmed }),
    })

  test('sees each field beside the papers, confirms them, and only then does it leave', async () => {
    const id = await waiting()
    const { required, fields, documents } = await review(id)
    expect(required).toBe(true)
    expect(fields.map(({ field }) => field)).toEqual(['subject', 'targets', 'term'])
    expect(fields[0]?.value).toMatchObject({ name: '张某某' })
    expect(fields[2]?.value).toEqual({ kind: 'months', months: 36 })
    expect(documents).toHaveLength(known.seal.basis.documents.length)
    const refused = await read<{ code: string; detail: object }>(await decide(id, ['subject']), 422)
    expect(refused).toMatchObject({ code: 'approval-fields-unconfirmed', detail: { missing: 'targets term' } })
    await read(
      await decide(
        id,
        fields.map(({ field }) => field),
      ),
      200,
    )
  })

  test('cannot confirm what is no field', async () => {
    expect(await codeOf(await decide(await waiting(), ['everything']))).toBe('422 invalid-body')
  })

  test('who is not on the case sees which fields there are, and nothing that stands in them', async () => {
    const id = await waiting()
    await read(await edge.call('registrarWen', 'PUT', `/v1/cases/${known.id}/assignment`, { team: '执行一团队' }), 200)
    const text = JSON.stringify(await review(id))
    expect(text).toContain('"isMasked":true')
    for (const hidden of ['张某某', '120116198503120013', '之一', '120116001001GB00001F00010001'])
      expect(text).not.toContain(hidden)
    const lines = await read<{ documents: Line[] }>(
      await edge.call('officerZhao', 'GET', `/v1/cases/${known.id}/documents`),
      200,
    )
    expect(lines.documents.every(({ isMasked }) => isMasked)).toBe(true)
    expect(JSON.stringify(lines)).not.toContain('之一')
  })
})
