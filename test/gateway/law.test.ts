import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { DocumentKind } from '../../src/domain/legal-basis.ts'
import { renminbi } from '../../src/domain/money.ts'
import { approve } from '../../src/gateway/approve.ts'
import { continueCase } from '../../src/gateway/continue-case.ts'
import { confirmCase } from '../../src/gateway/enter-case.ts'
import { submit } from '../../src/gateway/submit.ts'
import {
  account,
  approverSun,
  approverZhao,
  asked,
  bank,
  caseNumber,
  day,
  debtor,
  house,
  measureOf,
  officerLin,
  paper,
  paperKinds,
  registrarHe,
  registrarWen,
  sure,
  whole,
  yuan,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const freezing = (amount: string) => ({
  ...measureOf.freeze,
  targets: [whole(account, { amount: yuan(amount) })],
})
const term = { from: day('2026-01-01'), to: day('2096-12-31') }
const frozen = async (file: OpenCase, amount: string, over: object = {}) => {
  const sent = await office.send(file, freezing(amount))
  const target = { asset: account, effect: 'effective', amount: yuan(amount), term, ...over } as const
  await office.tell(sent, { kind: 'executed', targets: [target] })
  return sent.delivery.id
}
let serial = 0
const numbered = (type: string) => {
  serial += 1
  return caseNumber(`（2026）津0116${type}${70_000 + serial}号`)
}
const preservation = async () => {
  const file = await office.openCase({ number: numbered('执保'), parties: [{ role: 'preserved', subject: debtor }] })
  const whom = (await office.opened.reads.caseById(file.id))?.parties[0]?.id ?? ''
  sure(await office.put(file.id, 'preservation-application'))
  return { ...file, party: whom }
}
const withApplication = (kinds: readonly DocumentKind[] = [...paperKinds, 'preservation-application']) => ({
  basis: { ...asked(measureOf.seal).basis, documents: kinds.map(paper) },
})

describe('the ceiling of a case', () => {
  test('counts what is held, what waits for money, and what was asked and not yet answered', async () => {
    const file = await office.openCase()
    await frozen(file, '1000000.00', { amount: yuan('200000'), overQuota: yuan('800000') })
    expect(await office.ask(file, freezing('295200.01'))).toMatchObject({
      code: 'ceiling-exceeded',
      field: 'excessReason',
      detail: { ceiling: '1295200.00' },
    })
    const { id } = sure(await office.ask(file, freezing('295200.00')))
    expect(await office.ask(file, freezing('0.01'))).toMatchObject({ code: 'ceiling-exceeded' })
    expect(await office.ask(file, freezing('0.01'), { excessReason: '不可分割' })).toMatchObject({ kind: 'submitted' })
    // Its own amount does not stand in its own way.
    const decided = await approve(office.parts, approverZhao, { id, caseId: file.id })
    expect(decided).toMatchObject({ code: 'ceiling-exceeded' })
  })

  test('a refused measure leaves no delivery, no row and no entry', async () => {
    const file = await office.openCase()
    const before = await office.journal(file.id)
    expect(await office.ask(file, freezing('1295200.01'))).toMatchObject({ code: 'ceiling-exceeded' })
    expect(await office.journal(file.id)).toEqual(before)
    expect(await office.opened.reads.requestLines({ caseId: file.id, limit: 10 })).toEqual([])
  })

  test('a freeze names its money in the control, and a thing its worth net of the rights before ours', async () => {
    const file = await office.openCase()
    await frozen(file, '1.00')
    const sent = await office.send(file, { ...measureOf.seal, targets: [whole(house, { value: yuan('900000') })] })
    const encumbrances = [{ kind: 'mortgage', holder: '某某银行', amount: yuan('300000') }] as const
    await office.tell(sent, { kind: 'executed', targets: [{ asset: house, effect: 'effective', encumbrances }] })
    const controls = await office.controls(file.id)
    expect(controls.map(({ currency, netValue }) => currency ?? netValue).sort()).toEqual(['600000.00', 'CNY'])
  })

  test('a restricted account is held only with a reason on record', async () => {
    const file = await office.openCase()
    const { exchange } = await office.send(file, { kind: 'inquire', kinds: ['deposit'] }, { registries: [bank.code] })
    const holding = { asset: account, restricted: '农民工工资专用账户', encumbrances: [] }
    await office.tell(exchange, { kind: 'executed', holdings: [holding] })
    expect(await office.ask(file, freezing('1.00'))).toMatchObject({ code: 'account-restricted' })
    const restrictedReason = '本案系该项目农民工工资'
    expect(await office.ask(file, freezing('1.00'), { restrictedReason })).toMatchObject({
      kind: 'submitted',
      warnings: ['state-noted'],
    })
  })
})

describe('a term that an officer leaves out', () => {
  test('is filled in before anything is signed', async () => {
    const file = await office.openCase()
    const { term: _, ...bare } = freezing('1.00')
    const once = { client: officerLin.id, key: `bare-${file.id}`, digest: 'bare' }
    const drafted = { ...asked(measureOf.freeze, { party: file.party }), measure: bare }
    const { id } = sure(await submit(office.parts, officerLin, file.id, drafted, once))
    const stored = (await office.opened.reads.request(id))?.asked.measure
    expect(stored).toMatchObject({ term: { kind: 'dates', from: toBeijingDate(new Date()) } })
  })

  test('of an extension goes on from the control; of one nobody here knows it must be said', async () => {
    const file = await office.openCase()
    const delivery = await frozen(file, '1.00', { term: { from: day('2026-01-01'), to: day('2027-02-28') } })
    const extend = (parent: object) => {
      const measure = { kind: 'extend', targets: [whole(account, { amount: yuan('1') })], parent } as const
      const key = `extend-${JSON.stringify(parent)}`
      const drafted = { ...asked(measureOf.freeze, { party: file.party }), measure }
      return submit(office.parts, officerLin, file.id, drafted, { client: officerLin.id, key, digest: key })
    }
    const { id } = sure(await extend({ delivery }))
    const stored = (await office.opened.reads.request(id))?.asked.measure
    expect(stored).toMatchObject({ term: { kind: 'dates', from: '2027-03-01', to: '2028-02-28' } })
    expect(await extend({ rulingNo: '（2023）津0102执1号之一' })).toMatchObject({ code: 'term-missing' })
    expect(await extend({ delivery: '0198c0de-0000-7000-8000-000000000000' })).toMatchObject({ code: 'parent-unknown' })
  })
})

describe('money on its way out of a freeze', () => {
  test('is not overtaken by the release of that freeze, at submission nor at approval', async () => {
    const file = await office.openCase()
    const delivery = await frozen(file, '210000.00')
    const targets = [whole(account, { amount: yuan('210000') })]
    const release = { ...measureOf.release, targets, parent: { delivery } } as const
    const early = sure(await office.ask(file, release, { registries: [bank.code] }))
    const transfer = { ...measureOf.transfer, targets, currency: renminbi, parent: { delivery } } as const
    const sent = await office.send(file, transfer)
    expect(await office.ask(file, release, { registries: [bank.code] })).toMatchObject({ code: 'transfer-pending' })
    const approving = (by = approverZhao) => approve(office.parts, by, { id: early.id, caseId: file.id })
    expect(await approving()).toMatchObject({ code: 'transfer-pending' })
    await office.tell(sent, { kind: 'executed', targets: [{ asset: account, effect: 'ended', endedBy: 'disposed' }] })
    expect(await approving()).toMatchObject({ kind: 'seconded' })
    expect(await approving()).toMatchObject({ code: 'approved-already' })
    expect((await office.opened.reads.exchangesOf(early.id)).length).toBe(0)
    expect(await approving(approverSun)).toMatchObject({ kind: 'approved' })
    const [gone] = await office.opened.reads.exchangesOf(early.id)
    const told = JSON.parse(Buffer.from(gone?.delivery.jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
    expect(told.approvals.map(({ name }: { name: string }) => name)).toEqual(['赵明诚', '孙正明'])
  })
})

describe('a transfer', () => {
  test('does not go out of a freeze that has run out', async () => {
    const file = await office.openCase()
    const delivery = await frozen(file, '210000.00', { term: { from: day('2025-01-01'), to: day('2025-12-31') } })
    const targets = [whole(account, { amount: yuan('210000') })]
    const transfer = { ...measureOf.transfer, targets, parent: { delivery } } as const
    expect(await office.ask(file, transfer)).toMatchObject({ code: 'transfer-freeze-ended' })
  })
})

describe('a case that goes on from another (财产保全规定 第十七条)', () => {
  const linked = async () => {
    const earlier = await preservation()
    const sent = await office.send(earlier, measureOf.seal, withApplication())
    const place = { asset: house, effect: 'waiting', queuePlace: 2, controlNo: '一号' } as const
    await office.tell(sent, { kind: 'waiting', sequence: 1, targets: [place] })
    const later = await office.openCase({ number: numbered('执') })
    return { earlier, later, sent }
  }
  const goOn = (later: OpenCase, earlier: OpenCase, by = registrarWen) =>
    continueCase(office.parts, by, later.id, { number: caseNumber(earlier.number), as: 'continued' })
  const released = (delivery: string) => ({ ...measureOf.release, parent: { delivery } })

  test('has the controls of the earlier one, with their place and their term, once a second registrar has said so', async () => {
    const { earlier, later, sent } = await linked()
    expect(await office.ask(later, released(sent.delivery.id))).toMatchObject({ code: 'parent-unknown' })
    sure(await goOn(later, earlier))
    expect(await office.ask(later, released(sent.delivery.id))).toMatchObject({ code: 'parent-unknown' })
    expect(await confirmCase(office.parts, registrarWen, later.id)).toMatchObject({ code: 'nothing-to-confirm' })
    sure(await confirmCase(office.parts, registrarHe, later.id))
    // A word about the old delivery still moves the control, and the later case extends and releases it.
    const held = { asset: house, effect: 'effective', controlNo: '一号', term } as const
    await office.tell(sent, { kind: 'activated', sequence: 2, targets: [held] })
    const lift = await office.send(later, released(sent.delivery.id))
    await office.tell(lift, { kind: 'executed', targets: [{ asset: house, effect: 'ended', endedBy: 'released' }] })
    expect(await office.controls(earlier.id)).toMatchObject([{ effect: 'ended', endedBy: 'released' }])
    expect(await office.controls(later.id)).toEqual([])
    const file = await office.opened.reads.caseById(later.id)
    expect(file).toMatchObject({ line: [earlier.id, later.id], continues: { as: 'continued' } })
  })

  test('does not go on from itself, from two, or from one that is not there', async () => {
    const { earlier, later } = await linked()
    expect(await goOn(later, later)).toMatchObject({ code: 'case-continues-itself' })
    const nowhere = { ...earlier, number: '（2026）津0116执保99999号' }
    expect(await goOn(later, nowhere)).toMatchObject({ code: 'case-unknown' })
    sure(await goOn(later, earlier))
    sure(await confirmCase(office.parts, registrarHe, later.id))
    expect(await goOn(later, await preservation())).toMatchObject({ code: 'case-continues-already' })
    expect(await goOn(earlier, later)).toMatchObject({ code: 'case-continues-already' })
  })

  test('in another court only when nothing runs out on the way', async () => {
    const [earlier, later] = [await office.openCase(), await office.openCase()]
    const soon = new Date(Date.now() + 20 * 86_400_000)
    await frozen(earlier, '1.00', { term: { from: day('2026-01-01'), to: toBeijingDate(soon) } })
    const over = { number: caseNumber(earlier.number), as: 'commissioned' } as const
    expect(await continueCase(office.parts, registrarWen, later.id, over)).toMatchObject({
      code: 'extend-before-commission',
      detail: { endsOn: toBeijingDate(soon) },
    })
  })

  test('keeps one ceiling over the whole line', async () => {
    const { earlier, later } = await linked()
    sure(await goOn(later, earlier))
    sure(await confirmCase(office.parts, registrarHe, later.id))
    await frozen(later, '1295200.00')
    expect(await office.ask(later, freezing('0.01'))).toMatchObject({ code: 'ceiling-exceeded' })
    expect(await office.ask(earlier, freezing('0.01'), withApplication())).toMatchObject({
      code: 'preserved-amount-exceeded',
    })
  })
})
