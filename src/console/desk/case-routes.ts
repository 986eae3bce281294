import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { papersBy } from '../../domain/admit.ts'
import { isAssigned, reachOf, refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { controlledOf } from '../../domain/ceiling.ts'
import { documentKindList, neededPapers } from '../../domain/legal-basis.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { look } from '../../gateway/look.ts'
import { exposureIn } from '../../gateway/preview-request.ts'
import { sha256, storeDocument } from '../../gateway/store-document.ts'
import { submit } from '../../gateway/submit.ts'
import { maskControlLine, maskHoldingLine } from '../../http/masked.ts'
import { askedBody } from '../../http/officer/asked.ts'
import { viewCase } from '../../http/officer/cases.ts'
import { documentLines, plain } from '../../http/officer/documents.ts'
import { assetsOf, viewControl } from '../../http/officer/result-view.ts'
import { controlsOfLine } from '../../http/officer/results.ts'
import { granted } from '../../http/problem.ts'
import { caseAt } from '../../http/reach.ts'
import { troubleOf } from '../drafts/objections.ts'
import { backToForm, backWith, kindLacking, storedIn, tickInDraft } from '../drafts/uploaded.ts'
import { formTrouble, namedPlaces } from '../form-trouble.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { type Asked, askEach, notAskedYet } from './ask-each.ts'
import { casePage } from './case-page.ts'
import type { AtDesk, DeskDoor } from './door.ts'
import { beginning, debtorsOf, type InquiryFields, inquiryForm, inquiryPage } from './inquiry-page.ts'
import { latestOf } from './latest.ts'
import { matrixOf, waitingAmong } from './matrix.ts'
import { deskWords as words } from './words.ts'

const requestsOnAPage = 100
const idInAddress = z.uuid().optional().catch(undefined)
const uploadForm = z.object({
  kind: z.enum(documentKindList),
  number: z.string().trim().min(1).max(120),
  file: z.instanceof(File),
  back: backToForm,
})

/** A case on its page, its papers, and the inquiry that begins there. */
export function casePages(pages: Hono, { gateway, registries }: ConsoleParts, open: DeskDoor): void {
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const live = async () =>
    (await registries.all()).filter(({ state }) => state === 'live').map(({ code: id, name }) => ({ id, name }))

  pages.get(
    '/cases/:id',
    open('results.read', async (c, at) => {
      const file = await caseAt(gateway, at, idOf(c))
      const isMine = isAssigned(at.person, file)
      const what = { kind: 'results.viewed' as const, at: 'page:case' as const, caseId: file.id }
      const [controls, exchanges, imports, hidden] = await look(gateway, at.person, what, () =>
        controlsOfLine(gateway, at.person, file),
      )
      const own = exchanges.filter(({ delivery }) => delivery.caseId === file.id)
      const about = await reads.requestsAbout(file.parties.map(({ id }) => ({ caseId: file.id, party: id })))
      const askedOf = new Map(about.map(({ id, party }) => [id, party]))
      const owners = new Map<string, string | undefined>(
        own.map(({ delivery }) => [delivery.id, askedOf.get(delivery.request)]),
      )
      const waiting = await waitingAmong(gateway, file.id, about)
      const { ceiling, pending } = await exposureIn(gateway, file)
      const now = gateway.clock()
      const named = assetsOf(exchanges, gateway.assetRef, imports)
      const controlLines = controls.map((row) => viewControl(row, named, now, imports))
      const holdings = latestOf(own, about, gateway)
      const reach = reachOf(at.person, 'request.list')
      const after = idInAddress.parse(c.req.query('after'))
      const page = { limit: requestsOnAPage + 1, ...(after && { after }) }
      const requests = await reads.requestLines({ reach, caseId: file.id, ...page })
      return c.html(
        casePage(
          {
            view: viewCase(at.person, file),
            registries: await live(),
            nameOf: (code) => gateway.counter(code)?.registry.name ?? code,
            matrix: matrixOf(about, own, gateway, waiting),
            money: { ceiling, controlled: controlledOf(controls, now), pending },
            ownerOf: (delivery) => owners.get(delivery),
            hidden,
            controls: isMine ? controlLines : controlLines.map(maskControlLine),
            holdings: isMine ? holdings : holdings.map((one) => ({ ...one, holding: maskHoldingLine(one.holding) })),
            requests: requests.slice(0, requestsOnAPage),
            olderRequests: requests.length > requestsOnAPage ? requests[requestsOnAPage - 1]?.id : undefined,
            isLater: after !== undefined,
            documents: await documentLines(gateway, at.person, file),
            now,
            isMine,
            back: backToForm.parse(c.req.query('back')),
            lacks: kindLacking.parse(c.req.query('kind')),
            stored: c.req.query('stored'),
            mayBind: own.length > 0 && !refusalOn(at.person, 'case.bind', file),
          },
          at,
        ),
      )
    }),
  )

  pages.post(
    '/cases/:id/documents',
    open('document.store', async (c, at) => {
      const { kind, number, file, back } = await formOf(c, at.who.token, uploadForm)
      const of = await caseAt(gateway, at, idOf(c))
      const bytes = new Uint8Array(await file.arrayBuffer())
      const paper = { kind, number, mediaType: plain(file.type), bytes }
      const stored = granted(await storeDocument(gateway, at.person, of.id, paper))
      if (!back) return c.redirect(`/cases/${of.id}?stored=${stored.sha256}#documents`, 303)
      if (!back.startsWith('/drafts/')) return c.redirect(backWith(back, stored.sha256), 303)
      await tickInDraft(gateway, at, of, back.slice('/drafts/'.length), stored.sha256)
      return c.redirect(`${back}#basis`, 303)
    }),
  )

  const inquiry = async (at: AtDesk, file: CaseFile) => ({
    view: viewCase(at.person, file),
    registries: await live(),
    suspended: (await registries.all()).flatMap(({ state, name }) => (state === 'suspended' ? name : [])),
    documents: await documentLines(gateway, at.person, file),
    asked: new Set(
      (await reads.requestsAbout(file.parties.map(({ id }) => ({ caseId: file.id, party: id })))).flatMap((one) =>
        one.measure === 'inquire' ? [one.party] : [],
      ),
    ),
  })

  pages.get(
    '/cases/:id/inquiry',
    open('request.submit', async (c, at) => {
      const file = await caseAt(gateway, at, idOf(c))
      const shown = await inquiry(at, file)
      const reach = reachOf(at.person, 'request.list')
      const [last] = await reads.requestLines({ reach, caseId: file.id, limit: 1 })
      const asked = last && (await reads.request(last.id))?.asked
      const papers = neededPapers('inquire', shown.documents, papersBy(file, []))
      const stored = storedIn(c.req.query('stored'))
      const begun = {
        once: gateway.newId(),
        parties: notAskedYet(debtorsOf(shown.view), shown.asked),
        papers: [...papers, ...shown.documents.filter((one) => stored.includes(one.sha256))],
        officers: asked?.officers ?? [],
        phone: asked?.contact.phone ?? '',
      }
      const fields = beginning(shown, { ...begun, name: at.person.name })
      return c.html(inquiryPage({ ...shown, fields }, at))
    }),
  )

  pages.post(
    '/cases/:id/inquiry',
    open('request.submit', async (c, at) => {
      const fields = await formOf(c, at.who.token, inquiryForm)
      const file = await caseAt(gateway, at, idOf(c))
      const shown = await inquiry(at, file)
      const again = (told: Pick<Parameters<typeof inquiryPage>[0], 'trouble' | 'outcomes' | 'fields'>) =>
        c.html(inquiryPage({ ...shown, ...told }, at), 422)
      if (fields.parties.length === 0 || fields.registries.length === 0)
        return again({ fields, trouble: { title: words.nothingTicked, next: words.tickSome } })
      const registryOf = (code: string) => gateway.counter(code)?.registry
      const [party = ''] = fields.parties
      const whole = askedBody.safeParse(askedIn({ ...fields, party }, file, shown.documents, registryOf))
      if (!whole.success) {
        const places = namedPlaces(whole.error.issues.map(({ path }) => path.join('/')))
        return again({ fields, trouble: formTrouble(places) })
      }
      const { once, parties: _, ...said } = fields
      const ask = async (party: string): Promise<Asked> => {
        const read = askedBody.safeParse(askedIn({ ...fields, party }, file, shown.documents, registryOf))
        if (!read.success) return { kind: 'refused', party, refusal: { code: 'invalid-body' } }
        const { case: _number, ...request } = read.data
        const digest = sha256(JSON.stringify({ ...said, party }))
        const key = { client: at.person.id, key: sha256(`${once} ${party}`), digest }
        const answer = await submit(gateway, at.person, file.id, request, key)
        return isRefusal(answer)
          ? { kind: 'refused', party, refusal: answer }
          : { kind: 'submitted', party, request: answer.id }
      }
      const outcomes = await askEach(fields.parties, ask)
      const refused = outcomes.filter((one) => one.kind === 'refused')
      const [first] = outcomes
      if (refused.length > 0) {
        // Those that were asked about are no more on the form: what is mended and sent anew is another form to the rest.
        const isWhole = refused.length === outcomes.length
        const left = {
          ...fields,
          parties: refused.map(({ party }) => party),
          ...(!isWhole && { once: gateway.newId() }),
        }
        const [only] = refused
        return again({
          fields: left,
          outcomes,
          trouble: only && outcomes.length === 1 ? troubleOf(only.refusal) : undefined,
        })
      }
      const isOne = outcomes.length === 1 && first?.kind === 'submitted'
      return c.redirect(isOne ? `/requests/${first.request}` : `/cases/${file.id}#requests`, 303)
    }),
  )
}

/** The form as the officer API would have had it; what is asked after is everything the chosen registries keep. */
function askedIn(
  fields: InquiryFields & { readonly party: string },
  file: CaseFile,
  documents: Awaited<ReturnType<typeof documentLines>>,
  registryOf: (code: string) => { readonly assetClasses: readonly string[] } | undefined,
): unknown {
  const { party, registries, statute, purpose, phone } = fields
  const kinds = new Set(registries.flatMap((code) => registryOf(code)?.assetClasses ?? []))
  const chosen = documents.filter(({ sha256: digest }) => fields.documents.includes(digest))
  return {
    case: file.number,
    party,
    measure: { kind: 'inquire', kinds: [...kinds] },
    registries,
    basis: {
      statute,
      purpose,
      documents: chosen.map(({ kind, number, sha256: digest, mediaType, length }) => ({
        ...{ kind, number, mediaType, length },
        sha256: digest,
      })),
    },
    officers: [
      { name: fields.name1, workCertificate: fields.work1, dutyCertificate: fields.duty1 },
      { name: fields.name2, workCertificate: fields.work2, dutyCertificate: fields.duty2 },
    ],
    contact: { name: fields.name1, phone },
  }
}
