import { setTimeout as sleep } from 'node:timers/promises'
import { addYears, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { type Reckoning, reckon } from '../journey/books.ts'
import { verifyBundles } from '../journey/bundles.ts'
import { type Asked, beginning, ground, submitOnce, type Told, worked } from '../journey/story.ts'
import type { RequestView } from '../journey/views.ts'
import { Declined } from '../support/desk-client.ts'
import { demoCodes } from '../support/sandbox-town.ts'
import { buildTown, type Town, type TownOptions } from '../support/town.ts'

export type DrillOptions = TownOptions & {
  readonly requests: number
  readonly kills: number
  readonly random: () => number
  readonly say: (line: string) => void
}

export type DrillEnd = {
  readonly acknowledged: number
  readonly kills: number
  readonly answered: number
  readonly effects: Reckoning
  readonly evidence: { readonly verified: number; readonly failed: number }
}

/**
 * Kills the gateway at random moments while requests are submitted and approved, and then asks three witnesses who did not
 * die: the clerk who kept every acknowledgement, the registries' books, and the evidence in files.
 */
export async function drill(options: DrillOptions): Promise<DrillEnd> {
  // One officer alone asks after every request once a second until all are answered.
  const town = await buildTown({ ...options, rateScale: 100 })
  try {
    const told = beginning()
    for (const chapter of ground) await chapter.play(town, told)
    const acknowledged = new Set<string>()
    const killing = killOften(town, options)
    await Promise.all(Array.from({ length: 4 }, (_, worker) => submitMany(town, told, worker, options, acknowledged)))
    options.say(`${acknowledged.size} 份已受理 acknowledged`)
    const kills = await killing
    const requests = await settle(town, [...acknowledged])
    return { kills, ...(await judge(town, requests)) }
  } finally {
    await town.close()
  }
}

/** Every fifth kill comes while the gateway is still starting. */
async function killOften(town: Town, { kills, random, say }: DrillOptions): Promise<number> {
  for (let count = 1; count <= kills; count += 1) {
    await sleep(random() * 1500)
    await town.kill()
    if (count % 5 === 0) await town.stumble(random() * 2500)
    await town.rise()
    if (count % 10 === 0) say(`${count} / ${kills} 次强杀 kills`)
  }
  return kills
}

async function submitMany(
  town: Town,
  told: Told,
  worker: number,
  options: DrillOptions,
  acknowledged: Set<string>,
): Promise<void> {
  for (let nth = worker; nth < options.requests; nth += 4) {
    const id = await submitOnce(town.as('lin'), told, `drill-${nth}-request`, askedFor(nth))
    acknowledged.add(id)
    if (nth % 4 > 1) await approveOnce(town, id)
  }
}

/** An approval whose answer was lost in a kill is asked for again, and then was given already. */
async function approveOnce(town: Town, id: string): Promise<void> {
  try {
    await town.as('zhao').post(`/v1/requests/${id}/approval`, { decision: 'approve' })
  } catch (cause) {
    if (!(cause instanceof Declined && cause.code === 'request-not-waiting')) throw cause
  }
}

/** In turn: an inquiry everywhere, an inquiry at the land bureau, a freeze at the bank, a seal at the land bureau. */
function askedFor(nth: number): Asked {
  const from = toBeijingDate(new Date())
  const term = { from, to: addYears(from, 1) }
  const inquire = (...kinds: string[]) => ({ kind: 'inquire', kinds })
  switch (nth % 4) {
    case 0:
      return {
        measure: inquire('land', 'real-estate', 'deposit'),
        registries: [demoCodes.land, demoCodes.realEstate, worked.bank],
        papers: ['inquiry-notice'],
      }
    case 1:
      return { measure: inquire('land'), registries: [demoCodes.land], papers: ['inquiry-notice'] }
    case 2: {
      const targets = [{ asset: { class: 'deposit', account: worked.account }, amount: '10.00' }]
      return {
        measure: { kind: 'freeze', currency: 'CNY', targets, term },
        registries: [worked.bank],
        papers: ['ruling', 'freeze-notice'],
      }
    }
    default: {
      const targets = [{ asset: { class: 'land', unitCode: worked.land } }]
      return {
        measure: { kind: 'seal', targets, term },
        registries: [demoCodes.land],
        papers: ['ruling', 'execution-notice'],
      }
    }
  }
}

/** Waits until every acknowledged request is answered; one that never is, is what the drill looks for. */
async function settle(town: Town, ids: readonly string[]): Promise<readonly RequestView[]> {
  const deadline = Date.now() + 180_000
  for (;;) {
    const requests: RequestView[] = []
    for (const id of ids) requests.push(await town.as('lin').get<RequestView>(`/v1/requests/${id}`))
    if (requests.every(({ answered }) => answered) || Date.now() > deadline) return requests
    await sleep(1000)
  }
}

async function judge(town: Town, requests: readonly RequestView[]): Promise<Omit<DrillEnd, 'kills'>> {
  const books = await town.registries.effects()
  const deliveries = requests.flatMap(({ deliveries: sent }) => sent)
  const { verified, failed } = await verifyBundles(
    town,
    deliveries.map(({ id }) => id),
  )
  return {
    acknowledged: requests.length,
    answered: requests.filter(({ answered }) => answered).length,
    effects: reckon(
      books,
      deliveries.map(({ reference }) => reference),
    ),
    evidence: { verified, failed },
  }
}
