import type { MeasureKind } from './measure.ts'

/** Within how many hours a registry owes an answer: for which registries and which measures; left out, for all. */
export type ResponseLine = {
  readonly registries?: readonly string[]
  readonly measures?: readonly MeasureKind[]
  readonly hours: number
}

/** A court's own table, read from the top: the first line that fits counts. */
export type ResponseTable = readonly ResponseLine[]

/**
 * The hours a registry has for this measure; where no line fits, what it was registered with. The law says 及时 and no more
 * (法释〔2013〕20号 第四条), and agreements differ, so the table is a court's to fill in.
 */
export function hoursToRespond(
  table: ResponseTable,
  { registry, measure }: { readonly registry: string; readonly measure: MeasureKind },
  registered: number,
): number {
  const fits = (line: ResponseLine) =>
    (line.registries?.includes(registry) ?? true) && (line.measures?.includes(measure) ?? true)
  return table.find(fits)?.hours ?? registered
}
