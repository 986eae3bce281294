import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refuse } from '../../src/domain/refusal.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import {
  addDelivery,
  addRequest,
  asked,
  at,
  binhai,
  debtor,
  entryFor,
  everyCase,
  foundCase,
  foundWithDeliveries,
  landBureau,
  newCase,
  statementFor,
} from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

describe('a case', () => {
  test('is found again with its parties decrypted', async () => {
    const file = await foundCase(opened.store)
    expect(await opened.reads.caseByNumber(file.number)).toEqual(file)
    expect(await opened.reads.caseById(file.id)).toEqual(file)
    expect((await opened.reads.caseById(file.id))?.parties[0]?.subject).toEqual(debtor)
  })

  test('shares its number with no other', async () => {
    const file = await foundCase(opened.store)
    const again = await opened.store.found(newCase(file.number), async () => ({ kind: 'founded' as const }))
    expect(again).toEqual({ kind: 'case-exists' })
  })

  test('that nobody entered cannot be acted on, whatever its id looks like', async () => {
    for (const id of [newId(), 'x', '']) {
      expect(await opened.store.act(id, async () => ({ kind: 'done' as const }))).toEqual({ kind: 'no-such-case' })
    }
  })

  test('is confirmed by the first who confirms it', async () => {
    const file = await foundCase(opened.store)
    const parties = file.parties.map(({ id }) => id)
    await opened.store.act(file.id, (act) => act.confirm('registrar-qian', parties))
    await opened.store.act(file.id, (act) => act.confirm('registrar-sun', parties))
    const kept = await opened.reads.caseById(file.id)
    expect([kept?.confirmedBy, kept?.parties[0]?.confirmedBy]).toEqual(['registrar-qian', 'registrar-qian'])
  })

  test('gives out its numbers dense and once, however many act at once', async () => {
    const file = await foundCase(opened.store)
    const act = () => opened.store.act(file.id, async (act) => ({ kind: 'took' as const, n: await act.takeNumber() }))
    const lost = () =>
      opened.store.act(file.id, async (act) => {
        await act.takeNumber()
        return refuse('no')
      })
    const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => (n % 4 === 3 ? lost() : act())))
    const numbers = answers.flatMap((answer) => (answer.kind === 'took' ? [answer.n] : []))
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, n) => n + 1))
  })
})

describe('an act that is refused or breaks', () => {
  const everything = async (answer: () => unknown) => {
    const file = await foundCase(opened.store)
    const before = await opened.health()
    const wrote = newId()
    const act = opened.store.act(file.id, async (act) => {
      const request = await addRequest(act)
      const { reference } = await addDelivery(act, request.id)
      await act.enter(entryFor({ id: wrote }))
      await act.remember('client', wrote, { digest: 'd', status: 202, location: '/v1/requests/1' })
      return { reference, said: answer() }
    })
    return { file, before, wrote, act }
  }

  test('leaves no trace when it says no', async () => {
    const file = await foundCase(opened.store)
    const wrote = newId()
    const answer = await opened.store.act(file.id, async (act) => {
      await addRequest(act)
      await act.enter(entryFor({ id: wrote }))
      return refuse('wrong-court')
    })
    expect(answer).toEqual({ kind: 'refused', code: 'wrong-court' })
    expect(await opened.reads.entry(wrote)).toBeUndefined()
    expect(await opened.reads.requestLines({ caseId: file.id, limit: 10 })).toEqual([])
  })

  test('leaves no trace when it throws, and the same exception comes out', async () => {
    const broken = new Error('broken')
    const { file, before, wrote, act } = await everything(() => {
      throw broken
    })
    await expect(act).rejects.toBe(broken)
    expect(await opened.reads.entry(wrote)).toBeUndefined()
    expect(await opened.reads.exchangesOfCase(file.id)).toEqual([])
    expect((await opened.health()).pending).toBe(before.pending)
    const remembered = await opened.store.note(async (act) => ({
      kind: 'read',
      was: await act.recall('client', wrote),
    }))
    expect(remembered.was).toBeUndefined()
  })

  test('throws what may be logged: no statement and no parameter', async () => {
    const file = await foundCase(opened.store)
    const doubled = opened.store.act(file.id, async (act) => {
      const party = { id: 'twice', role: 'debtor', subject: debtor, enteredBy: 'x' } as const
      const kept = await act.keep('party', Buffer.from(JSON.stringify(debtor)))
      await act.addParty({ ...party, enteredBy: '機密標記' }, kept)
      await act.addParty({ ...party, enteredBy: '機密標記' }, kept)
    })
    const fault = await doubled.catch((error: unknown) => error)
    expect(fault).toMatchObject({ name: 'StoreFault', code: 'DATABASE_FAILED', sqlState: '23505' })
    expect(`${JSON.stringify(fault)}${String(fault)}${fault instanceof Error ? fault.stack : ''}`).not.toMatch(
      /機密|insert/,
    )
  })
})

test('an act that uses the store instead of what it was given is told so, and does not wait for itself', async () => {
  const file = await foundCase(opened.store)
  const nested = [
    () => opened.reads.caseById(file.id),
    () => opened.store.act(file.id, async () => 'nested'),
    () => opened.people.all(at),
  ]
  for (const use of nested) {
    const act = opened.store.act(file.id, async () => ({ kind: 'done', used: await use() }))
    await expect(act).rejects.toMatchObject({ code: 'USED_INSIDE_ACT' })
  }
  let later: Promise<unknown> = Promise.resolve()
  await opened.store.act(file.id, async () => {
    later = new Promise((resolve) => setTimeout(resolve, 20)).then(() => opened.reads.caseById(file.id))
  })
  expect(await later).toMatchObject({ id: file.id })
})

describe('a request', () => {
  test('is read back as it was asked', async () => {
    const { file, request, deliveries } = await foundWithDeliveries(opened.store, 2)
    expect(await opened.reads.request(request.id)).toEqual({ ...request, asked: asked(request.party) })
    expect(
      await opened.reads.requestLines({ reach: everyCase(binhai), state: 'submitted', caseId: file.id, limit: 5 }),
    ).toMatchObject([
      { id: request.id, caseNumber: file.number, court: binhai, deliveries: deliveries.map(({ id }) => ({ id })) },
    ])
  })

  test('moves on once', async () => {
    const { file, request } = await foundWithDeliveries(opened.store, 0)
    const move = () => opened.store.act(file.id, (act) => act.moveRequest(request.id, 'submitted', 'approved'))
    expect([await move(), await move()]).toEqual([true, false])
  })

  test('keeps its decisions in order, comments decrypted', async () => {
    const { file, request } = await foundWithDeliveries(opened.store, 0)
    const by = { person: 'approver-wang', personName: '王', role: 'approver' } as const
    const decision = { request: request.id, ...by, at }
    await opened.store.act(file.id, async (act) => {
      const kept = await act.keep('comment', Buffer.from('请补充裁定书'))
      await act.addApproval({ ...decision, id: newId(), decision: 'returned', comment: '请补充裁定书' }, kept)
      await act.addApproval({ ...decision, id: newId(), decision: 'approved', at: new Date(at.getTime() + 1) })
    })
    const kept = await opened.reads.approvals(request.id)
    expect(kept.map(({ decision, comment }) => [decision, comment])).toEqual([
      ['returned', '请补充裁定书'],
      ['approved', undefined],
    ])
  })
})

describe('a delivery', () => {
  test('keeps its bytes exactly, and its name at a registry names nothing else', async () => {
    const rendered = Buffer.from([0, 1, 2, 255])
    const { file, deliveries } = await foundWithDeliveries(opened.store, 1, { reference: newId(), rendered })
    const [delivery] = deliveries
    if (!delivery) throw new Error('no delivery')
    expect(await opened.reads.delivery(delivery.id)).toEqual(delivery)
    expect(await opened.store.locate(landBureau, delivery.reference)).toEqual({
      caseId: file.id,
      delivery: delivery.id,
    })
    const again = await opened.store.act(file.id, (act) => act.address(landBureau, delivery.reference, delivery.id))
    expect(again).toBe(false)
  })

  test('of another case cannot be reached from this one', async () => {
    const { deliveries } = await foundWithDeliveries(opened.store, 1)
    const other = await foundCase(opened.store)
    const id = deliveries[0]?.id ?? ''
    expect(await opened.store.act(other.id, (act) => act.delivery(id))).toBeUndefined()
  })
})

describe('what comes back', () => {
  test('is kept with its exact bytes, ordered by sequence, once for each sequence and jti', async () => {
    const { file, deliveries } = await foundWithDeliveries(opened.store, 1)
    const of = deliveries[0]?.id ?? ''
    const told = { kind: 'executed', receivedAt: at, holdings: [], targets: [] } as const
    const rows = [2, 1].map((sequence) => statementFor(of, { ...told, sequence }))
    const add = (row: ReturnType<typeof statementFor>) =>
      opened.store.act(file.id, async (act) => act.addStatement(row, await act.keep('statement', row.message)))
    for (const row of rows) await add(row)
    expect((await opened.reads.exchange(of))?.statements).toEqual([...rows].reverse())
    await expect(add(statementFor(of, { ...told, sequence: 2 }))).rejects.toMatchObject({ sqlState: '23505' })
    const sameJti = statementFor(of, { ...told, sequence: 3 }, { jti: rows[0]?.jti ?? '' })
    await expect(add(sameJti)).rejects.toMatchObject({ sqlState: '23505' })
  })

  test('and proves nothing is counted by registry and time', async () => {
    await opened.store.note(async (act) => {
      const kept = await act.keep('quarantine', Buffer.from('junk'))
      const row = { id: newId(), registry: landBureau, code: 'statement-signature', entry: newId(), payload: kept.id }
      await act.addQuarantine({ ...row, delivery: "'; drop table entry", arrivedAt: at })
    })
    expect(await opened.store.quarantinedSince(landBureau, at)).toBe(1)
    expect(await opened.store.quarantinedSince(landBureau, new Date(at.getTime() + 1))).toBe(0)
    expect(await opened.reads.quarantined(landBureau, { limit: 5 })).toMatchObject([{ code: 'statement-signature' }])
  })
})

describe('an Idempotency-Key', () => {
  const answer = { digest: 'd', status: 202, location: '/v1/requests/1' }

  test('is remembered with the act it belongs to', async () => {
    const file = await foundCase(opened.store)
    await opened.store.act(file.id, (act) => act.remember('client-a', 'key-1', answer))
    const seen = await opened.store.act(file.id, (act) => act.recall('client-a', 'key-1'))
    expect(seen).toEqual(answer)
  })

  test('used by two at once is answered by one act alone', async () => {
    const keys = newId()
    const submit = async () => {
      const file = await foundCase(opened.store)
      return opened.store.act(file.id, async (act) => {
        if (await act.recall('client-a', keys)) return 'replayed'
        await act.remember('client-a', keys, answer)
        return 'done'
      })
    }
    const answers = await Promise.all([submit(), submit(), submit()])
    expect(answers.sort()).toEqual(['done', 'replayed', 'replayed'])
  })
})
