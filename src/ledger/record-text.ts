import { LedgerFault } from './fault.ts'
import { type LogRecord, recordKinds } from './record.ts'

/**
 * The JSON text of a record, to be signed: known members only, always in one order.
 * Throws `RECORD_NOT_PLAIN` when a member is not a code, id, digest or number. This is the last gate before something is
 * written that can never be taken out again, so a name that strays into a record stops here.
 */
export function formatRecord(record: LogRecord): string {
  const known = membersOf(record)
  const odd = oddMember(known)
  if (odd) throw new LedgerFault('RECORD_NOT_PLAIN', `the member ${odd} of a record`)
  return JSON.stringify(known)
}

/** Reads a record's JSON text, for those who check a log; `undefined` when it is not exactly a record of version 1. */
export function parseRecord(text: string): LogRecord | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const record = value as LogRecord
    // A second member of the same name would let two readers read two things; it, or an unknown one, changes the length.
    const isWhole = JSON.stringify(value) === text && JSON.stringify(membersOf(record)).length === text.length
    return isWhole && !oddMember(record) ? record : undefined
  } catch {
    return undefined
  }
}

/** The members in their fixed order; `JSON.stringify` leaves out those that are absent. */
function membersOf(record: LogRecord): object {
  const { v, jti, iat, gw, kind, act, case_ref, case_seq, links, registry, delivery, msg, kek } = record
  return {
    v,
    jti,
    iat,
    gw,
    kind,
    act,
    case_ref,
    case_seq,
    links: links?.map(({ rel, jti }) => ({ rel, jti })),
    registry,
    delivery,
    msg: msg && { len: msg.len, sha256_ct: msg.sha256_ct, commit: msg.commit },
    kek,
  }
}

/** The first member that has no plain value. Required ones are odd when absent. */
function oddMember(record: object): string | undefined {
  const entries = new Map<string, unknown>(Object.entries(record))
  const required = requiredMembers.find((member) => entries.get(member) === undefined)
  if (required) return required
  for (const [member, value] of entries) {
    if (value !== undefined && !plainMembers[member]?.(value)) return member
  }
  return undefined
}

const requiredMembers = ['v', 'jti', 'iat', 'gw', 'kind']

/** A code is lower or upper case ASCII, short; it has no room for a sentence, and no script for a name. */
const isCode = matching(/^[A-Za-z][\w.:/-]{0,95}$/)
const isId = matching(/^[\w.:-]{1,64}$/)
const isDigest = matching(/^[\w-]{43}$/)

const plainMembers: Record<string, ((value: unknown) => boolean) | undefined> = {
  v: (value) => value === 1,
  jti: isId,
  iat: isCount,
  gw: isCode,
  kind: (value) => recordKinds.some((kind) => kind === value),
  act: isCode,
  case_ref: isDigest,
  case_seq: isCount,
  links: (value) => Array.isArray(value) && value.every((link) => isCode(link.rel) && isId(link.jti)),
  registry: isId,
  delivery: isId,
  msg: (value) => isMessage(value),
  kek: isId,
}

function isMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { len, sha256_ct, commit } = value as Partial<NonNullable<LogRecord['msg']>>
  return isCount(len) && isDigest(sha256_ct) && isDigest(commit)
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function matching(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value)
}
