import { html } from 'hono/html'
import type { Asset } from '../../domain/asset.ts'
import { lastDayOf } from '../../domain/control.ts'
import type { Parent } from '../../domain/measure.ts'
import { standsOn } from '../../domain/stands-on.ts'
import { effects } from '../../domain/statement.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import { measureWord } from '../desk/measure-word.ts'
import { heldCell } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { facts, type Html } from '../layout.ts'
import { term } from '../terms.ts'
import { laterWords as words } from './words.ts'

/** A measure as far as it is written: what it stands on, and of which property. */
export type Standing = { readonly parent?: Parent | undefined; readonly targets: readonly { readonly asset: Asset }[] }

/** The controls it names that are known here, of the property it is aimed at. */
export function controlsUnder(
  { assetRef }: Pick<Parts, 'assetRef'>,
  controls: readonly ControlRow[],
  { parent, targets }: Standing,
): readonly ControlRow[] {
  if (!parent) return []
  const aimedAt = new Set(targets.map(({ asset }) => assetRef(asset)))
  return controls.filter((one) => standsOn(parent, one) && aimedAt.has(one.assetRef))
}

/** What is held now and until when: what a measure that stands on it goes on from, or gives up. */
export function standsPart(controls: readonly ControlRow[], nameOf: (registry: string) => string): Html {
  return html`${controls.map((one) => {
    const number =
      one.controlNo === undefined ? [] : [[words.parentNo, html`<span class="code">${one.controlNo}</span>`] as const]
    const isMoney = one.measure === 'freeze' && one.assetClass === 'deposit'
    return html`<p><strong>${say(words.standsOn)}</strong></p>${facts([
      [deskWords.measureOf, `${measureWord(one.measure, one.assetClass)} · ${term(effects[one.effect])}`],
      [deskWords.registry, nameOf(one.registry)],
      ...number,
      ...(isMoney ? [[words.heldNow, one.amount === undefined ? say(words.notStated) : heldCell(one)] as const] : []),
      [words.lastDay, lastDayOf(one) ?? say(one.effect === 'waiting' ? words.waits : words.notStated)],
    ])}`
  })}`
}
