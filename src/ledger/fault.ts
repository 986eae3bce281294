/**
 * What can be broken in the ledger. A proof that does not verify is not in this list: that is an answer, not a fault.
 *
 * - `TILE_MISSING`: the tiles kept do not reach as far as the size asked for.
 * - `TILE_REWRITTEN`: somebody tried to shorten or change a tile that is already kept.
 * - `TILES_TORN`: the tiles do not give the root that the head of the log has.
 * - `LEAVES_TORN`: leaves as the database has them are not those whose hashes are in the tree.
 * - `HEAD_MOVED`: the head of the log was not where this process had read it; nothing was committed.
 * - `LEAF_TOO_LARGE`: a leaf over 65,535 bytes, which no entry bundle can carry.
 * - `RECORD_NOT_PLAIN`: a record holds something that is not a code, a digest or an id, so it may hold personal data.
 * - `KEY_MALFORMED`: a verifier key that cannot be read, or two that cannot be told apart.
 * - `TEXT_UNSIGNABLE`: a text that the signed-note format cannot carry.
 * - `SIGNATURE_FOREIGN`: the signer answered with a signature that its own public key does not verify.
 * - `CHECKPOINT_FORKED`: two checkpoints of one size with different roots.
 * - `CHECKPOINT_UNREADABLE`: a checkpoint kept outside the database is not one of this log's.
 */
export type LedgerFaultCode =
  | 'TILE_MISSING'
  | 'TILE_REWRITTEN'
  | 'TILES_TORN'
  | 'LEAVES_TORN'
  | 'HEAD_MOVED'
  | 'LEAF_TOO_LARGE'
  | 'RECORD_NOT_PLAIN'
  | 'KEY_MALFORMED'
  | 'TEXT_UNSIGNABLE'
  | 'SIGNATURE_FOREIGN'
  | 'CHECKPOINT_FORKED'
  | 'CHECKPOINT_UNREADABLE'

/** The ledger is broken or was asked for the impossible. The code is the contract; the message holds no personal data. */
export class LedgerFault extends Error {
  override readonly name = 'LedgerFault'
  readonly code: LedgerFaultCode

  constructor(code: LedgerFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
