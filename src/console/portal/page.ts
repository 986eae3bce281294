import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import { type Answer, answerWord } from '../../domain/fold.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { partnerStates } from '../../domain/onboarding.ts'
import type { RegistryDelivery, RegistryTraffic } from '../../gateway/ports/machine.ts'
import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import type { DeliveryPhase } from '../../gateway/ports/rows.ts'
import type { RegistryAdapter } from '../../relay/port.ts'
import { adapterWord } from '../admin/adapter-words.ts'
import { trafficPart } from '../admin/connections-page.ts'
import { type KeyRow, keyTable } from '../admin/facts-page.ts'
import { adminPage } from '../admin/frame.ts'
import { adminWords } from '../admin/words.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { facts, type Html, page, table, titled } from '../layout.ts'
import { deadline, moment } from '../moment.ts'
import type { SandboxPerson } from '../parts.ts'
import { term } from '../terms.ts'
import { phaseWords, portalWords as words } from './words.ts'

/** A page of the portal: among the rooms of whoever connects registries, alone for a registry's own people. */
export function portalFrame(title: Parameters<typeof adminPage>[1], body: Html, at: AtDesk): Html {
  return mayEver(at.person, 'system.read')
    ? adminPage('/portal', title, body, at)
    : page(body, { title, who: at.who, mark: at.mark })
}

/** The registries whose portal may be seen. */
export function portalsPage(registries: readonly RegisteredRegistry[], at: AtDesk): Html {
  const rows = registries.map(({ code, name, state }) => [
    html`<a href="/portal/${code}">${name}</a> <span class="code">${code}</span>`,
    term(partnerStates[state]),
  ])
  const list = rows.length === 0 ? html`<p>${say(words.none)}</p>` : table([words.registry, words.standing], rows)
  return portalFrame(words.title, html`<p class="notice">${say(words.whose)}</p>${list}`, at)
}

export type PortalShown = {
  readonly registry: RegisteredRegistry
  /** How it is reached; undefined where nobody here can speak to it. */
  readonly by: RegistryAdapter['kind'] | undefined
  readonly keys: readonly KeyRow[]
  readonly traffic: RegistryTraffic | undefined
  readonly deliveries: readonly RegistryDelivery[]
  readonly next?: string
  readonly runs: readonly { readonly id: string; readonly at: Date }[]
  readonly sandbox: readonly SandboxPerson[]
}

/** How it goes with one registry, for those who build and keep its side of the line. */
export function portalPage(shown: PortalShown, at: AtDesk): Html {
  const { registry, traffic, next, sandbox } = shown
  const { code, name, state, mode, certificates = [] } = registry
  const hasSystem = mode === 'push' || mode === 'pull'
  const bound = certificates.map(({ sha256, validFrom, retiredAt, revokedAt }) => {
    const ended = revokedAt ?? retiredAt
    return html`<li><span class="code">${sha256}</span> ${say(words.from)} ${moment(validFrom)}${ended ? html` · <span class="late">${say(words.ended)} ${moment(ended)}</span>` : ''}</li>`
  })
  const body = html`<p class="notice">${say(words.whose)}</p>
    ${facts([
      [words.registry, html`${name} <span class="code">${code}</span>`],
      [words.standing, term(partnerStates[state])],
    ])}
    <h3>${say(words.traffic)}</h3>${trafficPart(traffic, registry.mode)}
    ${hasSystem ? identityPart(shown, bound) : html`<p class="notice">${say(words.noSystem)}</p>`}
    <h3>${say(words.deliveries)}</h3>${deliveriesTable(shown)}
    ${next ? html`<p><a href="/portal/${code}?after=${next}">${say(words.more)}</a></p>` : ''}
    ${hasSystem ? conformancePart(shown) : ''}
    ${sandboxPart(sandbox)}
    ${hasSystem ? docsPart(registry.adapter) : ''}`
  return portalFrame(titled(words.title, name), body, at)
}

/** By what its system is known. */
function identityPart(
  { registry: { credential, credentialProvedAt }, keys }: PortalShown,
  bound: readonly Html[],
): Html {
  return html`<h3>${say(words.identity)}</h3>${keys.length > 0 || !credential ? keyTable(keys) : ''}
    ${credential ? facts([[adminWords.credential, say(credentialProvedAt ? adminWords.proved : adminWords.notProved)]]) : ''}
    <h4>${say(words.certificates)}</h4>${bound.length > 0 ? html`<ul>${bound}</ul>` : html`<p>${say(words.nothing)}</p>`}`
}

function conformancePart({ registry: { code }, runs }: PortalShown): Html {
  return html`<h3>${say(words.conformance)}</h3>
    ${runs.length === 0 ? html`<p>${say(words.noRuns)}</p><p class="en">${say(words.fileRun)}</p>` : html`<ul>${runs.map((run) => html`<li>${moment(run.at)} · <a href="/portal/${code}/conformance/${run.id}">${say(words.report)}</a></li>`)}</ul>`}`
}

/** What the programmers of this registry read: those with a dialect of their own do not speak the native protocol. */
function docsPart(adapter: string): Html {
  const own = html`<a href="/docs/manuals/adapter-${adapter}">${adapterWord(adapter)}</a>`
  const native = html`<p>${say(words.protocolHow)}</p><p><a href="/docs/manuals/protocol">${say(words.protocol)}</a>
    · <a href="/docs/api/partner">${say(words.api)}</a> · <a href="/docs/protocol/vectors.json">${say(words.vectors)}</a> · <a href="/docs/errors">${say(words.errors)}</a></p>`
  const dialect = html`<p>${say(words.dialectHow)}</p><p>${own}</p>`
  return html`<h3>${say(words.docs)}</h3>${adapter === 'land' ? native : dialect}`
}

function deliveriesTable({ registry: { code }, by, deliveries }: PortalShown): Html {
  if (deliveries.length === 0) return html`<p>${say(words.noDeliveries)}</p>`
  const rows = deliveries.map(({ id, reference, measure, createdAt, respondBy, phase, answer, attempts }) => [
    html`<a class="code" href="/portal/${code}/deliveries/${id}">${reference}</a>`,
    term(measures[measure as MeasureKind]),
    moment(createdAt),
    deadline(respondBy),
    say(phaseWords[by ?? 'push'][phase as DeliveryPhase]),
    term(answerWord(answer as Answer, measure as MeasureKind)),
    String(attempts),
  ])
  const heads = [
    ...[words.reference, words.measure, words.created, words.respondBy],
    ...[words.phase, words.answer, words.tries],
  ]
  return table(heads, rows)
}

function sandboxPart(sandbox: readonly SandboxPerson[]): Html | string {
  if (sandbox.length === 0) return ''
  const rows = sandbox.map(({ name, idNumber, misbehaviour, means }) => [
    name,
    html`<span class="code">${idNumber}</span>`,
    misbehaviour ? html`${means ?? ''} <span class="code">${misbehaviour}</span>` : say(words.behavesWell),
  ])
  return html`<h3>${say(words.sandbox)}</h3><p>${say(words.sandboxHow)}</p>${table([words.name, words.number, words.behaves], rows)}`
}
