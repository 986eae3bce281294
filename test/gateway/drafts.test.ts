import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskedRequest, DraftedRequest } from '../../src/domain/request.ts'
import { approve, sendBack, withdraw } from '../../src/gateway/approve.ts'
import { changeDraft, correctRequest, discardDraft, saveDraft } from '../../src/gateway/drafts.ts'
import { submitDraft } from '../../src/gateway/submit-draft.ts'
import {
  approverZhao,
  asked,
  measureOf,
  officerElsewhere,
  officerHan,
  officerLin,
  registrarWen,
  sure,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

let serial = 0
const once = (by = officerLin, digest = 'one body') => ({ client: by.id, key: `draft-key-${++serial}`, digest })
const at = (file: OpenCase, id: string) => ({ id, caseId: file.id })
const save = async (file: OpenCase, content: object) =>
  sure(await saveDraft(office.parts, officerLin, file.id, content, once())).id
const read = (content: unknown) => content as DraftedRequest
const submitIt = (file: OpenCase, id: string, key = once(), by = officerLin) =>
  submitDraft(office.parts, by, at(file, id), read, key)
const draft = (id: string) => office.opened.reads.draft(id)
const lines = (file: OpenCase) => office.opened.reads.requestLines({ caseId: file.id, limit: 10 })
const full = (file: OpenCase, over: Partial<AskedRequest> = {}) => asked(measureOf.seal, { party: file.party, ...over })

describe('a draft', () => {
  test('is kept as it was written, complete or not, and leaves nothing but its entry', async () => {
    const file = await office.openCase()
    const id = await save(file, { measure: { kind: 'freeze', targets: [{ amount: '还不知道' }] }, basis: 7 })
    expect(await draft(id)).toMatchObject({
      state: 'open',
      measure: 'freeze',
      maker: officerLin.id,
      content: { measure: { kind: 'freeze', targets: [{ amount: '还不知道' }] }, basis: 7 },
    })
    expect((await office.kinds(file.id)).at(-1)).toBe('draft.saved')
    expect(await lines(file)).toEqual([])
  })

  test('that is saved anew has its new words, and each saving its own entry', async () => {
    const file = await office.openCase()
    const id = await save(file, {})
    sure(await changeDraft(office.parts, officerLin, at(file, id), { contact: { name: '林书远' } }))
    const row = await draft(id)
    expect(row).toMatchObject({ content: { contact: { name: '林书远' } } })
    expect((await office.kinds(file.id)).slice(-2)).toEqual(['draft.saved', 'draft.saved'])
    expect((await office.journal(file.id)).at(-1)?.id).toBe(row?.entry)
  })

  test('is its owner’s to change, submit and discard; nobody off the case keeps one', async () => {
    const file = await office.openCase()
    const id = await save(file, full(file))
    for (const act of [
      changeDraft(office.parts, officerHan, at(file, id), {}),
      discardDraft(office.parts, officerHan, at(file, id)),
      submitIt(file, id, once(officerHan), officerHan),
    ])
      expect(await act).toMatchObject({ code: 'draft-of-another' })
    expect(await saveDraft(office.parts, officerElsewhere, file.id, {}, once())).toMatchObject({ code: 'case-unknown' })
    expect(await saveDraft(office.parts, registrarWen, file.id, {}, once())).toMatchObject({ code: 'role-missing' })
    expect((await draft(id))?.objections).toEqual([])
  })

  test('that was discarded is closed, and the log says so', async () => {
    const file = await office.openCase()
    const id = await save(file, full(file))
    sure(await discardDraft(office.parts, officerLin, at(file, id)))
    expect((await office.kinds(file.id)).at(-1)).toBe('draft.discarded')
    expect(await submitIt(file, id)).toMatchObject({ code: 'draft-closed' })
    expect(await changeDraft(office.parts, officerLin, at(file, id), {})).toMatchObject({ code: 'draft-closed' })
    expect(await changeDraft(office.parts, officerLin, at(file, file.id), {})).toMatchObject({ code: 'draft-unknown' })
    expect(await lines(file)).toEqual([])
  })

  test('saved twice under one key is one draft; under another body the key is refused', async () => {
    const file = await office.openCase()
    const key = once()
    const saving = (digest = key.digest) =>
      saveDraft(office.parts, officerLin, file.id, { respondBy: 1 }, { ...key, digest })
    const said = (await Promise.all([saving(), saving(), saving()])).map(sure)
    expect(new Set(said.map(({ id }) => id)).size).toBe(1)
    expect(await saving('another')).toMatchObject({ code: 'idempotency-key-reused' })
  })
})

describe('a draft that is submitted', () => {
  test('becomes a request whose entry points back to it', async () => {
    const file = await office.openCase()
    const id = await save(file, full(file))
    const { entry: saved } = (await draft(id)) ?? {}
    const said = await submitIt(file, id)
    if (said.kind !== 'submitted') throw new Error(said.kind)
    expect(await office.opened.reads.request(said.id)).toMatchObject({ state: 'submitted', version: 1 })
    expect(await draft(id)).toMatchObject({ state: 'submitted', request: said.id })
    const leaf = (await office.journal(file.id)).at(-1)
    expect(linksOf(leaf?.leaf)).toEqual([{ rel: 'draft', jti: saved }])
  })

  test('is one request under its key, however many times and at once', async () => {
    const file = await office.openCase()
    const id = await save(file, full(file))
    const key = once()
    const said = await Promise.all([submitIt(file, id, key), submitIt(file, id, key), submitIt(file, id, key)])
    expect(said.map(({ kind }) => kind).sort()).toEqual(['replayed', 'replayed', 'submitted'])
    expect(await lines(file)).toHaveLength(1)
    expect(await submitIt(file, id)).toMatchObject({ code: 'draft-closed' })
  })

  test('and refused stays a draft with everything that stands against it: no request, no delivery', async () => {
    const file = await office.openCase()
    const before = (await office.opened.reads.exchangesOfCase(file.id)).length
    const wrong = full(file, { party: 'nobody', officers: [], registries: ['bureau-of-nowhere' as never] })
    const id = await save(file, wrong)
    const said = await submitIt(file, id)
    expect(said).toMatchObject({ kind: 'objected' })
    const codes = (await draft(id))?.objections.map(({ code }) => code)
    expect(codes).toEqual(['subject-not-a-party', 'officers-two-required', 'registry-unknown', 'registry-not-live'])
    expect(await draft(id)).toMatchObject({ state: 'open', content: { party: 'nobody' } })
    expect((await office.kinds(file.id)).slice(-2)).toEqual(['draft.saved', 'draft.refused'])
    expect(await lines(file)).toEqual([])
    expect((await office.opened.reads.exchangesOfCase(file.id)).length).toBe(before)
    // Mended, it goes.
    sure(await changeDraft(office.parts, officerLin, at(file, id), full(file)))
    expect((await draft(id))?.objections).toEqual([])
    expect(await submitIt(file, id)).toMatchObject({ kind: 'submitted' })
  })
})

describe('a request that was sent back', () => {
  const returned = async (file: OpenCase) => {
    const { id } = sure(await office.ask(file, measureOf.seal))
    sure(await sendBack(office.parts, approverZhao, at(file, id), '坐落有误'))
    return id
  }
  const correct = (file: OpenCase, id: string, by = officerLin) =>
    correctRequest(office.parts, by, at(file, id), (request) => request)

  test('comes anew as its next version, which names it; the first stays as it was', async () => {
    const file = await office.openCase()
    const first = await returned(file)
    const { id } = sure(await correct(file, first))
    expect(await draft(id)).toMatchObject({ replaces: first, content: { party: file.party } })
    const said = await submitIt(file, id)
    if (said.kind !== 'submitted') throw new Error(said.kind)
    expect(await office.opened.reads.request(said.id)).toMatchObject({
      replaces: first,
      version: 2,
      state: 'submitted',
    })
    expect(await office.opened.reads.request(first)).toMatchObject({ state: 'returned', version: 1 })
    expect(await office.opened.reads.successorOf(first)).toBe(said.id)
    expect(await office.opened.reads.approvals(first)).toMatchObject([{ decision: 'returned', comment: '坐落有误' }])
    const rels = linksOf((await office.journal(file.id)).at(-1)?.leaf).map(({ rel }) => rel)
    expect(rels).toEqual(['draft', 'replaces'])
    const decided = await approve(office.parts, approverZhao, at(file, said.id))
    expect(decided).toMatchObject({ kind: 'approved' })
    expect(await correct(file, first)).toMatchObject({ code: 'request-replaced' })
  })

  test('is corrected once at a time, by its maker, and only after it was returned or withdrawn', async () => {
    const file = await office.openCase()
    const first = await returned(file)
    const [one, two] = await Promise.all([correct(file, first), correct(file, first)])
    expect(sure(one).id).toBe(sure(two).id)
    expect(await correct(file, first, officerHan)).toMatchObject({ code: 'not-the-maker' })
    const { id: waiting } = sure(await office.ask(file, measureOf.seal))
    expect(await correct(file, waiting)).toMatchObject({ code: 'request-not-returned' })
    sure(await withdraw(office.parts, officerLin, at(file, waiting)))
    expect(await correct(file, waiting)).toMatchObject({ kind: 'saved' })
  })
})

function linksOf(leaf: Uint8Array | undefined): readonly { rel: string; jti: string }[] {
  const [, payload = ''] = Buffer.from(leaf ?? [])
    .toString('utf8')
    .split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).links ?? []
}
