import { anomalyKinds } from '../../domain/anomaly.ts'
import type { Deed } from '../../domain/authority.ts'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { courtName, parseCourtCode } from '../../domain/court.ts'
import { partnerStates } from '../../domain/onboarding.ts'
import { type Grant, operator } from '../../domain/person.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import type { SystemPart } from '../../http/audit/system.ts'
import type { RecordKind, ViewName } from '../../ledger/record.ts'
import { logWords, partWords } from '../admin/log-words.ts'
import { heldWords } from '../admin/people-page.ts'
import { adminWords } from '../admin/words.ts'
import { language, say } from '../language.ts'
import { term } from '../terms.ts'
import { consentWords, revealWords, viewWords, aboutWords as words } from './about-words.ts'
import { deedWords } from './deed-words.ts'
import { kindWords } from './kinds.ts'
import { lookedAtSaid } from './looked-words.ts'
import { auditWords } from './words.ts'

/** As a record has it, by whatever gateway it was written. */
type View = { readonly of: string; readonly by?: Readonly<Record<string, string>> | undefined }

/** Staff and registries by their ids; where they are known, grants and what a second person was asked for. */
type Names = {
  readonly people: ReadonlyMap<string, string>
  readonly registries: ReadonlyMap<string, string>
  readonly grants?: ReadonlyMap<string, Grant>
  readonly consents?: ReadonlyMap<string, Pick<Consent, 'kind' | 'about'>>
}

/** `存证日志（何人＝林书远，11-30）`: what an auditor looked at, and by what it was narrowed. */
export function viewSaid({ of, by = {} }: View, named: Names): string {
  const { from, to, ...rest } = by
  const days = from || to ? [daysSaid(from, to)] : []
  const narrowed = [...Object.entries(rest).map(([name, code]) => narrowedSaid(name, code, named)), ...days]
  const what = of in viewWords ? say(viewWords[of as ViewName]) : of
  if (narrowed.length === 0) return what
  return language() === 'zh' ? `${what}（${narrowed.join('，')}）` : `${what} (${narrowed.join(', ')})`
}

/** Days as a calendar has them, the last included: a moment ends the day before it. */
function daysSaid(from: string | undefined, to: string | undefined): string {
  const [first, last] = [from, to].map(
    (text, at) => text && (text.includes('T') ? toBeijingDate(new Date(Date.parse(text) - at)) : text).slice(5),
  )
  return first === last
    ? (first ?? '')
    : say({ zh: `${first ?? ''} 至 ${last ?? ''}`, en: `${first ?? ''} to ${last ?? ''}` })
}

function narrowedSaid(name: string, code: string, { people, registries }: Names): string {
  const is = (label: { zh: string; en: string }, text: string) => `${say(label)}＝${text}`
  if (name === 'person') return is(words.who, people.get(code) ?? code)
  if (name === 'registry') return is(words.registry, registries.get(code) ?? code)
  if (name === 'court') return is(words.court, courtSaid(code))
  if (name === 'kind') return is(words.kind, kindSaid(code))
  if (name === 'without') return say(auditWords.withoutLooks)
  if (name === 'of') return code in partWords ? say(partWords[code as SystemPart]) : code
  return is(name === 'state' ? words.state : words.about, people.get(code) ?? code)
}

function courtSaid(code: string): string {
  const court = parseCourtCode(code)
  return isRefusal(court) ? code : courtName(court)
}

/** Of an entry, or of an anomaly. */
function kindSaid(code: string): string {
  if (code in kindWords) return say(kindWords[code as RecordKind])
  return code in anomalyKinds ? say(anomalyKinds[code as keyof typeof anomalyKinds]) : code
}

type Act = { readonly kind: RecordKind; readonly person?: string | undefined; readonly about?: string | undefined }

/** What was done, in words: to whoever reads the log and to whoever reviews administrators it is called the same. */
export function kindOf({ kind, person, about }: Act): string {
  const isHandedOut = kind === 'password.changed' && person !== undefined && person !== about
  return say(isHandedOut ? adminWords.handsPassword : kindWords[kind])
}

/** Whoever acted: by name, or the operator at the machine, or the gateway itself. */
export function whoSaid(person: string | undefined, { people }: Names): string {
  if (person === undefined) return say(auditWords.system)
  return person === operator.id ? say(logWords.operator) : (people.get(person) ?? person)
}

/** A grant by whose and what it is; undefined where it is none. */
function grantSaid(about: string, { grants, people, registries }: Names): string | undefined {
  const grant = grants?.get(about)
  return grant && `${people.get(grant.person) ?? grant.person} · ${heldWords(grant, registries)}`
}

/** What a second person was asked for. Of a case only that it is one: it may be sealed from whoever reads this. */
function consentSaid(about: string, { consents, registries }: Names): string | undefined {
  const consent = consents?.get(about)
  if (!consent) return undefined
  const registry = consent.kind === 'partner.admit' && consent.about
  return `${say(consentWords[consent.kind])}${registry ? ` · ${registries.get(registry) ?? registry}` : ''}`
}

type About = { readonly kind: RecordKind; readonly about?: string | undefined; readonly view?: View | undefined }

/** What an entry is about, in words; undefined where only its own id can say it. */
export function aboutSaid({ kind, about, view }: About, named: Names): string | undefined {
  const [what, which] = about?.split(/:(.*)/s) ?? []
  const item = what === 'sample' && /\/(\d+)$/.exec(which ?? '')
  if (item) return `${say(words.sampleItem)} ${item[1]} ${say(words.sampleItemEnd)}`.trim()
  if (view) return viewSaid(view, named)
  if (about === undefined) return undefined
  if (looks.has(kind)) return lookedAtSaid(about)
  if (kind === 'subject.revealed' && what && what in revealWords)
    return say(revealWords[what as keyof typeof revealWords])
  if (kind === 'registry.changed' && about in partnerStates)
    return term(partnerStates[about as keyof typeof partnerStates])
  if (kind === 'access.refused' && about in deedWords) return say(deedWords[about as Deed])
  const loose = grantSaid(about, named) ?? consentSaid(about, named)
  if (loose !== undefined) return loose
  if (factors.has(kind)) return `${say(words.factor)} ${about.slice(-8)}`
  if (sessions.has(kind)) return `${say(words.session)} ${about.slice(-8)}`
  if (about === 'unknown-user') return say(words.unknownUser)
  return about === operator.id ? say(logWords.operator) : named.people.get(about)
}

/** Looks at a page or a paper of a case. */
const looks: ReadonlySet<RecordKind> = new Set<RecordKind>(['results.viewed', 'document.viewed'])

const factors: ReadonlySet<RecordKind> = new Set<RecordKind>(['factor.set', 'factor.removed'])

/** A session's id says nothing to a reader but that two entries are of one. */
const sessions: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'person.signed-in',
  'person.signed-out',
  'session.ended',
])
