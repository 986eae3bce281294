import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { papersBy } from '../../domain/admit.ts'
import { reachOf } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { neededPapers } from '../../domain/legal-basis.ts'
import { renminbi } from '../../domain/money.ts'
import { statuteOfTaking } from '../../domain/statute.ts'
import { saveDraft } from '../../gateway/drafts.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { documentLines } from '../../http/officer/documents.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import { granted } from '../../http/problem.ts'
import { caseAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf, ticked } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { referenceTo } from './content.ts'
import { amountsFor, type Found, type FoundShown, foundIn, mayTake } from './found.ts'
import { foundPage } from './found-page.ts'

const foundForm = z.object({ once: z.string().min(8).max(100), holding: ticked })

/** From what was found to the draft of a measure: ticked, and written as far as the gateway knows. */
export function foundPages(pages: Hono, { gateway }: ConsoleParts, open: DeskDoor): void {
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''

  const shown = (at: AtDesk, file: CaseFile, found: FoundShown, once: string, isEmpty = false) =>
    foundPage(
      {
        ...found,
        ...{ caseId: file.id, case: file.number, once, isEmpty },
        nameOf: (code) => gateway.counter(code)?.registry.name ?? code,
        partyName: (party) => file.parties.find(({ id }) => id === party)?.subject.name ?? '',
      },
      at,
    )

  pages.get(
    '/cases/:id/measures',
    open('draft.keep', async (c, at) => {
      const file = await caseAt(gateway, at, idOf(c))
      return c.html(shown(at, file, await foundIn(gateway, at, file), gateway.newId()))
    }),
  )

  pages.post(
    '/cases/:id/measures',
    open('draft.keep', async (c, at) => {
      const { once, holding } = await formOf(c, at.who.token, foundForm)
      const file = await caseAt(gateway, at, idOf(c))
      const found = await foundIn(gateway, at, file)
      const chosen = found.found.filter((one) => holding.includes(one.key) && mayTake(one))
      if (chosen.length === 0) return c.html(shown(at, file, found, once, true), 422)
      const written = { amounts: amountsFor(chosen, found.rest), ...(await known(at, file)) }
      const ids: string[] = []
      for (const [name, group] of groupsOf(chosen)) {
        const key = { client: at.person.id, key: sha256(`${once} ${name}`), digest: sha256(holding.join(' ')) }
        ids.push(granted(await saveDraft(gateway, at.person, file.id, contentOf(file, group, written), key)).id)
      }
      const [only] = ids
      // One measure about one party is a request; what was ticked across them waits in the list of drafts.
      if (ids.length === 1) return c.redirect(`/drafts/${only}`, 303)
      return c.redirect(`/drafts?case=${encodeURIComponent(file.number)}&begun=${ids.length}`, 303)
    }),
  )

  /** What the case has already: its papers, and the officers of its last request. */
  const known = async ({ person }: AtDesk, file: CaseFile) => {
    const [last] = await reads.requestLines({ reach: reachOf(person, 'request.list'), caseId: file.id, limit: 1 })
    const asked = last && (await reads.request(last.id))?.asked
    return {
      documents: await documentLines(gateway, person, file),
      officers: asked?.officers ?? [],
      ...(asked && { contact: asked.contact }),
    }
  }
}

type Known = {
  readonly amounts: ReadonlyMap<string, string>
  readonly documents: readonly DocumentLine[]
  readonly officers: readonly object[]
  readonly contact?: object
}

function groupsOf(chosen: readonly Found[]): ReadonlyMap<string, readonly [Found, ...Found[]]> {
  const groups = new Map<string, [Found, ...Found[]]>()
  for (const one of chosen) {
    const name = [one.measure, one.party, currencyOf(one)].join(' ')
    const group = groups.get(name)
    if (group) group.push(one)
    else groups.set(name, [one])
  }
  return groups
}

const currencyOf = ({ measure, holding }: Found): string =>
  measure === 'freeze' && 'currency' in holding ? (holding.currency ?? renminbi) : renminbi

function contentOf(
  file: CaseFile,
  group: readonly [Found, ...Found[]],
  { amounts, documents, ...given }: Known,
): object {
  const [first] = group
  const classes = group.map(({ holding }) => holding.asset.class)
  const papers = neededPapers(first.measure, documents, papersBy(file, classes))
  const targets = group.map(({ key, holding: { asset, registry } }) => {
    const amount = amounts.get(key)
    return { asset, scope: 'whole', registry, ...(amount !== undefined && { amount }) }
  })
  const currency = first.measure === 'freeze' ? { currency: currencyOf(first) } : {}
  return {
    ...given,
    party: first.party,
    measure: { kind: first.measure, targets, ...currency },
    registries: [...new Set(group.map(({ holding }) => holding.registry))],
    basis: { statute: statuteOfTaking[first.measure], purpose: '执行生效法律文书', documents: papers.map(referenceTo) },
  }
}
