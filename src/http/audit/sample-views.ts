import { z } from '@hono/zod-openapi'
import { sampleVerdictList, sampleWhatList, verdictsThatCount } from '../../domain/sample.ts'
import { sealedAmong } from '../../gateway/judge-sample.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Sample, SampleItem, Verdict } from '../../gateway/ports/samples.ts'
import { seedText } from '../../gateway/sample-seed.ts'
import { given } from '../fields.ts'

export const sampleLine = z
  .object({
    id: z.uuid(),
    court: z.string(),
    what: z.enum(sampleWhatList),
    from: z.string(),
    to: z.string(),
    size: z.int(),
    announcedBy: z.string(),
    announcedAt: z.iso.datetime(),
    entry: z.uuid(),
    population: z.int().optional(),
    signedOff: z.object({ by: z.string(), at: z.iso.datetime(), entry: z.uuid() }).optional(),
  })
  .openapi('SampleLine')

const verdictView = z.object({
  verdict: z.enum(sampleVerdictList),
  by: z.string(),
  at: z.iso.datetime(),
  entry: z.uuid(),
  note: z.string().optional(),
})

export const sampleView = sampleLine
  .extend({
    seed: z
      .string()
      .optional()
      .openapi({ description: '种子原文：任何人可据以重算 · whatever decides the sample, to be hashed again' }),
    populationSha256: z.string().optional(),
    items: z.array(
      z.object({
        position: z.int(),
        item: z
          .uuid()
          .optional()
          .openapi({ description: '案件已设为保密的没有 · none where its case was sealed since' }),
        isSealed: z.boolean(),
        verdict: verdictView.optional(),
        earlier: z.array(verdictView),
      }),
    ),
  })
  .openapi('Sample')

export type SampleView = z.infer<typeof sampleView>

export function viewLine(sample: Sample): z.infer<typeof sampleLine> {
  const { id, court, what, from, to, size, announcedBy, announcedAt, entry, drawn, signedOff } = sample
  return {
    ...{ id, court, what, from, to, size, announcedBy, entry },
    announcedAt: announcedAt.toISOString(),
    ...(drawn && { population: drawn.population }),
    ...(signedOff && { signedOff: { ...signedOff, at: signedOff.at.toISOString() } }),
  }
}

/** A sample whole. Of what was sealed since it was drawn, its place and nothing else is told. */
export async function viewSample(gateway: Parts, sample: Sample): Promise<SampleView> {
  const { reads } = gateway
  const items = await reads.sampleItems(sample.id)
  const verdicts = await reads.verdicts(sample.id)
  const sealed = await sealedAmong(gateway, items)
  const counted = verdictsThatCount(verdicts)
  const { drawn } = sample
  return {
    ...viewLine(sample),
    ...(drawn && { seed: seedText(sample, drawn), populationSha256: drawn.populationSha256 }),
    items: items.map((item) => viewItem(item, sealed.has(item.position), counted.get(item.position), verdicts)),
  }
}

function viewItem(
  { position, item }: SampleItem,
  isSealed: boolean,
  counted: Verdict | undefined,
  verdicts: readonly Verdict[],
): SampleView['items'][number] {
  const earlier = verdicts.filter((one) => one.position === position && one.id !== counted?.id)
  const shown = (verdict: Verdict) => (isSealed ? { ...verdictOf(verdict), note: undefined } : verdictOf(verdict))
  return {
    position,
    isSealed,
    ...(!isSealed && { item }),
    ...(counted && { verdict: given(shown(counted)) }),
    earlier: earlier.map((one) => given(shown(one))),
  }
}

function verdictOf({ verdict, by, at, entry, note }: Verdict): z.infer<typeof verdictView> {
  return { verdict, by, at: at.toISOString(), entry, ...(note !== undefined && { note }) }
}
