import { html } from 'hono/html'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import type { RegistryTraffic } from '../../gateway/ports/machine.ts'
import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import type { HealthLine, SystemHealth } from '../../http/health/look.ts'
import { type FactName, factWords, healthParts, type Standing, standings } from '../../http/health/words.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { PublishedKey } from '../../signing/signer.ts'
import type { AtDesk } from '../desk/door.ts'
import { colon, listed, say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { dueWord } from './due-word.ts'
import { adminPage } from './frame.ts'
import { adminWords as words } from './words.ts'

/** A key as the pages show it: public parts only. `daysLeft` is that of the certificate that vouches for it. */
export type KeyRow = {
  readonly kid: string
  readonly algorithm: string
  readonly standing: 'current' | 'next' | 'retired' | 'revoked' | 'notProved'
  readonly since: Date
  readonly ageDays: number
  readonly daysLeft?: number
}

export function keyTable(keys: readonly KeyRow[]): Html {
  if (keys.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = keys.map(({ kid, algorithm, standing, since, ageDays, daysLeft }) => [
    html`<span class="code">${kid}</span>`,
    algorithm,
    keyWord(standing),
    moment(since),
    String(ageDays),
    daysLeft === undefined ? say(words.noExpiry) : leftWord(daysLeft),
  ])
  return table([words.kid, words.algorithm, words.standing, words.from, words.ageDays, words.daysLeft], rows)
}

function keyWord(standing: KeyRow['standing']): Html {
  if (standing === 'current') return html`<span class="word done">● ${say(words.current)}</span>`
  if (standing === 'revoked') return html`<span class="late">■ ${say(words.revoked)}</span>`
  return html`<span class="word wait">○ ${say(words[standing])}</span>`
}

const leftWord = (days: number): Html | string =>
  days <= 30 ? html`<span class="late">▲ ${days}</span>` : String(days)

export type KeysShown = {
  readonly own: readonly (readonly [use: PublishedKey['for'], keys: readonly KeyRow[]])[]
  readonly registries: readonly (readonly [name: string, keys: readonly KeyRow[], certificates: readonly string[]])[]
  /** What each of our own certificates is for, `ok` or how long it has. */
  readonly certificates: Readonly<Record<string, string>>
}

/** Every key by which anything is believed, how old it is and how long it lasts; no private part is anywhere near. */
export function keysPage({ own, registries, certificates }: KeysShown, at: AtDesk): Html {
  const entries = Object.entries(certificates)
  const body = html`<h3>${say(words.ownKeys)}</h3>
    ${own.map(([use, keys]) => html`<h4>${useWord(use)} <span class="code">${use}</span></h4>${keyTable(keys)}`)}
    <h3>${say(words.certificates)}</h3>
    ${
      entries.length === 0
        ? html`<p>${say(words.noCertificates)}</p>`
        : table(
            [words.use, words.daysLeft],
            entries.map(([name, left]) => [
              html`<span class="code">${name}</span>`,
              left === 'ok'
                ? html`<span class="word done">● ${say(standings.well)}</span>`
                : html`<span class="late">▲ ${left}</span>`,
            ]),
          )
    }
    <h3>${say(words.registryKeys)}</h3>
    ${registries.map(
      ([name, keys, thumbprints]) => html`<h4>${name}</h4>${keyTable(keys)}
      ${thumbprints.length > 0 ? html`<p>${say(words.thumbprints)}${colon()}${thumbprints.map((one) => html`<span class="code">${one}</span> `)}</p>` : ''}`,
    )}`
  return adminPage('/admin/keys', words.keys, body, at)
}

function useWord(use: PublishedKey['for']): string {
  if (use.startsWith('court:')) return say(words.courtKey)
  if (use === 'receipt') return say(words.receiptKey)
  return say(use === 'record' ? words.recordKey : words.logKey)
}

/** Hours to answer; measures that have as many, from the same source, share a line. */
export function hoursRows(hours: readonly (readonly [measure: MeasureKind, hours: number, isSet: boolean])[]): Html {
  const lines = new Map<string, { most: number; isSet: boolean; kinds: string[] }>()
  for (const [measure, most, isSet] of hours) {
    const line = lines.get(`${most} ${isSet}`) ?? { most, isSet, kinds: [] }
    lines.set(`${most} ${isSet}`, { ...line, kinds: [...line.kinds, term(measures[measure])] })
  }
  return table(
    [words.measures, words.hours, words.hoursFrom],
    [...lines.values()].map(({ most, isSet, kinds }) => [
      listed(kinds),
      String(most),
      say(isSet ? words.fromSetting : words.fromRegistration),
    ]),
  )
}

/** How each part stands, by word and shape; what it means when it is not well, and who acts. */
export function healthPage({ at: seen, lines, registries, names, modes }: SystemHealth, at: AtDesk): Html {
  const body = html`<p>${say(words.lookedAt)} ${moment(seen)} · ${say(words.healthHow)}</p>
    ${healthTable(lines)}
    <h3 id="registries">${say(words.registries)}</h3>${trafficTable(registries, { names, modes })}`
  return adminPage('/admin/health', words.health, body, at)
}

export function healthTable(lines: readonly HealthLine[]): Html {
  const rows = lines.map(({ part, standing, facts }) => {
    const { title, means, who } = healthParts[part]
    const isWell = standing === 'well'
    return [
      say(title),
      standingWord(standing),
      factList(facts),
      isWell ? '—' : meant(part, means),
      isWell ? '—' : say(who),
    ]
  })
  return table([words.part, words.standing, words.facts, words.means, words.who], rows)
}

/** What it means; how each registry stands is told in a table on one page alone. */
function meant(part: HealthLine['part'], means: Said): Html | string {
  if (part !== 'registries') return say(means)
  return html`${say(means)} · <a href="/admin/health#registries">${say(words.eachRegistry)}</a>`
}

const shapes: Readonly<Record<Standing, readonly [style: string, shape: string]>> = {
  well: ['word done', '●'],
  look: ['word wait', '▲'],
  ill: ['late', '■'],
  unknown: ['word', '？'],
}

function standingWord(standing: Standing): Html {
  const [style, shape] = shapes[standing]
  return html`<span class="${style}">${shape} ${say(standings[standing])}</span>`
}

function factList(facts: HealthLine['facts']): Html | string {
  const entries = Object.entries(facts)
  if (entries.length === 0) return say(words.nothing)
  return html`<ul class="facts">${entries.map(([name, value]) => html`<li${name === 'suspended' ? html` class="late"` : ''}>${name === 'suspended' ? '▲ ' : ''}${factWord(name, value)}${colon()}${shownAs(value)}</li>`)}</ul>`
}

const logStandings = {
  sound: { zh: '完好', en: 'sound' },
  unknown: { zh: '未知', en: 'unknown' },
  'rolled-back': { zh: '已回退', en: 'rolled back' },
  behind: { zh: '数据库落后于已公布的检查点', en: 'the database is behind what was published' },
  forked: { zh: '与已公布的检查点分叉', en: 'forked from what was published' },
  torn: { zh: '树与头不符', en: 'tiles and head do not belong together' },
  'no-copy': { zh: '库外检查点遗失', en: 'the copy outside is gone' },
  unreadable: { zh: '库外检查点不可读', en: 'the copy outside cannot be read' },
} as const satisfies Record<string, Said>

const isStandingOfLog = (value: string): value is keyof typeof logStandings => Object.hasOwn(logStandings, value)

/** An engine, or how a certificate stands; any other text as it is. */
function textSaid(value: string): string {
  if (value === 'postgresql') return 'PostgreSQL'
  if (value === 'ok') return say(standings.well)
  return value === 'embedded' ? say(words.embedded) : value
}

function factWord(name: string, value: string | number | boolean): string {
  if (name === 'aheadMs' && typeof value === 'number' && value < 0) return say(words.behindMs)
  const said: Said | undefined = factWords[name as FactName]
  return said ? say(said) : name
}

function shownAs(value: string | number | boolean): string {
  if (typeof value === 'string' && isStandingOfLog(value)) return say(logStandings[value])
  return typeof value === 'boolean'
    ? say(value ? words.yes : words.no)
    : typeof value === 'number'
      ? String(Math.abs(value))
      : textSaid(value)
}

function trafficTable(
  registries: readonly RegistryTraffic[],
  { names, modes }: Pick<SystemHealth, 'names' | 'modes'>,
): Html {
  if (registries.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = registries.map(({ registry, due, unknown, declined, overdue, heardAt, failedAt }) => [
    html`<a href="/admin/registries/${registry}">${names.get(registry) ?? registry}</a>`,
    dueCell(due, modes.get(registry)),
    marked(unknown),
    marked(declined),
    marked(overdue),
    heardAt ? moment(heardAt) : say(words.never),
    failedAt ? moment(failedAt) : say(words.never),
  ])
  const heads = [
    words.registry,
    words.notBegun,
    words.unknown,
    words.declined,
    words.overdue,
    words.heardAt,
    words.failedAt,
  ]
  return table(heads, rows)
}

/** What waits to be sent; at a desk or for an errand it waits for people, which is said beside it. */
function dueCell(due: number, mode: RegisteredRegistry['mode'] | undefined): Html | string {
  return due === 0 ? '0' : html`${due} <span class="en">${say(dueWord(mode))}</span>`
}

const marked = (count: number): Html | string => (count === 0 ? '0' : html`<span class="late">▲ ${count}</span>`)
