import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, answers, answerWord, fold, hasGap, isAnswered, statementWord } from '../../src/domain/fold.ts'
import { measureList } from '../../src/domain/measure.ts'
import {
  doubtfulReceipt,
  type Effect,
  type Holding,
  type Statement,
  type StatementKind,
  statementKindList,
  type TargetResult,
} from '../../src/domain/statement.ts'
import { account, house, parcel, yuan } from '../support/court.ts'

const at = new Date('2026-11-24T02:30:00.000Z')
const holding = (asset: Holding['asset']): Holding => ({ asset, encumbrances: [] })
const on = (asset: TargetResult['asset'], effect: Effect, over: Partial<TargetResult> = {}): TargetResult => {
  return { asset, effect, ...over }
}
const said = (kind: StatementKind, over: Partial<Statement> = {}): Statement => {
  return { kind, sequence: 1, holdings: [], targets: [], ...over }
}
/** What a registry says, in its order. */
const told = (...statements: Statement[]): Statement[] =>
  statements.map((statement, n) => ({ ...statement, sequence: n + 1 }))
const answerTo = (...statements: Statement[]): Answer => fold(told(...statements)).answer

describe('silence, receipt and answer are different states (invariant 6)', () => {
  test('nobody has said anything', () => {
    expect(fold([])).toEqual({ answer: 'silent', holdings: [], targets: [], lastSequence: 0 })
  })

  test('what is silent, received or only accepted is still owed', () => {
    const owed = (Object.keys(answers) as Answer[]).filter((answer) => !isAnswered(answer))
    expect(owed).toEqual(['silent', 'received', 'accepted'])
  })

  test.each([
    ['received', 'received'],
    ['accepted', 'accepted'],
    ['executed', 'executed'],
    ['partly', 'partly'],
    ['waiting', 'waiting'],
    ['nothing', 'nothing'],
    ['refused', 'refused'],
    ['returned', 'returned'],
    ['activated', 'executed'],
    ['converted', 'executed'],
    ['ended', 'ended'],
    ['corrected', 'nothing'],
  ] as const)('%s alone reads as %s', (kind, answer) => {
    expect(answerTo(said(kind))).toBe(answer)
  })

  test('an acknowledgement that comes after the answer takes nothing back', () => {
    for (const answer of ['executed', 'partly', 'waiting', 'nothing', 'ended'] as const)
      for (const late of ['received', 'accepted'] as const)
        expect(answerTo(said('received'), said(answer), said(late))).toBe(answer)
    expect(answerTo(said('accepted'), said('received'))).toBe('accepted')
  })

  test('what was refused or sent back is open again when the registry takes it up after all (invariant 3)', () => {
    expect(answerTo(said('returned'), said('received'))).toBe('received')
    expect(answerTo(said('refused'), said('accepted'))).toBe('accepted')
  })
})

describe('several targets', () => {
  const sealed = said('waiting', { targets: [on(house, 'waiting'), on(parcel, 'waiting')] })

  test('one that is activated says nothing of its neighbour, which waits on', () => {
    const activated = said('activated', { targets: [on(house, 'effective')] })
    expect(fold(told(sealed, activated))).toMatchObject({
      answer: 'partly',
      targets: [{ effect: 'effective' }, { effect: 'waiting' }],
    })
    const both = said('activated', { targets: [on(parcel, 'effective')] })
    expect(answerTo(sealed, activated, both)).toBe('executed')
  })

  test('one that ends does not end the other', () => {
    const done = said('executed', { targets: [on(house, 'effective'), on(parcel, 'effective')] })
    const ended = said('ended', { targets: [on(house, 'ended', { endedBy: 'disposed' })] })
    expect(answerTo(done, ended)).toBe('partly')
  })

  test('a restatement replaces what was said of that asset and of no other', () => {
    const done = said('executed', { targets: [on(house, 'effective', { controlNo: '一' }), on(parcel, 'effective')] })
    const corrected = said('corrected', { targets: [on(house, 'effective', { controlNo: '二' })] })
    const { targets } = fold(told(done, corrected))
    expect(targets).toEqual([on(house, 'effective', { controlNo: '二' }), on(parcel, 'effective')])
  })
})

test('what is sent back or refused as a whole has no effect left on anything it was about', () => {
  const done = said('executed', { targets: [on(house, 'effective'), on(parcel, 'effective')] })
  for (const kind of ['returned', 'refused'] as const) {
    const standing = fold(told(done, said(kind)))
    expect([standing.answer, standing.targets]).toEqual([kind, [on(house, 'none'), on(parcel, 'none')]])
  }
})

describe('a correction is read from what it restates (invariant 5)', () => {
  const found = said('executed', { holdings: [holding(house)] })

  test('of an inquiry: other holdings, or none', () => {
    const other = said('corrected', { holdings: [holding(parcel)] })
    expect(fold(told(found, other))).toMatchObject({ answer: 'executed', holdings: [holding(parcel)] })
    expect(fold(told(found, said('corrected')))).toMatchObject({ answer: 'nothing', holdings: [] })
  })

  test.each([
    ['freeze', 'effective', {}, 'executed'],
    ['seal', 'waiting', {}, 'waiting'],
    ['seal', 'none', {}, 'refused'],
    ['seal', 'ended', { endedBy: 'expired' }, 'ended'],
    ['extend', 'effective', {}, 'executed'],
    ['extend', 'none', {}, 'refused'],
    ['release', 'ended', { endedBy: 'released' }, 'executed'],
    ['release', 'effective', {}, 'refused'],
    ['release', 'effective', { amount: yuan('600000.00') }, 'executed'],
    ['transfer', 'ended', { endedBy: 'disposed' }, 'executed'],
    ['transfer', 'none', {}, 'refused'],
    ['convey', 'ended', { endedBy: 'disposed' }, 'executed'],
  ] as const)('of a %s: %s %o reads as %s', (measure, effect, over, answer) => {
    const corrected = said('corrected', { targets: [on(house, effect, over)] })
    expect(fold(told(said('accepted'), corrected), measure).answer).toBe(answer)
  })

  test('of a release of two, one of which still stands, it is done in part', () => {
    const targets = [on(house, 'ended', { endedBy: 'released' }), on(parcel, 'effective')]
    expect(fold(told(said('corrected', { targets })), 'release').answer).toBe('partly')
  })
})

describe('parts', () => {
  const part = (n: number, sequence: number, of = 3): Statement =>
    said('executed', {
      sequence,
      part: { n, of },
      holdings: [holding({ class: 'deposit', account: `621700000000000000${n}` })],
    })
  const series = [part(1, 4), part(2, 5), part(3, 6)]
  const accountsIn = (statements: readonly Statement[]) =>
    fold(statements).holdings.map(({ asset }) => asset.account?.slice(-1))

  test('count only when the last is here, whichever that is', () => {
    expect(fold(series.slice(0, 2)).answer).toBe('silent')
    expect(fold([part(3, 6), part(1, 4)]).answer).toBe('silent')
    fc.assert(
      fc.property(fc.shuffledSubarray(series, { minLength: 3, maxLength: 3 }), (arrived) => {
        expect(accountsIn(arrived)).toEqual(['1', '2', '3'])
      }),
    )
  })

  test('of a series that was broken off never mix with the next one', () => {
    const again = [part(1, 7), part(2, 8), part(3, 9)]
    expect(fold([part(1, 4), part(2, 5), part(3, 9)]).answer).toBe('silent')
    expect(accountsIn([part(1, 4), part(2, 5), ...again])).toEqual(['1', '2', '3'])
  })

  test('fix the moment of reception with their first, even before the rest has come', () => {
    const later = new Date(at.getTime() + 60_000)
    const [first, ...rest] = series.map((statement, n) => ({ ...statement, receivedAt: n === 0 ? at : later }))
    if (!first) throw new Error('no part')
    expect(fold([first]).receivedAt).toEqual(at)
    expect(fold([...rest, first]).receivedAt).toEqual(at)
  })
})

describe('the state is a fold over the statements by sequence, not by arrival (invariant 5)', () => {
  const target = fc.record({
    asset: fc.constantFrom(house, parcel, account),
    effect: fc.constantFrom<Effect>('waiting', 'effective', 'ended', 'none'),
  })
  const statement = fc.record({
    kind: fc.constantFrom(...statementKindList),
    targets: fc.array(target, { maxLength: 2 }),
    holdings: fc.array(fc.constantFrom(house, parcel).map(holding), { maxLength: 2 }),
    part: fc.option(fc.constantFrom({ n: 1, of: 2 }, { n: 2, of: 2 })),
    receivedAt: fc.option(fc.date({ min: at, max: new Date('2027-01-01'), noInvalidDate: true })),
  })
  const history = fc.array(statement, { maxLength: 8 }).map((list) =>
    list.map(({ part, receivedAt, ...rest }, n): Statement => {
      return { ...rest, sequence: n + 1, ...(part && { part }), ...(receivedAt && { receivedAt }) }
    }),
  )
  const arrivals = history.chain((statements) =>
    fc.record({
      statements: fc.constant(statements),
      repeated: fc.subarray(statements),
      seed: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
    }),
  )

  test('any order of arrival, with any repetition, gives the same', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom(...measureList), ({ statements, repeated, seed }, measure) => {
        const arrived = [...statements, ...repeated]
          .map((one, n) => ({ one, key: seed[n] ?? n }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        expect(fold(arrived, measure)).toEqual(fold(statements, measure))
      }),
    )
  })
})

test('a court hears what was done, in the words of the measure', () => {
  expect(measureList.map((measure) => answerWord('executed', measure))).toEqual([
    '已查到',
    '已冻结',
    '已查封',
    '已预查封',
    '已续行',
    '已解除',
    '已扣划',
    '已办结',
  ])
  expect(answerWord('partly', 'inquire')).toBe('部分反馈')
  expect(answerWord('silent', 'inquire')).toBe(answers.silent)
})

describe('the moment of reception decides priority, so a word that cannot be true is flagged', () => {
  const firstAttempt = at
  const arrivedAt = new Date('2026-11-24T02:31:00.000Z')
  const doubtful = (moment: string) => doubtfulReceipt(new Date(moment), { firstAttempt, arrivedAt })

  test.each([
    ['between attempt and arrival', '2026-11-24T02:30:30.000Z', false],
    ['five minutes before we tried', '2026-11-24T02:25:00.000Z', false],
    ['earlier than that', '2026-11-24T02:24:59.999Z', true],
    ['five minutes after it told us', '2026-11-24T02:36:00.000Z', false],
    ['later than that', '2026-11-24T02:36:00.001Z', true],
  ])('%s', (_said, moment, expected) => {
    expect(doubtful(moment)).toBe(expected)
  })

  test('what was never handed over cannot have been received', () => {
    expect(doubtfulReceipt(at, { firstAttempt: undefined, arrivedAt })).toBe(true)
  })
})

test('a statement is called by what was done, and by its own word where nothing was', () => {
  expect([statementWord('executed', 'seal'), statementWord('executed', 'release')]).toEqual(['已查封', '已解除'])
  expect([statementWord('waiting', 'seal'), statementWord('nothing', 'inquire')]).toEqual(['轮候', '未查到'])
})

test.each([
  [[], false],
  [[1], false],
  [[1, 2, 2, 1], false],
  [[2, 1, 3], false],
  [[2], true],
  [[1, 3], true],
])('of the sequences %j one is missing: %s', (sequences, missing) => {
  expect(hasGap(sequences.map((sequence) => ({ sequence })))).toBe(missing)
})
