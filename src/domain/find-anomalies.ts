import {
  fixedPair,
  inquiryWithoutAct,
  instantApproval,
  quarantineBurst,
  revealWithoutAct,
} from './anomalies-of-acts.ts'
import {
  afterClosing,
  manyLookers,
  mondayOf,
  outOfHours,
  ownName,
  repeatedLooks,
  volume,
} from './anomalies-of-looks.ts'
import { type Anomaly, type AnomalyFacts, type AnomalyKind, anomalyLimits, type LoggedAct } from './anomaly.ts'
import { addDays, type BeijingDate } from './beijing-date.ts'

/** What each rule goes by: nothing else done makes a difference to it. */
export const actsFor = {
  'repeated-looks': ['look', 'reveal'],
  'many-lookers': ['look', 'reveal'],
  'out-of-hours': ['look', 'reveal', 'submit'],
  'inquiry-without-act': ['submit', 'approve', 'other'],
  volume: ['look', 'reveal', 'submit'],
  'after-closing': ['reveal', 'submit'],
  'reveal-without-act': ['reveal', 'submit', 'approve', 'other'],
  'own-name': ['submit'],
  'quarantine-burst': ['quarantine'],
  'instant-approval': ['submit', 'approve'],
  'fixed-pair': ['submit', 'approve'],
} as const satisfies Readonly<Record<AnomalyKind, readonly LoggedAct['does'][]>>

export type Days = { readonly from: BeijingDate; readonly to: BeijingDate }

/**
 * The days whose acts decide what a rule finds that touches these days: weeks and months are whole, and what had to be done
 * later is known. Without a rule, those of all.
 */
export function daysFor(kind: AnomalyKind | undefined, { from, to }: Days): Days {
  switch (kind) {
    case 'out-of-hours':
    case 'after-closing':
    case 'own-name':
    case 'quarantine-burst':
      return { from, to }
    case 'repeated-looks':
    case 'many-lookers':
    case 'volume':
      return { from: mondayOf(from), to: addDays(mondayOf(to), 6) }
    case 'inquiry-without-act':
    case 'reveal-without-act':
      return { from, to: addDays(to, anomalyLimits.daysToAct + 1) }
    case 'instant-approval':
      return { from: addDays(from, -1), to: addDays(to, 1) }
    case 'fixed-pair':
    case undefined:
      // A week may begin in the month before, and a month end a month later.
      return {
        from: addDays(`${from.slice(0, 7)}-01` as BeijingDate, -6),
        to: addDays(to, anomalyLimits.daysToAct + 1),
      }
  }
}

/** All that one rule finds in these acts. The same acts give the same anomalies, whoever asks. */
export function anomaliesIn(kind: AnomalyKind, acts: readonly LoggedAct[], facts: AnomalyFacts): readonly Anomaly[] {
  switch (kind) {
    case 'repeated-looks':
      return repeatedLooks(acts)
    case 'many-lookers':
      return manyLookers(acts)
    case 'out-of-hours':
      return outOfHours(acts, facts)
    case 'inquiry-without-act':
      return inquiryWithoutAct(acts, facts)
    case 'volume':
      return volume(acts)
    case 'after-closing':
      return afterClosing(acts, facts)
    case 'reveal-without-act':
      return revealWithoutAct(acts, facts)
    case 'own-name':
      return ownName(acts, facts)
    case 'quarantine-burst':
      return quarantineBurst(acts)
    case 'instant-approval':
      return instantApproval(acts)
    case 'fixed-pair':
      return fixedPair(acts)
  }
}
