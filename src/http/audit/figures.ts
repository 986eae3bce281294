import { courtsOf } from '../../domain/authority.ts'
import { addDays, type BeijingDate, endOf, startOf, toBeijingDate } from '../../domain/beijing-date.ts'
import type { Person } from '../../domain/person.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Figures, OverdueRelease } from '../../gateway/ports/figures.ts'
import { given } from '../fields.ts'
import { found } from '../problem.ts'
import { seen, viewOf } from './seen.ts'

/** Which days, both included, and which court; left out, all that whoever asks may know of. */
export type FiguresAsked = { readonly from: BeijingDate; readonly to: BeijingDate; readonly court?: string }

/** As many overdue releases as are told one by one. */
export const overdueAtOnce = 50

/** How courts and registries are doing. An auditor of some courts has the figures of those; another court is not there. */
export async function figuresAsked(
  gateway: Parts,
  person: Person,
  { from, to, court }: FiguresAsked,
): Promise<Figures & { readonly overdue: readonly OverdueRelease[] }> {
  const mine = courtsOf(person, 'audit.read')
  const asked = court === undefined ? mine : [found(mine === undefined || mine.includes(court) ? court : undefined)]
  const now = gateway.clock()
  const filter = {
    ...{ from: startOf(from), to: endOf(to), now, viewer: person.id },
    yesterday: addDays(toBeijingDate(now), -1),
    ...(asked && { courts: asked }),
  }
  return seen(gateway, person, { view: viewOf('statistics', given({ from, to, court })) }, async () => ({
    ...(await gateway.reads.figures(filter)),
    overdue: await gateway.reads.overdueReleases(filter, overdueAtOnce + 1),
  }))
}
