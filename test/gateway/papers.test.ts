import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealOfficeFor } from '../../src/demo/seal-office.ts'
import type { DocumentKind, DocumentReference } from '../../src/domain/legal-basis.ts'
import type { Measure } from '../../src/domain/measure.ts'
import { approve } from '../../src/gateway/approve.ts'
import { storeDocument } from '../../src/gateway/store-document.ts'
import { readAuthorities } from '../../src/signing/certify.ts'
import { sealVerifier } from '../../src/signing/seal-verifier.ts'
import { approverZhao, asked, bank, measureOf, officerLin, paper, paperKinds, sure } from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

const day = 86_400_000
const court = sealOfficeFor('某某市某某区人民法院')
const stranger = sealOfficeFor('某某市某某区人民法院')
const verifier = sealVerifier(readAuthorities(court.ca))

let office: Office
let file: OpenCase
beforeAll(async () => {
  office = await openOffice({}, { verifier, seals: 'required', confirm: ['transfer', 'release', 'convey'] })
  file = await office.openCase()
})
afterAll(() => office.close())

const now = () => office.parts.clock()
const sealed = (what: string) => court.seal(what, now())
let serial = 0

async function stored(kind: DocumentKind, bytes: Uint8Array): Promise<DocumentReference> {
  const { number, mediaType } = paper(kind)
  const { sha256, length } = sure(
    await storeDocument(office.parts, officerLin, file.id, { kind, number, mediaType, bytes }),
  )
  return { kind, number, mediaType, sha256, length }
}

/** The papers of every measure, sealed, but for those that are given. */
async function papers(over: Partial<Record<DocumentKind, Uint8Array>> = {}): Promise<DocumentReference[]> {
  serial += 1
  return Promise.all(paperKinds.map((kind) => stored(kind, over[kind] ?? sealed(`${kind} ${serial}`))))
}

const asking = async (measure: Measure, documents: readonly DocumentReference[]) =>
  office.ask(file, measure, { basis: { ...asked(measure).basis, documents } })

const inquiry = measureOf.inquire
const written = async () => (await office.journal(file.id)).filter(({ kind }) => kind !== 'document.stored').length
const sealsOf = async (sha256: string) =>
  (await office.opened.reads.seals(file.id)).filter((row) => row.sha256 === sha256).map(({ finding }) => finding.kind)

describe('where seals are required', () => {
  test('an inquiry on sealed papers leaves', async () => {
    const { id } = sure(await asking(inquiry, await papers()))
    expect(await office.opened.reads.exchangesOf(id)).toHaveLength(1)
  })

  test.each([
    ['document-seal-missing', () => Buffer.from('%PDF-1.4\nunsealed')],
    ['document-seal-untrusted', () => stranger.seal('Notice', now())],
    ['document-seal-expired', () => court.seal('Notice', new Date(now().getTime() - 30 * day))],
    ['document-changed-after-sealing', () => Buffer.concat([sealed('Notice'), Buffer.from('\n8 0 obj\n')])],
    ['document-seal-broken', () => Buffer.from(sealed('Notice')).fill('x', 0x50, 0x51)],
  ])('%s: nothing leaves, and nothing is written', async (code, bytes) => {
    const documents = await papers({ 'inquiry-notice': bytes() })
    const before = await written()
    expect(await asking(inquiry, documents)).toMatchObject({ code, field: 'basis.documents.1' })
    expect(await written()).toBe(before)
  })

  test('seal-format-unsupported: an OFD is not taken for sealed, nor for unsealed', async () => {
    const ofd = {
      kind: 'inquiry-notice',
      number: 'x',
      mediaType: 'application/ofd',
      bytes: Buffer.from('PK ofd'),
    } as const
    const { sha256, length, seal } = sure(await storeDocument(office.parts, officerLin, file.id, ofd))
    expect(seal.kind).toBe('unsupported')
    const { bytes: _, ...named } = ofd
    const refused = await asking(inquiry, [{ ...named, sha256, length }])
    expect(refused).toMatchObject({ code: 'seal-format-unsupported' })
  })

  test('other material needs none, but may not have been altered after it was sealed', async () => {
    const plain = await stored('other', Buffer.from('%PDF-1.4\na photograph'))
    sure(await asking(inquiry, [...(await papers()), plain]))
    const altered = await stored('other', Buffer.concat([sealed('Other'), Buffer.from('\n')]))
    const refused = await asking(inquiry, [...(await papers()), altered])
    expect(refused).toMatchObject({ code: 'document-changed-after-sealing' })
  })

  test('a measure on an unsealed ruling is not even submitted: there is nothing to approve', async () => {
    const lines = async () => (await office.opened.reads.requestLines({ caseId: file.id, limit: 200 })).length
    const before = await lines()
    const documents = await papers({ ruling: Buffer.from('%PDF-1.4\nan unsealed ruling') })
    expect(await asking(measureOf.seal, documents)).toMatchObject({ code: 'document-seal-missing' })
    expect(await lines()).toBe(before)
  })

  test('a measure leaves no delivery when its papers are no longer believed on the day it is approved', async () => {
    const { id } = sure(await asking(measureOf.seal, await papers()))
    const believed = office.parts.papers
    const doubting = { ...office.parts, papers: { ...believed, verifier: sealVerifier(readAuthorities(stranger.ca)) } }
    const before = await written()
    expect(await approve(doubting, approverZhao, { id, caseId: file.id })).toMatchObject({
      code: 'document-seal-untrusted',
    })
    expect(await written()).toBe(before)
    expect((await office.opened.reads.request(id))?.state).toBe('submitted')
    sure(await approve(office.parts, approverZhao, { id, caseId: file.id }))
    expect(await office.opened.reads.exchangesOf(id)).toHaveLength(1)
  })

  test('a paper that came while its certificate was valid is good for as long as the case lasts', async () => {
    const documents = await papers()
    office.time.shift = 3660 * day
    try {
      expect(await asking(inquiry, documents)).toMatchObject({ kind: 'submitted' })
      expect(await asking(inquiry, await papers({ 'inquiry-notice': court.seal('Late', now()) }))).toMatchObject({
        code: 'document-seal-expired',
      })
    } finally {
      office.time.shift = 0
    }
  })
})

describe('what was found on a seal', () => {
  test('is kept beside the document: whose it is, when it was put, and the verdict in the log', async () => {
    const at = new Date(Math.floor(now().getTime() / 1000) * 1000)
    const { sha256 } = await stored('ruling', court.seal('A ruling that is looked at', at))
    const rows = await office.opened.reads.seals(file.id)
    expect(rows.find((row) => row.sha256 === sha256)?.finding).toEqual({
      kind: 'sealed',
      by: '某某市某某区人民法院',
      signedAt: at,
    })
    expect((await office.journal(file.id)).at(-1)).toMatchObject({ kind: 'document.stored', about: 'seal:sealed' })
  })

  test('is looked at anew when the paper is stored again, and written when it is another', async () => {
    const bytes = stranger.seal('Sealed by another', now())
    const { sha256 } = await stored('ruling', bytes)
    await stored('ruling', bytes)
    expect(await sealsOf(sha256)).toEqual(['untrusted'])
    const { number, mediaType } = paper('ruling')
    const both = readAuthorities(court.ca + stranger.ca)
    const trusting = { ...office.parts, papers: { ...office.parts.papers, verifier: sealVerifier(both) } }
    sure(await storeDocument(trusting, officerLin, file.id, { kind: 'ruling', number, mediaType, bytes }))
    expect(await sealsOf(sha256)).toEqual(['untrusted', 'sealed'])
  })
})

describe('the approver of a transfer', () => {
  const transfer = async () =>
    sure(await office.ask(file, measureOf.transfer, { registries: [bank.code], ...(await basis()) })).id
  const basis = async () => ({ basis: { ...asked(measureOf.transfer).basis, documents: await papers() } })

  test('confirms each field, or it does not leave', async () => {
    await office.keepAccount(file)
    const id = await transfer()
    const at = { id, caseId: file.id }
    expect(await approve(office.parts, approverZhao, at, ['subject', 'amount'])).toMatchObject({
      code: 'approval-fields-unconfirmed',
      detail: { missing: 'targets payee' },
    })
    expect(await office.opened.reads.approvals(id)).toEqual([])
    const all = ['subject', 'targets', 'amount', 'payee'] as const
    const { entry } = sure(await approve(office.parts, approverZhao, at, all))
    expect(await office.opened.reads.approvals(id)).toMatchObject([{ decision: 'approved', confirmed: all }])
    const opening = await office.opened.reads.opening(entry)
    expect(JSON.parse(Buffer.from(opening?.bytes ?? []).toString())).toEqual({ confirmed: all })
  })

  test('of a measure that takes nothing from anybody for good is asked for no more than the decision', async () => {
    const { id } = sure(await asking(measureOf.seal, await papers()))
    sure(await approve(office.parts, approverZhao, { id, caseId: file.id }))
    expect((await office.opened.reads.approvals(id)).map(({ confirmed }) => confirmed)).toEqual([undefined])
  })
})
