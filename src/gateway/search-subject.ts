import { courtsOf, refusalOf, refusalOn } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { findable, flawOf, plainNumber } from '../domain/subject-number.ts'
import type { RecordKind } from '../ledger/record.ts'
import { askConsent, type ConsentCode, decideConsent, lastsUntil } from './consent.ts'
import { noteLoose } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Consent } from './ports/consent.ts'
import type { PlacedEntry, RequestAbout, RequestGround } from './ports/reads.ts'
import { casesMet, type Met, type Sought } from './search-own.ts'

export type SearchCode =
  | ConsentCode
  | 'consent-undecided'
  | 'consent-refused'
  | NonNullable<ReturnType<typeof flawOf>>['code']

/** An auditor's search, as it was asked for. */
export type SearchAsked = Sought & { readonly reason: string }

/** All that a search for a person shows: where they are met, what was asked about them, and who has looked. */
export type SearchResult = {
  readonly met: readonly Met[]
  readonly requests: readonly (RequestAbout & {
    readonly ground?: RequestGround
    readonly deliveries: readonly SentTo[]
  })[]
  /** `reason`: what whoever had something revealed, or looked for the person, said they wanted it for. */
  readonly entries: readonly (PlacedEntry & { readonly reason?: string })[]
}

/** A delivery of a request: whom it was sent to, and under which name its exchange is looked at. */
export type SentTo = { readonly id: string; readonly registry: string }

/**
 * An auditor asks to look for a person over all cases. Nothing is looked for before a second person agrees; a number that
 * cannot be anybody's is refused at once, for it would find nobody and look like an answer.
 */
export async function askSearch(
  parts: Parts,
  auditor: Person,
  asked: SearchAsked,
): Promise<{ kind: 'asked'; id: string } | Refusal<SearchCode>> {
  const flaw = refusalOf(auditor, 'search.ask') ? undefined : flawOf(asked)
  if (flaw) return refuse(flaw.code, 'idNumber')
  const body = { ...asked, idNumber: plainNumber(asked.idNumber) }
  return askConsent(parts, auditor, { kind: 'subject.search', body, deed: 'search.ask' })
}

export async function decideSearch(
  parts: Parts,
  by: Person,
  id: string,
  decision: 'allowed' | 'refused',
  reason?: string,
): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused' } | Refusal> {
  const effect = async () => 'may search'
  return decideConsent(parts, by, id, { decision, reason, deed: 'search.decide', kind: 'subject.search', effect })
}

/**
 * The auditor who asked runs the search that was allowed, within the week it counts for; each run is an entry before it
 * finds anything. It reaches the cases the auditor may know of today, which need not be those of the day it was asked.
 */
export async function runSearch(
  parts: Parts,
  auditor: Person,
  id: string,
): Promise<{ kind: 'searched'; consent: Consent; result: SearchResult } | Refusal<SearchCode>> {
  const consent = await parts.reads.consent(id)
  if (consent?.kind !== 'subject.search' || consent.askedBy !== auditor.id) return refuse('consent-unknown')
  if (!consent.decision) return refuse('consent-undecided')
  if (consent.decision === 'refused') return refuse('consent-refused')
  if (parts.clock() >= lastsUntil(consent)) return refuse('consent-expired')
  const sought = consent.body as SearchAsked
  await parts.store.note(async (act) => {
    await act.indexSearch(id, findable(sought.idType, sought.idNumber))
    await noteLoose(parts, act, { kind: 'search.run', by: auditor, about: id })
  })
  return { kind: 'searched', consent, result: await resultOf(parts, auditor, sought) }
}

/** What touches somebody: what is asked about them, what comes of it, and every look. */
const touching: readonly RecordKind[] = [
  'request.submitted',
  'request.approved',
  'delivery.created',
  'results.viewed',
  'document.viewed',
  'subject.revealed',
  'audit.viewed',
  'portal.viewed',
  'bundle.exported',
]

const mostEntries = 500

async function resultOf(parts: Parts, auditor: Person, sought: SearchAsked): Promise<SearchResult> {
  const { reads } = parts
  const sightings = await reads.sightings(findable(sought.idType, sought.idNumber))
  const met = await casesMet(parts, sightings, sought, (file) => refusalOn(auditor, 'audit.read', file) === undefined)
  const parties = met.flatMap(({ file, parties: meant }) => meant.map(({ id }) => ({ caseId: file.id, party: id })))
  const asked = await reads.requestsAbout(parties)
  const caseIds = met.map(({ file }) => file.id)
  const around = await reads.entries({ caseIds, kinds: touching, limit: mostEntries })
  const about = { requests: new Set(asked.map(({ id }) => id)), parties: new Set(parties.map(({ party }) => party)) }
  const courts = courtsOf(auditor, 'audit.read')
  const searches = { abouts: sightings.searches, kinds: ['search.run'], limit: mostEntries } as const
  const looks = await reads.entries({ ...searches, ...(courts && { courts }) })
  const carried = await reads.deliveryHeads(around.flatMap(({ delivery }) => delivery ?? []))
  const requestOf = new Map<string, string>(carried.map(({ id, request }) => [id, request]))
  const entries = [...around.filter((entry) => concerns(entry, about, requestOf)), ...looks]
  const sent = await reads.entries({ caseIds, kind: 'delivery.created', limit: mostEntries })
  const grounds = await reads.groundsOf(asked.map(({ id }) => id))
  const requests = asked.map((one) => {
    const ground = grounds.get(one.id)
    return { ...one, ...(ground && { ground }), deliveries: sent.flatMap((entry) => sentBy(one.id, entry)) }
  })
  const reasons = await reads.texts(
    entries.flatMap(({ kind, payload }) => (payload && withReason.has(kind) ? payload : [])),
  )
  const wanted = await reasonsOf(parts, looks)
  const told = entries.map((entry) => {
    const reason = (entry.payload && reasons.get(entry.payload)) ?? (entry.about && wanted.get(entry.about))
    return { ...entry, ...(reason && { reason }) }
  })
  return { met, requests, entries: told.sort((one, other) => (one.id < other.id ? 1 : -1)) }
}

/** What for somebody was looked for, by the search: an auditor's has a reason, an officer's among their own cases has none. */
async function reasonsOf({ reads }: Parts, looks: readonly PlacedEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(looks.flatMap(({ about }) => about ?? []))].slice(0, mostReasons)
  const asked = await Promise.all(ids.map((id) => reads.consent(id)))
  return new Map(
    asked.flatMap((one) => (one?.kind === 'subject.search' ? [[one.id, (one.body as SearchAsked).reason]] : [])),
  )
}

/** As many searches as are opened for their reasons, the latest first. */
const mostReasons = 50

/** Of other entries the payload is no reason: it may be a message, or who was looked for. */
export const withReason: ReadonlySet<RecordKind> = new Set<RecordKind>(['subject.revealed', 'bundle.exported'])

function sentBy(id: string, { request, delivery, registry }: PlacedEntry): readonly SentTo[] {
  return request === id && delivery && registry ? [{ id: delivery, registry }] : []
}

/**
 * An entry of a case concerns a person when it is about them, about a request about them, or about the case as a whole.
 * Whoever answered for another party of the case alone has not looked at this one.
 */
function concerns(
  { request, delivery, about }: PlacedEntry,
  { requests, parties }: { readonly requests: ReadonlySet<string>; readonly parties: ReadonlySet<string> },
  requestOf: ReadonlyMap<string, string>,
): boolean {
  const [what, which] = about?.split(':') ?? []
  if (what === 'party') return which !== undefined && parties.has(which)
  const asked = request ?? (delivery === undefined ? undefined : requestOf.get(delivery))
  return asked === undefined || requests.has(asked)
}
