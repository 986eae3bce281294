import { courtsOf } from '../../domain/authority.ts'
import { parseCourtCode } from '../../domain/court.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { announceSample, drawSample } from '../../gateway/draw-sample.ts'
import { itemName } from '../../gateway/judge-sample.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import type { DeliveryRow } from '../../gateway/ports/rows.ts'
import type { Sample, SampleAsked, SampleItem } from '../../gateway/ports/samples.ts'
import type { PublicLog } from '../parts.ts'
import { found, granted } from '../problem.ts'
import { type Calling, caseAt } from '../reach.ts'
import { entryAt, exchangeAt } from './asked.ts'
import { seen, viewOf } from './seen.ts'
import type { ExchangeView } from './views.ts'

/** How long the first answer waits for the log to cover the announcement. */
const coverMs = 5000

/** A sample of a court that whoever calls audits; another one is not there. */
export async function sampleAt({ reads }: Parts, { person, deed }: Calling, id: string): Promise<Sample> {
  const sample = found(await reads.sample(id))
  const courts = courtsOf(person, deed)
  return found(courts === undefined || courts.includes(sample.court) ? sample : undefined)
}

/** Announces a sample and, as soon as the log covers that, draws it. Where the log is slow, it is drawn by a second call. */
export async function startSample(
  gateway: Parts,
  log: Pick<PublicLog, 'prove'>,
  { person, deed }: Calling,
  asked: SampleAsked,
): Promise<{ readonly id: string; readonly drawn: Drawing }> {
  const courts = courtsOf(person, deed)
  const isMine = !isRefusal(parseCourtCode(asked.court)) && (courts === undefined || courts.includes(asked.court))
  found(isMine ? asked : undefined)
  const { id, entry } = granted(await announceSample(gateway, person, asked))
  return { id, drawn: await drawWhenCovered(gateway, log, person, { id, entry }) }
}

type Drawing = Awaited<ReturnType<typeof drawSample>>

/** Waits for the log, then draws; a "no" of the draw is for whoever asks for it by itself. */
export async function drawWhenCovered(
  gateway: Parts,
  log: Pick<PublicLog, 'prove'>,
  person: Person,
  { id, entry }: Pick<Sample, 'id' | 'entry'>,
): Promise<Drawing> {
  await log.prove(entry, coverMs)
  return drawSample(gateway, person, id)
}

/** An item as an auditor sees it, masked: an exchange, or one entry. */
export type SampledItem = { readonly item: SampleItem } & (
  | { readonly kind: 'exchange'; readonly row: DeliveryRow; readonly view: ExchangeView }
  | { readonly kind: 'entry'; readonly entry: PlacedEntry }
)

/** Shows one item; the look is in the log under the item's own name, and without it nobody judges the item. */
export async function itemAt(gateway: Parts, calling: Calling, sample: Sample, position: number): Promise<SampledItem> {
  const item = found((await gateway.reads.sampleItems(sample.id)).find((one) => one.position === position))
  const { caseId } = item
  if (caseId) await caseAt(gateway, calling, caseId, 'not-found')
  const about = itemName(sample.id, position)
  if (sample.what === 'exchanges')
    return { item, kind: 'exchange', ...(await exchangeAt(gateway, calling, item.item, about)) }
  const entry = await entryAt(gateway, calling, item.item)
  await seen(
    gateway,
    calling.person,
    { about, view: viewOf('sample-item'), ...(caseId && { caseId }) },
    async () => undefined,
  )
  return { item, kind: 'entry', entry }
}
