/**
 * What can be broken about the database. "No" is never in here: a refused act is an answer.
 *
 * - `DATABASE_FAILED`: the database refused or could not be reached; the message has its SQLSTATE.
 * - `DATABASE_BUSY`: an act met others too often and was given up; nothing of it remains, it may be tried again.
 * - `USED_INSIDE_ACT`: the body of an act used the store instead of what it was given: it would wait for itself for ever.
 * - `DATA_DIR_HELD`: another process has the embedded database open.
 * - `DATA_DIR_VERSION`: the embedded database was made by another major version.
 * - `KEY_MALFORMED`: a key-encryption key that is not 32 bytes.
 * - `KEY_WRONG`: the key-encryption key is not the one the data keys are wrapped by.
 * - `KEY_SERVICE`: the service in which the key-encryption keys live does not answer, or answers nonsense.
 * - `PAYLOAD_UNREADABLE`: a payload that its key does not open: damaged, or moved to another row.
 * - `PAYLOAD_MISSING`: a row speaks of a payload that is not there.
 */
export type StoreFaultCode =
  | 'DATABASE_FAILED'
  | 'DATABASE_BUSY'
  | 'USED_INSIDE_ACT'
  | 'DATA_DIR_HELD'
  | 'DATA_DIR_VERSION'
  | 'KEY_MALFORMED'
  | 'KEY_WRONG'
  | 'KEY_SERVICE'
  | 'PAYLOAD_UNREADABLE'
  | 'PAYLOAD_MISSING'

/** The database is broken or was asked for the impossible. The message holds no personal data and no parameters. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault'
  readonly code: StoreFaultCode
  /** What the database calls it, where it was the database. */
  readonly sqlState: string | undefined

  constructor(code: StoreFaultCode, message: string, sqlState?: string) {
    super(message)
    this.code = code
    this.sqlState = sqlState
  }
}

/** The SQLSTATE of a driver's error, however deep drizzle has wrapped it. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code)) return cause.code
  }
  return undefined
}

/**
 * Makes of a driver's error one that may be logged. Drivers put the statement and its parameters, names and numbers of
 * parties among them, into message and properties; of class 22 (bad data) even PostgreSQL's own message quotes them.
 * Errors that are not a driver's come back as they are.
 */
export function withoutParameters(error: unknown): unknown {
  if (!isDriverError(error)) return error
  const sqlState = sqlStateOf(error)
  let root: unknown = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  const said = root instanceof Error && !sqlState?.startsWith('22') ? root.message : 'a value the database cannot read'
  return new StoreFault('DATABASE_FAILED', `${sqlState ?? codeOf(root) ?? 'unreachable'}: ${said}`, sqlState)
}

const driverErrors = new Set(['DrizzleQueryError', 'PostgresError', 'DatabaseError', 'TransactionRollbackError'])

function isDriverError(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof StoreFault) return false
  if (driverErrors.has(error.constructor.name) || driverErrors.has(error.name)) return true
  if ('severity' in error && 'code' in error) return true
  return /^(?:CONNECTION_|CONNECT_|ECONN|ENOTFOUND|ETIMEDOUT|EPIPE)/.test(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
