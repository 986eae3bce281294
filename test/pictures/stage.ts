import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSealOffice } from '../../src/demo/seal-office.ts'
import type { AssetClass } from '../../src/domain/asset.ts'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { CaseNumber } from '../../src/domain/case-number.ts'
import { isPreservation } from '../../src/domain/case-type.ts'
import { type DocumentReference, neededPapers } from '../../src/domain/legal-basis.ts'
import type { MeasureKind } from '../../src/domain/measure.ts'
import { Declined, type Desk, deskOf } from '../support/desk-client.ts'
import type { GatewayProcess } from '../support/gateway-process.ts'

/** The demo, and everybody in it by their username; what is sealed is sealed by its own office. */
export type Stage = {
  readonly gateway: GatewayProcess
  as(username: string): Desk
  seal(line: string): Uint8Array
}

/** A case with its papers, ready to be asked about. */
export type Scene = {
  readonly id: string
  readonly number: string
  readonly parties: Readonly<Record<string, string>>
  readonly papers: readonly DocumentReference[]
}

export type Subject = { readonly name: string; readonly idNumber: string; readonly idType?: string }

const people = ['wen', 'he', 'lin', 'han', 'zhao', 'sun', 'ding', 'mei', 'shen', 'xiao', 'an', 'qian', 'feng']
const kinds = [
  'inquiry-notice',
  'ruling',
  'freeze-notice',
  'execution-notice',
  'release-notice',
  'transfer-notice',
  'preservation-application',
]

/** Who carries what goes out from here. */
export const carried = {
  officers: [
    { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
    { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
  ],
  contact: { name: '林书远', phone: '022-00000000' },
}

export const today = (ahead = 0): string => addDays(toBeijingDate(new Date()), ahead)

export async function openStage(gateway: GatewayProcess): Promise<Stage> {
  const desks = new Map<string, Desk>()
  for (const name of people) {
    const [token = ''] = await gateway.writ('token', name)
    desks.set(name, deskOf(gateway.origin, token, 10_000))
  }
  const office = openSealOffice(join(gateway.dataDir, 'demo'))
  return {
    gateway,
    as: (username) => {
      const desk = desks.get(username)
      if (!desk) throw new Error(`nobody is called ${username}`)
      return desk
    },
    seal: (line) => office.seal(line, new Date()),
  }
}

/** A case as registrars enter it, with every kind of paper an officer may need. */
export async function enterScene(stage: Stage, body: object): Promise<Scene> {
  const { id } = await stage.as('wen').post<{ id: string }>('/v1/cases', { judge: '周正', ...body })
  await stage.as('he').post(`/v1/cases/${id}/confirmation`, {})
  return sceneOf(stage, id)
}

export async function sceneOf(stage: Stage, id: string): Promise<Scene> {
  const lin = stage.as('lin')
  const { number, parties } = await lin.get<{ number: string; parties: { id: string; name: string }[] }>(
    `/v1/cases/${id}`,
  )
  const papers: DocumentReference[] = []
  for (const kind of kinds) {
    const headers = {
      'Content-Type': 'application/pdf',
      'Writ-Document-Kind': kind,
      'Writ-Document-Number': encodeURIComponent(`${number}之${kinds.indexOf(kind) + 1}`),
    }
    const stored = await lin.upload<DocumentReference & { seal: object }>(
      `/v1/cases/${id}/documents`,
      stage.seal(`${kind} (fictional)`),
      headers,
    )
    const { seal: _, ...named } = stored
    papers.push(named)
  }
  return { id, number, papers, parties: Object.fromEntries(parties.map((one) => [one.name, one.id])) }
}

export const debtor = ({ name, idNumber, idType = 'id-card' }: Subject) => ({
  role: 'debtor',
  subject: { kind: idType === 'id-card' ? 'person' : 'organisation', name, idType, idNumber },
})

export const applicant = (name: string, idNumber: string) => ({
  role: 'applicant',
  subject: { kind: 'organisation', name, idType: 'credit-code', idNumber },
})

let serial = 0

type Measure = {
  readonly kind: MeasureKind
  readonly targets?: readonly { readonly asset: { readonly class: AssetClass } }[]
}
type Asked = { readonly party: string; readonly registries: readonly string[]; readonly measure: Measure }
type Sent = { readonly id: string; readonly deliveries: Readonly<Record<string, string>> }

/** Submits as 林书远, lets it go out where it changes something, and says which delivery went to whom. */
export async function ask(stage: Stage, scene: Scene, { party, registries, measure }: Asked): Promise<Sent> {
  serial += 1
  const preservation = isPreservation(scene.number as CaseNumber)
  const classes = measure.targets?.map(({ asset }) => asset.class) ?? []
  const documents = neededPapers(measure.kind, scene.papers, { preservation, classes })
  const article = /seal/.test(measure.kind) || classes.some((one) => one !== 'deposit') ? '二百五十五' : '二百五十三'
  const body = {
    ...{ case: scene.number, party, registries, measure, ...carried },
    basis: { statute: `《中华人民共和国民事诉讼法》第${article}条`, purpose: '执行生效法律文书', documents },
  }
  const { id } = await stage.as('lin').post<{ id: string }>('/v1/requests', body, {
    'Idempotency-Key': `picture-${serial}-of-the-demo`,
  })
  if (measure.kind !== 'inquire') await allow(stage, id)
  return { id, deliveries: await deliveriesOf(stage, id) }
}

/** One approver, and the director where two are wanted. */
async function allow(stage: Stage, id: string): Promise<void> {
  for (const one of ['zhao', 'sun'])
    try {
      await stage.as(one).post(`/v1/requests/${id}/approval`, { decision: 'approve' })
    } catch (cause) {
      if (!(cause instanceof Declined)) throw cause
    }
}

type Delivery = { readonly id: string; readonly registry: string; readonly answer: { readonly code: string } }
type Request = { readonly answered: boolean; readonly deliveries: readonly Delivery[] }

/** Which delivery of a request went to whom. */
export async function deliveriesOf(stage: Stage, id: string): Promise<Readonly<Record<string, string>>> {
  const { deliveries } = await stage.as('lin').get<Request>(`/v1/requests/${id}`)
  return Object.fromEntries(deliveries.map((one) => [one.registry, one.id]))
}

/** Waits for what systems answer; people take days, and are not waited for. */
export async function answered(stage: Stage, id: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if ((await stage.as('lin').get<Request>(`/v1/requests/${id}`)).answered) return
    await sleep(200)
  }
}
