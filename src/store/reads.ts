import type { Reads } from '../gateway/ports/reads.ts'
import { isId } from './absent.ts'
import { anomalyReadsOf } from './acts-logged.ts'
import { batchReadsOf } from './batch-reads.ts'
import type { BlindIndex } from './blind-index.ts'
import { casesNumbered, casesToConfirm } from './case-search.ts'
import { caseById, caseByNumber, caseNumbers, cases, casesWith, guardOf } from './cases.ts'
import { endingControls, silentDeliveries, terminatedCases } from './clocks.ts'
import { consentById, consents } from './consents.ts'
import { controls, imports } from './controls.ts'
import type { Database } from './database.ts'
import { countsByDay, entriesByDay } from './day-counts.ts'
import {
  byId,
  byIds,
  deliveries,
  deliveryHeads,
  exchanges,
  ofCase,
  ofCases,
  ofMeasures,
  ofRequest,
} from './deliveries.ts'
import { documents, documentWithBytes, receiptWithBytes } from './documents.ts'
import { draftById, draftLines, draftsWith } from './drafts.ts'
import { duties, escalations, urgentWaiting } from './duty.ts'
import { countEndings, endingsByDay } from './endings.ts'
import { entries, entriesWith, entryById, leavesFrom } from './entries.ts'
import { counterLines, errandOf, sealedReceiptsOf } from './errands.ts'
import { figures, overdueReleases } from './figures.ts'
import { fundReadsOf } from './funds.ts'
import { openWhole, textsOf } from './payloads.ts'
import { progressReadsOf } from './progress.ts'
import { inquiriesDue, repetitionOf, repetitionsDue } from './repetitions.ts'
import {
  approvals,
  groundsOf,
  measuresOf,
  repeatedBy,
  requestById,
  requestLines,
  requestsAbout,
  requestsWith,
  successorOf,
} from './requests.ts'
import { sampleReadsOf } from './samples.ts'
import { seals } from './seals.ts'
import { sightings } from './sightings.ts'
import { quarantined, statementsAbout, wordsAbout } from './statements.ts'
import { taskById, taskKeys, taskLines } from './tasks.ts'
import { deliveriesTo, traffic } from './traffic.ts'
import type { Vault } from './vault.ts'

/** Plain reads of what is committed. An id that cannot be one of ours finds nothing. */
export function readsOf(database: Database, vault: Vault, index: BlindIndex): Reads {
  const { queries } = database
  return {
    ...fundReadsOf(queries, vault),
    ...batchReadsOf(queries, vault),
    ...anomalyReadsOf(queries, vault),
    ...sampleReadsOf(queries, vault),
    ...progressReadsOf(queries),
    casesNumbered: (reach, part, limit) => casesNumbered(queries, reach, part, limit),
    casesToConfirm: (reach, limit) => casesToConfirm(queries, reach, limit),
    caseByNumber: (number) => caseByNumber(queries, vault, number),
    caseById: (id) => caseById(queries, vault, id),
    casesWith: (ids) => casesWith(queries, vault, ids),
    caseNumbers: (ids) => caseNumbers(queries, ids),
    guardOf: (id) => guardOf(queries, id),
    sightings: (number) => sightings(queries, index, number),
    cases: (reach, page) => cases(queries, reach, page),
    request: (id) => requestById(queries, vault, id),
    requestLines: (filter) => requestLines(queries, filter),
    requestsAbout: (parties) => requestsAbout(queries, parties),
    groundsOf: (ids) => groundsOf(queries, vault, ids),
    measuresOf: (ids) => measuresOf(queries, vault, ids),
    approvals: (request) => approvals(queries, vault, request),
    successorOf: (request) => successorOf(queries, request),
    duties: (filter) => duties(queries, filter),
    urgentWaiting: (reach) => urgentWaiting(queries, reach),
    repetitionsDue: (now) => repetitionsDue(queries, now),
    inquiriesDue: (filter) => inquiriesDue(queries, filter),
    repetition: (request) => repetitionOf(queries, request),
    repeatedBy: (request) => repeatedBy(queries, request),
    escalations: (request) => escalations(queries, request),
    draft: (id) => draftById(queries, vault, id),
    draftsWith: (ids) => draftsWith(queries, vault, ids),
    draftLines: (filter) => draftLines(queries, filter),
    exchangesOf: async (request) => (isId(request) ? exchanges(queries, vault, ofRequest(request)) : []),
    wordsAbout: (deliveries) => wordsAbout(queries, vault, deliveries),
    exchange: async (delivery) => (isId(delivery) ? (await exchanges(queries, vault, byId(delivery)))[0] : undefined),
    exchangesOfCase: async (caseId) => (isId(caseId) ? exchanges(queries, vault, ofCase(caseId)) : []),
    exchangesWith: async (ids) => {
      const known = ids.filter(isId)
      return known.length === 0 ? [] : exchanges(queries, vault, byIds(known))
    },
    deliveryHeads: (ids) => deliveryHeads(queries, ids),
    wholeStatement: async (delivery, id) =>
      (await statementsAbout(queries, vault, [delivery], 'shown')).find((row) => row.id === id),
    delivery: async (id) => (isId(id) ? (await deliveries(queries, vault, byId(id)))[0] : undefined),
    requestsWith: (cases, measures) => requestsWith(queries, vault, cases, measures),
    deliveriesWith: (cases, measures) => deliveries(queries, vault, ofCases(cases), ofMeasures(measures)),
    controls: (...cases) => controls(queries, ...cases),
    imports: (...cases) => imports(queries, vault, ...cases),
    document: (caseId, sha256) => documentWithBytes(queries, vault, caseId, sha256),
    documents: (caseId) => documents(queries, vault, caseId),
    seals: (caseId) => seals(queries, vault, caseId),
    sealedReceipt: (delivery, sha256) => receiptWithBytes(queries, vault, delivery, sha256),
    consents: (filter) => consents(queries, vault, filter),
    consent: (id) => consentById(queries, vault, id),
    endingControls: (filter) => endingControls(queries, filter),
    endingsByDay: (filter) => endingsByDay(queries, filter),
    countEndings: (filter) => countEndings(queries, filter),
    terminatedCases: (filter) => terminatedCases(queries, filter),
    silentDeliveries: (filter) => silentDeliveries(queries, filter),
    counterLines: (filter) => counterLines(queries, filter),
    sealedReceipts: (delivery) => sealedReceiptsOf(queries, delivery),
    errand: (delivery) => errandOf(queries, vault, delivery),
    task: (id) => taskById(queries, vault, id),
    tasks: (filter) => taskLines(queries, vault, filter),
    taskKeys: (keys) => taskKeys(queries, keys),
    quarantined: (registry, page) => quarantined(queries, registry, page),
    entries: (filter) => entries(queries, filter),
    entry: (id) => entryById(queries, id),
    entriesWith: (ids) => entriesWith(queries, ids),
    countsByDay: (filter) => countsByDay(database, filter),
    entriesByDay: (filter) => entriesByDay(database, filter),
    figures: (filter) => figures(queries, filter),
    overdueReleases: (filter, limit) => overdueReleases(queries, filter, limit),
    traffic: (now) => traffic(queries, now),
    deliveriesTo: (registry, page) => deliveriesTo(queries, registry, page),
    texts: (payloads) => textsOf(queries, vault, payloads),
    leaves: (first, count) => leavesFrom(queries, first, count),
    opening: async (entry) => {
      const row = await entryById(queries, entry)
      return row?.payload === undefined ? undefined : openWhole(queries, vault, row.payload)
    },
  }
}
