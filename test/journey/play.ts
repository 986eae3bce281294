import { measures } from '../../src/domain/measure.ts'
import { buildTown, type Town, type TownOptions } from '../support/town.ts'
import { isExactlyOnce, type Reckoning, reckon } from './books.ts'
import { type Verified, verifyBundles } from './bundles.ts'
import { beginning, story, type Told } from './story.ts'
import type { RequestView } from './views.ts'

/** One line of what the journey has to tell, as it happens. */
export type Telling = (line: { readonly kind: 'begins' | 'done' | 'note'; readonly text: string }) => void

export type JourneyEnd = {
  readonly deliveries: readonly {
    readonly id: string
    readonly registry: string
    readonly measure: string
    readonly states: readonly string[]
    readonly grade: string
  }[]
  readonly evidence: Verified
  readonly effects: Reckoning
  readonly timeline: readonly { readonly at: string; readonly text: string }[]
  readonly ok: boolean
}

/** Plays the whole story in a town of its own, and then believes nothing of it but files and the registries' books. */
export async function playJourney(options: TownOptions, tell: Telling): Promise<JourneyEnd> {
  tell({ kind: 'begins', text: '启动网关与三家沙盒单位 starting the gateway and the sandbox registries' })
  const town = await buildTown(options)
  try {
    tell({ kind: 'done', text: town.origin })
    const told = beginning()
    for (const { title, play } of story) {
      tell({ kind: 'begins', text: title })
      tell({ kind: 'done', text: await play(town, told) })
    }
    return await settle(town, told, tell)
  } finally {
    await town.close()
  }
}

/** Asks the witnesses: what the officer sees, what the evidence proves, what the registries have in their books. */
export async function settle(town: Town, told: Told, tell: Telling): Promise<JourneyEnd> {
  const requests = await Promise.all(
    told.requests.map(({ id }) => town.as('lin').get<RequestView>(`/v1/requests/${id}`)),
  )
  const deliveries = requests.flatMap(({ measure, deliveries: sent }) =>
    sent.map((delivery) => ({ measure, delivery })),
  )
  tell({ kind: 'begins', text: '只凭文件核验每一次往来 verifying every exchange from files alone' })
  const evidence = await verifyBundles(
    town,
    deliveries.map(({ delivery }) => delivery.id),
  )
  tell({
    kind: 'done',
    text: `${evidence.verified} 份核验通过，${evidence.failed} 份未通过，共 ${evidence.entries} 条存证`,
  })
  tell({ kind: 'begins', text: '与各单位自己的账簿比对 comparing with the registries’ own books' })
  const effects = reckon(
    await town.registries.effects(),
    deliveries.map(({ delivery }) => delivery.reference),
  )
  tell({ kind: 'done', text: `${effects.once} / ${effects.wanted} 恰好办理一次` })
  const timeline = deliveries
    .flatMap(({ measure, delivery }) =>
      delivery.statements.map(({ arrivedAt, zh, grade }) => ({
        at: arrivedAt,
        text: `${delivery.registry.padEnd(14)}${measures[measure]}  ${zh}（${grade} 级）`,
      })),
    )
    .sort((a, b) => a.at.localeCompare(b.at))
  const ended = deliveries.every(({ delivery }) => finals.includes(delivery.answer.code))
  return {
    deliveries: deliveries.map(({ measure, delivery }) => ({
      id: delivery.id,
      registry: delivery.registry,
      measure,
      states: delivery.statements.map(({ kind }) => kind),
      grade: delivery.statements.at(-1)?.grade ?? '—',
    })),
    evidence,
    effects,
    timeline,
    ok: ended && evidence.failed === 0 && evidence.verified === deliveries.length && isExactlyOnce(effects),
  }
}

const finals = ['executed', 'nothing', 'partly', 'ended']
