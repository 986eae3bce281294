import type { Reads } from '../gateway/ports/reads.ts'
import { isId } from './absent.ts'
import { caseById, caseByNumber, cases } from './cases.ts'
import { consents } from './consents.ts'
import { controls } from './controls.ts'
import type { Database } from './database.ts'
import { byId, deliveries, exchanges, ofCase, ofRequest } from './deliveries.ts'
import { documentWithBytes, receiptWithBytes } from './documents.ts'
import { entries, entryById, leavesFrom } from './entries.ts'
import { openWhole } from './payloads.ts'
import { approvals, requestById, requestLines } from './requests.ts'
import { quarantined } from './statements.ts'
import type { Vault } from './vault.ts'

/** Plain reads of what is committed. An id that cannot be one of ours finds nothing. */
export function readsOf({ queries }: Database, vault: Vault): Reads {
  return {
    caseByNumber: (number) => caseByNumber(queries, vault, number),
    caseById: (id) => caseById(queries, vault, id),
    cases: (reach, page) => cases(queries, reach, page),
    request: (id) => requestById(queries, vault, id),
    requestLines: (filter) => requestLines(queries, filter),
    approvals: (request) => approvals(queries, vault, request),
    exchangesOf: async (request) => (isId(request) ? exchanges(queries, vault, ofRequest(request)) : []),
    exchange: async (delivery) => (isId(delivery) ? (await exchanges(queries, vault, byId(delivery)))[0] : undefined),
    exchangesOfCase: async (caseId) => (isId(caseId) ? exchanges(queries, vault, ofCase(caseId)) : []),
    delivery: async (id) => (isId(id) ? (await deliveries(queries, vault, byId(id)))[0] : undefined),
    controls: (caseId) => controls(queries, caseId),
    document: (caseId, sha256) => documentWithBytes(queries, vault, caseId, sha256),
    sealedReceipt: (delivery, sha256) => receiptWithBytes(queries, vault, delivery, sha256),
    consents: (filter) => consents(queries, vault, filter),
    quarantined: (registry, page) => quarantined(queries, registry, page),
    entries: (filter) => entries(queries, filter),
    entry: (id) => entryById(queries, id),
    leaves: (first, count) => leavesFrom(queries, first, count),
    opening: async (entry) => {
      const row = await entryById(queries, entry)
      return row?.payload === undefined ? undefined : openWhole(queries, vault, row.payload)
    },
  }
}
