import fc from 'fast-check'
import { addDays, type BeijingDate, startOf } from '../../src/domain/beijing-date.ts'
import type { Control } from '../../src/domain/control.ts'
import { bank, day } from '../support/court.ts'

export const anyDay: fc.Arbitrary<BeijingDate> = fc
  .integer({ min: 0, max: 20_000 })
  .map((n) => addDays(day('2000-01-01'), n))

export const noon = (text: string): Date => new Date(startOf(day(text)).getTime() + 12 * 3_600_000)

/** A freeze of money that holds until a day. */
export function heldUntil(end: string, over: Partial<Control> = {}): Control {
  return {
    id: 'control',
    delivery: 'delivery',
    registry: bank.code,
    measure: 'freeze',
    assetClass: 'deposit',
    assetRef: 'account',
    effect: 'effective',
    from: '2000-01-01',
    to: end,
    ...over,
  }
}
