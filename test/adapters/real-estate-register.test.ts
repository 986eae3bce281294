import { describe, expect, test } from 'vitest'
import { laterWord, lookUp, registration } from '../../adapters/real-estate/sandbox-answers.ts'
import { firstBooks, type RegisteredUnit } from '../../adapters/real-estate/sandbox-books.ts'
import { dispose, expireAll, grantTitle, releasePrior } from '../../adapters/real-estate/sandbox-queue.ts'
import { register, serveConveyance } from '../../adapters/real-estate/sandbox-register.ts'
import type { ControlApplication, QueryApplication } from '../../adapters/real-estate/wire.ts'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'

const house = '120116001001GB00001F00010001'
const land = '120116001001GB00001W00000000'
const presold = '120116001001GB00004F00020001'
const served = new Date('2024-06-03T02:00:00Z')
const lifted = new Date('2024-09-10T02:12:33Z')

const shared = {
  court: '津0116',
  case: '（2024）津0116执3456号',
  statute: '民诉法第二百五十三条',
  purpose: '执行',
  officers: ['林书远', '赵明诚'],
  contact: '林书远',
  phone: '022-65300000',
  issuedAt: served,
  respondBy: served,
  validUntil: served,
  documents: [],
}
const zhang = { name: '张某某', idType: 'id-card', number: '120116198503120013', subjectKind: 'person' } as const
const company = {
  name: '某某商贸有限公司',
  idType: 'credit-code',
  number: '91120116MA0000015H',
  subjectKind: 'organisation',
} as const

const control = (
  reference: string,
  unitCodes: readonly string[],
  more: Partial<ControlApplication> = {},
): ControlApplication => ({
  ...shared,
  ...zhang,
  reference,
  measure: 'seal',
  kind: 'seal',
  from: '2024-06-03' as BeijingDate,
  to: '2027-06-02' as BeijingDate,
  units: unitCodes.map((unitCode, at) => ({ no: at + 1, right: 'state-land-and-building', unitCode, scope: 'whole' })),
  ...more,
})
const inquiry = (legacyNumber?: string): QueryApplication => {
  const { subjectKind: kind, ...who } = zhang
  const person = { ...who, kind, area: '120116', ...(legacyNumber && { legacyNumber }) }
  return { ...shared, reference: 'q1', business: 'execution', range: 'everything', persons: [person] }
}

describe('the register of the demo', () => {
  test('land and building as a pair wait behind the court that came first, and move up on its release', () => {
    const books = firstBooks(served)
    const application = control('r1', [house, land])
    const { done } = register(books, application, served)
    expect(registration(application, done, served).units).toMatchObject([
      { kind: 'waiting', place: 1, priors: [{ court: '天津市河东区人民法院', case: '（2024）津0102执保15号' }] },
      { kind: 'waiting', place: 1 },
    ])
    const changed = releasePrior(books, house, lifted)
    expect(changed.map(({ kind, unit }) => [kind, unit.unitCode])).toEqual([
      ['activated', house],
      ['activated', land],
    ])
    expect(laterWord(application, changed, lifted)).toMatchObject({
      kind: 'activated',
      units: [{ kind: 'seal', from: '2024-09-10', to: '2027-09-09', priorLiftedAt: lifted }, { kind: 'seal' }],
    })
  })

  test('places are quoted in order of delivery, and the next one moves up', () => {
    const books = firstBooks(served)
    for (const reference of ['r1', 'r2', 'r3']) register(books, control(reference, [house]), served)
    const [first] = releasePrior(books, house, lifted)
    expect(first?.seal.reference).toBe('r1')
    const { done } = register(books, control('r4', [house]), lifted)
    expect(registration(control('r4', [house]), done, lifted).units).toMatchObject([{ place: 3 }])
  })

  test('a term in months starts at activation and never passes three years', () => {
    const books = firstBooks(served)
    const { from, to, ...rest } = control('r1', [house])
    register(books, { ...rest, months: 12 }, served)
    const [changed] = releasePrior(books, house, lifted)
    expect(changed?.seal).toMatchObject({ from: '2024-09-10', to: '2025-09-09' })
  })

  test('the number of before 1999 finds what is recorded only under it; a namesake is never found', () => {
    const housesFor = (application: QueryApplication) =>
      lookUp(firstBooks(served), application, served).persons[0]?.houses?.length
    expect(housesFor(inquiry())).toBe(1)
    expect(housesFor(inquiry('120116850312001'))).toBe(2)
  })

  test('a mortgage and the seal in front are told with the house', () => {
    const [person] = lookUp(firstBooks(served), inquiry(), served).persons
    expect(person?.mortgages).toMatchObject([{ secured: '865000.00' }])
    expect(person?.seals).toHaveLength(2)
    expect(person?.landUse).toMatchObject([{ unitCode: land }])
  })

  test('a presold house is pre-sealed, and becomes sealed with its title and its first term', () => {
    const books = firstBooks(served)
    const application = control('r1', [presold], { ...company, kind: 'pre-seal' })
    const { done } = register(books, application, served)
    expect(registration(application, done, served).units).toMatchObject([{ kind: 'pre-seal' }])
    const changed = grantTitle(books, presold, lifted)
    expect(laterWord(application, changed, lifted)).toMatchObject({
      kind: 'converted',
      units: [{ kind: 'seal', from: '2024-06-03', to: '2027-06-02' }],
    })
  })

  test('an expired seal cannot be extended, and one that stands can', () => {
    const books = firstBooks(served)
    const own = '120116002003JC00012F00010001'
    register(books, control('r1', [own], company), served)
    const extension = control('r2', [own], {
      ...company,
      measure: 'extend',
      parentReference: 'r1',
      to: '2030-06-02' as BeijingDate,
    })
    const late = register(structuredClone(books), extension, new Date('2027-06-03T00:00:00Z'))
    expect(late.done).toMatchObject([{ kind: 'refused' }])
    expect(register(books, extension, new Date('2027-06-02T15:00:00Z')).done).toMatchObject([
      { kind: 'sealed', seal: { to: '2030-06-02' } },
    ])
  })

  describe('a conveyance', () => {
    const transferee = { no: 1, name: '某甲', idType: 'id-card', number: '120101199001150028' } as const
    const hedong = 'CF20240301000001'
    const conveyance = (more: Partial<ControlApplication> = {}) =>
      control('r2', [house], { measure: 'convey', transferee, ...more })
    const brief = (changed: ReturnType<typeof dispose>) => changed.map(({ kind, seal }) => [kind, seal.reference])

    test('changes hands and ends every seal, ours and those it lists; what waited never took effect', () => {
      const books = firstBooks(served)
      register(books, control('r1', [house]), served)
      const { done, changed } = register(books, conveyance({ cancels: [hedong] }), lifted)
      expect(brief(changed)).toEqual([
        ['disposed', undefined],
        ['disposed', 'r1'],
      ])
      expect(registration(conveyance(), done, lifted).units).toMatchObject([
        { state: 'done', registeredAt: lifted, note: expect.stringContaining(hedong) },
      ])
      expect(books.units[house]?.owner.name).toBe('某甲')
      expect(dispose(books.units[house] as RegisteredUnit, lifted)).toEqual([])
    })

    test('is not registered over the seal of a court that came first and is not listed', () => {
      const books = firstBooks(served)
      expect(register(books, conveyance(), lifted).done).toMatchObject([
        { kind: 'refused', why: '已被天津市河东区人民法院在先查封，不予过户登记' },
      ])
      expect(books.units[house]?.owner.name).toBe('张某某')
    })

    test('that was served first beats a seal that comes while its tax is being paid', () => {
      const books = firstBooks(served)
      serveConveyance(books, conveyance({ cancels: [hedong] }))
      const late = { ...control('r3', [house]), court: '津0103' }
      const { done } = register(books, late, served)
      expect(registration(late, done, served).units).toMatchObject([
        { kind: 'waiting', note: '在先送达的过户文书尚未登簿' },
      ])
      // The court in front lets go, and still the later seal does not get in front of what was served before it.
      expect(releasePrior(books, house, lifted).filter(({ seal }) => seal.reference === 'r3')).toEqual([])
      expect(brief(register(books, conveyance(), lifted).changed)).toEqual([['disposed', 'r3']])
      expect(register(books, late, lifted).done).toMatchObject([{ why: '被执行人与登记权利人不一致' }])
    })

    test('that comes to nothing lets the seal behind it take effect', () => {
      const books = firstBooks(served)
      const { transferee: _, ...nobody } = conveyance()
      serveConveyance(books, nobody)
      register(books, { ...control('r3', [house]), court: '津0103' }, served)
      releasePrior(books, house, lifted)
      expect(brief(register(books, nobody, lifted).changed)).toEqual([['activated', 'r3']])
    })
  })

  test('a seal that nobody extended ends with its last day, and the next one holds from the day after', () => {
    const books = firstBooks(served)
    register(books, control('r1', [house]), served)
    const midnight = new Date('2027-02-28T16:00:00Z')
    expect(expireAll(books, new Date(midnight.getTime() - 1))).toEqual([])
    const ours = expireAll(books, midnight).filter(({ seal }) => seal.reference === 'r1')
    expect(ours).toMatchObject([{ kind: 'activated', at: midnight, seal: { from: '2027-03-01' } }])
    const own = '120116002003JC00012F00010001'
    register(books, control('r2', [own], company), served)
    const expired = expireAll(books, new Date('2027-06-02T16:00:00Z'))
    expect(laterWord(control('r2', [own], company), expired, midnight)).toMatchObject({
      kind: 'ended',
      units: [{ endedBy: 'expired' }],
    })
  })

  test('a seal is for what has a title, a pre-seal for what has none; neither is lifted or extended by another court', () => {
    const books = firstBooks(served)
    const refusals = (application: ControlApplication) =>
      register(books, application, served).done.map((one) => (one.kind === 'refused' ? one.why : one.kind))
    expect(refusals(control('r1', [presold], company))).toEqual(['该单元尚未登记产权，应办理预查封'])
    expect(refusals(control('r2', [house], { kind: 'pre-seal' }))).toEqual(['该单元已登记产权，应办理查封'])
    expect(refusals(control('r3', [house]))).toEqual(['sealed'])
    const onIt = (measure: 'release' | 'extend', more: object = {}) =>
      control('r4', [house], { measure, parentReference: 'r3', ...more })
    expect(refusals(onIt('release', { court: '津0102' }))).toEqual(['原查封不存在或已解除'])
    expect(refusals(onIt('extend'))).toEqual(['轮候查封尚未生效，没有期限可续'])
    releasePrior(books, house, lifted)
    expect(refusals(onIt('extend', { to: '2027-09-09' }))).toEqual(['续封止期应晚于原止期'])
    expect(refusals(onIt('extend', { to: '2030-09-10' }))).toEqual(['续封期限超过三年'])
    expect(refusals(onIt('extend', { to: '2030-09-09' }))).toEqual(['sealed'])
    expect(refusals(onIt('release', { court: '津0102', parentCourt: '津0116' }))).toEqual(['lifted'])
  })
})
