/** What is drawn: whole exchanges, or only that somebody looked, or anything at all that was done at a court. */
export const sampleWhats = {
  exchanges: { zh: '往来（查控请求单）', en: 'exchanges' },
  looks: { zh: '查看记录', en: 'looks' },
  entries: { zh: '全部案件条目', en: 'entries of cases' },
} as const

export type SampleWhat = keyof typeof sampleWhats

export const sampleWhatList = Object.keys(sampleWhats) as [SampleWhat, ...SampleWhat[]]

export const sampleVerdicts = {
  proper: { zh: '合规', en: 'proper' },
  doubtful: { zh: '存疑', en: 'doubtful' },
  improper: { zh: '不合规', en: 'improper' },
} as const

export type SampleVerdict = keyof typeof sampleVerdicts

export const sampleVerdictList = Object.keys(sampleVerdicts) as [SampleVerdict, ...SampleVerdict[]]

/** More than this is no sample, and from more than this none is drawn at once. */
export const mostSampled = 200
export const mostPopulation = 300_000

/** The last verdict on each item, by its position. */
export function verdictsThatCount<V extends { readonly position: number }>(
  verdicts: readonly V[],
): ReadonlyMap<number, V> {
  return new Map(verdicts.map((verdict) => [verdict.position, verdict]))
}
