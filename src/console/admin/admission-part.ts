import { html } from 'hono/html'
import { type AssetClass, assetClasses } from '../../domain/asset.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { partnerStates } from '../../domain/onboarding.ts'
import type { Said } from '../../http/problems/entry.ts'
import { listed, say } from '../language.ts'
import { facts, type Html } from '../layout.ts'
import { term } from '../terms.ts'
import { adapterWord } from './adapter-words.ts'
import { adminWords as words } from './words.ts'

const labels: Readonly<Record<string, Said>> = {
  code: words.code,
  name: words.registry,
  adapter: words.adapter,
  mode: words.mode,
  assetClasses: words.classes,
  measures: words.measures,
  state: words.standing,
  origin: words.origin,
  visit: words.visit,
  keys: words.kid,
  user: words.username,
  conformance: words.conformance,
  reason: words.reason,
}

/** What exactly a second person lets in, every field of it: one that has no word of ours stands under its own name. */
export function admissionPart(asked: Readonly<Record<string, unknown>>): Html {
  return facts(
    Object.entries(asked).map(([name, value]) => [labels[name] ?? { zh: name, en: name }, said(name, value)]),
  )
}

function said(field: string, value: unknown): Html | string {
  if (field === 'adapter') return adapterWord(String(value))
  if (field === 'mode' && isMode(value)) return say(words[value])
  if (field === 'name' || field === 'reason') return String(value)
  if (field === 'state') return term(partnerStates[value as keyof typeof partnerStates] ?? String(value))
  if (field === 'assetClasses') return listOf(value, (one) => term(assetClasses[one as AssetClass]?.zh ?? one))
  if (field === 'measures') return listOf(value, (one) => term(measures[one as MeasureKind] ?? one))
  return html`<span class="code">${plain(value) || '—'}</span>`
}

const isMode = (value: unknown): value is 'push' | 'pull' | 'desk' | 'errand' =>
  value === 'push' || value === 'pull' || value === 'desk' || value === 'errand'

const listOf = (value: unknown, word: (one: string) => string): string =>
  Array.isArray(value) ? listed(value.map((one) => word(String(one)))) : String(value)

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(plain).join(' · ')
  return String(value)
}
