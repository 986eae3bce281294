import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { controlledOf } from '../../src/domain/ceiling.ts'
import { isInForce } from '../../src/domain/control.ts'
import type { SaidControl } from '../../src/domain/imported-control.ts'
import type { Measure } from '../../src/domain/measure.ts'
import { renminbi } from '../../src/domain/money.ts'
import { operator } from '../../src/domain/person.ts'
import { raiseDue } from '../../src/gateway/clocks.ts'
import { importControl } from '../../src/gateway/import-control.ts'
import { prepareExtension, submitExtension } from '../../src/gateway/prepare-extension.ts'
import { findRevealed } from '../../src/gateway/reveal-item.ts'
import {
  account,
  bank,
  day,
  house,
  land,
  measureOf,
  officerLin,
  paper,
  paperKinds,
  parcel,
  sure,
  whole,
  yuan,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'
import { refolded } from './refold.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const term = { from: day('2026-06-03'), to: day('2027-06-02') }
const paperNo = '（2025）津0116执1号之一'
const frozen = (file: OpenCase, over: Partial<SaidControl> = {}): SaidControl => ({
  ...{ case: file.number as SaidControl['case'], party: file.party, registry: bank.code, measure: 'freeze' },
  ...{ asset: account, effect: 'effective', amount: yuan('210000'), overQuota: yuan('90000'), currency: renminbi },
  ...{ term, controlNo: 'BANK-1', paperNo },
  ...over,
})
const sealed = (file: OpenCase, over: Partial<SaidControl> = {}): SaidControl => ({
  ...{ case: file.number as SaidControl['case'], party: file.party, registry: land.code, measure: 'seal' },
  ...{ asset: house, effect: 'waiting', queuePlace: 2, controlNo: 'CF-1', paperNo },
  ...over,
})
const bring = (file: OpenCase, said: SaidControl) => importControl(office.parts, operator, file.id, said)
const brought = async (said: (file: OpenCase) => SaidControl) => {
  const file = await office.openCase()
  return { file, id: sure(await bring(file, said(file))).id }
}
const stands = async (file: OpenCase, id: string) =>
  (await office.controls(file.id)).find((control) => control.id === id)
const held = { effect: 'effective', amount: yuan('210000'), term } as const
/** After the test the stored state is what all the words make when they are read anew. */
const isFolded = async (file: OpenCase) => {
  const { stored, folded } = await refolded(office, file.id)
  expect(stored).toEqual(folded)
}

describe('a control that a list brings in', () => {
  test('is in force by its dates, counts towards the ceiling, and has its entry with its words beside it', async () => {
    const { file, id } = await brought(frozen)
    const control = await stands(file, id)
    expect(control).toMatchObject({
      ...{ origin: 'imported', delivery: id, effect: 'effective', amount: '210000.00', overQuota: '90000.00' },
      ...{ from: '2026-06-03', to: '2027-06-02', controlNo: 'BANK-1', measure: 'freeze' },
    })
    if (!control) throw new Error('it is not there')
    expect(isInForce(control, new Date('2027-06-02T23:59:59+08:00'))).toBe(true)
    expect(isInForce(control, new Date('2027-06-03T00:00:00+08:00'))).toBe(false)
    expect(controlledOf([control], new Date('2026-12-01'))).toMatchObject({
      actual: '210000.00',
      overQuota: '90000.00',
    })
    const entry = (await office.journal(file.id)).at(-1)
    expect(entry).toMatchObject({ kind: 'control.imported', person: 'operator', about: id, registry: bank.code })
    const opening = await office.opened.reads.opening(entry?.id ?? '')
    expect(JSON.parse(Buffer.from(opening?.bytes ?? []).toString())).toMatchObject({ paperNo, asset: account })
    expect(Buffer.from(entry?.leaf ?? []).toString()).not.toContain('6217')
    await isFolded(file)
  })

  test('comes in once, however often it is listed; told otherwise, or made by us, a person has to look', async () => {
    const { file, id } = await brought(frozen)
    expect(await bring(file, frozen(file))).toEqual({ kind: 'repeated', id })
    expect(await bring(file, frozen(file, { amount: yuan('1') }))).toMatchObject({ code: 'import-contradicts' })
    expect(await office.controls(file.id)).toHaveLength(1)
    expect((await office.kinds(file.id)).filter((kind) => kind === 'control.imported')).toHaveLength(1)
    const own = await office.openCase()
    const sent = await office.send(own, measureOf.freeze)
    await office.tell(sent, { kind: 'executed', targets: [{ ...held, asset: account, controlNo: 'OURS' }] })
    expect(await bring(own, frozen(own, { controlNo: 'OURS' }))).toMatchObject({ code: 'control-known' })
    const { controlNo: _, ...unnumbered } = frozen(own)
    expect(await bring(own, unnumbered)).toMatchObject({ code: 'control-known' })
    sure(await bring(own, frozen(own)))
    expect(await bring({ ...file, id: newId() }, frozen(file))).toMatchObject({ code: 'case-unknown' })
  })

  test('is extended like any other, before its end and within the cap; the bank hears its own number', async () => {
    const { file, id } = await brought(frozen)
    const extension = (to: string): Measure => ({
      kind: 'extend',
      targets: [whole(account)],
      term: { kind: 'dates', from: day('2027-06-03'), to: day(to) },
      parent: { delivery: id },
    })
    const at = { registries: [bank.code] }
    expect(await office.ask(file, extension('2028-06-03'), at)).toMatchObject({ code: 'extension-too-long' })
    expect(await office.ask(file, extension('2028-06-02'), { registries: [land.code] })).toMatchObject({
      code: 'registry-asset-unsupported',
    })
    const sent = await office.send(file, extension('2028-06-02'), at)
    const told = JSON.parse(Buffer.from(sent.delivery.rendered ?? []).toString())
    expect(told.parent).toEqual({ controlNo: 'BANK-1', case: file.number, rulingNo: paperNo })
    const longer = { from: term.from, to: day('2028-06-02') }
    await office.tell(sent, { kind: 'executed', targets: [{ ...held, asset: account, term: longer }] })
    expect(await stands(file, id)).toMatchObject({ effect: 'effective', to: '2028-06-02', amount: '210000.00' })
    await isFolded(file)
  })

  test('that has run out is not extended any more, and is released all the same', async () => {
    const over = { from: day('2024-06-03'), to: day('2025-06-02') }
    const { file, id } = await brought((of) => frozen(of, { term: over }))
    const on = { targets: [whole(account)], parent: { delivery: id } }
    const at = { registries: [bank.code] }
    const again: Measure = { kind: 'extend', term: { kind: 'months', months: 12 }, ...on }
    expect(await office.ask(file, again, at)).toMatchObject({ code: 'parent-not-in-force' })
    const sent = await office.send(file, { ...measureOf.release, ...on }, at)
    await office.tell(sent, { kind: 'executed', targets: [{ asset: account, effect: 'ended', endedBy: 'released' }] })
    expect(await stands(file, id)).toMatchObject({ effect: 'ended', endedBy: 'released' })
    await isFolded(file)
  })

  test('gives up what is transferred out of it, named by its number; its release waits for that', async () => {
    const { file, id } = await brought(frozen)
    const transfer = await office.send(file, { ...measureOf.transfer, parent: { controlNo: 'BANK-1' } })
    const release = { ...measureOf.release, targets: [whole(account)], parent: { delivery: id } }
    const at = { registries: [bank.code] }
    expect(await office.ask(file, release, at)).toMatchObject({ code: 'transfer-pending' })
    const sent = { asset: account, effect: 'ended', endedBy: 'disposed', amount: yuan('200000') } as const
    await office.tell(transfer, { kind: 'executed', targets: [sent] })
    expect(await stands(file, id)).toMatchObject({ effect: 'effective', amount: '10000.00', overQuota: '90000.00' })
    await isFolded(file)
  })

  test('ends with the conveyance of what it is on, and with one that lists its number', async () => {
    const { file, id } = await brought((of) => sealed(of, { effect: 'effective', term }))
    const listed = sure(await bring(file, sealed(file, { asset: parcel, controlNo: 'CF-2' }))).id
    const sent = await office.send(file, { ...measureOf.convey, cancels: ['CF-2'] })
    await office.tell(sent, { kind: 'executed', targets: [{ asset: house, effect: 'ended', endedBy: 'disposed' }] })
    for (const one of [id, listed])
      expect(await stands(file, one)).toMatchObject({ effect: 'ended', endedBy: 'disposed' })
    await isFolded(file)
  })

  test('holds from its activation on when its registry says so by its number, under whichever delivery', async () => {
    const { file, id } = await brought(sealed)
    expect(await stands(file, id)).toMatchObject({ effect: 'waiting', queuePlace: 2 })
    const inquiry = await office.send(file, measureOf.inquire)
    const registeredAt = new Date()
    const target = { asset: house, effect: 'effective', controlNo: 'CF-1', registeredAt, term } as const
    await office.tell(inquiry, { kind: 'activated', targets: [target] })
    expect(await stands(file, id)).toMatchObject({ effect: 'effective', effectiveFrom: registeredAt, to: '2027-06-02' })
    await office.tell(inquiry, { kind: 'ended', targets: [{ ...target, effect: 'ended', endedBy: 'expired' }] })
    expect(await stands(file, id)).toMatchObject({ effect: 'ended', endedBy: 'expired' })
    await isFolded(file)
  })

  test('pre-sealed, is a seal with the title, its term from its own day; corrected, it is what was corrected', async () => {
    const { file, id } = await brought((of) => sealed(of, { measure: 'pre-seal', effect: 'effective', term }))
    const inquiry = await office.send(file, measureOf.inquire)
    const target = { asset: house, effect: 'effective', controlNo: 'CF-1' } as const
    await office.tell(inquiry, { kind: 'converted', targets: [target] })
    expect(await stands(file, id)).toMatchObject({ measure: 'seal', effect: 'effective', ...term })
    await office.tell(inquiry, {
      kind: 'corrected',
      targets: [{ ...target, term: { ...term, to: day('2027-01-01') } }],
    })
    expect(await stands(file, id)).toMatchObject({ to: '2027-01-01' })
    await office.tell(inquiry, { kind: 'returned', targets: [{ ...target, effect: 'none' }] })
    expect(await stands(file, id)).toMatchObject({ effect: 'ended' })
    await isFolded(file)
  })

  test('is not touched by a word on another number, nor are ours by a word on its own', async () => {
    const { file, id } = await brought(sealed)
    const own = await office.send(file, measureOf.seal)
    await office.tell(own, {
      kind: 'waiting',
      targets: [{ asset: house, effect: 'waiting', controlNo: 'OURS', queuePlace: 3 }],
    })
    await office.tell(own, { kind: 'ended', targets: [{ asset: house, effect: 'ended', controlNo: 'CF-9' }] })
    expect(await stands(file, id)).toMatchObject({ effect: 'waiting' })
    const other = await office.openCase()
    sure(await bring(other, sealed(other)))
    const sent = await office.send(other, measureOf.seal)
    await office.tell(sent, { kind: 'waiting', targets: [{ asset: house, effect: 'waiting', controlNo: 'OURS' }] })
    await office.tell(sent, { kind: 'ended', targets: [{ asset: house, effect: 'ended', controlNo: 'CF-1' }] })
    const controls = await office.controls(other.id)
    expect(controls.map(({ controlNo, effect }) => [controlNo, effect]).toSorted()).toEqual([
      ['CF-1', 'ended'],
      ['OURS', 'waiting'],
    ])
    await isFolded(other)
  })

  test('is as the list says on the day of the list: what was done before is in it', async () => {
    const file = await office.openCase()
    const before = await office.send(file, { ...measureOf.transfer, parent: { controlNo: 'BANK-1' } })
    const sent = { asset: account, effect: 'ended', endedBy: 'disposed', amount: yuan('200000') } as const
    await office.tell(before, { kind: 'executed', targets: [sent] })
    const { id } = sure(await bring(file, frozen(file)))
    expect(await stands(file, id)).toMatchObject({ amount: '210000.00' })
    await isFolded(file)
    expect(await stands(file, id)).toMatchObject({ amount: '210000.00' })
  })

  test('is reminded of before it ends, like any other', async () => {
    const today = toBeijingDate(office.parts.clock())
    const ending = { from: addDays(today, -100), to: addDays(today, 5) }
    const { file, id } = await brought((of) => frozen(of, { term: ending }))
    await raiseDue(office.parts)
    const reach = { person: 'nobody', spans: [{}] }
    const tasks = await office.opened.reads.tasks({ reach, caseId: file.id, kind: 'renew-control', limit: 10 })
    expect(tasks.map(({ about }) => about.control)).toEqual([id])
    const known = await office.opened.reads.caseById(file.id)
    const [task] = tasks
    if (!known || !task) throw new Error('nobody was reminded')
    expect(await prepareExtension(office.parts, known, task)).toMatchObject({ code: 'extension-not-prepared' })
    await office.send(file, measureOf.inquire)
    const { drafted } = sure(await prepareExtension(office.parts, known, task))
    expect(drafted).toMatchObject({
      party: file.party,
      registries: [bank.code],
      measure: { kind: 'extend', targets: [{ asset: account }], parent: { controlNo: 'BANK-1', rulingNo: paperNo } },
    })
    const papers = { documents: paperKinds.map(paper), digest: 'papers' }
    expect(sure(await submitExtension(office.parts, officerLin, known, task, papers)).kind).toBe('submitted')
  })

  test('has its asset revealed like any other', async () => {
    const { file, id } = await brought(frozen)
    const whose = await office.opened.reads.caseById(file.id)
    if (!whose) throw new Error('no case')
    const revealed = await findRevealed(office.parts, whose, { what: 'control', which: id })
    expect(revealed).toMatchObject({ what: 'control', asset: account })
  })
})
