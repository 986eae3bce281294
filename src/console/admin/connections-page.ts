import { html } from 'hono/html'
import { type AssetClass, assetClasses } from '../../domain/asset.ts'
import { mayEver } from '../../domain/authority.ts'
import { clientKinds } from '../../domain/client.ts'
import { courtName } from '../../domain/court.ts'
import { measures } from '../../domain/measure.ts'
import { partnerStates } from '../../domain/onboarding.ts'
import type { Client } from '../../gateway/ports/clients.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import type { RegistryTraffic } from '../../gateway/ports/machine.ts'
import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { listed, say } from '../language.ts'
import { alert, facts, type Html, table, titled } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { adapterWord } from './adapter-words.ts'
import { dueWord } from './due-word.ts'
import { hoursRows, type KeyRow, keyTable } from './facts-page.ts'
import { adminPage, button, reasonedAct } from './frame.ts'
import { adminWords as words } from './words.ts'

type Trouble = Pick<ProblemEntry, 'title' | 'next'> | undefined
type Traffic = ReadonlyMap<string, RegistryTraffic>

/** Every registry, where it stands on its way in, and how it goes with it. */
export function registriesPage(registries: readonly RegisteredRegistry[], traffic: Traffic, at: AtDesk): Html {
  const rows = registries.map(({ code, name, adapter, mode, state }) => [
    html`<a href="/admin/registries/${code}">${name}</a> <span class="code">${code}</span>`,
    stateWord(state),
    html`<span class="nowrap">${adapterWord(adapter)}</span> · <span class="nowrap">${say(words[mode])}</span>`,
    trafficCell(traffic.get(code), mode),
  ])
  const heads = [words.registry, words.standing, words.adapter, words.traffic]
  const body = rows.length === 0 ? html`<p>${say(words.nothing)}</p>` : table(heads, rows)
  return adminPage('/admin/registries', words.registries, body, at)
}

export type RegistryShown = {
  readonly registry: RegisteredRegistry
  readonly traffic: RegistryTraffic | undefined
  readonly keys: readonly KeyRow[]
  readonly hours: Parameters<typeof hoursRows>[0]
  readonly consents: readonly Consent[]
  readonly trouble?: Trouble
}

/** One registry: how it is spoken to, what it does, by when it answers, its keys, and whether it is let in. */
export function registryPage({ registry, traffic, keys, hours, consents, trouble }: RegistryShown, at: AtDesk): Html {
  const { code, name, adapter, mode, origin, state, conformance, credential, credentialProvedAt } = registry
  const body = html`${alert(trouble)}
    ${facts([
      [words.code, html`<span class="code">${code}</span>`],
      [words.standing, stateWord(state)],
      [words.adapter, adapterWord(adapter)],
      [words.mode, say(words[mode])],
      [words.origin, origin ? html`<span class="code">${origin}</span>` : '—'],
      [words.classes, listed(registry.assetClasses.map((one) => term(assetClasses[one as AssetClass]?.zh ?? one)))],
      [words.measures, listed(registry.measures.map((kind) => term(measures[kind])))],
      [
        words.conformance,
        conformance ? html`${moment(conformance.at)} · <span class="code">${conformance.protocol}</span>` : '—',
      ],
      ...(credential ? [[words.credential, say(credentialProvedAt ? words.proved : words.notProved)] as const] : []),
    ])}
    ${mayEver(at.person, 'portal.read') ? html`<p><a class="button" href="/portal/${code}">${say(words.portal)}</a></p>` : ''}
    <h3>${say(words.traffic)}</h3>${trafficPart(traffic, mode)}
    <h3>${say(words.hours)}</h3>${hoursRows(hours)}
    <h3>${say(words.registryKeys)}</h3>${keys.length > 0 || !credential ? keyTable(keys) : html`<p>${say(words.byCredential)}</p>`}
    ${actsPart(registry, consents, at)}`
  return adminPage('/admin/registries', titled(words.registry, name), body, at)
}

function actsPart({ code, state }: RegisteredRegistry, consents: readonly Consent[], { person, who }: AtDesk): Html {
  const to = (what: string) => `/admin/registries/${code}/${what}`
  const suspend =
    state === 'live' && mayEver(person, 'partner.suspend')
      ? html`<h3>${say(words.suspend)}</h3><p>${say(words.suspendHow)}</p>${reasonedAct(to('suspension'), words.suspendOpen, words.suspendNow, who.token)}`
      : ''
  const mayAsk = (state === 'conformant' || state === 'suspended') && mayEver(person, 'partner.register')
  const admit = mayAsk
    ? html`<h3>${say(words.admit)}</h3><p>${say(words.admitHow)}</p>${reasonedAct(to('admission'), words.admitOpen, words.admit, who.token)}`
    : ''
  const waiting =
    consents.length > 0
      ? html`<p class="notice"><a href="/admin/consents">${say(words.waiting)} <span class="count">${consents.length}</span></a></p>`
      : ''
  return html`${waiting}${suspend}${admit}`
}

function stateWord(state: RegisteredRegistry['state']): Html {
  const shape =
    state === 'live'
      ? html`<span class="word done">●`
      : state === 'suspended'
        ? html`<span class="late">■`
        : html`<span class="word wait">○`
  return html`${shape} ${term(partnerStates[state])}</span>`
}

function trafficCell(traffic: RegistryTraffic | undefined, mode: RegisteredRegistry['mode']): Html {
  if (!traffic) return html`—`
  const counts = (['due', 'unknown', 'declined', 'overdue'] as const).filter((of) => traffic[of] > 0)
  const words_ = counts.map(
    (of) =>
      html`<li>${say(of === 'due' ? dueWord(mode) : words[of])} <span class="count${of === 'due' ? ' calm' : ''}">${traffic[of]}</span></li>`,
  )
  const heard = traffic.heardAt ? moment(traffic.heardAt) : say(words.never)
  return html`<ul>${words_}<li>${say(words.heardAt)} ${heard}</li></ul>`
}

export function trafficPart(traffic: RegistryTraffic | undefined, mode?: RegisteredRegistry['mode']): Html {
  const { due = 0, unknown = 0, declined = 0, overdue = 0, heardAt, failedAt } = traffic ?? {}
  return facts([
    [dueWord(mode), String(due)],
    [words.unknown, count(unknown)],
    [words.declined, count(declined)],
    [words.overdue, count(overdue)],
    [words.heardAt, heardAt ? moment(heardAt) : say(words.never)],
    [words.failedAt, failedAt ? moment(failedAt) : say(words.never)],
  ])
}

const count = (of: number): Html | string => (of === 0 ? '0' : html`<span class="late">▲ ${of}</span>`)

/** The courts' systems, their keys, and whether they are let in. */
export function clientsPage(
  {
    clients,
    keysOf,
    trouble,
  }: {
    readonly clients: readonly Client[]
    readonly keysOf: (client: Client) => readonly KeyRow[]
    readonly trouble?: Trouble
  },
  at: AtDesk,
): Html {
  const mayChange = mayEver(at.person, 'client.register')
  const part = (client: Client) => {
    const { id, court, name, kind, state } = client
    const [to, said] =
      state === 'active' ? (['suspended', words.suspend] as const) : (['active', words.resume] as const)
    const word =
      state === 'active'
        ? html`<span class="word done">● ${say(words.active)}</span>`
        : html`<span class="late">■ ${say(words.suspended)}</span>`
    return html`<section class="delivery"><h4>${name} <span class="code">${id}</span></h4>
      ${facts([
        [words.court, courtName(court)],
        [words.kind, term(clientKinds[kind])],
        [words.standing, word],
      ])}
      ${keyTable(keysOf(client))}
      ${mayChange ? html`<p>${button(`/admin/clients/${id}/state`, said, at.who.token, { state: to })}</p>` : ''}</section>`
  }
  const body = html`${alert(trouble)}${clients.length === 0 ? html`<p>${say(words.noClients)}</p>` : clients.map(part)}`
  return adminPage('/admin/clients', words.clients, body, at)
}

/** The registry as it was called when it was asked for. */
