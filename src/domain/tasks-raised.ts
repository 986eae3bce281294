import type { AssetClass } from './asset.ts'
import { type BeijingDate, toBeijingDate } from './beijing-date.ts'
import { type Control, lastDayOf } from './control.ts'
import type { MeasureKind } from './measure.ts'
import { dueOf, type Reckoning, type TaskAbout, type TaskKind } from './task.ts'

/** What happened, as far as it leaves something to do by hand; everything in it is an id, a day or a word of law. */
export type TaskEvent = { readonly at: Date } & (
  | {
      /** A measure was carried out: its ruling goes to the parties. */
      readonly kind: 'measure-done'
      readonly measure: MeasureKind
      readonly request: string
      readonly delivery: string
      /** The subject and every applicant. */
      readonly parties: readonly string[]
    }
  | {
      /** A control took effect, or was put into a queue. */
      readonly kind: 'control-made'
      readonly request: string
      readonly control: Control
      /** Others own it too (共同共有, 按份共有). */
      readonly isShared: boolean
      /** It stands for a debt up to a maximum (最高额抵押). */
      readonly hasMaximumMortgage: boolean
    }
  | {
      /** The sum of the case is reached, and this freeze holds money or a quota beyond it. */
      readonly kind: 'ceiling-reached'
      readonly control: string
      readonly delivery: string
    }
  | { /** A control goes on until another day. */ readonly kind: 'control-extended'; readonly control: Control }
  | {
      /** Every registry that was asked has answered. */
      readonly kind: 'inquiry-answered'
      readonly request: string
      readonly found: boolean
      readonly isPreservation: boolean
      /** The case is in 终本: what is found may let it be resumed. */
      readonly isTerminated: boolean
    }
  | {
      /** A registry holds a measure to be against the law; `paper` is the day of one that came on paper. */
      readonly kind: 'registry-objected'
      readonly delivery: string
      readonly paper?: BeijingDate
    }
  | {
      /** The inquiry of a half-year after 终本 could not be made by the gateway. */
      readonly kind: 'reinquiry-refused'
      readonly party: string
      readonly since: BeijingDate
    }
  | {
      /** Nothing by the day it owed an answer; or, from the second letter on, by the day the one before gave it. */
      readonly kind: 'registry-silent'
      readonly delivery: string
      readonly letter?: number
    }
  | {
      /** A party asked to lift a preservation; `paper` is the day it came. */
      readonly kind: 'lift-asked'
      readonly party: string
      readonly paper: BeijingDate
      readonly urgent: boolean
    }
  | {
      /** An applicant asked for a control to go on (财产保全规定 第十八条; 民诉法解释 第四百八十五条第二款). */
      readonly kind: 'renewal-asked'
      readonly control: string
      readonly delivery: string
      readonly lastDay: BeijingDate
    }
  | {
      /** A control ends in so many days (invariant 12). */
      readonly kind: 'control-ending'
      readonly control: string
      readonly delivery: string
      readonly lastDay: BeijingDate
      readonly daysBefore: number
    }
)

export type TaskEventKind = TaskEvent['kind']

/** A task as an event raises it. `key` says the same of the same: raised twice in one case it is one task. */
export type RaisedTask = {
  readonly key: string
  readonly kind: TaskKind
  readonly about: TaskAbout
  readonly due: Date
}

/** What an event leaves to do. The same event always leaves the same, so nothing is raised twice. */
export function tasksRaisedBy(event: TaskEvent, reckoning: Reckoning): readonly RaisedTask[] {
  const raise = (kind: TaskKind, about: TaskAbout, name: readonly unknown[], urgent = false): RaisedTask => {
    const { lastDay } = about
    const due = dueOf(kind, event.at, reckoning, { urgent, ...(lastDay && { lastDay }) })
    return { key: [kind, ...name].join(':'), kind, about, due }
  }
  switch (event.kind) {
    case 'measure-done': {
      const { request, delivery } = event
      if (!served.includes(event.measure)) return []
      return event.parties.map((party) => raise('serve', { request, delivery, party }, [delivery, party]))
    }
    case 'control-made':
      return [
        ...onThing(event).map((kind) => raise(kind, aboutOf(event), [event.control.id])),
        ...toldOf(event.control, raise),
      ]
    case 'ceiling-reached': {
      const { control, delivery } = event
      return [raise('release-surplus', { control, delivery }, [control, toBeijingDate(event.at)])]
    }
    case 'control-extended':
      return toldOf(event.control, raise)
    case 'inquiry-answered': {
      const { request, found, isPreservation, isTerminated } = event
      // What was found for a preservation is kept from everybody, the applicant too (财产保全规定 第十二条).
      if (isPreservation && found) return []
      const told = raise(isPreservation ? 'tell-nothing-found' : 'tell-findings', { request }, [request])
      return found && isTerminated ? [told, raise('resume', { request }, [request])] : [told]
    }
    case 'registry-objected':
      return [raise('answer-objection', { delivery: event.delivery }, [event.delivery, event.paper ?? 'told'])]
    case 'reinquiry-refused':
      return [raise('ask-again', { party: event.party }, [event.party, event.since])]
    case 'registry-silent': {
      const { delivery, letter = 1 } = event
      if (letter === 1) return [raise('press-registry', { delivery }, [delivery])]
      return [raise('press-registry', { delivery, letter }, [delivery, letter])]
    }
    case 'lift-asked':
      return [raise('lift-preservation', { party: event.party }, [event.party, event.paper], event.urgent)]
    case 'renewal-asked': {
      const { control, delivery, lastDay } = event
      return [raise('renew-control', { control, delivery, lastDay }, [control, lastDay, 'asked'])]
    }
    case 'control-ending': {
      const { control, delivery, lastDay, daysBefore } = event
      return [raise('renew-control', { control, delivery, lastDay, daysBefore }, [control, lastDay, daysBefore])]
    }
  }
}

/** 查扣冻规定 第一条, 第二十八条: a ruling that holds, goes on holding or lets go is served on both parties. */
const served: readonly MeasureKind[] = ['freeze', 'seal', 'pre-seal', 'extend', 'release']

const immovable: readonly AssetClass[] = ['land', 'real-estate']
const things: readonly AssetClass[] = ['movable', ...immovable]

type Made = Extract<TaskEvent, { kind: 'control-made' }>

/**
 * What is to be done at the thing itself and told to those who have rights in it; nothing while the control waits, for it
 * has no effect yet (查扣冻规定 第二十六条). A deposit or a right is held in a register, whose receipt is the record.
 */
function onThing({ control, isShared, hasMaximumMortgage }: Made): readonly TaskKind[] {
  if (control.effect !== 'effective') return []
  return [
    ...(things.includes(control.assetClass) ? (['record'] as const) : []),
    ...(immovable.includes(control.assetClass) ? (['post-notice'] as const) : []),
    ...(isShared ? (['tell-co-owner'] as const) : []),
    ...(hasMaximumMortgage ? (['tell-mortgagee'] as const) : []),
  ]
}

/** The last day is told once it is known, and again when it has moved; one that waits has none. */
function toldOf(
  control: Control,
  raise: (kind: TaskKind, about: TaskAbout, name: readonly unknown[]) => RaisedTask,
): readonly RaisedTask[] {
  const lastDay = control.effect === 'effective' ? lastDayOf(control) : undefined
  if (lastDay === undefined) return []
  const { id, delivery } = control
  return [raise('tell-last-day', { delivery, control: id, lastDay }, [id, lastDay])]
}

const aboutOf = ({ request, control: { id, delivery } }: Made): TaskAbout => ({ request, delivery, control: id })
