import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '../../src/domain/refusal.ts'
import { continueCase } from '../../src/gateway/continue-case.ts'
import { changeStanding, confirmCase } from '../../src/gateway/enter-case.ts'
import { exhaustionIn } from '../../src/gateway/exhaustion.ts'
import { inquireTerminated } from '../../src/gateway/inquire-terminated.ts'
import { account, bank, caseNumber, day, land, registrarHe, registrarWen, sure, yuan } from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const itIs = (moment: string) => {
  office.time.shift = Date.parse(moment) - Date.now()
}
const ask = () => inquireTerminated(office.parts)
const deposits = { kind: 'inquire', kinds: ['deposit'] } as const
const at = { registries: [bank.code] }

async function terminate(file: OpenCase, on: string) {
  sure(await changeStanding(office.parts, registrarWen, file.id, { standing: 'terminated', terminatedOn: day(on) }))
}
const inquiriesOf = async (file: OpenCase) =>
  (await office.opened.reads.exchangesOfCase(file.id)).filter(({ delivery }) => delivery.measure === 'inquire')
const reach = { person: 'nobody', spans: [{}] }
const tasksOf = async (file: OpenCase) =>
  (await office.opened.reads.tasks({ reach, caseId: file.id, limit: 50, ended: false })).map(({ kind }) => kind)

test('终本 counts when a second registrar has said so', async () => {
  itIs('2025-09-01T09:00:00+08:00')
  const file = await office.openCase()
  await terminate(file, '2025-09-01')
  expect(await office.opened.reads.caseById(file.id)).toMatchObject({
    standing: 'open',
    standingAsked: { standing: 'terminated', terminatedOn: '2025-09-01' },
  })
  const own = await confirmCase(office.parts, registrarWen, file.id)
  expect(isRefusal(own) && own.code).toBe('confirmer-entered-it')
  sure(await confirmCase(office.parts, registrarHe, file.id))
  const stands = await office.opened.reads.caseById(file.id)
  expect(stands).toMatchObject({ standing: 'terminated', terminatedOn: '2025-09-01' })
  expect(stands?.standingAsked).toBeUndefined()
})

test('each half-year every registry is asked once about every debtor, however many look, until five years are over', async () => {
  itIs('2025-08-01T09:00:00+08:00')
  const file = await office.openCase()
  const first = await office.send(file, deposits, at)
  await office.tell(first.exchange, { kind: 'nothing' })
  itIs('2025-09-01T09:00:00+08:00')
  await terminate(file, '2025-09-01')
  sure(await confirmCase(office.parts, registrarHe, file.id))
  itIs('2026-02-28T23:59:00+08:00')
  expect(await ask()).toBe(0)
  itIs('2026-03-01T00:01:00+08:00')
  const rounds = await Promise.all([ask(), ask(), ask()])
  expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(1)
  const asked = (await inquiriesOf(file)).slice(1)
  expect(asked.map(({ delivery }) => delivery.registry).toSorted()).toEqual([bank.code, land.code].toSorted())
  itIs('2026-08-31T09:00:00+08:00')
  expect(await ask()).toBe(0)
  // One round was slept through; a bank that somebody asks by hand in the next is not asked twice, and the others are.
  itIs('2027-03-02T09:00:00+08:00')
  await office.send(file, deposits, at)
  expect(await ask()).toBe(1)
  expect((await inquiriesOf(file)).at(-1)?.delivery.registry).toBe(land.code)
  expect(await ask()).toBe(0)
  itIs('2030-09-01T09:00:00+08:00')
  expect(await ask()).toBe(1)
  itIs('2031-03-01T09:00:00+08:00')
  expect(await ask()).toBe(0)
  const late = await office.ask(file, deposits, at)
  expect(isRefusal(late) && late.code).toBe('termination-inquiry-over')
})

test('what is found then is told to the applicant and put before the judge; before 终本 it is only told', async () => {
  itIs('2025-08-01T09:00:00+08:00')
  const file = await office.openCase()
  const holdings = [{ asset: account, encumbrances: [] }]
  await office.tell((await office.send(file, deposits, at)).exchange, { kind: 'executed', holdings })
  expect(await tasksOf(file)).toEqual(['tell-findings'])
  itIs('2025-09-01T09:00:00+08:00')
  await terminate(file, '2025-09-01')
  sure(await confirmCase(office.parts, registrarHe, file.id))
  itIs('2026-03-01T09:00:00+08:00')
  expect(await ask()).toBe(1)
  const later = (await inquiriesOf(file)).filter(({ statements }) => statements.length === 0)
  for (const exchange of later)
    await office.tell(
      exchange,
      exchange.delivery.registry === bank.code ? { kind: 'executed', holdings } : { kind: 'nothing' },
    )
  expect((await tasksOf(file)).toSorted()).toEqual(['resume', 'tell-findings', 'tell-findings'])
  const [looked] = await exhaustionIn(office.parts, (await office.opened.reads.caseById(file.id)) as never, [file.id])
  expect(looked?.classes.find(({ assetClass }) => assetClass === 'deposit')).toMatchObject({
    state: 'done',
    last: [{ registry: bank.code, found: 1 }],
  })
})

test('a debtor nobody ever asked about is left to a person, told once for each half-year', async () => {
  itIs('2025-09-01T09:00:00+08:00')
  const file = await office.openCase()
  await terminate(file, '2025-09-01')
  sure(await confirmCase(office.parts, registrarHe, file.id))
  itIs('2026-03-01T09:00:00+08:00')
  expect(await ask()).toBe(0)
  expect(await ask()).toBe(0)
  expect(await tasksOf(file)).toEqual(['ask-again'])
  itIs('2026-09-01T09:00:00+08:00')
  await ask()
  expect(await tasksOf(file)).toEqual(['ask-again', 'ask-again'])
})

test('a case that was resumed in another is asked about no more, nor one that is paid', async () => {
  itIs('2025-08-01T09:00:00+08:00')
  const file = await office.openCase()
  const paid = await office.openCase({ fulfilled: yuan('1295200.00') })
  for (const one of [file, paid]) {
    await office.tell((await office.send(one, deposits, at)).exchange, { kind: 'nothing' })
    await terminate(one, '2025-09-01')
    sure(await confirmCase(office.parts, registrarHe, one.id))
  }
  const resumed = await office.openCase({ number: caseNumber('（2026）津0116执恢77号') })
  const from = { number: file.number as never, as: 'continued' as const }
  sure(await continueCase(office.parts, registrarWen, resumed.id, from))
  sure(await confirmCase(office.parts, registrarHe, resumed.id))
  itIs('2026-03-01T09:00:00+08:00')
  expect(await ask()).toBe(0)
  expect([await inquiriesOf(file), await inquiriesOf(paid)].map((all) => all.length)).toEqual([1, 1])
})

test('a round locks only a case that may have something to ask, and costs one read where there is none', async () => {
  itIs('2032-01-01T09:00:00+08:00')
  const asked: OpenCase[] = []
  for (let n = 0; n < 3; n += 1) {
    const file = await office.openCase()
    if (n > 0) await office.send(file, deposits, at)
    await terminate(file, '2032-01-01')
    sure(await confirmCase(office.parts, registrarHe, file.id))
    asked.push(file)
  }
  const [, , third] = asked
  itIs('2032-07-01T09:00:00+08:00')
  const round = async (registries = office.parts.registries) => {
    const counted = { reads: 0, locks: 0 }
    const { store, reads } = office.parts
    const act: typeof store.act = (caseId, body) => {
      counted.locks += 1
      return store.act(caseId, body)
    }
    const terminatedCases: typeof reads.terminatedCases = (filter) => {
      counted.reads += 1
      return reads.terminatedCases(filter)
    }
    const parts = { ...office.parts, registries, store: { ...store, act }, reads: { ...reads, terminatedCases } }
    return { asked: await inquireTerminated(parts), ...counted }
  }
  expect((await round()).asked).toBe(2)
  expect(await round()).toEqual({ asked: 0, reads: 1, locks: 0 })
  itIs('2032-12-31T23:00:00+08:00')
  expect(await round()).toEqual({ asked: 0, reads: 1, locks: 0 })
  // What happens in a case has it looked at once; a registry that comes is asked in each.
  await office.send(third as OpenCase, deposits, at)
  expect(await round()).toMatchObject({ asked: 0, reads: 1, locks: 2 })
  expect(await round()).toEqual({ asked: 0, reads: 1, locks: 0 })
  const [first] = office.parts.registries()
  const widened = () => office.parts.registries().map((one) => (one === first ? { ...one, name: 'x' } : one))
  expect(await round(widened)).toEqual({ asked: 0, reads: 1, locks: 0 })
  const fewer = () => office.parts.registries().slice(1)
  expect((await round(fewer)).locks).toBeGreaterThan(0)
  expect(await round(fewer)).toEqual({ asked: 0, reads: 1, locks: 0 })
  itIs('2033-01-01T00:30:00+08:00')
  expect((await round()).asked).toBe(2)
  expect(await round()).toEqual({ asked: 0, reads: 1, locks: 0 })
})
