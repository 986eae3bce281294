/** How much one key may take in one window; the window opens with the first taking and is then `seconds` long. */
export type RateWindow = { readonly points: number; readonly seconds: number }

/** `granted` is 0 to what was wanted; `left` is what others may still take; `endsInMs` is when the key starts anew. */
export type Taken = { readonly granted: number; readonly left: number; readonly endsInMs: number }

/** Points that are counted for all processes of an installation together. */
export type RateWindows = {
  /**
   * Takes up to `wanted` points. Takings of one key, by whichever process, happen one after the other and by the
   * database's clock: in one window never more than `points` are granted, and none is withheld while there are some.
   * The counts are no evidence: a crash of the database may forget them. `key` must name nobody.
   */
  take(key: string, window: RateWindow, wanted: number): Promise<Taken>
}
