/**
 * What can be broken between the court's request and a bank's dialect.
 *
 * - `TEXT_NOT_GBK`: a name or number holds a character that GBK cannot write; sent as `?` it would name somebody else.
 * - `MEASURE_NOT_SPOKEN`: the dialect has no word for this measure.
 * - `PARENT_UNNAMED`: an extension, release or transfer without the bank's own number of the freeze it stands on.
 * - `ACCOUNT_UNNAMED`: a target without an account.
 * - `AMOUNT_MISSING`: money to be controlled, or part of it, and no amount.
 * - `TERM_UNDATED`: an extension by months; its days run from the old end, which only the bank knows.
 * - `PAYEE_MISSING`: a transfer without the account that money may go to.
 * - `MESSAGE_GARBLED`: a call whose words cannot be read.
 */
export type BankFaultCode =
  | 'TEXT_NOT_GBK'
  | 'MEASURE_NOT_SPOKEN'
  | 'PARENT_UNNAMED'
  | 'ACCOUNT_UNNAMED'
  | 'AMOUNT_MISSING'
  | 'TERM_UNDATED'
  | 'PAYEE_MISSING'
  | 'MESSAGE_GARBLED'

/** A request that this dialect cannot say, or a call that makes no sense. Messages hold no personal data. */
export class BankFault extends Error {
  override readonly name = 'BankFault'
  readonly code: BankFaultCode

  constructor(code: BankFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
