import type { BeijingDate } from '../../domain/beijing-date.ts'
import type { RequestRow } from './rows.ts'

/**
 * Where an order that is repeated stands. `running`: asked again at `nextAt`. `met`: the whole sum is held. `over`: its last
 * day has passed. `stopped`: by somebody. `released`: what it froze was released, and is not to be frozen again.
 */
export type RepetitionState = 'running' | 'met' | 'over' | 'stopped' | 'released'

export type Repetition = {
  /** The order itself. */
  readonly request: string
  readonly caseId: string
  readonly until: BeijingDate
  readonly state: RepetitionState
  readonly nextAt: Date
  /** Why the last repetition did not go out, by the code of a refusal. */
  readonly refused?: string
  readonly endedBy?: string
  readonly endedAt?: Date
}

/** Orders of one case that are repeated, as an act changes them. */
export type Repeating = {
  begin(repetition: Pick<Repetition, 'request' | 'until' | 'nextAt'>): Promise<void>
  find(request: string): Promise<Repetition | undefined>
  move(
    request: string,
    to: Partial<Pick<Repetition, 'state' | 'nextAt' | 'endedBy' | 'endedAt'>> & { readonly refused?: string | null },
  ): Promise<void>
  /** The requests that repeated it, in order. */
  runs(request: string): Promise<readonly RequestRow[]>
}
