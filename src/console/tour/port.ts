import type { Refusal } from '../../domain/refusal.ts'
import type { Holding } from '../../domain/statement.ts'
import type { Report } from '../../evidence/verify.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'

type Told = { readonly request: string; readonly exchanges: readonly Exchange[] }

/** How far the first three steps have come, on a case that is nobody's. */
export type TourShown = {
  readonly number: string
  readonly inquiry?: Told
  readonly next?: { readonly registry: string; readonly holding: Holding }
  readonly freeze?: Told
}

type Stepped = { readonly kind: string } | Refusal | undefined

/** The first three steps of a newcomer, done by the people of a demo; only a demo has one. */
export type Tour = {
  state(): Promise<TourShown>
  inquire(): Promise<Stepped>
  freeze(): Promise<Stepped>
  /** Takes the evidence of the freeze, or of the inquiry, and verifies it from its files alone. */
  prove(): Promise<{ readonly kind: 'proved'; readonly report: Report; readonly files: number } | Refusal | undefined>
}
