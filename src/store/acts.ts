import { setTimeout as sleep } from 'node:timers/promises'
import type { CaseFile } from '../domain/case-file.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { CaseAct, LooseAct, Store } from '../gateway/ports/store.ts'
import type { DeliveryId } from '../relay/port.ts'
import { isId } from './absent.ts'
import { accountsOf } from './accounts.ts'
import { anomalyBookOf } from './acts-logged.ts'
import { keepRound } from './anomaly-rounds.ts'
import { batchesOf, claimBatch, isBatchUnderWay, releaseBatch } from './batches.ts'
import type { BlindIndex } from './blind-index.ts'
import { continueFrom, joinLine } from './case-lines.ts'
import { account, addCase, addParty, amend, askStanding, confirm, lockCase, takeNumber, takeStanding } from './cases.ts'
import { clientBookOf } from './clients.ts'
import { settle as settleRound } from './clocks.ts'
import { consentsOf } from './consents.ts'
import { addImport, controls, imports, putControl } from './controls.ts'
import type { Database, Queries } from './database.ts'
import {
  addDelivery,
  address,
  deliveries,
  handOver,
  hastenDelivery,
  locate,
  lockDelivery,
  moveDelivery,
  ofCase,
  ofCases,
  ofMeasures,
  ofRequest,
} from './deliveries.ts'
import { addDocument, documents, keepReceipt } from './documents.ts'
import { draftsOf } from './drafts.ts'
import { dutyBookOf, urgencyOf } from './duty.ts'
import { enter } from './entries.ts'
import { errandsOf } from './errands.ts'
import { StoreFault, sqlStateOf } from './fault.ts'
import { addFundAccount, arrivalsOf, arrived, confirmFundAccount, fundAccounts } from './funds.ts'
import { AnsweredMeanwhile, recall, remember } from './idempotency.ts'
import { lease, settle } from './leases.ts'
import { assign } from './members.ts'
import { partnersOf } from './partners.ts'
import { addKey, freshKey, keep, keyOf, openAll } from './payloads.ts'
import { progressLinksOf } from './progress.ts'
import { repeatingOf } from './repetitions.ts'
import { addApproval, addRequest, approvals, moveRequest, requestById, requestsWith, successorOf } from './requests.ts'
import { rewrap } from './rewrap.ts'
import { rosterOf } from './roster.ts'
import { sampleBookOf } from './samples.ts'
import { addSeal, seals } from './seals.ts'
import { indexSearch } from './sightings.ts'
import { correctParty, recallSigned, rememberSigned, takeFromSource } from './signed-cases.ts'
import { addQuarantine, addStatement, quarantinedSince, sealResult, statementsAbout } from './statements.ts'
import { tasksOf } from './tasks.ts'
import type { DataKey, Vault } from './vault.ts'

/**
 * The acts. A transaction that met another one (serialisation failure, deadlock, an Idempotency-Key answered meanwhile)
 * is undone and `body` run again from the start, a few times: `body` must do nothing that it cannot do twice.
 */
export function actsOf(database: Database, vault: Vault, index: BlindIndex): Store {
  return {
    act: async (caseId, body) => {
      if (vault.isRemote) await warm(database, vault, caseId)
      return inOne(database, async (queries) => {
        const file = await lockCase(queries, vault, caseId)
        return file ? body(await caseAct(queries, vault, index, file)) : { kind: 'no-such-case' as const }
      })
    },
    found: async (file, body) => {
      const fresh = await freshKey(vault)
      const answer = await inOne(database, async (queries) => {
        if (!(await addCase(queries, file))) return { kind: 'case-exists' as const }
        await addKey(queries, file.id, fresh)
        return body(await caseAct(queries, vault, index, { ...file, members: [], parties: [] }))
      })
      // Wrapped by a key that was current then: one that went out of use while this act ran keeps nothing.
      if (fresh.kek !== (await vault.currentKek())) await rewrap(database, vault, [fresh])
      return answer
    },
    note: async (body) => {
      if (vault.isRemote) await warm(database, vault, undefined)
      return inOne(database, async (queries) =>
        body(looseAct(queries, vault, index, () => keyOf(queries, vault, undefined))),
      )
    },
    locate: (registry, reference) => locate(database.queries, registry, reference),
    quarantinedSince: (registry, since) => quarantinedSince(database.queries, registry, since),
    claimBatch: async (seconds) =>
      (await isBatchUnderWay(database.queries))
        ? database.transaction((queries) => claimBatch(queries, seconds))
        : undefined,
    keepAnomalies: (round, lines) => keepRound(database, round, lines),
    releaseBatch: (id) => database.transaction((queries) => releaseBatch(queries, id)),
    lease: (wanted) => lease(database, vault, wanted),
    settle: (attempt, outcome) => settle(database, attempt, outcome),
  }
}

/** Where unwrapping means a call: has it done before a transaction is open, and holds anybody up. */
async function warm({ queries }: Database, vault: Vault, caseId: string | undefined): Promise<void> {
  if (caseId === undefined || isId(caseId)) await keyOf(queries, vault, caseId).catch(() => undefined)
}

async function caseAct(queries: Queries, vault: Vault, index: BlindIndex, file: CaseFile): Promise<CaseAct> {
  const key = await keyOf(queries, vault, file.id)
  const { id: caseId, line = [caseId] } = file
  return {
    ...looseAct(queries, vault, index, async () => key),
    file,
    takeNumber: () => takeNumber(queries, caseId),
    open: async (payload) => (await openAll(queries, vault, [payload]))(payload),
    addParty: (party, kept) => addParty(queries, index, caseId, party, kept),
    amend: (said) => amend(queries, caseId, said),
    correctParty: (party, kept) => correctParty(queries, index, caseId, party, kept),
    settle: (settled) => settleRound(queries, caseId, settled),
    takeFromSource: (said) => takeFromSource(queries, caseId, said),
    recallSigned: (client, jti) => recallSigned(queries, client, jti),
    rememberSigned: (row) => rememberSigned(queries, row),
    assign: (to) => assign(queries, caseId, to),
    confirm: (by, parties) => confirm(queries, caseId, by, parties),
    documents: (sha256s) => documents(queries, vault, caseId, sha256s),
    addDocument: (document) => addDocument(queries, vault, key, caseId, document),
    addSeal: (row) => addSeal(queries, vault, key, caseId, row),
    seals: (sha256s) => seals(queries, vault, caseId, sha256s),
    continueFrom: (earlier) => continueFrom(queries, caseId, earlier),
    askStanding: (asked) => askStanding(queries, caseId, asked),
    takeStanding: () => takeStanding(queries, caseId),
    joinLine: (by) => joinLine(queries, caseId, by),
    account: (sums) => account(queries, caseId, sums),
    fundAccounts: () => fundAccounts(queries, vault, caseId),
    addFundAccount: (row, kept) => addFundAccount(queries, caseId, row, kept),
    confirmFundAccount: (id, by, at) => confirmFundAccount(queries, caseId, id, by, at),
    arrived: () => arrived(queries, caseId),
    request: (id) => requestById(queries, vault, id, line),
    requestsWith: (measures) => requestsWith(queries, vault, line, measures),
    addRequest: (request, kept) => addRequest(queries, file.court, request, kept),
    moveRequest: (id, from, to) => moveRequest(queries, id, from, to),
    addApproval: (approval, kept) => addApproval(queries, approval, kept),
    approvals: (request) => approvals(queries, vault, request),
    successorOf: (request) => successorOf(queries, request),
    drafts: draftsOf(queries, vault, caseId),
    repeating: repeatingOf(queries, vault, caseId),
    urgency: urgencyOf(queries, file.court),
    address: (registry, reference, delivery: DeliveryId) => address(queries, registry, reference, { caseId, delivery }),
    addDelivery: (delivery, envelope, rendering) => addDelivery(queries, delivery, envelope, rendering),
    delivery: (id) => lockDelivery(queries, vault, line, id),
    deliveriesOf: (request) => deliveries(queries, vault, ofCase(caseId), ofRequest(request)),
    deliveriesWith: (measures) => deliveries(queries, vault, ofCases(line), ofMeasures(measures)),
    handOver: (id) => handOver(queries, id),
    moveDelivery: (id, to) => moveDelivery(queries, caseId, id, to),
    hastenDelivery: (id) => hastenDelivery(queries, caseId, id),
    statements: (delivery) => statementsAbout(queries, vault, [delivery], 'shown'),
    statementsOf: (ids) => statementsAbout(queries, vault, ids, 'shown'),
    addStatement: (statement, kept) => addStatement(queries, vault, key, statement, kept),
    keepReceipt: (delivery, sha256, mediaType, kept) => keepReceipt(queries, delivery, sha256, mediaType, kept),
    sealResult: (sealing) => sealResult(queries, sealing),
    controls: () => controls(queries, ...line),
    imports: () => imports(queries, vault, ...line),
    addImport: (control, kept) => addImport(queries, control, kept),
    putControl: (control) => putControl(queries, control),
    tasks: tasksOf(queries, vault, caseId, line),
    errands: errandsOf(queries, vault),
    progress: progressLinksOf(queries, file.id),
  }
}

/** `key` is asked for by an act that keeps something: most that are about no case do not. */
function looseAct(queries: Queries, vault: Vault, index: BlindIndex, key: () => Promise<DataKey>): LooseAct {
  return {
    keep: async (kind, bytes) => keep(queries, vault, await key(), kind, bytes),
    enter: (entry) => enter(queries, entry),
    recall: (client, idempotencyKey) => recall(queries, client, idempotencyKey),
    remember: (client, idempotencyKey, answer) => remember(queries, client, idempotencyKey, answer),
    addQuarantine: (row) => addQuarantine(queries, row),
    roster: rosterOf(queries),
    duty: dutyBookOf(queries),
    accounts: accountsOf(queries),
    consents: consentsOf(queries, vault),
    partners: partnersOf(queries),
    clients: clientBookOf(queries),
    arrivals: arrivalsOf(queries, vault),
    batches: batchesOf(queries),
    anomalies: anomalyBookOf(queries),
    samples: sampleBookOf(queries, vault),
    onCase: async (caseId) => {
      const file = await lockCase(queries, vault, caseId)
      return file && caseAct(queries, vault, index, file)
    },
    indexSearch: (search, number) => indexSearch(queries, index, search, number),
  }
}

/** Carries a "no" out of a transaction, so that the transaction is undone. */
class SaidNo extends Error {
  readonly answer: Refusal

  constructor(answer: Refusal) {
    super('refused')
    this.answer = answer
  }
}

const tries = 5

async function inOne<T>(database: Database, body: (queries: Queries) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await database.transaction(async (queries) => {
        const answer = await body(queries)
        if (isRefusal(answer)) throw new SaidNo(answer)
        return answer
      })
    } catch (error) {
      if (error instanceof SaidNo) return error.answer as T
      if (!metAnother(error)) throw error
      if (tried === tries) throw new StoreFault('DATABASE_BUSY', `given up after ${tries} tries`, sqlStateOf(error))
      await sleep(2 ** tried * 5 * Math.random())
    }
  }
}

function metAnother(error: unknown): boolean {
  const state = sqlStateOf(error)
  return error instanceof AnsweredMeanwhile || state === '40001' || state === '40P01'
}
