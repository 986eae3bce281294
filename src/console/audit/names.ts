import { courtsOf } from '../../domain/authority.ts'
import { type CourtCode, courts } from '../../domain/court.ts'
import type { Person } from '../../domain/person.ts'
import type { DeliveryRow } from '../../gateway/ports/rows.ts'
import { viewedIn } from '../../gateway/viewed.ts'
import { exchangeAt } from '../../http/audit/asked.ts'
import { type ExchangeView, viewEntry } from '../../http/audit/views.ts'
import type { RecordKind } from '../../ledger/record.ts'
import type { AtDesk } from '../desk/door.ts'
import type { ConsoleParts } from '../parts.ts'
import type { ExchangeShown } from './exchange-page.ts'
import type { Named } from './log-page.ts'

/** What was done before anything left, however often it was looked at since. */
const stepKinds = ['request.submitted', 'request.approved', 'request.returned', 'delivery.created'] as const

type Meant = {
  readonly person?: string | undefined
  readonly caseId?: string | undefined
  /** Of a look: the leaf says at what, and may name somebody of the staff by id. */
  readonly leaf?: Uint8Array
  readonly kind?: RecordKind
  /** Whom or what it is about: somebody of the staff, a grant, or what a second person was asked for. */
  readonly about?: string | undefined
}

/** What an auditor's pages read ids by. */
export function namesOf({ gateway, registries, people }: Pick<ConsoleParts, 'gateway' | 'registries' | 'people'>) {
  const { reads } = gateway
  const registryNames = async () => new Map((await registries.all()).map(({ code, name }) => [code as string, name]))

  const courtsFor = (person: Person): CourtCode[] => {
    const mine = courtsOf(person, 'audit.read')
    return courts.map(({ code }) => code).filter((code) => mine?.includes(code) ?? true)
  }

  /** Staff and cases by their ids: an auditor reads who did what, and parties stand nowhere here. */
  const namedIn = async (entries: readonly Meant[]): Promise<Named> => {
    const aboutOf = (start: string) =>
      entries.flatMap(({ kind, about }) => (kind?.startsWith(start) ? (about ?? []) : []))
    const grants = await people.grantsWith(aboutOf('grant.'))
    const consents = await Promise.all([...new Set(aboutOf('consent.'))].map((id) => reads.consent(id)))
    const meant = entries.flatMap(({ person, about, leaf }) => [person, about, leaf && viewedIn(leaf)?.by?.person])
    const ids = [...new Set([...meant, ...grants.map(({ person }) => person)])]
    return {
      grants: new Map(grants.map((grant) => [grant.id, grant])),
      consents: new Map(consents.flatMap((one) => (one ? [[one.id, one] as const] : []))),
      people: await people.names(ids.flatMap((id) => id ?? [])),
      cases: await reads.caseNumbers([...new Set(entries.flatMap(({ caseId }) => caseId ?? []))]),
      registries: await registryNames(),
    }
  }

  /** An exchange that was read, with all that was done around it. */
  const around = async (row: DeliveryRow, view: ExchangeView): Promise<ExchangeShown> => {
    const steps = await reads.entries({ request: row.request, kinds: stepKinds, limit: 200 })
    const own = steps.filter(({ delivery }) => delivery === undefined || delivery === row.id).map(viewEntry)
    const all = [...new Map([...own, ...view.entries].map((entry) => [entry.id, entry])).values()]
    all.sort((one, other) => (one.id < other.id ? -1 : 1))
    const named = await namedIn(all)
    return { ...named, view, measure: row.measure, case: named.cases.get(row.caseId) ?? '', around: all }
  }

  const exchangeShown = async (at: AtDesk, id: string): Promise<ExchangeShown> => {
    const { row, view } = await exchangeAt(gateway, at, id)
    return around(row, view)
  }

  return { registryNames, courtsFor, namedIn, around, exchangeShown }
}
