import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { verify } from '../../src/cli/verify.ts'
import { beginning, ground, submitOnce, type Told } from '../journey/story.ts'
import type { RequestView } from '../journey/views.ts'
import { deskOf } from '../support/desk-client.ts'
import { demoCodes } from '../support/sandbox-town.ts'
import { buildTown, type Town, type TownOptions } from '../support/town.ts'
import { type Noted, turns } from './turns.ts'

export type RotationOptions = TownOptions & {
  readonly rounds: number
  /** How long the work goes on between two rounds, in milliseconds: a registry looks for new keys once a second at most. */
  readonly pauseMs: number
  /** How long each of the two workers rests between its requests, in milliseconds. */
  readonly restMs: number
  readonly say: (line: string) => void
}

export type RotationEnd = {
  readonly turned: number
  readonly requests: number
  /** What was not taken at once, with its code: nothing is tried again here. */
  readonly failed: readonly string[]
  readonly unanswered: number
  /** Messages of registries that proved nothing. */
  readonly quarantined: number
  /** `writ verify` over the evidence from before the first turn and from all turns, by keys noted outside: its exit codes. */
  readonly evidence: { readonly before: number; readonly during: number }
}

/**
 * Turns every key again and again while requests flow, and then verifies from files what was said before, between and
 * after, by what an auditor has noted: the keys that are published now, and those the registry handed over.
 */
export async function rotationDrill(options: RotationOptions): Promise<RotationEnd> {
  const town = await buildTown({ ...options, rateScale: 100 })
  try {
    const told = beginning()
    for (const chapter of ground) await chapter.play(town, told)
    const noted = notedOf(town)
    const first = await askOnce(town, told, 'before')
    await answered(town, [first])
    await writeDown(town, 'before', [first])
    const flow = startFlow(town, told, options.restMs)
    const turned = await turnAll(town, noted, options)
    const { ids, failed } = await flow.stop()
    const unanswered = await answered(town, ids)
    await writeDown(town, 'during', ids.slice(-4))
    return {
      turned,
      requests: ids.length + failed.length,
      failed,
      unanswered,
      quarantined: await quarantined(town),
      evidence: { before: await verdict(town, noted, 'before'), during: await verdict(town, noted, 'during') },
    }
  } finally {
    await town.close()
  }
}

function notedOf(town: Town): Noted {
  const bureau = town.registries.registrations.find(({ code }) => code === demoCodes.land)
  const given = (bureau?.keys ?? []).map(({ jwk }) => ({ ...jwk, for: `registry:${demoCodes.land}`, nbf: 0 }))
  return { registryKeys: given }
}

async function turnAll(town: Town, noted: Noted, { rounds, pauseMs, say }: RotationOptions): Promise<number> {
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(pauseMs)
    for (const { title, turn } of turns) {
      await turn(town, noted)
      say(`${round} / ${rounds}  ${title}`)
    }
  }
  await sleep(pauseMs)
  return rounds * turns.length
}

const asked = {
  measure: { kind: 'inquire', kinds: ['land'] },
  registries: [demoCodes.land],
  papers: ['inquiry-notice'],
} as const

/** One inquiry at the bureau, which signs and is signed to; not patient, so that every "no" is seen. */
function askOnce(town: Town, told: Told, key: string): Promise<string> {
  return submitOnce(deskOf(town.origin, town.token('lin'), 0), told, `rotation-${key}`, asked)
}

function startFlow(town: Town, told: Told, restMs: number) {
  const ids: string[] = []
  const failed: string[] = []
  let on = true
  const work = async (worker: number): Promise<void> => {
    for (let nth = 0; on; nth += 1) {
      await askOnce(town, told, `${worker}-${nth}`).then(
        (id) => ids.push(id),
        (cause: Error) => failed.push(cause.message),
      )
      await sleep(restMs)
    }
  }
  const workers = Promise.all([work(1), work(2)])
  return {
    stop: async () => {
      on = false
      await workers
      return { ids, failed }
    },
  }
}

/** Waits for all answers; gives how many never came. */
async function answered(town: Town, ids: readonly string[]): Promise<number> {
  const deadline = Date.now() + 60_000
  let open = [...ids]
  while (open.length > 0 && Date.now() < deadline) {
    const views = await Promise.all(open.map((id) => town.as('lin').get<RequestView>(`/v1/requests/${id}`)))
    open = views.filter((view) => !view.answered).map(({ id }) => id)
    if (open.length > 0) await sleep(300)
  }
  return open.length
}

/** Each exchange's bundle as a folder of files, complete once the log has published its last entry. */
async function writeDown(town: Town, name: string, requests: readonly string[]): Promise<void> {
  for (const request of requests) {
    const { deliveries } = await town.as('lin').get<RequestView>(`/v1/requests/${request}`)
    for (const { id } of deliveries) {
      const path = `/audit/v1/exchanges/${id}/evidence`
      const why = { reason: '轮换演练，逐次核验' }
      const { files } = await town.as('mei').post<{ files: Record<string, string> }>(path, why, { Prefer: 'wait=20' })
      for (const [file, content] of Object.entries(files)) {
        const to = join(town.dir, name, id, file)
        mkdirSync(dirname(to), { recursive: true })
        writeFileSync(to, Buffer.from(content, 'base64'))
      }
    }
  }
}

async function quarantined(town: Town): Promise<number> {
  const { entries } = await town.as('mei').get<{ entries: object[] }>('/audit/v1/entries?kind=statement.quarantined')
  return entries.length
}

async function verdict(town: Town, { registryKeys }: Noted, name: string): Promise<number> {
  const put = (file: string, text: string): string => {
    writeFileSync(join(town.dir, file), text)
    return join(town.dir, file)
  }
  const vkey = (await town.as('mei').text('/log/key')).trim()
  const { exitCode } = await verify([
    ...[join(town.dir, name), '--policy', put('policy.txt', `log ${vkey}\nquorum none\n`)],
    ...['--jwks', put('jwks.json', await town.as('mei').text('/.well-known/jwks.json'))],
    ...['--registry-keys', put('registry-keys.json', JSON.stringify({ keys: registryKeys }))],
  ])
  return exitCode
}
