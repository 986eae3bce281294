import { type Refusal, refuse } from './refusal.ts'

/**
 * Where a registry stands on its way in (接入). Only a live one is given deliveries, can be named in a request, or is
 * heard.
 */
export const partnerStates = {
  registered: '已登记',
  'possession-proved': '已验证密钥',
  conformant: '已通过符合性测试',
  live: '已上线',
  suspended: '已暂停',
} as const

export type PartnerState = keyof typeof partnerStates

export type PartnerStep = 'register' | 'prove' | 'conform' | 'admit' | 'suspend'

/**
 * The one table of the way in. `register` once more begins it anew, with other keys and nobody's consent; what is live is
 * suspended first. From a suspension, too, the way back leads through a second person (`admit`).
 */
const steps: Readonly<Record<PartnerStep, { readonly from: readonly PartnerState[]; readonly to: PartnerState }>> = {
  register: { from: ['registered', 'possession-proved', 'conformant', 'suspended'], to: 'registered' },
  prove: { from: ['registered'], to: 'possession-proved' },
  conform: { from: ['possession-proved', 'conformant'], to: 'conformant' },
  admit: { from: ['conformant', 'suspended'], to: 'live' },
  suspend: { from: ['live'], to: 'suspended' },
}

/** Where a step leads from here; refused where it does not begin here. */
export function takeStep(at: PartnerState, step: PartnerStep): PartnerState | Refusal<'partner-out-of-order'> {
  const { from, to } = steps[step]
  return from.includes(at) ? to : refuse('partner-out-of-order', 'state')
}

/** How old a conformance run may be when a registry asks to go live: 30 days. */
export const conformanceDays = 30
