import { courtsOf, mayEver } from '../domain/authority.ts'
import { addDays, toBeijingDate } from '../domain/beijing-date.ts'
import { type AnomaliesAsked, anomalyDaysShown, findAnomalies } from './find-anomalies.ts'
import { keptOf, roundOf } from './list-anomalies.ts'
import type { Parts } from './parts.ts'
import type { People } from './ports/roster.ts'

const everyMs = 30 * 60_000
const hourMs = 60 * 60_000
/** Where no more acts than these are gone through, whoever asks waits for it, and sees the log as it is. */
const fewActs = 5000

/**
 * Goes through the log as auditors will ask for it, once for all who see the same of it, and keeps what is found for their
 * lists, where that would take long. Shortly before midnight for tomorrow too. Returns how many lists were kept.
 */
export async function keepAnomalies(parts: Parts & { readonly people: People }, few = fewActs): Promise<number> {
  const now = parts.clock()
  let kept = 0
  const looked = new Set<string>()
  for (const asked of await usualLists(parts, now)) {
    const of = await roundOf(parts, asked)
    const name = `${of.scope} ${of.to}`
    if (looked.has(name)) continue
    looked.add(name)
    if (await parts.reads.anomalyRound(of, new Date(now.getTime() - everyMs))) continue
    const asOf = parts.clock()
    const { anomalies, isCut, acts } = await findAnomalies(parts, asked)
    if (acts <= few) continue
    await parts.store.keepAnomalies({ ...of, id: parts.newId(), asOf, isCut }, anomalies.map(keptOf))
    kept += 1
  }
  return kept
}

/** What each auditor's page opens with, today and in an hour. */
async function usualLists({ people }: { readonly people: People }, now: Date): Promise<readonly AnomaliesAsked[]> {
  const days = new Set([toBeijingDate(now), toBeijingDate(new Date(now.getTime() + hourMs))])
  const auditors = (await people.all(now)).filter((person) => mayEver(person, 'audit.read'))
  return auditors.flatMap((person) => {
    const courts = courtsOf(person, 'audit.read')
    return [...days].map((to) => ({
      ...{ from: addDays(to, 1 - anomalyDaysShown), to, viewer: person.id },
      ...(courts && { courts }),
    }))
  })
}
