import { addDays, addMonths, addYears, compareDates, toBeijingDate } from './beijing-date.ts'
import { type Control, isInForce, lastDayOf } from './control.ts'
import type { Target, Term } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'
import { capYears, capYearsOf } from './term.ts'

export type ExtensionCode =
  | 'parent-not-in-force'
  | 'extension-too-long'
  | 'extension-not-later'
  | 'extension-gap'
  | 'term-too-long'

/**
 * May these controls go on until that day? Each only while it holds (查扣冻规定 第二十七条: what has run out cannot go on),
 * to a later day than it holds already, without a day between, and at most one cap of its own beyond its end (民诉法解释
 * 第四百八十五条第二款). `controls` are those the extension names; none where the control is another court's or on paper.
 */
export function checkExtension(
  term: Term,
  targets: readonly Target[],
  controls: readonly Control[],
  now: Date,
): Refusal<ExtensionCode> | undefined {
  if (controls.length === 0) return checkUnknown(term, targets)
  const holding = controls.filter((control) => isInForce(control, now))
  if (holding.length < controls.length || holding.length === 0) return refuseEnded(controls, now)
  for (const control of holding) {
    const refused = checkOne(term, control)
    if (refused) return refused
  }
  return undefined
}

function checkOne(term: Term, control: Control): Refusal<ExtensionCode> | undefined {
  const end = lastDayOf(control)
  if (end === undefined) return undefined
  const latest = addYears(end, capYears(control.assetClass))
  const to = term.kind === 'dates' ? term.to : addMonths(end, term.months)
  if (compareDates(to, end) <= 0) return refuse('extension-not-later', 'measure.term', { endsOn: end })
  if (compareDates(to, latest) > 0) return refuse('extension-too-long', 'measure.term', { endsOn: end, latest })
  if (term.kind === 'dates' && compareDates(term.from, addDays(end, 1)) > 0)
    return refuse('extension-gap', 'measure.term', { endsOn: end })
  return undefined
}

/** Nothing is known of the control but that its registry has it: the term is held against its own first day. */
function checkUnknown(term: Term, targets: readonly Target[]): Refusal<ExtensionCode> | undefined {
  if (term.kind === 'months') return undefined
  const latest = addYears(term.from, capYearsOf(targets))
  return compareDates(term.to, latest) > 0 ? refuse('term-too-long', 'measure.term', { latest }) : undefined
}

function refuseEnded(controls: readonly Control[], now: Date): Refusal<'parent-not-in-force'> {
  const gone = controls.find((control) => !isInForce(control, now))
  const last = gone && lastDayOf(gone)
  if (gone?.effect === 'waiting') return refuse('parent-not-in-force', 'measure.parent', { now: 'waiting' })
  return refuse('parent-not-in-force', 'measure.parent', {
    now: 'ended',
    ...(last && compareDates(last, toBeijingDate(now)) < 0 && { endedOn: last }),
  })
}

/** The term of an extension that states none: from the day after the end, one cap; undefined where no end is known. */
export function defaultExtension(controls: readonly Control[]): Term | undefined {
  const ends = controls.map((control) => ({ control, end: lastDayOf(control) }))
  // Of several the first to end: no day between, and no cap of any of them passed.
  const first = ends
    .flatMap(({ control, end }) => (end ? [{ control, end }] : []))
    .sort((a, b) => compareDates(a.end, b.end))[0]
  if (!first || ends.some(({ end }) => end === undefined)) return undefined
  const years = Math.min(...controls.map(({ assetClass }) => capYears(assetClass)))
  return { kind: 'dates', from: addDays(first.end, 1), to: addYears(first.end, years) }
}
