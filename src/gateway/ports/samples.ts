import type { BeijingDate } from '../../domain/beijing-date.ts'
import type { SampleVerdict, SampleWhat } from '../../domain/sample.ts'
import type { DeliveryRow } from './rows.ts'

/** What is to be drawn, said before anybody could know what that will be. */
export type SampleAsked = {
  readonly court: string
  readonly what: SampleWhat
  /** Beijing days, both included. */
  readonly from: BeijingDate
  readonly to: BeijingDate
  readonly size: number
}

/** A sample (抽查): what was announced, and, once the log covered that, what was drawn. */
export type Sample = SampleAsked & {
  readonly id: string
  readonly announcedBy: string
  readonly announcedAt: Date
  /** The entry that announces it. */
  readonly entry: string
  readonly drawn?: Drawn
  readonly signedOff?: SignOff
}

/** `index` is the place of the announcement; the checkpoint is the first one that covers it, and nobody chose it. */
export type Drawn = {
  readonly index: number
  readonly treeSize: number
  readonly root: Uint8Array
  readonly population: number
  /** SHA-256 over the ids of all there were to draw from, one a line in their order. */
  readonly populationSha256: string
  readonly at: Date
}

export type SampleItem = {
  readonly position: number
  /** The id of a delivery or of an entry. */
  readonly item: string
  readonly caseId?: string
}

export type Verdict = {
  readonly id: string
  readonly sample: string
  readonly position: number
  readonly verdict: SampleVerdict
  readonly by: string
  readonly at: Date
  readonly entry: string
  readonly note?: string
}

export type SignOff = { readonly by: string; readonly at: Date; readonly entry: string }

/** How people tell one delivery from another, and who asked for it. */
export type DeliveryName = Pick<DeliveryRow, 'id' | 'registry' | 'measure' | 'reference'> & { readonly maker: string }

/** What a sample is drawn from: the entries of the court before place `before`, none of them of a sealed case. */
export type PopulationFilter = Omit<SampleAsked, 'size'> & { readonly before: number; readonly most: number }

export type SampleReads = {
  sample(id: string): Promise<Sample | undefined>
  /** The newest first. */
  samples(filter: {
    readonly after?: string
    readonly limit: number
    readonly courts?: readonly string[]
  }): Promise<readonly Sample[]>
  sampleItems(sample: string): Promise<readonly SampleItem[]>
  /** Every verdict there was, in order; the last one on each item counts. */
  verdicts(sample: string): Promise<readonly Verdict[]>
  /** The place of an entry and the first checkpoint that covers it; undefined before there is one. */
  coveredBy(entry: string): Promise<Pick<Drawn, 'index' | 'treeSize' | 'root'> | undefined>
  /** What these deliveries are called by people; nothing is decrypted for it. */
  deliveriesNamed(ids: readonly string[]): Promise<ReadonlyMap<string, DeliveryName>>
  /** How many items of each of these samples nobody has judged, sealed ones aside; one that is judged whole is not in it. */
  leftToJudge(samples: readonly string[]): Promise<ReadonlyMap<string, number>>
  population(filter: PopulationFilter): Promise<readonly Omit<SampleItem, 'position'>[]>
}

/** Samples as an act changes them, in its own transaction. Whoever finds one holds it until the act ends. */
export type SampleBook = {
  find(id: string): Promise<Sample | undefined>
  announce(sample: Omit<Sample, 'drawn' | 'signedOff'>): Promise<void>
  draw(id: string, drawn: Drawn, items: readonly SampleItem[]): Promise<void>
  items(id: string): Promise<readonly SampleItem[]>
  verdicts(id: string): Promise<readonly Verdict[]>
  judge(verdict: Omit<Verdict, 'note'>, note: string | undefined): Promise<void>
  signOff(id: string, word: SignOff): Promise<void>
}
