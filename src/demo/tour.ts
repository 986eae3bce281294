import type { Asset } from '../domain/asset.ts'
import { isByPeople } from '../domain/by-people.ts'
import type { DocumentKind, DocumentReference } from '../domain/legal-basis.ts'
import { parseMoney, renminbi } from '../domain/money.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { DraftedRequest } from '../domain/request.ts'
import type { Holding } from '../domain/statement.ts'
import { type Report, verifyLayout } from '../evidence/verify.ts'
import { approve } from '../gateway/approve.ts'
import type { EvidenceTrust } from '../gateway/collect-evidence.ts'
import { exportBundle } from '../gateway/export-bundle.ts'
import { look } from '../gateway/look.ts'
import type { Parts } from '../gateway/parts.ts'
import type { Exchange } from '../gateway/ports/reads.ts'
import type { People } from '../gateway/ports/roster.ts'
import type { CaseFile } from '../gateway/ports/rows.ts'
import { storeDocument } from '../gateway/store-document.ts'
import { submit } from '../gateway/submit.ts'
import { firstCaseNumber } from './first-case.ts'
import { must } from './must.ts'
import { type DemoPerson, tourPeople } from './people.ts'
import type { SealOffice } from './seal-office.ts'

type Stage = {
  readonly parts: Parts
  readonly people: People
  readonly sealOffice: SealOffice
  readonly trust: EvidenceTrust
}

/** What one step came to: the request and what its registries said so far. */
export type Told = { readonly request: string; readonly exchanges: readonly Exchange[] }

export type TourState = {
  readonly number: string
  readonly inquiry?: Told
  /** Where the freeze will go: what the inquiry found first that can be frozen. */
  readonly next?: { readonly registry: string; readonly holding: Holding }
  readonly freeze?: Told
}

/**
 * The first three steps on the case of the demo, done by three people who do nothing else, each as the chair asks it: an
 * officer asks and freezes, an approver lets it go out, an auditor takes the evidence. Nothing here is a short cut: every act
 * is the gateway's.
 */
export function openTour({ parts, people, sealOffice, trust }: Stage) {
  const seated = async ({ username }: DemoPerson): Promise<Person> => {
    const person = await people.byUsername(username, parts.clock())
    if (!person) throw new Error(`demo person ${username} is missing`)
    return person
  }
  const caseFile = async (): Promise<CaseFile> => {
    const file = await parts.reads.caseByNumber(firstCaseNumber(parts.clock()))
    if (!file) throw new Error('the case of the demo is missing')
    return file
  }

  /** What these steps asked, and nothing that somebody asks of the same case by themselves. */
  const askedIn = async (file: CaseFile, step: string): Promise<string | undefined> => {
    const officer = await seated(tourPeople.officer)
    const { client, key } = onceFor(officer, step)
    const known = await parts.store.act(file.id, async (act) => ({ remembered: await act.recall(client, key) }))
    return 'remembered' in known ? known.remembered?.location : undefined
  }

  const state = async (): Promise<TourState> => {
    const file = await caseFile()
    const inquiry = await askedIn(file, 'inquiry')
    if (!inquiry) return { number: file.number }
    const freeze = await askedIn(file, 'freeze')
    return look(
      parts,
      await seated(tourPeople.officer),
      { kind: 'results.viewed', caseId: file.id, request: inquiry },
      async () => {
        const exchanges = await parts.reads.exchangesOf(inquiry)
        const next = firstDeposit(exchanges)
        return {
          number: file.number,
          inquiry: { request: inquiry, exchanges },
          ...(next && { next }),
          ...(freeze && { freeze: { request: freeze, exchanges: await parts.reads.exchangesOf(freeze) } }),
        }
      },
    )
  }

  const paper = async (by: Person, file: CaseFile, kind: DocumentKind, line: string): Promise<DocumentReference> => {
    const named = { kind, number: `${file.number}之一`, mediaType: 'application/pdf' }
    const known = (await parts.reads.documents(file.id)).find((one) => one.kind === kind)
    if (known)
      return { kind, number: known.number, sha256: known.sha256, mediaType: known.mediaType, length: known.length }
    const bytes = sealOffice.seal(line, parts.clock())
    const { sha256, length } = must(await storeDocument(parts, by, file.id, { ...named, bytes }))
    return { ...named, sha256, length }
  }

  const inquire = async () => {
    const officer = await seated(tourPeople.officer)
    const file = await caseFile()
    const documents = [await paper(officer, file, 'inquiry-notice', 'Notice to assist: inquiry (fictional)')]
    // People answer in days: three clicks ask those who have a system.
    const byPeople = (code: string) => isByPeople(parts.counter(code)?.registered.mode ?? '')
    const registries = parts.registries().flatMap(({ code }) => (byPeople(code) ? [] : code))
    const asked = writtenBy(file, documents, registries, {
      kind: 'inquire',
      kinds: ['deposit', 'land', 'real-estate'],
    })
    return submit(parts, officer, file.id, asked, onceFor(officer, 'inquiry'))
  }

  const freeze = async () => {
    const { next } = await state()
    if (!next) return undefined
    const officer = await seated(tourPeople.officer)
    const file = await caseFile()
    const documents = [
      await paper(officer, file, 'ruling', 'Ruling (fictional)'),
      await paper(officer, file, 'freeze-notice', 'Notice to assist: freeze (fictional)'),
    ]
    const measure = {
      kind: 'freeze' as const,
      currency: renminbi,
      targets: [{ asset: next.holding.asset, scope: 'whole' as const, amount: must(parseMoney('50000.00')) }],
    }
    const asked = writtenBy(file, documents, [next.registry as RegistryCode], measure)
    const submitted = await submit(parts, officer, file.id, asked, onceFor(officer, 'freeze'))
    if (isRefusal(submitted) || submitted.kind === 'replayed') return submitted
    return approve(parts, await seated(tourPeople.approver), { id: submitted.id, caseId: file.id })
  }

  const prove = async (): Promise<
    { readonly kind: 'proved'; readonly report: Report; readonly files: number } | Refusal | undefined
  > => {
    const { freeze: done, inquiry } = await state()
    const [exchange] = (done ?? inquiry)?.exchanges ?? []
    if (!exchange) return undefined
    const auditor = await seated(tourPeople.auditor)
    const asked = {
      reason: '试用：取出核验包并当场核验',
      exporter: `${auditor.name}（${auditor.username}）`,
      waitMs: 10_000,
    }
    const exported = await exportBundle(parts, trust, auditor, exchange.delivery, asked)
    if (isRefusal(exported)) return exported
    return { kind: 'proved', report: await verifyLayout(exported.layout), files: exported.layout.size }
  }

  return { state, inquire, freeze, prove }
}

function writtenBy(
  file: CaseFile,
  documents: readonly DocumentReference[],
  registries: readonly RegistryCode[],
  measure: DraftedRequest['measure'],
): DraftedRequest {
  return {
    party: file.parties[0]?.id ?? '',
    registries,
    measure,
    basis: { statute: '《中华人民共和国民事诉讼法》第二百五十三条', purpose: '执行生效法律文书', documents },
    officers: [
      { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
      { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
    ],
    contact: { name: '林书远', phone: '022-00000000' },
  }
}

/** The same step twice is one request. */
function onceFor({ id }: Person, step: string) {
  return { client: id, key: `tour:${step}`, digest: `tour:${step}` }
}

function firstDeposit(exchanges: readonly Exchange[]): TourState['next'] {
  for (const { delivery, statements } of exchanges)
    for (const { statement, isSealed } of statements)
      for (const holding of isSealed ? [] : statement.holdings)
        if (isDeposit(holding.asset)) return { registry: delivery.registry, holding }
  return undefined
}

function isDeposit(asset: Asset): boolean {
  return asset.class === 'deposit'
}
