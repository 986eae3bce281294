import { html } from 'hono/html'
import { type AssetClass, assetClasses, assetClassList } from '../../domain/asset.ts'
import { encumbranceKinds } from '../../domain/statement.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { term } from '../terms.ts'
import { input, type Option, select } from './inputs.ts'
import type { AnswerFields } from './read.ts'
import { answerWords as words } from './words.ts'

type Naming = 'account' | 'unitCode' | 'parcelCode' | 'certNo'

/** By which number property of a class is known, the usual one first. */
const namingsOf: Readonly<Record<AssetClass, readonly [Naming, ...Naming[]]>> = {
  deposit: ['account'],
  movable: ['certNo'],
  land: ['parcelCode', 'certNo'],
  'real-estate': ['unitCode', 'certNo'],
  equity: ['certNo', 'account'],
  securities: ['account', 'certNo'],
  fund: ['account', 'certNo'],
  'other-right': ['certNo', 'account'],
}

const inMoney: readonly AssetClass[] = ['deposit', 'securities', 'fund']
const inPlace: readonly AssetClass[] = ['land', 'real-estate', 'movable', 'other-right']
const immovable: readonly AssetClass[] = ['land', 'real-estate']

/** The list of what was found, with the fields that the classes asked after have, and no others. */
export function holdingsPart(fields: AnswerFields, rows: number | undefined, kinds: readonly string[]): Html {
  const asked = assetClassList.filter((one) => kinds.includes(one))
  const classes = asked.length > 0 ? asked : assetClassList
  const shown = Math.max(rows ?? 1, linesIn(fields))
  return html`<h4>${say(words.holdings)}</h4>${Array.from({ length: shown }, (_, at) => holdingPart(fields, at, classes))}
    <p><button class="quiet" name="more" value="${shown + 4}" formnovalidate>${say(words.moreRows)}</button></p>`
}

/** How many lines came filled in: none of them is lost when the form comes back. */
function linesIn(fields: AnswerFields): number {
  const numbered = Object.entries(fields).flatMap(([name, value]) => {
    const [, at] = /^h(\d+)\.number$/.exec(name) ?? []
    return at !== undefined && value !== '' ? [Number(at) + 1] : []
  })
  return Math.max(0, ...numbered)
}

function holdingPart(fields: AnswerFields, at: number, classes: readonly AssetClass[]): Html {
  const name = (field: string) => `h${at}.${field}`
  const namings = [...new Set(classes.flatMap((one) => namingsOf[one]))]
  const [first = 'deposit'] = classes
  const usual = { [name('class')]: first, [name('naming')]: namingsOf[first][0], ...fields }
  const has = (those: readonly AssetClass[]) => classes.some((one) => those.includes(one))
  const rights = Object.entries(encumbranceKinds).map(([kind, zh]): Option => [kind, term(zh)])
  const sum = 'inputmode=decimal maxlength=24'
  const [naming] = namings
  const isOne = namings.length === 1 && naming !== undefined
  return html`<fieldset><legend>${say(words.holding)} ${at + 1}</legend>
    <div class="row">${choice(name('class'), words.kind, optionsOf(classes), usual)}${choice(name('naming'), words.naming, namingOptions(namings), usual)}
      <p>${input(name('number'), isOne ? words[naming] : words.number, fields, 'maxlength=80')}</p></div>
    <div class="row">${has(inMoney) ? html`<p>${input(name('balance'), words.balance, fields, sum)}</p><p>${input(name('available'), words.available, fields, sum)}</p>` : ''}
      ${has(inPlace) ? html`<p>${input(name('address'), words.address, fields, 'maxlength=300')}</p>` : ''}
      ${has(immovable) ? html`<p>${input(name('area'), words.area, fields, 'maxlength=40')}</p>` : ''}</div>
    <div class="row"><p>${select(name('right'), words.right, [['', words.nothingThere], ...rights], fields)}</p><p>${input(name('holder'), words.holder, fields, 'maxlength=200')}</p>
      <p>${input(name('rightAmount'), words.amount, fields, sum)}</p><p>${input(name('until'), words.until, fields, 'type=date')}</p></div></fieldset>`
}

const optionsOf = (classes: readonly AssetClass[]) => classes.map((one): Option => [one, term(assetClasses[one].zh)])
const namingOptions = (namings: readonly Naming[]) => namings.map((one): Option => [one, words[one]])

/** Where there is one choice there is none: it goes along unseen. */
function choice(
  name: string,
  said: Parameters<typeof select>[1],
  options: readonly Option[],
  fields: AnswerFields,
): Html {
  const [only] = options
  if (options.length === 1 && only) return html`<input type="hidden" name="${name}" value="${only[0]}">`
  return html`<p>${select(name, said, options, fields)}</p>`
}
