import {
  fixedPair,
  inquiryWithoutAct,
  instantApproval,
  quarantineBurst,
  revealWithoutAct,
} from './anomalies-of-acts.ts'
import { afterClosing, manyLookers, outOfHours, ownName, repeatedLooks, volume } from './anomalies-of-looks.ts'
import type { Anomaly, AnomalyFacts, AnomalyKind, LoggedAct } from './anomaly.ts'

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
