import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import type { BeijingDate } from '../../../src/domain/beijing-date.ts'
import type { ConsentKind } from '../../../src/gateway/ports/consent.ts'
import { binhai } from '../../support/court.ts'
import { personWith, seat } from '../../support/people.ts'
import { openCase, read, submitted, takenByBureau } from '../case.ts'
import { countyCentre, landBureau, openTestEdge, type TestEdge, villageBank } from '../edge.ts'
import type { Attack } from './attackers.ts'

export const team = '执行一团队'

/** Everything of one case that a route could be asked for, by the name it has in a path or a body. */
export type Prize = {
  readonly caseId: string
  readonly number: string
  readonly party: string
  readonly inquiry: object
  readonly request: string
  readonly waiting: string
  readonly draft: string
  readonly duty: string
  readonly delivery: string
  /** Deliveries of the same request to registries without a system: one at its clerk's desk, one that is visited. */
  readonly atDesk: string
  readonly errand: string
  readonly document: string
  readonly receipt: string
  readonly entry: string
  /** What waits in the case for a second person, and a search that waits for one. */
  readonly opening: string
  readonly search: string
  /** A sample of which the delivery is the first item. */
  readonly sample: string
  /** Something to be done in the case. */
  readonly task: string
  /** A link to its progress. */
  readonly link: string
  /** Somebody of the case's court, for what is done to people. */
  readonly person: string
}

export type World = {
  readonly edge: TestEdge
  readonly teams: Prize
  readonly sealed: Prize
  /** Who has come together already, by what the doors need that they try. */
  readonly attackers: Map<string, Promise<readonly Attack[]>>
  close(): Promise<void>
}

/** A team's case and a sealed one, each with everything in it that somebody might want to reach. */
export async function openWorld(): Promise<World> {
  // Attackers and noise come by the thousand from one address: they are to meet the door, not the limit before it.
  const edge = await openTestEdge({}, {}, 1000)
  const teams = await prize(edge, { team, members: [], isSealed: false })
  const sealed = await prize(edge, { members: ['named-alone'], isSealed: true })
  return { edge, teams, sealed, attackers: new Map(), close: edge.close }
}

async function prize(edge: TestEdge, to: { team?: string; members: string[]; isSealed: boolean }): Promise<Prize> {
  const file = await openCase(edge)
  const everywhere = { ...file.inquiry, registries: [landBureau, villageBank, countyCentre] }
  const { id: request } = await read<{ id: string }>(await submitted(edge, everywhere), 202)
  const sent = await edge.gateway.reads.exchangesOf(request)
  const sentTo = (code: string) => sent.find(({ delivery }) => delivery.registry === code)?.delivery.id ?? ''
  const { id: waiting } = await read<{ id: string }>(await submitted(edge, file.seal), 202)
  const [taken] = await takenByBureau(edge)
  if (!taken) throw new Error('nothing was delivered')
  const [document] = file.inquiry.basis.documents
  const receipt = await bringReceipt(edge, taken.delivery)
  const draft = await drafted(edge, file.inquiry)
  const link = await read<{ id: string }>(
    await edge.call('officerLin', 'POST', `/v1/cases/${file.id}/progress-links`, {}),
    201,
  )
  const [entry] = await edge.gateway.reads.entries({ caseId: file.id, limit: 1 })
  await edge.gateway.store.act(file.id, async (act) => {
    await act.assign({ ...to, by: 'test', at: new Date() })
    return { kind: 'assigned' as const }
  })
  return {
    caseId: file.id,
    number: file.number,
    party: file.party,
    inquiry: file.inquiry,
    request,
    waiting,
    draft,
    link: link.id,
    duty: await onDuty(edge),
    delivery: taken.delivery,
    atDesk: sentTo(villageBank),
    errand: sentTo(countyCentre),
    document: document?.sha256 ?? '',
    receipt,
    entry: entry?.id ?? '',
    opening: await asked(edge, 'case.open-up', { unseal: true, reason: '密级已解除' }, file.id),
    search: await asked(edge, 'subject.search', { idType: 'id-card', idNumber: '120116198503120013', reason: '核查' }),
    sample: await sampled(edge, file.id, taken.delivery),
    task: await taskIn(edge, file.id, entry?.id ?? ''),
    person: await somebody(edge),
  }
}

async function asked({ gateway }: TestEdge, kind: ConsentKind, body: object, about?: string): Promise<string> {
  const id = newId()
  await gateway.store.note(async (act) => {
    const kept = await act.keep('consent', Buffer.from(JSON.stringify(body)))
    const at = { askedAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000) }
    await act.consents.add({ id, kind, askedBy: 'somebody', ...at, ...(about && { about }) }, kept.id)
  })
  return id
}

async function sampled({ gateway }: TestEdge, caseId: string, item: string): Promise<string> {
  const id = newId()
  const days = { from: '2026-06-01' as BeijingDate, to: '2026-06-30' as BeijingDate }
  const told = { index: 0, treeSize: 1, root: Buffer.alloc(32), population: 1, populationSha256: '00' }
  await gateway.store.note(async ({ samples }) => {
    const by = { announcedBy: 'somebody', announcedAt: new Date(), entry: newId() }
    await samples.announce({ id, court: binhai, what: 'exchanges', ...days, size: 1, ...by })
    await samples.draw(id, { ...told, at: new Date() }, [{ position: 1, item, caseId }])
  })
  return id
}

async function drafted(edge: TestEdge, body: object): Promise<string> {
  const key = { 'Idempotency-Key': `draft-${newId()}` }
  return (await read<{ id: string }>(await edge.call('officerLin', 'POST', '/v1/drafts', body, key), 201)).id
}

async function onDuty(edge: TestEdge): Promise<string> {
  const body = {
    court: '津0116',
    person: 'officerZhao',
    from: new Date().toISOString(),
    until: new Date(Date.now() + 3_600_000).toISOString(),
  }
  return (await read<{ id: string }>(await edge.call('registrarWen', 'POST', '/v1/duty', body), 201)).id
}

async function taskIn({ gateway }: TestEdge, caseId: string, entry: string): Promise<string> {
  const id = newId()
  const at = new Date()
  const row = { id, caseId, key: 'press-registry:x', kind: 'press-registry', about: {}, due: at, raisedAt: at } as const
  await gateway.store.act(caseId, (act) =>
    act.tasks.raise({ ...row, raisedBy: 'registry-silent', entry, owner: 'somebody' }),
  )
  return id
}

async function somebody(edge: TestEdge): Promise<string> {
  const person = personWith(newId(), '某某', ['registrar'], binhai)
  await seat(edge.opened, person)
  return person.id
}

async function bringReceipt(edge: TestEdge, delivery: string): Promise<string> {
  const file = new Uint8Array(Buffer.from('%PDF-1.4 回执'))
  const sha256 = createHash('sha256').update(file).digest('base64url')
  const headers = { Authorization: `Bearer ${await edge.bureau.token()}`, 'Content-Type': 'application/pdf' }
  await read(
    await edge.call(undefined, 'PUT', `/partner/v1/receipts/${sha256}?delivery=${delivery}`, file, headers),
    200,
  )
  return sha256
}
