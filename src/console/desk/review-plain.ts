import { html } from 'hono/html'
import { isAssigned } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { addedBy } from '../../domain/ceiling.ts'
import { type Measure, type Target, targetsOf } from '../../domain/measure.ts'
import { formatMoney, type Money, renminbi, subtractMoney, sumMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import { exposureIn } from '../../gateway/preview-request.ts'
import { isBehind, waitingWord } from '../drafts/found-page.ts'
import { say } from '../language.ts'
import { facts, type Html } from '../layout.ts'
import { moment } from '../moment.ts'
import type { AtDesk } from './door.ts'
import { type Latest, latestOf } from './latest.ts'
import { areaWord, assetCell, encumbrancesCell, sum } from './results.ts'
import { reviewWords as words } from './review-words.ts'
import { deskWords } from './words.ts'

/** What an approver weighs beside the papers: the targets by the names of their registries and as they were found, and the sums. */
export type PlainReview = {
  readonly asked: RequestRow['asked']
  readonly nameOf: (registry: string) => string
  /** What the registries last told of the property that is aimed at. */
  readonly foundOf: (target: Target) => Latest | undefined
  /** Left out where the measure takes up nothing of what may be held. */
  readonly money?: { readonly ceiling: Money; readonly exposure: Money; readonly added: Money }
}

/** Reads it for whoever is on the case; to be shown what was found is a look. Anybody else has the masks. */
export async function plainReview(
  gateway: Parts,
  at: AtDesk,
  row: RequestRow,
  file: CaseFile,
): Promise<PlainReview | undefined> {
  if (!isAssigned(at.person, file)) return undefined
  const { measure } = row.asked
  const what = { kind: 'results.viewed' as const, at: 'page:review' as const, caseId: file.id, request: row.id }
  const exchanges = await look(gateway, at.person, what, () => gateway.reads.exchangesOfCase(file.id))
  const about = await gateway.reads.requestsAbout(file.parties.map(({ id }) => ({ caseId: file.id, party: id })))
  const latest = latestOf(exchanges, about, gateway)
  const refOf = (asset: Target['asset']) => gateway.assetRef(asset)
  const added = addedBy(row.asked)
  const { ceiling, exposure } = await exposureIn(gateway, file, row.id)
  return {
    asked: row.asked,
    nameOf: (code) => gateway.counter(code)?.registry.name ?? code,
    foundOf: ({ asset, registry }) =>
      latest.findLast(
        ({ holding }) =>
          refOf(holding.asset) === refOf(asset) && (registry === undefined || holding.registry === registry),
      ),
    ...(takesUp.includes(measure.kind) && { money: { ceiling, exposure, added } }),
  }
}

const takesUp: readonly Measure['kind'][] = ['freeze', 'seal', 'pre-seal']

/** 可控制上限 and what is left of it, before and after this measure. */
export function moneyPart({ money }: PlainReview): Html | string {
  if (!money) return ''
  const { ceiling, exposure, added } = money
  const rest = subtractMoney(ceiling, exposure)
  const left = isRefusal(rest) ? zeroMoney : rest
  const after = subtractMoney(left, added)
  return html`${facts([
    [deskWords.ceiling, sum(ceiling)],
    [words.exposure, sum(exposure)],
    [words.rest, sum(left)],
    [words.added, added === zeroMoney ? say(words.unstated) : sum(added)],
    [
      words.after,
      isRefusal(after) ? html`<span class="late">! ${say(words.exceeds)} ${over(left, added)}</span>` : sum(after),
    ],
  ])}`
}

function over(left: Money, added: Money): string {
  const beyond = subtractMoney(added, left)
  return isRefusal(beyond) ? '' : formatMoney(beyond)
}

/** Each target with its registry by name, what is asked of it, and what was found there: 余额, 面积, 权利负担. */
export function targetsPart({ asked: { measure, registries }, nameOf, foundOf }: PlainReview): Html {
  const currency = 'currency' in measure ? measure.currency : undefined
  return html`${targetsOf(measure).map((target, at) => {
    const found = foundOf(target)
    return html`<p><strong>${say(words.target)} ${at + 1}</strong></p>${facts([
      [deskWords.asset, assetCell({ ...found?.holding.asset, ...target.asset })],
      [deskWords.registry, (target.registry ? [target.registry] : [...new Set(registries)]).map(nameOf).join('、')],
      [words.asked, html`${askedCell(target, currency)}${waitsPart(measure, found)}`],
      ...(found ? foundLines(found) : [[words.found, say(words.notFound)] as const]),
    ])}`
  })}`
}

/** Where another court was first, what is approved will wait behind it. */
function waitsPart({ kind }: Measure, found: Latest | undefined): Html | string {
  if (!found || !takesUp.includes(kind) || !isBehind(found.holding)) return ''
  return html`<br><span class="word wait">! ${waitingWord(kind)}</span>`
}

/** Of money its sum is the scope: 全部 beside a part of a balance would be read as the whole balance. */
function askedCell({ amount, quantity, scope, value }: Target, currency: string | undefined): Html | string {
  if (amount !== undefined) return html`${sum(amount, currency)} <span class="en">${say(words.upTo)}</span>`
  const much = quantity === undefined ? say(words[scope]) : `${say(words[scope])} · ${quantity}`
  return value === undefined ? much : html`${much} · ${sum(value)} <span class="en">${say(deskWords.worth)}</span>`
}

function foundLines({ holding, toldAt }: Latest) {
  const { balance, available, area, currency } = holding as Partial<Record<'balance' | 'available', Money>> & {
    readonly area?: string
    readonly currency?: string
  }
  return [
    ...(balance === undefined ? [] : [[words.balance, sum(balance, currency)] as const]),
    ...(available === undefined ? [] : [[words.available, sum(available, currency)] as const]),
    ...(area === undefined ? [] : [[words.area, areaWord(area)] as const]),
    [deskWords.encumbrances, encumbrancesCell(holding)] as const,
    ...(toldAt ? [[deskWords.latestAnswer, moment(toldAt)] as const] : []),
  ]
}

/** Every sum with its thousands apart, and what they come to. */
export function amountsPart({ asked: { measure } }: PlainReview): Html {
  const amounts = targetsOf(measure).flatMap(({ amount }) => amount ?? [])
  const currency = 'currency' in measure ? measure.currency : renminbi
  const total = amounts.length > 1 ? html`<br>${say(words.total)} ${sum(sumMoney(amounts), currency)}` : ''
  return html`<p>${amounts.map((amount, at) => html`${at > 0 ? html`<br>` : ''}${sum(amount, currency)}`)}${amounts.length === 0 ? '—' : ''}${total}</p>`
}
