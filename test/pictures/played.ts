import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext } from 'playwright-core'
import { demoCodes } from '../../src/demo/registries.ts'
import type { TaskKind } from '../../src/domain/task.ts'
import type { GatewayProcess } from '../support/gateway-process.ts'
import { enrol, halfWay, register, signIn } from './newcomers.ts'
import { playConformance, playOnboarding } from './onboarding.ts'
import { conformed, type Found } from './plan.ts'
import { playAudit, playFirstCase, playOtherCases } from './scenes.ts'
import { answered, applicant, debtor, deliveriesOf, openStage, type Stage } from './stage.ts'
import { atDesk, idIn, tour } from './walk.ts'

type Contexts = (as?: string) => Promise<BrowserContext>

/** Plays what there is to be seen, from nothing, and says where it is found and how to look at it as whom. */
export async function played(
  gateway: GatewayProcess,
  browser: Browser,
  dir: string,
): Promise<{ readonly found: Found; readonly contextOf: Contexts }> {
  await gateway.rise()
  await started(gateway, 1)
  const passwords = new Map(Object.entries(demoPasswords(gateway)))
  const contexts = new Map<string, BrowserContext>()
  const contextOf: Contexts = async (as = '') => {
    const known = contexts.get(as)
    if (known) return known
    const context = await browser.newContext({ locale: 'zh-CN', baseURL: gateway.origin })
    if (as !== '') await signIn(context, as, passwords.get(as) ?? '')
    contexts.set(as, context)
    return context
  }

  await tour(await contextOf())
  const stage = await openStage(gateway)
  const { freeze, inquiry, case_ } = await toured(stage)
  await playOnboarding(stage)
  await playConformance(stage, dir)
  const first = await playFirstCase(stage, case_)
  const { batch } = await playOtherCases(stage)
  const entered = await enteredOnly(stage)
  const walked = await atDesk(await contextOf('lin'), case_)
  const { sample, search } = await playAudit(stage)

  for (const [username, password] of await register(stage)) passwords.set(username, password)
  await enrol(await contextOf('ke'))
  for (const [name, who] of [
    ['half-way-code', 'ke'],
    ['half-way-change', 'gai'],
  ] as const)
    contexts.set(name, await halfWay(browser, gateway.origin, who, passwords.get(who) ?? ''))

  // What counts in hours and days is looked at when a gateway starts.
  await gateway.stop()
  await gateway.rise()
  await started(gateway, 2)
  const looked = await lookedAt(stage, { mei: await contextOf('mei'), xiao: await contextOf('xiao') })
  const tasks = await tasksOf(stage)
  const portalDelivery = (await deliveriesOf(stage, inquiry))[demoCodes.land] ?? ''
  const { errand, errandDone, errandCompared, atCounter, sealed } = first
  return {
    contextOf,
    found: {
      ...{ case: case_, inquiry, freeze, delivery: sealed, errand, errandDone, errandCompared, atCounter },
      ...{ ...entered, ...walked, ...looked, batch, sample, search, tasks, portalDelivery },
    },
  }
}

async function started(gateway: GatewayProcess, times: number): Promise<void> {
  for (let tries = 0; tries < 300 && gateway.said().split('已启动').length <= times; tries += 1) await sleep(200)
}

function demoPasswords({ dataDir }: GatewayProcess): Record<string, string> {
  return JSON.parse(readFileSync(join(dataDir, 'demo', 'passwords.json'), 'utf8')) as Record<string, string>
}

/** What the first two steps have left behind. */
async function toured(stage: Stage): Promise<{ freeze: string; inquiry: string; case_: string }> {
  const { requests } = await stage
    .as('lin')
    .get<{ requests: { id: string; measure: string; caseId: string }[] }>('/v1/requests')
  const of = (measure: string) => requests.find((one) => one.measure === measure)
  const inquiry = of('inquire')?.id ?? ''
  await answered(stage, inquiry)
  return { freeze: of('freeze')?.id ?? '', inquiry, case_: of('freeze')?.caseId ?? '' }
}

/** A case that one registrar has entered and no other has confirmed. */
async function enteredOnly(stage: Stage): Promise<{ toCheck: string; partyToCheck: string }> {
  const { id } = await stage.as('wen').post<{ id: string }>('/v1/cases', {
    ...{
      number: '（2026）津0116执201号',
      claim: '268000.00',
      costs: '3920.00',
      lateInterest: '1860.50',
      judge: '周正',
    },
    team: '执行一团队',
    parties: [
      debtor({ name: '张某某', idNumber: '120116198503120013' }),
      applicant('某某商贸有限公司', '91120116MA0000015H'),
    ],
  })
  const { parties } = await stage.as('wen').get<{ parties: { id: string }[] }>(`/v1/cases/${id}`)
  return { toCheck: id, partyToCheck: parties[0]?.id ?? '' }
}

/** One task of every kind that somebody has to do. */
async function tasksOf(stage: Stage): Promise<Found['tasks']> {
  const tasks: Partial<Record<TaskKind, string>> = {}
  for (let tries = 0; tries < 60; tries += 1) {
    const listed = await stage
      .as('lin')
      .get<{ tasks: { id: string; kind: { code: TaskKind } }[] }>('/v1/tasks?limit=200')
    for (const { id, kind } of listed.tasks) tasks[kind.code] ??= id
    if (tasks['renew-control'] && tasks['press-registry'] && tasks['ask-again']) break
    await sleep(500)
  }
  return tasks
}

/** What is found by looking through the log and the registries, as those look who may. */
async function lookedAt(stage: Stage, { mei, xiao }: Readonly<Record<'mei' | 'xiao', BrowserContext>>) {
  const first = async (at: string, link: string, of = mei) => {
    const page = await of.newPage()
    await page.goto(at)
    const href = await page.getAttribute(`a[href^="${link}"] >> nth=0`, 'href')
    await page.close()
    return href ?? ''
  }
  const entry = idIn(await first('/audit?kind=request.submitted', '/audit/entries/'))
  const exchange = idIn(await first('/audit?kind=statement.received', '/audit/exchanges/'))
  const anomaly = await first('/audit/anomalies?fresh=1', '/audit/anomalies/')
  const portal = `/portal/${conformed}`
  const conformance = idIn(await first(portal, `${portal}/conformance/`, xiao))
  const { people } = await stage.as('an').get<{ people: { id: string; username: string }[] }>('/admin/v1/people')
  return {
    ...{ entry, exchange, anomaly, conformance },
    person: people.find(({ username }) => username === 'ke')?.id ?? '',
  }
}
