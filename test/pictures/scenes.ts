import { setTimeout as sleep } from 'node:timers/promises'
import { demoCodes } from '../../src/demo/registries.ts'
import { atCounter, batched, broughtHome } from './answers.ts'
import { lateCentre } from './onboarding.ts'
import {
  answered,
  applicant,
  ask,
  debtor,
  enterScene,
  type Scene,
  type Stage,
  type Subject,
  sceneOf,
  today,
} from './stage.ts'

const zhang: Subject = { name: '张某某', idNumber: '120116198503120013' }
const company: Subject = { name: '某某商贸有限公司', idNumber: '91120116MA0000015H', idType: 'credit-code' }
const nothing: Subject = { name: '林素梅', idNumber: '12011619780621002X' }
const found: Subject = { name: '陈志远', idNumber: '120116198503120013' }
const builder = applicant('某某建设集团有限公司', '91120116MA0000023C')

const { land, realEstate, villageBank, countyCentre } = demoCodes
const house = { class: 'real-estate', unitCode: '120116002003JC00012F00010001' } as const
const countyHouse = {
  class: 'real-estate',
  unitCode: '130983001001GB00001F00010007',
  address: '某某县城关镇某某里7号',
} as const
const houses = { kind: 'inquire' as const, kinds: ['real-estate'] }
const deposits = { kind: 'inquire' as const, kinds: ['deposit'] }

/** The case of the demo: what it found is held, a clerk and two officers have answered, and a clock is running. */
export async function playFirstCase(stage: Stage, caseId: string) {
  await stage.as('wen').post(`/v1/cases/${caseId}/parties`, { parties: [builder] })
  await stage.as('he').post(`/v1/cases/${caseId}/confirmation`, {})
  const scene = await sceneOf(stage, caseId)
  const party = scene.parties[zhang.name] ?? ''
  const other = scene.parties[company.name] ?? ''

  const seal = { kind: 'seal' as const, term: { months: 36 }, targets: [{ asset: house, scope: 'whole' }] }
  const sealed = await ask(stage, scene, { party: other, registries: [realEstate], measure: seal })

  const asset = { class: 'deposit' as const, account: '6217000000000000888' }
  const term = { from: today(), to: today(20) }
  const freeze = { kind: 'freeze' as const, term, targets: [{ asset, amount: '30000.00' }] }
  const ending = await ask(stage, scene, { party, registries: [villageBank], measure: freeze })
  const held = { asset, effect: 'effective', amount: '30000.00', term, controlNo: 'DJ-000888' }
  await atCounter(
    stage,
    ending.deliveries[villageBank] ?? '',
    { scene, of: zhang },
    { kind: 'executed', targets: [held] },
  )

  const errands = await playErrands(stage, scene, party)
  const waitingAtCounter = await ask(stage, scene, { party, registries: [villageBank], measure: deposits })
  await answered(stage, sealed.id)
  const [objected = ''] = Object.values(sealed.deliveries)
  const words = '登记簿记载的权利人与被执行人不一致，请贵院核实。'
  const paper = { kind: 'objection', delivery: objected, receivedAt: new Date().toISOString(), words }
  await stage.as('lin').post(`/v1/cases/${caseId}/incoming`, paper)
  return { scene, ...errands, atCounter: waitingAtCounter.deliveries[villageBank] ?? '', sealed: objected }
}

/** One errand is answered, with a house that others have rights in; one waits to be compared, one to be set out on. */
async function playErrands(stage: Stage, scene: Scene, party: string) {
  const at = { scene, of: zhang }
  const asked = { party, registries: [countyCentre], measure: { kind: 'inquire' as const, kinds: ['real-estate'] } }
  const mortgage = { kind: 'mortgage', holder: '某某银行某某县支行', amount: '2000000.00', maximum: true }
  const holding = { asset: countyHouse, share: 'joint', area: '88.20', usage: '住宅', encumbrances: [mortgage] }
  const first = await ask(stage, scene, asked)
  const said = { kind: 'executed', holdings: [holding] }
  await broughtHome(stage, first.deliveries[countyCentre] ?? '', at, said, true)

  const seal = { kind: 'seal' as const, term: { months: 36 }, targets: [{ asset: countyHouse, scope: 'whole' }] }
  const second = await ask(stage, scene, { party, registries: [countyCentre], measure: seal })
  const effect = { asset: countyHouse, effect: 'effective', controlNo: '冀（2026）某某县查封0007号' }
  const term = { from: today(), to: today(3 * 365) }
  const compared = { kind: 'executed', targets: [{ ...effect, term }] }
  await broughtHome(stage, second.deliveries[countyCentre] ?? '', at, compared, true)

  const third = await ask(stage, scene, asked)
  await broughtHome(stage, third.deliveries[countyCentre] ?? '', at, { kind: 'nothing' }, false)
  const fourth = await ask(stage, scene, asked)
  const errandOf = ({ deliveries }: { deliveries: Readonly<Record<string, string>> }) => deliveries[countyCentre] ?? ''
  return { errandDone: errandOf(second), errandCompared: errandOf(third), errand: errandOf(fourth) }
}

/** A preservation that finds nothing, two cases in 终本, a freeze that holds too much, a registry that is late. */
export async function playOtherCases(stage: Stage) {
  const year = new Date().getUTCFullYear()
  const ground = { claim: '500000.00', costs: '3000.00' }
  const kept = await enterScene(stage, {
    ...{ number: `（${year}）津0116执保12号`, ...ground, parties: [debtor(nothing), builder] },
  })
  const inquiry = { registries: [land], measure: { kind: 'inquire' as const, kinds: ['land'] } }
  const none = await ask(stage, kept, { party: kept.parties[nothing.name] ?? '', ...inquiry })
  await answered(stage, none.id)
  const came = { kind: 'lift-application', party: kept.parties[nothing.name], receivedAt: new Date().toISOString() }
  await stage.as('lin').post(`/v1/cases/${kept.id}/incoming`, { ...came, words: '被保全人已提供保证金担保。' })

  const ended = { standing: 'terminated', terminatedOn: today(-200), ...ground, parties: [debtor(found), builder] }
  const again = await enterScene(stage, { number: `（${year - 1}）津0116执77号`, ...ended })
  const round = await ask(stage, again, { party: again.parties[found.name] ?? '', ...inquiry })
  await answered(stage, round.id)
  await enterScene(stage, { number: `（${year - 1}）津0116执78号`, ...ended })

  const small = await enterScene(stage, {
    ...{ number: `（${year}）津0116执90号`, claim: '1000.00', costs: '50.00', parties: [debtor(found), builder] },
  })
  const asset = { class: 'deposit' as const, account: '6217000000000000999' }
  const freeze = { kind: 'freeze' as const, term: { months: 12 }, targets: [{ asset, amount: '1050.00' }] }
  const party = small.parties[found.name] ?? ''
  const froze = await ask(stage, small, { party, registries: [villageBank], measure: freeze })
  const held = { asset, effect: 'effective', amount: '1500.00', term: { from: today(), to: today(364) } }
  const said = { kind: 'executed', targets: [held] }
  await atCounter(stage, froze.deliveries[villageBank] ?? '', { scene: small, of: found }, said)

  // Its answer is owed within seconds here, and though two officers were there with it, never comes.
  const late = await ask(stage, small, { party, registries: [lateCentre], measure: houses })
  await stage.as('lin').post(`/v1/errands/${late.deliveries[lateCentre]}/start`, {})
  return { small, batch: await batched(stage, { scenes: [small, again], of: found }, [land, realEstate]) }
}

/** What an auditor asks for: a sample with one verdict, a search that was agreed to and one that waits. */
export async function playAudit(stage: Stage): Promise<{ sample: string; search: string }> {
  const mei = stage.as('mei')
  const asked = { court: '津0116', what: 'exchanges', from: today(-1), to: today(), size: 4 }
  const { id: sample } = await mei.post<{ id: string }>('/audit/v1/samples', asked)
  await drawn(stage, sample)
  await mei.get(`/audit/v1/samples/${sample}/items/1`)
  await mei.post(`/audit/v1/samples/${sample}/items/1/verdict`, { verdict: 'proper' })
  const sought = { idType: 'id-card', idNumber: zhang.idNumber }
  const { id: search } = await mei.post<{ id: string }>('/audit/v1/searches', {
    ...{ ...sought, reason: '核对是否超出本案查询' },
  })
  await stage.as('shen').post(`/audit/v1/searches/${search}/decision`, { decision: 'allow' })
  await mei.post('/audit/v1/searches', { ...sought, reason: '信访件涉及的查询' })
  return { sample, search }
}

/** The log has to cover what was announced before anything is drawn. */
async function drawn(stage: Stage, sample: string): Promise<void> {
  const mei = stage.as('mei')
  for (let tries = 0; tries < 20; tries += 1) {
    const { items } = await mei.get<{ items?: readonly unknown[] }>(`/audit/v1/samples/${sample}`)
    if (items && items.length > 0) return
    await sleep(500)
    await mei.post(`/audit/v1/samples/${sample}/draw`, {}).catch(() => undefined)
  }
}
