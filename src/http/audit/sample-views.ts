import { z } from '@hono/zod-openapi'
import { measureList } from '../../domain/measure.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import { sampleVerdictList, sampleWhatList, verdictsThatCount } from '../../domain/sample.ts'
import { sealedAmong } from '../../gateway/judge-sample.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import type { DeliveryName, Sample, SampleItem, Verdict } from '../../gateway/ports/samples.ts'
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

/** What people know an item by. */
const aboutView = z.object({
  case: z.string().optional(),
  registry: z.string().optional(),
  registryName: z.string().optional(),
  measure: z.enum(measureList).optional(),
  reference: z.string().optional(),
  person: z
    .string()
    .optional()
    .openapi({ description: '何人：往来为经办人，其余为行为人 · who asked for the exchange, or made the entry' }),
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
        about: aboutView.optional().openapi({ description: '案件、单位、措施、请求单号 · what it is about' }),
        isSealed: z.boolean(),
        verdict: verdictView.optional(),
        earlier: z.array(verdictView),
      }),
    ),
  })
  .openapi('Sample')

export type SampleItemAbout = z.infer<typeof aboutView>

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
  const abouts = await aboutItems(
    gateway,
    sample,
    items.filter(({ position }) => !sealed.has(position)),
  )
  const { drawn } = sample
  return {
    ...viewLine(sample),
    ...(drawn && { seed: seedText(sample, drawn), populationSha256: drawn.populationSha256 }),
    items: items.map((item) => viewItem(item, abouts.get(item.position), counted.get(item.position), verdicts)),
  }
}

/** Of the items that may be shown, by position: an exchange by itself, an entry by the delivery it belongs to. */
async function aboutItems(
  { reads, counter }: Parts,
  { what }: Sample,
  items: readonly SampleItem[],
): Promise<ReadonlyMap<number, SampleItemAbout>> {
  const entries = what === 'exchanges' ? [] : await reads.entriesWith(items.map(({ item }) => item))
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]))
  const deliveryOf = (item: string) => (what === 'exchanges' ? item : entryOf.get(item)?.delivery)
  const deliveries = await reads.deliveriesNamed(items.flatMap(({ item }) => deliveryOf(item) ?? []))
  const numbers = await reads.caseNumbers([...new Set(items.flatMap(({ caseId }) => caseId ?? []))])
  return new Map(
    items.map(({ position, item, caseId }) => {
      const sent = deliveries.get(deliveryOf(item) ?? '')
      const { registry, measure, reference } = sent ?? justRegistry(entryOf.get(item))
      const person = what === 'exchanges' ? sent?.maker : entryOf.get(item)?.person
      const registryName = registry && counter(registry)?.registry.name
      const named = { registry, registryName, measure, reference, person }
      return [position, given({ case: caseId && numbers.get(caseId), ...named })]
    }),
  )
}

const justRegistry = (entry: PlacedEntry | undefined): Partial<DeliveryName> =>
  entry?.registry ? { registry: entry.registry as RegistryCode } : {}

function viewItem(
  { position, item }: SampleItem,
  about: SampleItemAbout | undefined,
  counted: Verdict | undefined,
  verdicts: readonly Verdict[],
): SampleView['items'][number] {
  const isSealed = about === undefined
  const earlier = verdicts.filter((one) => one.position === position && one.id !== counted?.id)
  const shown = (verdict: Verdict) => (isSealed ? { ...verdictOf(verdict), note: undefined } : verdictOf(verdict))
  return {
    position,
    isSealed,
    ...(about && { item, about }),
    ...(counted && { verdict: given(shown(counted)) }),
    earlier: earlier.map((one) => given(shown(one))),
  }
}

function verdictOf({ verdict, by, at, entry, note }: Verdict): z.infer<typeof verdictView> {
  return { verdict, by, at: at.toISOString(), entry, ...(note !== undefined && { note }) }
}
