import { setTimeout as sleep } from 'node:timers/promises'
import { onePagePdf } from '../../src/demo/paper.ts'
import { beginning, submitOnce } from '../journey/story.ts'
import type { DeliveryView, DocumentReference, RequestView } from '../journey/views.ts'
import type { Gateway } from './gateway.ts'
import type { Subjects } from './subjects.ts'

const papersOf = {
  inquire: ['inquiry-notice'],
  seal: ['ruling', 'execution-notice'],
  release: ['ruling', 'release-notice'],
} as const

type Who = 'nothing' | 'owner'

/** A case that is entered and confirmed, with its papers: what an order needs before it may go out. */
export type CaseOfOurs = {
  readonly number: string
  readonly papers: Record<string, DocumentReference>
  party: Record<Who, string>
}

/** The court's side: people who enter a case, ask, approve, and look at the page until an answer is there. */
export type Court = {
  openCase(): Promise<CaseOfOurs>
  inquire(of: CaseOfOurs, who: Who): Promise<string>
  seal(of: CaseOfOurs): Promise<string>
  /** Releases what that request's delivery controls. */
  release(of: CaseOfOurs, request: string): Promise<string>
  delivery(request: string): Promise<DeliveryView>
  /** How often the gateway has tried to hand it over. */
  tries(request: string): Promise<number>
  /** Waits until the page shows one of these answers; throws with what it shows instead. */
  awaits(request: string, ...answers: readonly string[]): Promise<DeliveryView>
}

export type CourtOptions = {
  readonly gateway: Gateway
  readonly registry: string
  readonly subjects: Subjects
  readonly patienceMs: number
}

/** Seats the court at its gateway. Case numbers are new each time: the registry may remember those of earlier days. */
export function seatCourt({ gateway, registry, subjects, patienceMs }: CourtOptions): Court {
  const { nothing, owner, asset } = subjects
  let serial = Math.floor(Math.random() * 90_000) + 10_000
  const targets = [{ asset }]
  const ask = async (of: CaseOfOurs, who: Who, kind: keyof typeof papersOf, measure: object): Promise<string> => {
    serial += 1
    const told = { ...beginning(), number: of.number, debtor: of.party[who], documents: of.papers }
    const asked = { measure: { kind, ...measure }, registries: [registry], papers: papersOf[kind] }
    const id = await submitOnce(gateway.as('lin'), told, `conformance-${serial}`, asked)
    for (const approver of kind === 'inquire'
      ? []
      : kind === 'release'
        ? (['zhao', 'sun'] as const)
        : (['zhao'] as const))
      await gateway.as(approver).post(`/v1/requests/${id}/approval`, { decision: 'approve' })
    return id
  }
  const delivery = async (request: string): Promise<DeliveryView> => {
    const { deliveries } = await gateway.as('lin').get<RequestView>(`/v1/requests/${request}`)
    const [only] = deliveries
    if (!only) throw new Error('the request has no delivery')
    return only
  }
  return {
    openCase: async () => {
      serial += 1
      const number = `（${new Date().getUTCFullYear()}）津0116执${serial}号`
      const parties = [nothing, owner].map((subject) => ({ role: 'debtor', subject }))
      const entered = { number, claim: '1280000.00', costs: '15200.00', judge: '周正', parties }
      const { id } = await gateway.as('wen').post<{ id: string }>('/v1/cases', entered)
      await gateway.as('he').post(`/v1/cases/${id}/confirmation`, {})
      const file = await gateway.as('lin').get<{ parties: { id: string; name: string }[] }>(`/v1/cases/${id}`)
      const partyOf = ({ name }: { name: string }) => file.parties.find((party) => party.name === name)?.id ?? ''
      const papers: Record<string, DocumentReference> = {}
      for (const kind of new Set(Object.values(papersOf).flat())) {
        const headers = {
          'Content-Type': 'application/pdf',
          'Writ-Document-Kind': kind,
          'Writ-Document-Number': `WS-${serial}-${kind}`,
        }
        const bytes = onePagePdf(`${kind} of the fictional case ${serial}`)
        papers[kind] = await gateway.as('lin').upload(`/v1/cases/${id}/documents`, bytes, headers)
      }
      return { number, papers, party: { nothing: partyOf(nothing), owner: partyOf(owner) } }
    },
    inquire: (of, who) => ask(of, who, 'inquire', { kinds: [asset.class] }),
    seal: (of) => ask(of, 'owner', 'seal', { targets, term: { months: 12 } }),
    release: async (of, request) => {
      const parent = { delivery: (await delivery(request)).id }
      return ask(of, 'owner', 'release', { targets, ground: 'paid', parent })
    },
    delivery,
    tries: async (request) => {
      const { deliveries } = await gateway
        .as('lin')
        .get<{ deliveries: { attempts: number }[] }>(`/v1/requests/${request}`)
      return deliveries[0]?.attempts ?? 0
    },
    awaits: async (request, ...answers) => {
      const deadline = Date.now() + patienceMs
      for (;;) {
        const view = await delivery(request)
        if (answers.includes(view.answer.code)) return view
        const said = view.statements.map(({ kind }) => kind).join(' → ')
        if (Date.now() > deadline)
          throw new Error(
            `shown is ${view.answer.code} (${view.phase}; said: ${said || 'nothing'}), not ${answers.join(' or ')}`,
          )
        await sleep(60)
      }
    },
  }
}
