import { sql } from 'drizzle-orm'
import { boolean, date, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { CaseStanding, PartyRole } from '../../domain/case-file.ts'
import type { ContinuationKind } from '../../domain/case-line.ts'
import type { DocumentKind } from '../../domain/legal-basis.ts'
import type { SealVerdict } from '../../domain/seal.ts'
import { bytea, moment, shardColumn } from './column.ts'

/** The serial of a case number, as it is written; in the order of its digits, so that a beginning of it is a range. */
export const serialIn = sql`(substring(number from '([0-9]+)号')) collate "C"`

/** That a case itself, its standing or its line waits for a second registrar; by it they are found without going through all. */
export const toConfirm = sql`(confirmed_by is null or standing_asked is not null or (continues is not null and continues_confirmed_by is null))`

/** The row an act locks. `seq` is the last number given out in the case. */
export const caseFile = pgTable(
  'case_file',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    number: text('number').notNull(),
    court: text('court').notNull(),
    standing: text('standing').$type<CaseStanding>().notNull(),
    /** The day of 终本. */
    terminatedOn: date('terminated_on', { mode: 'string' }),
    /**
     * That the round after 终本 has nothing to ask in it: before which day, among which registries, and up to which number of
     * the case. In no index, so that an act which takes a number moves none.
     */
    settledUntil: date('settled_until', { mode: 'string' }),
    settledAmong: text('settled_among'),
    settledSeq: integer('settled_seq'),
    /** What one registrar has said of the standing and no second one has confirmed. */
    standingAsked: text('standing_asked').$type<CaseStanding>(),
    terminatedAsked: date('terminated_asked', { mode: 'string' }),
    standingAskedBy: text('standing_asked_by'),
    claim: text('claim').notNull(),
    costs: text('costs').notNull(),
    lateInterest: text('late_interest'),
    fulfilled: text('fulfilled'),
    judge: text('judge').notNull(),
    enteredBy: text('entered_by').notNull(),
    confirmedBy: text('confirmed_by'),
    team: text('team'),
    isSealed: boolean('is_sealed').notNull().default(false),
    source: text('source'),
    sourceSequence: integer('source_sequence'),
    continues: uuid('continues'),
    continuesAs: text('continues_as').$type<ContinuationKind>(),
    continuesBy: text('continues_by'),
    continuesConfirmedBy: text('continues_confirmed_by'),
    /** The id of the first case of its line, once the line has a second one. */
    line: uuid('line'),
    seq: integer('seq').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'case_file_has_one_row', columns: [t.shard, t.id] }),
    unique('case_number_names_one_case').on(t.shard, t.number),
    index('case_by_serial').on(t.shard, sql`(${serialIn})`, t.id),
    index('case_of_court').on(t.shard, t.court, t.id),
    index('case_of_line').on(t.shard, t.line).where(sql`line is not null`),
    index('case_terminated').on(t.shard, t.terminatedOn).where(sql`terminated_on is not null`),
    index('case_sealed').on(t.shard, t.id).where(sql`is_sealed`),
    index('case_to_confirm').on(t.shard, t.id).where(toConfirm),
  ],
)

/** A party; who it is, and what a case system calls it, lie in `payload` alone. */
export const party = pgTable(
  'party',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    id: text('id').notNull(),
    role: text('role').$type<PartyRole>().notNull(),
    subject: uuid('subject').notNull(),
    enteredBy: text('entered_by').notNull(),
    confirmedBy: text('confirmed_by'),
    /**
     * Of before it lay in the payload with the subject; sealed and emptied at the next start, because SQL has no key to
     * do it with and a later signed case finds its party by it. Never written; a later release drops the empty column.
     */
    externalId: text('external_id'),
  },
  (t) => [
    primaryKey({ name: 'party_stands_once_in_its_case', columns: [t.shard, t.caseId, t.id] }),
    foreignKey({
      name: 'party_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    index('party_to_confirm').on(t.shard, t.caseId).where(sql`confirmed_by is null`),
  ],
)

/** Who is named on a case; of a sealed case the only ones for whom it is there. */
export const caseMember = pgTable(
  'case_member',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    person: text('person').notNull(),
    namedBy: text('named_by').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'member_stands_once_on_a_case', columns: [t.shard, t.caseId, t.person] }),
    foreignKey({
      name: 'member_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    index('cases_of_member').on(t.shard, t.person),
  ],
)

/**
 * Where a number stands, under a keyed hash of it; the number itself is kept nowhere but in `payload`. `search` is an
 * officer's search for it, by the id of the search. No evidence: rows go when their subject is erased.
 */
export const subjectIndex = pgTable(
  'subject_index',
  {
    shard: shardColumn(),
    hmac: bytea('hmac').notNull(),
    caseId: uuid('case_id'),
    party: text('party').notNull(),
    kind: text('kind').$type<'number' | 'legacy' | 'search'>().notNull(),
    key: text('key').notNull(),
  },
  (t) => [
    primaryKey({ name: 'number_of_party_is_indexed_once', columns: [t.shard, t.party, t.kind] }),
    index('subject_by_number').on(t.shard, t.hmac),
  ],
)

/** A document. What it calls itself may name somebody, so its number lies in `payload` (`naming`), as its bytes do. */
export const document = pgTable(
  'document',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    sha256: text('sha256').notNull(),
    kind: text('kind').$type<DocumentKind>().notNull(),
    /** Of before `naming`; sealed and emptied at the next start. */
    number: text('number'),
    naming: uuid('naming'),
    mediaType: text('media_type').notNull(),
    length: integer('length').notNull(),
    payload: uuid('payload').notNull(),
    storedBy: text('stored_by').notNull(),
  },
  (t) => [
    primaryKey({ name: 'document_is_kept_once_a_case', columns: [t.shard, t.caseId, t.sha256] }),
    foreignKey({
      name: 'document_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
  ],
)

/**
 * What verifying the seal of a document found, each time it was found anew; rows are added and never changed. Whose seal it
 * is may name a person, so it lies in `payload` (`naming`).
 */
export const documentSeal = pgTable(
  'document_seal',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    sha256: text('sha256').notNull(),
    id: uuid('id').notNull(),
    at: moment('at').notNull(),
    verdict: text('verdict').$type<SealVerdict>().notNull(),
    naming: uuid('naming'),
    signedAt: moment('signed_at'),
  },
  (t) => [
    primaryKey({ name: 'seal_was_found_once', columns: [t.shard, t.caseId, t.sha256, t.id] }),
    foreignKey({
      name: 'seal_is_of_a_document',
      columns: [t.shard, t.caseId, t.sha256],
      foreignColumns: [document.shard, document.caseId, document.sha256],
    }),
  ],
)

/** What came signed from a case system, by the SHA-256 of the name it gave: the same again gets the same answer, for ever. */
export const signedCase = pgTable(
  'signed_case',
  {
    shard: shardColumn(),
    client: text('client').notNull(),
    jti: text('jti').notNull(),
    digest: text('digest').notNull(),
    caseId: uuid('case_id').notNull(),
    sequence: integer('sequence').notNull(),
    entry: uuid('entry').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'signed_case_is_taken_once', columns: [t.shard, t.client, t.jti] }),
    foreignKey({
      name: 'signed_case_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
  ],
)
