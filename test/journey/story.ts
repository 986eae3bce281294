import { setTimeout as sleep } from 'node:timers/promises'
import { addYears, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { Desk } from '../support/desk-client.ts'
import { demoCodes } from '../support/sandbox-town.ts'
import type { Town } from '../support/town.ts'
import type { DeliveryView, DocumentReference, RequestView } from './views.ts'

/** The worked case: fictional people, numbers with good check digits. */
export const worked = {
  house: '120116001001GB00001F00010001',
  land: '120116001001GB00001W00000000',
  account: '6217000000000000012',
  bank: demoCodes.banks[0],
  otherBank: demoCodes.banks[1],
  claim: '1280000.00',
  costs: '15200.00',
  total: '1295200.00',
} as const

/** What the story has come to so far. Chapters write here what later ones stand on. */
export type Told = {
  number: string
  caseId: string
  debtor: string
  documents: Record<string, DocumentReference>
  requests: { title: string; id: string }[]
  freeze?: DeliveryView
  seals: DeliveryView[]
}

export type Chapter = { readonly title: string; play(town: Town, told: Told): Promise<string> }

export const beginning = (): Told => ({ number: '', caseId: '', debtor: '', documents: {}, requests: [], seals: [] })

const officers = [
  { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
  { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
]

/** What everything else stands on: a confirmed case and its documents. */
export const ground: readonly Chapter[] = [
  {
    title: '立案人员录入案件，第二人确认 a registrar enters the case, a second one confirms it',
    play: async (town, told) => {
      told.number = `（${new Date().getUTCFullYear()}）津0116执3456号`
      const entered = await town.as('wen').post<{ id: string }>('/v1/cases', {
        number: told.number.replace('（', '(').replace('）', ')'),
        claim: worked.claim,
        costs: worked.costs,
        judge: '周正',
        parties: [
          {
            role: 'debtor',
            subject: { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' },
          },
          {
            role: 'debtor',
            subject: {
              kind: 'organisation',
              name: '某某商贸有限公司',
              idType: 'credit-code',
              idNumber: '91120116MA0000015H',
            },
          },
        ],
      })
      told.caseId = entered.id
      await town.as('he').post(`/v1/cases/${told.caseId}/confirmation`, {})
      const file = await town.as('lin').get<{ parties: { id: string; name: string }[] }>(`/v1/cases/${told.caseId}`)
      told.debtor = file.parties.find(({ name }) => name === '张某某')?.id ?? ''
      return `${told.number}，当事人 ${file.parties.length} 名`
    },
  },
  {
    title: '经办人上传文书 the officer stores the documents',
    play: async (town, told) => {
      const papers = ['inquiry-notice', 'ruling', 'freeze-notice', 'execution-notice', 'release-notice']
      for (const kind of papers) {
        const bytes = town.seal(`${kind} of the fictional case`)
        const headers = {
          'Content-Type': 'application/pdf',
          'Writ-Document-Kind': kind,
          'Writ-Document-Number': `WS-2026-${kind}`,
        }
        told.documents[kind] = await town.as('lin').upload(`/v1/cases/${told.caseId}/documents`, bytes, headers)
      }
      return `${papers.length} 份`
    },
  },
]

/** The journey of one case, from its registration to the release of what was controlled. */
export const story: readonly Chapter[] = [
  ...ground,
  {
    title: '查询：土地、不动产、两家银行 the inquiry at land, real estate and two banks',
    play: async (town, told) => {
      const everywhere = [demoCodes.land, demoCodes.realEstate, ...demoCodes.banks]
      const measure = { kind: 'inquire', kinds: ['land', 'real-estate', 'deposit'] }
      const request = await submit(town.as('lin'), told, '查询', {
        measure,
        registries: everywhere,
        papers: ['inquiry-notice'],
      })
      const answered = await answeredBy(town.as('lin'), request, everywhere.length)
      return answered.deliveries.map((one) => `${one.registry} ${one.answer.zh} ${one.holdings.length} 项`).join('；')
    },
  },
  {
    title: '冻结：审批后发往银行，实际冻结与超额分开 the freeze, approved, with its two amounts',
    play: async (town, told) => {
      const from = toBeijingDate(new Date())
      const measure = {
        kind: 'freeze',
        currency: 'CNY',
        targets: [{ asset: { class: 'deposit', account: worked.account }, amount: worked.total }],
        term: { from, to: addYears(from, 1) },
      }
      const id = await submit(town.as('lin'), told, '冻结', {
        measure,
        registries: [worked.bank],
        papers: ['ruling', 'freeze-notice'],
      })
      await town.as('zhao').post(`/v1/requests/${id}/approval`, { decision: 'approve' })
      const [freeze] = (await answeredBy(town.as('lin'), id, 1)).deliveries
      if (freeze) told.freeze = freeze
      const [target] = freeze?.targets ?? []
      return `${freeze?.answer.zh}：实际 ${target?.amount}，超额 ${target?.overQuota}`
    },
  },
  {
    title:
      '查封房、地：轮候于他院之后；途中网关被 kill -9 the seals wait behind another court; the gateway is killed midway',
    play: async (town, told) => {
      const pair = [
        { registry: demoCodes.land, asset: { class: 'land', unitCode: worked.land } },
        { registry: demoCodes.realEstate, asset: { class: 'real-estate', unitCode: worked.house } },
      ]
      const measure = { kind: 'seal', targets: pair, term: { months: 36 } }
      const registries = pair.map(({ registry }) => registry)
      const id = await submit(town.as('lin'), told, '查封', {
        measure,
        registries,
        papers: ['ruling', 'execution-notice'],
      })
      await town.as('zhao').post(`/v1/requests/${id}/approval`, { decision: 'approve' })
      await town.kill()
      await town.rise()
      told.seals = (await answeredBy(town.as('lin'), id, 2)).deliveries
      return told.seals
        .map((seal) => `${seal.registry} ${seal.answer.zh} 第 ${seal.targets[0]?.queuePlace} 位`)
        .join('；')
    },
  },
  {
    title: '他院解封，轮候转正 the other court releases, the waiting seals take effect',
    play: async (town, told) => {
      await town.registries.happens('land', '/sandbox/release-prior', { unit: worked.land })
      await town.registries.happens('real-estate', '/sandbox/release-prior', { unit: worked.house })
      told.seals = await Promise.all(told.seals.map((seal) => until(town.as('lin'), told, seal, 'executed')))
      return told.seals.map((seal) => `${seal.registry} ${seal.answer.zh} 至 ${seal.targets[0]?.term?.to}`).join('；')
    },
  },
  {
    title: '解除冻结与查封 the releases',
    play: async (town, told) => {
      const held = [told.freeze, ...told.seals].filter((delivery) => delivery !== undefined)
      const released: string[] = []
      for (const parent of held) {
        const targets = parent.targets.map(({ asset }) => ({ asset }))
        const measure = { kind: 'release', ground: 'paid', parent: { delivery: parent.id }, targets }
        const id = await submit(town.as('lin'), told, '解除', {
          measure,
          registries: [parent.registry],
          papers: ['ruling', 'release-notice'],
        })
        // What a court gives up takes two, and each compares it with the papers, field by field.
        for (const who of ['zhao', 'sun'] as const) {
          const { fields } = await town.as(who).get<{ fields: { field: string }[] }>(`/v1/requests/${id}/review`)
          const confirmed = fields.map(({ field }) => field)
          await town.as(who).post(`/v1/requests/${id}/approval`, { decision: 'approve', confirmed })
        }
        const [done] = (await answeredBy(town.as('lin'), id, 1)).deliveries
        released.push(`${parent.registry} ${done?.answer.zh}`)
      }
      const { controls } = await town
        .as('lin')
        .get<{ controls: { effect: string }[] }>(`/v1/cases/${told.caseId}/controls`)
      const open = controls.filter(({ effect }) => effect !== 'ended').length
      if (open > 0) throw new Error(`${open} controls are still in force after their release`)
      return `${released.join('；')}；仍在控 ${open} 项`
    },
  },
]

export type Asked = {
  readonly measure: object
  readonly registries: readonly string[]
  readonly papers: readonly string[]
}

/** Submits a request of the story under a key of its own and remembers it. Returns its id. */
async function submit(desk: Desk, told: Told, title: string, asked: Asked): Promise<string> {
  const id = await submitOnce(desk, told, `journey-${told.requests.length + 1}`, asked)
  told.requests.push({ title, id })
  return id
}

/** Submits a request under this key; the same key again is the same request. Returns its id. */
export async function submitOnce(desk: Desk, told: Told, key: string, { papers, ...asked }: Asked): Promise<string> {
  const body = {
    case: told.number,
    party: told.debtor,
    ...asked,
    basis: {
      statute: '《中华人民共和国民事诉讼法》第二百五十三条、第二百五十五条',
      purpose: '执行生效法律文书',
      documents: papers.map((kind) => told.documents[kind]),
    },
    officers,
    contact: { name: '林书远', phone: '022-00000000' },
  }
  const { id } = await desk.post<{ id: string }>('/v1/requests', body, { 'Idempotency-Key': key })
  return id
}

/** Waits until every registry has answered, as an officer who keeps the page open would. */
async function answeredBy(desk: Desk, id: string, deliveries: number): Promise<RequestView> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const request = await desk.get<RequestView>(`/v1/requests/${id}`)
    if (request.answered && request.deliveries.length === deliveries) return request
    if (Date.now() > deadline)
      throw new Error(`no answer within a minute: ${JSON.stringify(request.deliveries.map(summary))}`)
    await sleep(200)
  }
}

async function until(desk: Desk, told: Told, { id }: DeliveryView, answer: string): Promise<DeliveryView> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const requests = await Promise.all(told.requests.map((one) => desk.get<RequestView>(`/v1/requests/${one.id}`)))
    const found = requests.flatMap(({ deliveries }) => deliveries).find((delivery) => delivery.id === id)
    if (found?.answer.code === answer) return found
    if (Date.now() > deadline)
      throw new Error(`not ${answer} within a minute: ${JSON.stringify(found && summary(found))}`)
    await sleep(300)
  }
}

const summary = ({ registry, phase, answer, statements }: DeliveryView) => [
  registry,
  phase,
  answer.code,
  statements.map((s) => s.kind),
]
