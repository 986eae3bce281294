import type { Called } from '../../domain/duty.ts'
import type { Person } from '../../domain/person.ts'

/** That somebody is the approver on duty (值班) at a court for a time; ended early, never deleted. */
export type Duty = {
  readonly id: string
  readonly court: string
  readonly person: string
  readonly personName: string
  readonly from: Date
  readonly until: Date
  readonly keptBy: string
  readonly endedAt?: Date
  readonly endedBy?: string
}

export type DutyFilter = { readonly courts?: readonly string[]; readonly from: Date; readonly limit: number }

/** The duty roster as an act changes it. */
export type DutyBook = {
  add(duty: Omit<Duty, 'personName' | 'endedAt' | 'endedBy'>): Promise<void>
  /** Locked until the act ends. */
  find(id: string): Promise<Duty | undefined>
  end(id: string, by: string, at: Date): Promise<void>
}

/** That somebody was called for an urgent request; `step` counts from 1. */
export type Escalation = Called & {
  readonly id: string
  readonly request: string
  readonly step: number
  readonly personName: string
  readonly at: Date
  readonly entry: string
}

/** An urgent request that waits. */
export type Waiting = {
  readonly request: string
  readonly caseId: string
  readonly step: number
  readonly calledAt?: Date
}

/** Who can be called for the case of an act, each with the roles that count at `now`, and who was. */
export type Urgency = {
  /** Whoever began first comes first. */
  onDuty(now: Date): Promise<readonly Person[]>
  directors(now: Date): Promise<readonly Person[]>
  escalations(request: string): Promise<readonly Escalation[]>
  add(escalation: Omit<Escalation, 'personName'>): Promise<void>
}
