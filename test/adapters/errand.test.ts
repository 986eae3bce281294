import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clerkDesk, errand } from '../../adapters/errand/adapter.ts'
import { addDays, addYears, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { fold } from '../../src/domain/fold.ts'
import type { Outgoing, Saying } from '../../src/relay/port.ts'
import { canonicalJson } from '../../src/signing/canonical.ts'
import { openCase, read, submitted, type TestCase } from '../http/case.ts'
import { countyCentre, openTestEdge, type Staff, type TestEdge, villageBank } from '../http/edge.ts'
import { keepsTheRegistryContract, type Subject, type World } from './contract.ts'

const asset = { class: 'real-estate', unitCode: '120116001001GB00001F00010001' } as const
const paper = new Uint8Array(Buffer.from('%PDF-1.4 回执'))

/** One thing that people say for the registry: at its clerk's desk, or from a paper by two and a third. */
type Says = (edge: TestEdge, file: TestCase, delivery: string, said: object) => Promise<void>

const before = ({ number }: TestCase) => ({
  case: number,
  subject: { name: '张某某', idNumber: '120116198503120013' },
})

const atTheDesk: Says = async (edge, file, delivery, said) => {
  const path = `/v1/clerk/deliveries/${delivery}`
  await edge.call('bankClerkDing', 'POST', `${path}/reception`)
  const headers = { 'Idempotency-Key': `says-${JSON.stringify(said).length}-${delivery}` }
  await edge.call('bankClerkDing', 'POST', `${path}/statements`, { ...before(file), ...said }, headers)
}

const byVisit: Says = async (edge, file, delivery, said) => {
  const path = `/v1/errands/${delivery}`
  const call = (who: Staff, to: string, body?: object | Uint8Array) => edge.call(who, 'POST', `${path}/${to}`, body)
  await call('officerLin', 'start')
  const { sha256: scan } = await read<{ sha256: string }>(await call('officerLin', 'scan', paper), 200)
  const body = { ...before(file), receivedAt: new Date().toISOString(), ...said }
  for (const who of ['officerLin', 'officerHan'] as const) await call(who, 'entries', body)
  await call('officerZhao', 'comparison', { same: true, scan })
}

/** Three years, as long as the law lets a seal of a house last. */
const today = toBeijingDate(new Date())
const held = { from: today, to: addDays(addYears(today, 3), -1) }

/** A gateway whole, and people who do for a registry what its sandbox does elsewhere. */
async function openWorld(registry: string, says: Says): Promise<World> {
  const edge = await openTestEdge()
  const refused = new Map<string, string[]>()
  const effects = new Map<string, string[]>()
  const statements = async (id: string) => (await edge.gateway.reads.exchange(id))?.statements ?? []
  const play = async (file: TestCase, id: string, subject: Subject, isControl: boolean) => {
    const found = isControl
      ? { kind: 'executed', targets: [{ asset, effect: 'effective', controlNo: 'FH-1', term: held }] }
      : { kind: 'executed', holdings: [{ asset }] }
    const tell = (said: object) => says(edge, file, id, said)
    if (subject === 'wrong-reference') {
      await tell({ ...found, case: '（2026）津0116执9号' })
      const told = (await statements(id)).filter(({ statement }) => statement.kind !== 'received')
      if (told.length === 0) refused.set(id, ['statement-other-case'])
      return
    }
    await tell(subject === 'nothing' ? { kind: 'nothing' } : found)
    if (isControl) effects.set(id, ['sealed'])
    if (subject === 'duplicate') await tell(found)
    if (subject === 'corrected') setTimeout(() => void tell({ kind: 'corrected' }), 400)
  }
  return {
    send: async ({ subject, measure }) => {
      const file = await openCase(edge)
      const body =
        measure === 'control' ? file.seal : { ...file.inquiry, measure: { kind: 'inquire', kinds: ['real-estate'] } }
      const { id } = await read<{ id: string }>(await submitted(edge, { ...body, registries: [registry] }), 202)
      await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' })
      const [exchange] = await edge.gateway.reads.exchangesOf(id)
      const delivery = exchange?.delivery.id ?? ''
      await play(file, delivery, subject, measure === 'control')
      return delivery
    },
    statementsOf: async (id) =>
      (await statements(id)).map(({ jti, statement: { kind, sequence } }) => ({ kind, sequence, jti })),
    standingOf: async (id) => fold((await statements(id)).map(({ statement }) => statement)),
    refusedOf: async (id) => refused.get(id) ?? [],
    effectsAtRegistry: async (id) => effects.get(id) ?? [],
    close: edge.close,
  }
}

const byPeople: readonly Subject[] = ['nothing', 'found', 'duplicate', 'wrong-reference', 'corrected']
keepsTheRegistryContract('a clerk at our desk', () => openWorld(villageBank, atTheDesk), byPeople)
keepsTheRegistryContract('a registry that is visited', () => openWorld(countyCentre, byVisit), byPeople)

const id = randomUUID()
const subject = { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' }
const outgoing = {
  ...{ id, reference: id, jws: 'a.b.c', rendered: new Uint8Array(), registry: { code: 'house-county' } },
  claims: {
    via: 'gw',
    case: '（2026）津0116执1号',
    iat: 1_780_000_000,
    measure: 'seal',
    subject,
    targets: [{ asset }],
  },
} as unknown as Outgoing
const now = new Date(1_780_000_100_000)
const saying: Saying = {
  ...{ jti: 'j', at: now, by: ['a', 'b', 'c'], case: '(2026)津0116执1号', subject },
  statement: { kind: 'waiting', holdings: [], targets: [{ asset, effect: 'waiting', queuePlace: 2 }], receivedAt: now },
}
const plain = { ...saying, subject: { name: subject.name, idNumber: subject.idNumber } }

test('what was stated is read back as it was said, whatever stands in it, in one spelling of its bytes', () => {
  const words = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() === text && text !== '')
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 99 }), (controlNo, queuePlace) => {
      const targets = [{ asset, effect: 'waiting' as const, queuePlace, controlNo }]
      const said = { ...plain, statement: { ...saying.statement, targets } }
      const bytes = errand().compose(said, outgoing)
      expect(Buffer.from(bytes).toString()).toBe(canonicalJson(JSON.parse(Buffer.from(bytes).toString())))
      expect(errand().parse(bytes, outgoing, now)).toMatchObject({
        kind: 'proved',
        grade: 'C',
        statement: said.statement,
      })
    }),
  )
})

test('another spelling, another request, too few people and a time that cannot be prove nothing', () => {
  const bytes = errand().compose(plain, outgoing)
  const parse = (message: Uint8Array, over: object = {}) =>
    errand().parse(message, { ...outgoing, ...over } as Outgoing, now)
  expect(parse(Buffer.from(Buffer.from(bytes).toString().replace('{', '{ ')))).toMatchObject({
    code: 'statement-malformed',
  })
  expect(parse(bytes, { jws: 'x.y.z' })).toMatchObject({ code: 'statement-digest' })
  expect(parse(bytes, { id: randomUUID() })).toMatchObject({ code: 'statement-other-delivery' })
  expect(clerkDesk().parse(bytes, outgoing, now)).toMatchObject({ code: 'statement-content' })
  const twice = errand().compose({ ...plain, by: ['a', 'a', 'b'] }, outgoing)
  expect(parse(twice)).toMatchObject({ code: 'statement-content' })
  expect(errand().parse(bytes, outgoing, new Date(now.getTime() - 600_000))).toMatchObject({
    code: 'statement-from-future',
  })
})
