import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** 统一社会信用代码 of GB 32100-2015: authority 1, category 1, area 6, body 9, check 1. */
export type CreditCode = Branded<string, 'CreditCode'>

// Thirty-one characters, without I O S V Z; a prime, so one wrong character is always caught.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const shape = new RegExp(`^[${alphabet}]{2}\\d{6}[${alphabet}]{10}$`)

/**
 * Reads a credit code. Only the eighteenth character is checked: the body should be a GB 11714 code with a check of
 * its own, but individual businesses (92…) carry bodies that are not, and they must not be turned away.
 */
export function parseCreditCode(text: string): CreditCode | Refusal<'credit-code-malformed' | 'credit-code-check'> {
  const code = text.trim().toUpperCase()
  if (!shape.test(code)) return refuse('credit-code-malformed')
  return checkOf(code) === code.at(-1) ? (code as CreditCode) : refuse('credit-code-check')
}

/** The weight of a place is three to its power; the check brings the sum to a multiple of 31. */
function checkOf(code: string): string {
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet.charAt((31 - (sum % 31)) % 31)
}
