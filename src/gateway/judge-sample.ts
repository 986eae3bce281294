import { refusalOf } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { type SampleVerdict, verdictsThatCount } from '../domain/sample.ts'
import { actedIn } from './acted-in.ts'
import { at } from './draw-sample.ts'
import { noteLoose, noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Sample, SampleItem } from './ports/samples.ts'
import type { LooseAct } from './ports/store.ts'

export type SampleCode =
  | 'role-missing'
  | 'not-found'
  | 'sample-not-drawn'
  | 'sample-not-looked'
  | 'sample-signed'
  | 'sample-note-needed'
  | 'sample-incomplete'
  | 'sample-judged-by-you'
  | 'sample-about-you'

/** Under which name a look at an item is in the log. */
export function itemName(sample: string, position: number): string {
  return `sample:${sample}/${position}`
}

/**
 * A verdict on one item, by somebody who has looked at it and whose own act it is not. Another one later counts in its place;
 * both stay.
 */
export async function judgeItem(
  parts: Parts,
  by: Person,
  { sample: id, position }: { readonly sample: string; readonly position: number },
  { verdict, note }: { readonly verdict: SampleVerdict; readonly note?: string },
): Promise<{ kind: 'judged'; entry: string } | Refusal<SampleCode>> {
  const refused = refusalOf(by, 'sample.judge')
  if (refused) return refused
  // Whoever finds fault says with what.
  if (verdict !== 'proper' && !note) return refuse('sample-note-needed', 'note')
  const about = itemName(id, position)
  const [look] = await parts.reads.entries({ kind: 'audit.viewed', about, person: by.id, limit: 1 })
  const isOwn = await isOwnItem(parts, by, id, position)
  return onOpenSample(parts, id, async (act, sample) => {
    const item = (await act.samples.items(id)).find((one) => one.position === position)
    if (!item) return refuse('not-found')
    if (isOwn) return refuse('sample-about-you')
    if (!look) return refuse('sample-not-looked')
    const onCase = item.caseId ? await act.onCase(item.caseId) : undefined
    const kept = note ? await (onCase ?? act).keep('audit-note', Buffer.from(note)) : undefined
    const noted = { kind: 'sample.judged', about, ...(kept && { message: kept }) } as const
    const after = [{ rel: 'looked', jti: look.id }]
    const entry = onCase
      ? await noteOnCase(parts, onCase, { ...noted, by, after })
      : await noteLoose(parts, act, { ...noted, by: at(by, sample), after })
    const row = { id: parts.newId(), sample: id, position, verdict, by: by.id, at: parts.clock(), entry }
    await act.samples.judge(row, kept?.id)
    return { kind: 'judged', entry }
  })
}

async function isOwnItem(parts: Parts, by: Person, id: string, position: number): Promise<boolean> {
  const sample = await parts.reads.sample(id)
  const item = (await parts.reads.sampleItems(id)).find((one) => one.position === position)
  return sample && item ? (await actedIn(parts, sample.what, item.item)).has(by.id) : false
}

/** A second auditor, who judged none of it, puts their name under the whole. From then on nothing in it changes. */
export async function signOffSample(
  parts: Parts,
  by: Person,
  id: string,
): Promise<{ kind: 'signed-off'; entry: string } | Refusal<SampleCode>> {
  const refused = refusalOf(by, 'sample.sign-off')
  if (refused) return refused
  const items = await parts.reads.sampleItems(id)
  const sealed = await sealedAmong(parts, items)
  return onOpenSample(parts, id, async (act, sample) => {
    const verdicts = await act.samples.verdicts(id)
    const counted = verdictsThatCount(verdicts)
    if (items.some(({ position }) => !counted.has(position) && !sealed.has(position)))
      return refuse('sample-incomplete')
    if (verdicts.some((verdict) => verdict.by === by.id)) return refuse('sample-judged-by-you')
    const after = verdicts.slice(0, 200).map(({ entry }) => ({ rel: 'verdict', jti: entry }))
    const entry = await noteLoose(parts, act, { kind: 'sample.signed-off', by: at(by, sample), about: id, after })
    await act.samples.signOff(id, { by: by.id, at: parts.clock(), entry })
    return { kind: 'signed-off', entry }
  })
}

/** Sealed since it was drawn, an item is there for nobody who audits: what was not judged by then never will be. */
export async function sealedAmong(
  { reads }: Pick<Parts, 'reads'>,
  items: readonly SampleItem[],
): Promise<ReadonlySet<number>> {
  const ids = [...new Set(items.flatMap(({ caseId }) => caseId ?? []))]
  const guards = new Map(await Promise.all(ids.map(async (id) => [id, await reads.guardOf(id)] as const)))
  return new Set(items.filter(({ caseId }) => caseId && guards.get(caseId)?.isSealed).map(({ position }) => position))
}

async function onOpenSample<T>(
  parts: Parts,
  id: string,
  body: (act: LooseAct, sample: Sample) => Promise<T | Refusal<SampleCode>>,
): Promise<T | Refusal<SampleCode>> {
  return parts.store.note(async (act): Promise<T | Refusal<SampleCode>> => {
    const sample = await act.samples.find(id)
    if (!sample) return refuse('not-found')
    if (!sample.drawn) return refuse('sample-not-drawn')
    return sample.signedOff ? refuse('sample-signed') : body(act, sample)
  })
}
