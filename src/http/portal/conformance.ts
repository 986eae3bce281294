import { z } from 'zod'
import type { Parts } from '../../gateway/parts.ts'
import { found } from '../problem.ts'

/** A report as it was attached: what was played, and how it went. */
const report = z.object({
  protocol: z.string(),
  registry: z.string(),
  at: z.string(),
  keys: z.array(z.string()),
  results: z.array(z.object({ title: z.string(), outcome: z.enum(['ok', 'failed', 'not-shown']) })),
})

export type ConformanceRun = z.infer<typeof report> & { readonly id: string; readonly attachedAt: Date }

/** The runs that were attached for a registry, the newest first: by their entries, so none is ever lost. */
export async function conformanceRuns({ reads }: Parts, code: string): Promise<readonly { id: string; at: Date }[]> {
  const entries = await reads.entries({ kind: 'registry.changed', registry: code, about: 'conformant', limit: 50 })
  return entries.filter(({ payload }) => payload !== undefined).map(({ id, at }) => ({ id, at }))
}

/** One run, whole. Of another registry, or of anything else, there is none. */
export async function conformanceRun({ reads }: Parts, code: string, id: string): Promise<ConformanceRun> {
  const entry = await reads.entry(id)
  const isRun = entry?.kind === 'registry.changed' && entry.registry === code && entry.about === 'conformant'
  const opening = isRun ? await reads.opening(id) : undefined
  const { bytes } = found(opening)
  const read = report.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  return { ...found(read.success ? read.data : undefined), id, attachedAt: found(entry).at }
}
