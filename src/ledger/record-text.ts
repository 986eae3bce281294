import { LedgerFault } from './fault.ts'
import { type LogRecord, recordKinds } from './record.ts'

/**
 * A record ready to be signed: known members only, always in one order, absent ones left out.
 * Throws `RECORD_NOT_PLAIN` when a member is not a code, id, digest or number. This is the last gate before something is
 * written that can never be taken out again, so a name that strays into a record stops here.
 */
export function plainRecord(record: LogRecord): LogRecord {
  const known = membersOf(record)
  const odd = oddMember(known)
  if (odd) throw new LedgerFault('RECORD_NOT_PLAIN', `the member ${odd} of a record`)
  return known
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

function membersOf(record: LogRecord): LogRecord {
  const { v, jti, iat, gw, kind, by, act, case_ref, case_seq, links, registry, delivery, msg, kek, view } = record
  return {
    v,
    jti,
    iat,
    gw,
    kind,
    ...(by !== undefined && { by }),
    ...(act !== undefined && { act }),
    ...(case_ref !== undefined && { case_ref }),
    ...(case_seq !== undefined && { case_seq }),
    ...(links && { links: links.map(({ rel, jti }) => ({ rel, jti })) }),
    ...(registry !== undefined && { registry }),
    ...(delivery !== undefined && { delivery }),
    ...(msg && { msg: { len: msg.len, sha256_ct: msg.sha256_ct, commit: msg.commit } }),
    ...(kek !== undefined && { kek }),
    ...(view && { view: { of: view.of, ...(view.by && { by: sorted(view.by) }) } }),
  }
}

function sorted(by: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(by).sort(([one], [other]) => (one < other ? -1 : 1)))
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

/**
 * Codes and ids: short ASCII without a space, so no sentence and no Chinese name; and no fifteen digits in a row, which
 * is how an identity number or an account begins.
 */
const isPlain = matching(/^(?!.*\d{15})[\w.:/-]{1,96}$/)
/** A court's code begins with the one character of its province: `津0116`. */
const isCourt = matching(/^\p{Script=Han}\d{2,4}$/u)
const isPlainOrCourt = (value: unknown) => isPlain(value) || isCourt(value)
const isDigest = matching(/^[\w-]{43}$/)

const plainMembers: Record<string, ((value: unknown) => boolean) | undefined> = {
  v: (value) => value === 1,
  jti: isPlain,
  iat: isCount,
  gw: isPlain,
  kind: (value) => recordKinds.some((kind) => kind === value),
  by: isPlain,
  act: isPlain,
  case_ref: isDigest,
  case_seq: isCount,
  links: (value) => Array.isArray(value) && value.every((link) => isPlain(link.rel) && isPlain(link.jti)),
  registry: isPlain,
  delivery: isPlain,
  msg: (value) => isMessage(value),
  kek: isPlain,
  view: (value) => isView(value),
}

function isMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { len, sha256_ct, commit } = value as Partial<NonNullable<LogRecord['msg']>>
  return isCount(len) && isDigest(sha256_ct) && isDigest(commit)
}

/** Not only the names of today: who reads a log must read what a later gateway wrote. */
function isView(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { of, by = {} } = value as { of?: unknown; by?: unknown }
  if (typeof by !== 'object' || by === null) return false
  const narrowed = Object.entries(by)
  return isPlain(of) && narrowed.length <= 12 && narrowed.every(([name, code]) => isPlain(name) && isPlainOrCourt(code))
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function matching(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value)
}
