/** What one of the two read from a paper, as the fields of a form: texts, lists and members, never moments. */
export type Reading = { readonly [name: string]: unknown }

/** One of the two has entered the paper of an errand (外勤任务), without seeing what the other enters. */
export type ErrandEntry = {
  readonly round: number
  readonly person: string
  readonly at: Date
  readonly reading: Reading
}

/** The third has held what both entered against the scan. With fields it goes back to the two; without, it was committed. */
export type ErrandVerdict = {
  readonly round: number
  readonly person: string
  readonly at: Date
  readonly fields: readonly string[]
}

export type ErrandStanding = {
  /** The round that is being entered or waits for the third; one is over when its entries differ or it was judged. */
  readonly round: number
  /** Who has entered in it. */
  readonly entered: readonly string[]
  /** Everybody who has ever entered for this errand: none of them may compare. */
  readonly readers: readonly string[]
  /** The fields for which the round before went back to the two. */
  readonly fields: readonly string[]
  /** What both entered, where they entered the same: it waits for the third. */
  readonly agreed?: Reading
}

/**
 * Two enter, a third compares. Nobody's entry is ever changed: where two differ, their round is over and both enter once
 * more, told only which fields differ.
 */
export function errandStanding(
  entries: readonly ErrandEntry[],
  verdicts: readonly ErrandVerdict[] = [],
): ErrandStanding {
  const readers = [...new Set(entries.map(({ person }) => person))]
  let fields: readonly string[] = []
  for (let round = 1; ; round += 1) {
    const [first, second] = entries.filter((entry) => entry.round === round)
    const entered = [first, second].flatMap((entry) => entry?.person ?? [])
    const standing = { round, entered, readers, fields }
    if (!first || !second) return standing
    const verdict = verdicts.find((one) => one.round === round)
    const differing = differences(first.reading, second.reading)
    // A round that was entered again is over, whatever we would make of it today.
    const isOver = verdict !== undefined || entries.some((entry) => entry.round > round)
    if (differing.length === 0 && !isOver) return { ...standing, agreed: first.reading }
    fields = verdict ? verdict.fields : differing
  }
}

/** The places at which two readings differ, as paths: `targets/0/amount`. What stands there is not in them. */
export function differences(left: unknown, right: unknown, path = ''): readonly string[] {
  if (isGroup(left) && isGroup(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
    return names.flatMap((name) => differences(left[name], right[name], path === '' ? name : `${path}/${name}`))
  }
  return left === right || asRead(left, path) === asRead(right, path) ? [] : [path]
}

const numbers = ['amount', 'overQuota', 'balance', 'available', 'quantity', 'area']

/** Two who read the same may write it differently: wide or narrow, with blanks or without, 98.5 or 98.50. */
function asRead(value: unknown, path: string): unknown {
  if (typeof value !== 'string') return value
  const plain = value
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[〔【[]/g, '(')
    .replace(/[〕】\]]/g, ')')
  if (!numbers.includes(path.split('/').at(-1) ?? '')) return plain
  const figure = plain.replaceAll(',', '')
  if (!/^\d+(\.\d+)?$/.test(figure)) return plain
  return figure
    .replace(/^0+(?=\d)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Every place of a reading at which something stands, as the same paths. */
export function leavesOf(reading: unknown, path = ''): readonly string[] {
  if (!isGroup(reading)) return [path]
  return Object.entries(reading).flatMap(([name, value]) => leavesOf(value, path === '' ? name : `${path}/${name}`))
}
