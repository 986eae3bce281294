import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { correctCase, correctParty } from '../../src/gateway/correct-entry.ts'
import { addParties, confirmCase, enterCase } from '../../src/gateway/enter-case.ts'
import { look } from '../../src/gateway/look.ts'
import { sha256, storeDocument } from '../../src/gateway/store-document.ts'
import {
  applicant,
  caseNumber,
  debtor,
  measureOf,
  officerElsewhere,
  officerLin,
  paper,
  paperBytes,
  paperKinds,
  registrarHe,
  registrarWen,
  sure,
  yuan,
} from '../support/court.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

describe('a case is entered by one and confirmed by another (invariant 7)', () => {
  test('until then nothing can be asked of anybody in it', async () => {
    const { id } = sure(await enterCase(office.parts, registrarWen, office.entered()))
    const file = await office.opened.reads.caseById(id)
    const open = { id, number: file?.number ?? '', party: file?.parties[0]?.id ?? '' }
    expect(await office.ask(open, measureOf.inquire)).toMatchObject({ code: 'case-unconfirmed' })
    expect(await confirmCase(office.parts, registrarWen, id)).toMatchObject({ code: 'confirmer-entered-it' })
    expect(await confirmCase(office.parts, officerElsewhere, id)).toMatchObject({ code: 'case-unknown' })
    expect(await confirmCase(office.parts, registrarHe, id)).toEqual({ kind: 'confirmed' })
    expect(await confirmCase(office.parts, registrarHe, id)).toMatchObject({ code: 'nothing-to-confirm' })
    expect(await office.kinds(id)).toEqual(['case.entered', 'case.confirmed'])
  })

  test('a party added later waits for a second person too, and whoever added it is not that person', async () => {
    const file = await office.openCase()
    const [added] = sure(
      await addParties(office.parts, registrarHe, file.id, [{ role: 'debtor', subject: applicant }]),
    ).ids
    const other = { ...file, party: added ?? '' }
    expect(await office.ask(other, measureOf.inquire)).toMatchObject({ code: 'party-unconfirmed' })
    expect(await confirmCase(office.parts, registrarHe, file.id)).toMatchObject({ code: 'confirmer-entered-it' })
    sure(await confirmCase(office.parts, registrarWen, file.id))
    expect(await office.ask(other, measureOf.inquire)).toMatchObject({ kind: 'submitted' })
  })

  test('what was mistyped is corrected by whoever entered it alone, and no more once it is confirmed', async () => {
    const { id } = sure(await enterCase(office.parts, registrarWen, office.entered()))
    const [party] = (await office.opened.reads.caseById(id))?.parties ?? []
    const said = { role: 'debtor', subject: { ...debtor, name: '章某某' } } as const
    const sums = { claim: yuan('1300000.00'), costs: yuan('0.00'), judge: '周正' }
    const correct = (by: typeof registrarWen, whom = party?.id ?? '') => correctParty(office.parts, by, id, whom, said)
    expect(await correct(registrarHe)).toMatchObject({ code: 'entry-of-another' })
    expect(await correct(officerLin)).toMatchObject({ code: 'role-missing' })
    expect(await correct(registrarWen, 'nobody')).toMatchObject({ code: 'subject-not-a-party' })
    expect(await correctCase(office.parts, registrarHe, id, sums)).toMatchObject({ code: 'entry-of-another' })
    sure(await correct(registrarWen))
    sure(await correctCase(office.parts, registrarWen, id, sums))
    sure(await confirmCase(office.parts, registrarHe, id))
    const file = await office.opened.reads.caseById(id)
    expect([file?.claim, file?.parties[0]?.subject.name]).toEqual(['1300000.00', '章某某'])
    expect(await correct(registrarWen)).toMatchObject({ code: 'entry-confirmed' })
    expect(await correctCase(office.parts, registrarWen, id, sums)).toMatchObject({ code: 'entry-confirmed' })
    expect(await office.kinds(id)).toEqual(['case.entered', 'case.entered', 'case.entered', 'case.confirmed'])
  })

  test('it is of the registrar’s own court', async () => {
    expect(await enterCase(office.parts, officerElsewhere, office.entered())).toMatchObject({ code: 'wrong-court' })
    const file = await office.openCase()
    const more = [{ role: 'debtor', subject: debtor }] as const
    expect(await addParties(office.parts, officerElsewhere, file.id, more)).toMatchObject({ code: 'case-unknown' })
  })

  test('one case cannot be entered twice, not even under the number of one of its papers', async () => {
    const number = caseNumber('（2026）津0116执4711号')
    sure(await enterCase(office.parts, registrarWen, office.entered({ number })))
    for (const again of [number, caseNumber('（2026）津0116执4711号之一')])
      expect(await enterCase(office.parts, registrarWen, office.entered({ number: again }))).toMatchObject({
        code: 'case-exists',
      })
  })

  test('a paper’s number names the case it is of', async () => {
    const number = caseNumber('（2026）津0116执4712号之一')
    const { id } = sure(await enterCase(office.parts, registrarWen, office.entered({ number })))
    expect((await office.opened.reads.caseById(id))?.number).toBe('（2026）津0116执4712号')
  })
})

describe('a document', () => {
  const upload = (caseId: string, over: object) =>
    storeDocument(office.parts, officerLin, caseId, { ...paper('other'), bytes: paperBytes('other'), ...over })

  test('is what its sender meant, or refused', async () => {
    const { id } = await office.openCase()
    expect(await upload(id, { bytes: new Uint8Array() })).toMatchObject({ code: 'document-empty' })
    expect(await upload(id, { bytes: Buffer.from('PK'), sha256: undefined })).toMatchObject({
      code: 'document-not-pdf',
    })
    expect(await upload(id, { sha256: sha256('other bytes') })).toMatchObject({ code: 'document-digest' })
    expect(await upload('nowhere', {})).toMatchObject({ code: 'case-unknown' })
    expect(
      await storeDocument(office.parts, officerElsewhere, id, { ...paper('other'), bytes: paperBytes('other') }),
    ).toMatchObject({ code: 'case-unknown' })
  })

  test('is kept once, with one entry, and read back as it was', async () => {
    const { id } = await office.openCase()
    expect(await upload(id, {})).toMatchObject({ kind: 'stored' })
    expect(await upload(id, {})).toMatchObject({ kind: 'already-stored' })
    const stored = (await office.kinds(id)).filter((kind) => kind === 'document.stored')
    expect(stored.length).toBe(paperKinds.length + 1)
    const kept = await office.opened.reads.document(id, paper('other').sha256)
    expect(Buffer.from(kept?.bytes ?? '')).toEqual(paperBytes('other'))
  })
})

describe('to look is to act (invariant 11)', () => {
  test('the entry is there before the results are read', async () => {
    const { id } = await office.openCase()
    const what = { kind: 'results.viewed', caseId: id } as const
    const seen = await look(office.parts, officerLin, what, () => office.kinds(id))
    expect(seen.at(-1)).toBe('results.viewed')
  })

  test('what cannot be noted is not shown', async () => {
    const { id } = await office.openCase()
    let read = 0
    const show = (caseId: string) =>
      look(office.parts, officerLin, { kind: 'results.viewed', caseId }, async () => {
        read += 1
      })
    office.time.sound = false
    await expect(show(id)).rejects.toMatchObject({ code: 'log-rolled-back' })
    office.time.sound = true
    await expect(show(crypto.randomUUID())).rejects.toThrow()
    expect(read).toBe(0)
  })
})
