import { createHmac } from 'node:crypto'
import type { FindableNumber } from '../domain/subject-number.ts'

/** A secret of the index, and its name. */
export type IndexSecret = { readonly id: string; readonly bytes: Uint8Array }

/** What stands for a number in the index: equal for equal numbers, and telling nothing to who has not the secret. */
export type Blinded = { readonly key: string; readonly hmac: Uint8Array }

/** Blinds numbers under a secret of its own: an identity number has too few values for a bare hash to hide it. */
export type BlindIndex = {
  /** As it is written now. */
  blind(number: FindableNumber): Blinded
  /** Under the current secret and every one before it: rows written long ago are found too. */
  everyBlind(number: FindableNumber): readonly Uint8Array[]
  /** The name of the current secret. */
  readonly key: string
}

/** The current secret comes first. */
export function createBlindIndex([current, ...former]: readonly IndexSecret[]): BlindIndex {
  if (!current) throw new TypeError('the index of subjects has no secret')
  const under = ({ bytes }: IndexSecret, { idType, idNumber }: FindableNumber): Uint8Array =>
    createHmac('sha256', bytes).update(['writ-subject-index/v1', idType, idNumber].join('\0')).digest()
  return {
    key: current.id,
    blind: (number) => ({ key: current.id, hmac: under(current, number) }),
    everyBlind: (number) => [current, ...former].map((secret) => under(secret, number)),
  }
}
