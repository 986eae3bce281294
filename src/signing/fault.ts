/**
 * What can be broken in signing. An envelope that proves nothing is not in this list: that is an answer, not a fault.
 *
 * - `KEYS_MISSING`: keys this installation needs do not lie in its directory, and making them was not asked for.
 * - `KEYS_EXPOSED`: a key file can be read by others than its owner.
 * - `KEY_UNREADABLE`: a key file does not hold what this program writes.
 * - `KEY_ABSENT`: asked to sign for somebody whose key was never opened, or has no current key any more.
 * - `KEYS_CHANGED`: two hands changed the keys of one use at once; the second did nothing.
 * - `KEY_FIXED`: a key of the log is its name and does not rotate; a new key begins a new log.
 * - `SM2_BROKEN`: this runtime does not compute SM2 as GB/T 32918 has it; nothing is signed or verified with it.
 * - `CLAIMS_INVALID`: our own message does not fit the protocol; nothing was signed.
 */
export type SigningFaultCode =
  | 'KEYS_MISSING'
  | 'KEYS_EXPOSED'
  | 'KEY_UNREADABLE'
  | 'KEY_ABSENT'
  | 'KEYS_CHANGED'
  | 'KEY_FIXED'
  | 'SM2_BROKEN'
  | 'CLAIMS_INVALID'

/** Signing is broken or was asked for the impossible. The code is the contract; the message holds no personal data. */
export class SigningFault extends Error {
  override readonly name = 'SigningFault'
  readonly code: SigningFaultCode

  constructor(code: SigningFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
