import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A bank card's number (ISO/IEC 7812): 15 to 19 digits, the last a Luhn check. */
export type CardNumber = Branded<string, 'CardNumber'>

/** An account as its bank writes it; a card's number is one too. Every bank numbers its own way, so it has no check. */
export type AccountNumber = Branded<string, 'AccountNumber'>

/** Reads a card number, with or without the spaces it is embossed with. */
export function parseCardNumber(text: string): CardNumber | Refusal<'card-number-malformed' | 'card-number-check'> {
  const number = text.replace(/\s+/g, '')
  if (!/^\d{15,19}$/.test(number)) return refuse('card-number-malformed')
  return luhnSum(number) % 10 === 0 ? (number as CardNumber) : refuse('card-number-check')
}

/** Reads an account number: 1 to 40 letters, digits, `_` (main_sub) and `-`. */
export function parseAccountNumber(text: string): AccountNumber | Refusal<'account-malformed'> {
  const number = text.trim()
  return /^[0-9A-Za-z_-]{1,40}$/.test(number) ? (number as AccountNumber) : refuse('account-malformed')
}

/** From the right, every second digit counts double, and a double of two digits counts as their sum. */
function luhnSum(number: string): number {
  return [...number].reverse().reduce((sum, character, at) => {
    const digit = Number(character)
    if (at % 2 === 0) return sum + digit
    return sum + (digit > 4 ? digit * 2 - 9 : digit * 2)
  }, 0)
}
