import { describe, expect, test } from 'vitest'
import { type PartnerState, type PartnerStep, partnerStates, takeStep } from '../../src/domain/onboarding.ts'
import { isRefusal } from '../../src/domain/refusal.ts'

const states = Object.keys(partnerStates) as PartnerState[]

/** Where each step leads from each state; a dot: it does not begin here. */
const table: Readonly<Record<PartnerStep, readonly string[]>> = {
  //          registered           possession-proved  conformant     live         suspended
  register: ['registered', 'registered', 'registered', '.', 'registered'],
  prove: ['possession-proved', '.', '.', '.', '.'],
  conform: ['.', 'conformant', 'conformant', '.', '.'],
  admit: ['.', '.', 'live', '.', 'live'],
  suspend: ['.', '.', '.', 'suspended', '.'],
}

describe('the way in', () => {
  test.each(Object.entries(table))('%s', (step, leads) => {
    const told = states.map((state) => {
      const next = takeStep(state, step as PartnerStep)
      return isRefusal(next) ? '.' : next
    })
    expect(told).toEqual(leads)
  })

  test('nobody becomes live by one step that a single person takes', () => {
    const alone = ['register', 'prove', 'conform', 'suspend'] as const
    const reached = alone.flatMap((step) => states.map((state) => takeStep(state, step)))
    expect(reached).not.toContain('live')
  })
})
