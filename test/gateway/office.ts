import { deepStrictEqual } from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { assetKey } from '../../src/domain/asset.ts'

import type { DocumentKind } from '../../src/domain/legal-basis.ts'
import type { Measure, Payee } from '../../src/domain/measure.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { AskedRequest } from '../../src/domain/request.ts'
import { approve } from '../../src/gateway/approve.ts'
import { confirmCase, type EnteredCase, enterCase } from '../../src/gateway/enter-case.ts'
import { confirmFundAccount, enterFundAccount } from '../../src/gateway/fund-account.ts'
import { guarded } from '../../src/gateway/guarded.ts'
import type { Counter, Parts } from '../../src/gateway/parts.ts'
import type { PaperRules } from '../../src/gateway/ports/papers.ts'
import type { Exchange, PlacedEntry } from '../../src/gateway/ports/reads.ts'
import type { ControlRow } from '../../src/gateway/ports/rows.ts'
import { receive } from '../../src/gateway/receive.ts'
import { storeDocument } from '../../src/gateway/store-document.ts'
import { submit } from '../../src/gateway/submit.ts'
import { caseRef } from '../../src/ledger/record.ts'
import type { Proved, PullAdapter, PushAdapter, Reception } from '../../src/relay/port.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { sealVerifier } from '../../src/signing/seal-verifier.ts'
import {
  applicant,
  approverSun,
  approverZhao,
  asked,
  bank,
  binhai,
  caseNumber,
  clerkFeng,
  clerkQian,
  debtor,
  hedong,
  land,
  measureOf,
  officerLin,
  paper,
  paperBytes,
  paperKinds,
  registrarHe,
  registrarWen,
  sure,
  yuan,
} from '../support/court.ts'
import { openStoreIn, openTestStore } from '../support/database.ts'
import { refolded } from './refold.ts'

/** A registry that is called, and is never reached unless a test says otherwise. */
const silentPush = {
  kind: 'push',
  deliver: async () => ({ kind: 'unreached', detail: 'nobody is there' }),
  status: async () => ({ kind: 'not-known' }),
  withdraw: async () => ({ kind: 'unreached', detail: 'nobody is there' }),
  parse: async () => ({ kind: 'unproved', code: 'statement-malformed' }),
} satisfies PushAdapter

/** A registry that comes, with a dialect of its own and short numbers. */
export const dialect = {
  kind: 'pull',
  reference: (_claims, draw) => draw(12),
  render: (claims, reference) => Buffer.from(JSON.stringify({ reference, parent: claims.parent ?? {} })),
  serve: async () => new Response(null, { status: 404 }),
} satisfies PullAdapter

const onboarded = { state: 'live', registeredBy: 'operator' } as const

function counterOf(registry: Registry, adapter: Counter['adapter']): Counter {
  const { code, name, assetClasses, measures } = registry
  const registered = { code, name, assetClasses, measures, adapter: adapter.kind, keys: [], demo: true }
  const mode = adapter.kind === 'push' ? ('push' as const) : ('pull' as const)
  return { registry, adapter, registered: { ...registered, ...onboarded, mode, respondWithinHours: 24 } }
}

export type Office = Awaited<ReturnType<typeof openOffice>>
export type OpenCase = { readonly id: string; readonly number: string; readonly party: string }

let serial = 5000

/**
 * The acts on a real store with real keys; the registries are literals, and time can be moved. `home` is a folder in which
 * both outlive the office.
 */
export async function openOffice(
  adapters: { land?: Counter['adapter']; bank?: Counter['adapter'] } = {},
  papers: Partial<PaperRules> = {},
  home?: string,
) {
  const dir = home ?? mkdtempSync(join(tmpdir(), 'writ-office-'))
  const opened = home === undefined ? await openTestStore() : await openStoreIn(home)
  const keyring = await openKeyring(join(dir, 'keys'), { courts: [binhai, hedong], create: true, demo: true })
  const counters = [counterOf(land, adapters.land ?? silentPush), counterOf(bank, adapters.bank ?? dialect)]
  const time = { shift: 0, sound: true, woken: 0 }
  const parts: Parts = {
    store: guarded(opened.store, () => time.sound),
    reads: opened.reads,
    signer: keyring,
    papers: { verifier: sealVerifier(), seals: 'flagged', confirm: [], ...papers },
    counter: (code) => counters.find(({ registry }) => registry.code === code),
    registries: () => counters.map(({ registry }) => registry),
    gatewayId: 'gw.test.writ',
    logOrigin: 'writ.test/log',
    clock: () => new Date(Date.now() + time.shift),
    newId,
    caseRef: (number) => caseRef(keyring.secret('case-ref').bytes, number),
    assetRef: (asset) => createHmac('sha256', 'asset').update(assetKey(asset)).digest('base64url'),
    wake: () => {
      time.woken += 1
    },
  }

  const openedCases: string[] = []
  const entered = (over: Partial<EnteredCase> = {}): EnteredCase => {
    serial += 1
    return {
      number: caseNumber(`（2026）津0116执${serial}号`),
      claim: yuan('1280000.00'),
      costs: yuan('15200.00'),
      judge: '周正',
      standing: 'open',
      parties: [
        { role: 'debtor', subject: debtor },
        { role: 'applicant', subject: applicant },
      ],
      ...over,
    }
  }

  const put = async (caseId: string, kind: DocumentKind, by = officerLin) => {
    const { number, mediaType } = paper(kind)
    return storeDocument(parts, by, caseId, { kind, number, mediaType, bytes: paperBytes(kind) })
  }

  /** A case entered by one, confirmed by another, with the papers of every measure in it. */
  const openCase = async (over: Partial<EnteredCase> = {}): Promise<OpenCase> => {
    const body = entered(over)
    const { id } = sure(await enterCase(parts, registrarWen, body))
    sure(await confirmCase(parts, registrarHe, id))
    for (const kind of paperKinds) sure(await put(id, kind))
    openedCases.push(id)
    const file = await opened.reads.caseById(id)
    const party = file?.parties.find(({ role }) => role === 'debtor')?.id ?? ''
    return { id, number: body.number, party }
  }

  let keys = 0
  const ask = (file: OpenCase, measure: Measure, over: Partial<AskedRequest> = {}, by: Person = officerLin) => {
    keys += 1
    const once = { client: by.id, key: `key-${keys}`, digest: `digest-${keys}` }
    return submit(parts, by, file.id, asked(measure, { party: file.party, ...over }), once)
  }

  const known = new Set<string>()
  /** The account of a case, kept by two finance clerks, before the first transfer into it. */
  const keepAccount = async (file: OpenCase, payee: Payee = measureOf.transfer.payee) => {
    const { id } = sure(await enterFundAccount(parts, clerkQian, file.id, payee))
    const { account } = payee
    sure(await confirmFundAccount(parts, clerkFeng, file.id, { id, account }))
    known.add(file.id)
    return id
  }

  /** Submitted and, where that is needed, approved: gives its exchanges with the registries. */
  const send = async (file: OpenCase, measure: Measure, over: Partial<AskedRequest> = {}) => {
    if (measure.kind === 'transfer' && !known.has(file.id)) await keepAccount(file)
    const { id } = sure(await ask(file, measure, over))
    for (const approver of measure.kind === 'inquire' ? [] : [approverZhao, approverSun]) {
      const { kind } = sure(await approve(parts, approver, { id, caseId: file.id }))
      if (kind === 'approved') break
    }
    const [exchange] = await opened.reads.exchangesOf(id)
    if (!exchange) throw new Error('nothing was delivered')
    return { request: id, exchange, delivery: exchange.delivery }
  }

  const tell = async (
    { delivery }: Pick<Exchange, 'delivery'>,
    statement: Partial<Proved['statement']> & Pick<Proved['statement'], 'kind'>,
    over: Partial<Proved> = {},
  ): Promise<Reception> => {
    const registry = delivery.registry === land.code ? land : bank
    const told = { holdings: [], targets: [], ...statement }
    const digest = JSON.stringify(told)
    const parsed: Proved = {
      kind: 'proved',
      statement: told,
      jti: newId(),
      digest,
      issuedAt: parts.clock(),
      grade: 'A',
      ...over,
    }
    return receive(parts, registry, delivery.reference, { message: Buffer.from(digest), parsed })
  }

  const exchangeOf = async (delivery: string): Promise<Exchange> => {
    const found = await opened.reads.exchange(delivery)
    if (!found) throw new Error(`no delivery ${delivery}`)
    return found
  }
  const answerOf = async (delivery: string) => (await exchangeOf(delivery)).delivery.answer
  const controls = (caseId: string): Promise<readonly ControlRow[]> => opened.reads.controls(caseId)
  /** The entries of a case in the order of its numbers. */
  const journal = async (caseId: string): Promise<readonly PlacedEntry[]> => {
    const entries = await opened.reads.entries({ caseId, limit: 1000 })
    return [...entries].sort((a, b) => (a.caseSeq ?? 0) - (b.caseSeq ?? 0))
  }
  const kinds = async (caseId: string) => (await journal(caseId)).map(({ kind }) => kind)

  return {
    opened,
    parts,
    keyring,
    time,
    entered,
    put,
    openCase,
    keepAccount,
    ask,
    send,
    tell,
    exchangeOf,
    answerOf,
    controls,
    journal,
    kinds,
    /** What is stored is what the statements say when they are read anew, in every case of every test (invariant 5). */
    close: async () => {
      time.sound = true
      for (const id of openedCases) {
        const { stored, folded } = await refolded({ parts }, id)
        deepStrictEqual(stored, folded)
      }
      await opened.close()
      if (home === undefined) rmSync(dir, { recursive: true, force: true })
    },
  }
}
