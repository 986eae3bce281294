import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import type { AskedGrant } from '../../gateway/roster/grants.ts'
import { sees } from '../../gateway/roster/may-keep.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html } from '../layout.ts'
import { moment } from '../moment.ts'
import { admissionPart } from './admission-part.ts'
import { adminPage, button, reasonedAct } from './frame.ts'
import { heldWords } from './people-page.ts'
import { adminWords as words } from './words.ts'

export type ConsentsShown = {
  readonly grants: readonly Consent[]
  readonly admissions: readonly Consent[]
  readonly names: ReadonlyMap<string, string>
  readonly waiting: boolean
  /** The ways to older ones. */
  readonly next: { readonly grant?: string; readonly admission?: string }
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
}

/** What waits for a second person, with exactly what is asked; the word is given where it is read. */
export function consentsPage(shown: ConsentsShown, at: AtDesk): Html {
  const { grants, admissions, waiting, next, trouble } = shown
  const older = (name: 'grant' | 'admission') =>
    next[name]
      ? html`<p><a href="/admin/consents?${waiting ? '' : 'waiting=no&'}${name}=${next[name]}">${say(words.more)}</a></p>`
      : ''
  const body = html`${alert(trouble)}<p class="notice">${say(words.notYours)}</p>
    <p>${waiting ? html`<a href="/admin/consents?waiting=no">${say(words.showDecided)}</a>` : html`<a href="/admin/consents">${say(words.showWaiting)}</a>`}</p>
    ${grants.length + admissions.length === 0 ? html`<p>${say(words.nothing)}</p>` : ''}
    ${grants.map((one) => grantPart(one, shown, at))}${older('grant')}
    ${admissions.map((one) => admissionConsent(one, shown, at))}${older('admission')}`
  return adminPage('/admin/consents', words.consents, body, at)
}

/** Somebody is to look after the installation, or to watch it. */
function grantPart(consent: Consent, shown: ConsentsShown, at: AtDesk): Html {
  const asked = consent.body as AskedGrant
  const mayDecide = mayEver(at.person, 'grant.agree') && sees(at.person, asked) && asked.person !== at.person.id
  const name = shown.names.get(asked.person) ?? asked.person
  return html`<section class="delivery"><h4>${say(words.give)} · <a href="/admin/people/${asked.person}">${name}</a> · ${heldWords(asked)}</h4>
    ${facts([...asking(consent, shown), [words.until, moment(asked.until)]])}${acts(consent, mayDecide, at)}</section>`
}

function admissionConsent(consent: Consent, shown: ConsentsShown, at: AtDesk): Html {
  const { id, about = '', body, askedBy, decision } = consent
  const back =
    !decision && askedBy === at.person.id && mayEver(at.person, 'partner.register')
      ? html`<p>${button(`/admin/consents/${id}/withdrawal`, words.withdraw, at.who.token)}</p>`
      : ''
  return html`<section class="delivery"><h4>${say(words.admission)} · <a href="/admin/registries/${about}">${nameIn(body) ?? about}</a></h4>
    ${facts(asking(consent, shown))}
    <h4>${say(words.exactly)}</h4>${admissionPart(body as Record<string, unknown>)}${acts(consent, mayEver(at.person, 'partner.admit'), at)}${back}</section>`
}

/** Who asked, when, until when it waits, and what became of it. */
function asking({ askedBy, askedAt, expiresAt, decision, decidedBy }: Consent, { names }: ConsentsShown) {
  const word = decision === 'allowed' ? words.allow : decidedBy === askedBy ? words.withdrawn : words.refuse
  return [
    [words.asked, moment(askedAt)] as const,
    [words.askedBy, names.get(askedBy) ?? askedBy] as const,
    [words.expires, moment(expiresAt)] as const,
    ...(decision
      ? [[words.decided, html`${say(word)} · ${names.get(decidedBy ?? '') ?? decidedBy ?? ''}`] as const]
      : []),
  ]
}

function acts({ id, askedBy, decision }: Consent, mayDecide: boolean, { person, who }: AtDesk): Html | string {
  if (!mayDecide || decision || askedBy === person.id) return ''
  const at = `/admin/consents/${id}`
  return html`<p>${button(at, words.allow, who.token, { decision: 'allowed' }, false)}</p>${reasonedAct(at, words.refuseOpen, words.refuse, who.token, { decision: 'refused' })}`
}

function nameIn(body: unknown): string | undefined {
  const { name } = body as { readonly name?: unknown }
  return typeof name === 'string' ? name : undefined
}
