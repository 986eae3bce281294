import { html } from 'hono/html'
import { type MeasureKind, measures, type ReleaseGround, releaseGrounds, targetsFor } from '../../domain/measure.ts'
import { formatMoney, type Money, renminbi, subtractMoney, sumMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { AskedRequest } from '../../domain/request.ts'
import { warnings } from '../../domain/restricted.ts'
import type { Needed } from '../../gateway/approvals-needed.ts'
import type { Message, Preview } from '../../gateway/preview-request.ts'
import type { Said } from '../../http/problems/entry.ts'
import { sum } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { colon, say } from '../language.ts'
import { laterWords } from '../later/words.ts'
import { facts, type Html } from '../layout.ts'
import { term } from '../terms.ts'
import { draftWords as words } from './words.ts'

/** What the button does: a measure with the sum it takes waits for an approver, an inquiry leaves at once. */
export function submitWord(kind: MeasureKind | undefined, preview: Preview | undefined): string {
  if (kind === 'inquire') return say(deskWords.submit)
  if (kind === undefined) return say(words.submit)
  return `${say(words.submit)}${say(words.colon)}${term(measures[kind])}${moneyOf(preview)}`
}

/** As the draft states it; nothing where it takes no money, or does not say how much. */
function moneyOf(preview: Preview | undefined): string {
  const asked = preview?.facts?.asked
  if (asked?.measure.kind !== 'freeze' && asked?.measure.kind !== 'transfer') return ''
  const { measure, registries } = asked
  const amounts = [...new Set(registries)].flatMap((code) =>
    targetsFor(measure, code).flatMap(({ amount }) => amount ?? []),
  )
  const total: Money = sumMoney(amounts)
  if (total === zeroMoney) return ''
  return ` ${formatMoney(total)} ${measure.currency === renminbi ? say(words.yuan) : measure.currency}`
}

/** What a case may hold and what it holds already, so that the sum one writes can be judged. */
export type CaseSums = { readonly ceiling: Money; readonly exposure: Money }

/** Sums, approvers and what is good to know of a request that is still written; of what cannot be read yet the sums alone. */
export function factsPart(preview: Preview | undefined, sums: CaseSums): Html {
  const known = preview?.facts
  const rest = subtractMoney(sums.ceiling, sums.exposure)
  const lines: (readonly [Said, Html | string])[] = [
    [words.ceiling, sum(sums.ceiling)],
    [words.exposure, sum(sums.exposure)],
    [words.rest, isRefusal(rest) ? '0.00' : sum(rest)],
  ]
  if (!known) return facts(lines)
  const { needed, money, warnings: noted } = known
  return html`${facts([
    ...lines,
    ...(takesUp(known.asked)
      ? [[words.added, money.added === zeroMoney ? say(words.unstated) : sum(money.added)] as const]
      : []),
    [words.approvers, neededWord(needed)],
  ])}
  ${noted.length > 0 ? html`<p class="notice">${say(words.warnings)}${colon()}${noted.map((one) => say(warnings[one])).join('；')}</p>` : ''}`
}

/** What goes on, is given up or moved takes up nothing of what may be held. */
const takesUp = ({ measure: { kind } }: AskedRequest) => kind === 'freeze' || kind === 'seal' || kind === 'pre-seal'

/** 2 名审批人；其中一名为执行局长；超过本案可控制上限. */
function neededWord({ count, director, reasons }: Needed): string {
  const who = count === 0 ? say(words.noApprover) : `${count} ${say(count === 1 ? words.onePerson : words.people)}`
  return [who, ...(director ? [say(words.director)] : []), ...reasons.map((reason) => say(words[reason]))].join('；')
}

/** What goes to one registry: what a person reads first, and below it the claims to the letter. */
export function messagePart({ registry, says }: Message, nameOf: (code: string) => string): Html {
  const { measure, subject, targets, term: lasts, basis, officers, case: number } = says
  const terms = lasts && ('months' in lasts ? `${lasts.months} ${say(words.monthsOf)}` : `${lasts.from} — ${lasts.to}`)
  return html`<section class="delivery"><h4>${nameOf(registry)} <span class="code">${registry}</span></h4>
    ${facts([
      [words.measure, `${number} · ${term(measures[measure])}`],
      [words.whom, `${subject.name} ${subject.idNumber}`],
      [
        words.targets,
        html`${(targets ?? []).map((target) => html`<span class="code">${assetLine(target)}</span><br>`)}`,
      ],
      ...(terms ? [[words.term, terms] as const] : []),
      ...laterLines(says),
      [words.basis, [basis.statute, ...basis.documents.map((one) => one.number)].join('；')],
      [deskWords.officers, officers.map(({ name }) => name).join('、')],
    ])}
    <details><summary>${say(words.raw)}</summary><pre class="code">${JSON.stringify(says, null, 2)}</pre></details></section>`
}

/** What it stands on, why it is given up, and where the money goes. */
function laterLines({ parent, ground, payee }: Message['says']): readonly (readonly [Said, string])[] {
  const number = parent?.controlNo ?? parent?.rulingNo
  return [
    ...(number ? [[laterWords.parentNo, number] as const] : []),
    ...(ground ? [[words.ground, groundName(ground)] as const] : []),
    ...(payee ? [[laterWords.payee, [payee.name, payee.bankName, payee.account].join(' · ')] as const] : []),
  ]
}

const groundName = (code: string): string =>
  Object.hasOwn(releaseGrounds, code) ? term(releaseGrounds[code as ReleaseGround]) : code

type Told = NonNullable<Message['says']['targets']>[number]

function assetLine({ asset, amount, quantity }: Told): string {
  const { account, subAccount, unitCode, parcelCode, presaleContractNo, certNo, address } = asset
  const whole = subAccount === undefined ? account : `${account} / ${say(words.subAccount)} ${subAccount}`
  const name = whole ?? unitCode ?? parcelCode ?? presaleContractNo ?? certNo ?? address ?? ''
  const much = [amount && formatMoney(amount as Parameters<typeof formatMoney>[0]), quantity].filter(Boolean)
  return [name, ...much].join(' · ')
}
