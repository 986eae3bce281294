/** What the registries' own books say of the deliveries they were sent, by the registries' own names for them. */
export type Reckoning = {
  readonly wanted: number
  readonly once: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** What was done there although nobody we know of ordered it. */
  readonly unordered: readonly string[]
}

/** Every delivery of the story names one asset or none, so each has one line in the books, and there are no other lines. */
export function reckon(books: ReadonlyMap<string, readonly string[]>, references: readonly string[]): Reckoning {
  const done = (reference: string): number => books.get(reference)?.length ?? 0
  const ordered = new Set(references)
  return {
    wanted: references.length,
    once: references.filter((reference) => done(reference) === 1).length,
    lost: references.filter((reference) => done(reference) === 0),
    doubled: references.filter((reference) => done(reference) > 1),
    unordered: [...books.keys()].filter((reference) => !ordered.has(reference)),
  }
}

export const isExactlyOnce = ({ wanted, once, unordered }: Reckoning): boolean =>
  once === wanted && unordered.length === 0
