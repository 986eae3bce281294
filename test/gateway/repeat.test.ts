import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { targetsOf } from '../../src/domain/measure.ts'
import { approve } from '../../src/gateway/approve.ts'
import { repeatDue, stopRepetition } from '../../src/gateway/repeat.ts'
import {
  account,
  approverZhao,
  bank,
  measureOf,
  officerHan,
  officerLin,
  registrarWen,
  sure,
  whole,
  yuan,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

const hour = 3_600_000
let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

const other = { class: 'deposit', account: '6217000000000000020' } as const
const pass = (hours: number) => {
  office.time.shift += hours * hour
}
const round = () => repeatDue(office.parts)
const inDays = (days: number) => addDays(toBeijingDate(office.parts.clock()), days)
const freezing = (...amounts: string[]) => ({
  ...measureOf.freeze,
  targets: amounts.map((amount, at) => whole(at === 0 ? account : other, { amount: yuan(amount) })),
})
const ordered = async (file: OpenCase, ...amounts: string[]) =>
  (await office.send(file, freezing(...amounts), { repeatUntil: inDays(30) })).request
const runs = (id: string) => office.opened.reads.repeatedBy(id)
const standing = async (id: string) => (await office.opened.reads.repetition(id))?.state
const sentBy = async (id: string) => {
  const [exchange] = await office.opened.reads.exchangesOf(id)
  if (!exchange) throw new Error('nothing was delivered')
  return exchange
}
/** The bank answers a freeze: how much of each account it holds, and how much waits for money. */
const answer = async (id: string, ...held: readonly (readonly [amount: string, over?: string])[]) => {
  const asked = (await office.opened.reads.request(id))?.asked
  const targets = (asked ? targetsOf(asked.measure) : []).map(({ asset }, at) => {
    const [amount = '0', over] = held[at] ?? []
    return { asset, effect: 'effective' as const, amount: yuan(amount), ...(over && { overQuota: yuan(over) }) }
  })
  await office.tell(await sentBy(id), { kind: 'executed', targets })
}
const amountsOf = async (id: string) => {
  const asked = (await office.opened.reads.request(id))?.asked
  return asked ? targetsOf(asked.measure).map(({ amount }) => amount) : []
}

describe('an order that is repeated until its sum is met', () => {
  test('asks again for what is lacking, day after day, each time by a request of its own under the same approval', async () => {
    const file = await office.openCase()
    const order = await ordered(file, '600', '400')
    await answer(order, ['200'], ['400'])
    expect(await round()).toBe(0)
    pass(25)
    expect(await round()).toBe(1)
    expect(await round()).toBe(0)
    const [first = ''] = await runs(order)
    expect(await amountsOf(first)).toEqual(['200.00', '200.00'])
    expect(await office.opened.reads.request(first)).toMatchObject({
      state: 'approved',
      repeats: order,
      maker: officerLin.id,
    })
    const { delivery } = await sentBy(first)
    const told = JSON.parse(Buffer.from(delivery.jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
    expect(told.approvals).toMatchObject([{ name: '赵明诚' }])
    await answer(first, ['50'], ['0'])
    pass(25)
    await round()
    const [, second = ''] = await runs(order)
    expect(await amountsOf(second)).toEqual(['175.00', '175.00'])
    await answer(second, ['175'], ['175'])
    pass(25)
    expect(await round()).toBe(0)
    expect(await standing(order)).toBe('met')
    const kinds = (await office.kinds(file.id)).filter((kind) => /repeat|repetition/.test(kind))
    expect(kinds).toEqual(['request.repeated', 'request.repeated', 'repetition.ended'])
  })

  test('does not ask where the bank itself waits for money, nor while it owes an answer', async () => {
    const file = await office.openCase()
    const order = await ordered(file, '600', '400')
    pass(25)
    expect(await round()).toBe(0)
    await answer(order, ['100', '500'], ['0'])
    pass(25)
    await round()
    const [run = ''] = await runs(order)
    expect(await amountsOf(run)).toEqual(['400.00'])
    const asked = (await office.opened.reads.request(run))?.asked
    expect(asked && targetsOf(asked.measure)[0]?.asset).toEqual(other)
    pass(25)
    expect(await round()).toBe(0)
  })

  test('is never asked for more than its end, its stop, its release or the ceiling of its case leave', async () => {
    const file = await office.openCase()
    const order = await ordered(file, '1000')
    await answer(order, ['0'])
    // Somebody else's freeze leaves 295 of the ceiling.
    const beside = await office.send(file, freezing('1294205'))
    await office.tell(beside, {
      kind: 'executed',
      targets: [{ asset: account, effect: 'effective', amount: yuan('1294905') }],
    })
    pass(25)
    expect(await round()).toBe(1)
    const [run = ''] = await runs(order)
    expect(await amountsOf(run)).toEqual(['295.00'])
    await answer(run, ['0'])
    expect(await stopRepetition(office.parts, registrarWen, { id: order, caseId: file.id })).toMatchObject({
      code: 'role-missing',
    })
    sure(await stopRepetition(office.parts, officerHan, { id: order, caseId: file.id }))
    expect((await office.kinds(file.id)).at(-1)).toBe('repetition.stopped')
    for (let n = 0; n < 5; n += 1) {
      pass(25)
      expect(await round()).toBe(0)
    }
    expect(await runs(order)).toHaveLength(1)
    const again = { id: order, caseId: file.id }
    expect(await stopRepetition(office.parts, officerLin, again)).toMatchObject({ code: 'repetition-ended' })
    const unknown = { id: beside.request, caseId: file.id }
    expect(await stopRepetition(office.parts, officerLin, unknown)).toMatchObject({ code: 'repetition-unknown' })
  })

  test('ends with its last day', async () => {
    const file = await office.openCase()
    const order = await ordered(file, '1000')
    for (let weeks = 0; weeks < 6; weeks += 1) {
      await answer((await runs(order)).at(-1) ?? order, ['0'])
      pass(7 * 24)
      await round()
      expect(await standing(order)).toBe(weeks < 4 ? 'running' : 'over')
    }
    expect(await runs(order)).toHaveLength(4)
  })

  test('is not frozen again behind the back of whoever releases it', async () => {
    const file = await office.openCase()
    const order = await ordered(file, '1000')
    await answer(order, ['400'])
    const { delivery } = await sentBy(order)
    const targets = [whole(account, { amount: yuan('400') })]
    const release = { ...measureOf.release, targets, parent: { delivery: delivery.id } } as const
    sure(await office.ask(file, release, { registries: [bank.code] }))
    pass(25)
    expect(await round()).toBe(0)
    expect(await standing(order)).toBe('released')
  })

  test('whose case is closed asks nothing, says why, and goes on when it is open again', async () => {
    const file = await office.openCase()
    const order = await ordered(file, '1000')
    await answer(order, ['0'])
    const stand = (state: string) =>
      office.opened.database.queries.execute(`update case_file set standing = '${state}' where id = '${file.id}'`)
    await stand('closed')
    pass(25)
    expect(await round()).toBe(0)
    expect(await office.opened.reads.repetition(order)).toMatchObject({
      state: 'running',
      refused: 'case-standing-forbids',
    })
    expect((await office.kinds(file.id)).includes('request.repeated')).toBe(false)
    await stand('open')
    pass(25)
    expect(await round()).toBe(1)
    expect(await office.opened.reads.repetition(order)).not.toHaveProperty('refused')
  })

  test('is asked once however many processes go round, and begins with its approval', async () => {
    const file = await office.openCase()
    const { id } = sure(await office.ask(file, freezing('1000'), { repeatUntil: inDays(30) }))
    pass(25)
    expect(await round()).toBe(0)
    sure(await approve(office.parts, approverZhao, { id, caseId: file.id }))
    await answer(id, ['0'])
    pass(25)
    const rounds = await Promise.all(Array.from({ length: 5 }, round))
    expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await runs(id)).toHaveLength(1)
  })

  test('is a freeze of deposits within thirty days, or no order at all', async () => {
    const file = await office.openCase()
    const tooLong = await office.ask(file, freezing('1'), { repeatUntil: inDays(31) })
    expect(tooLong).toMatchObject({ code: 'repeat-too-long', field: 'repeatUntil' })
    expect(await office.ask(file, measureOf.seal, { repeatUntil: inDays(1) })).toMatchObject({
      code: 'repeat-not-money',
    })
  })
})
