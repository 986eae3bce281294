import { describe, expect, test } from 'vitest'
import { type AnomalyFacts, type AnomalyKind, anomalyLimits, type LoggedAct } from '../../src/domain/anomaly.ts'
import { anomaliesIn } from '../../src/domain/find-anomalies.ts'
import { defaultCalendar } from '../../src/domain/holidays.ts'

const none: AnomalyFacts = {
  now: new Date('2026-09-01T02:00:00Z'),
  calendar: defaultCalendar,
  standings: [],
  ofOwnName: new Set(),
}
/** 10 June 2026, a Wednesday, 10 o'clock in Beijing. */
const morning = Date.parse('2026-06-10T02:00:00Z')
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

let serial = 0
const act = (over: Partial<LoggedAct> & { readonly after?: number } = {}): LoggedAct => {
  serial += 1
  const { after = 0, ...rest } = over
  const at = new Date(morning + after)
  return { entry: `e${serial}`, at, does: 'look', person: '林', court: '津0116', caseId: '案一', subject: 'x', ...rest }
}
const times = (count: number, make: (n: number) => LoggedAct) => Array.from({ length: count }, (_, n) => make(n))
const found = (kind: AnomalyKind, acts: readonly LoggedAct[], facts: Partial<AnomalyFacts> = {}) =>
  anomaliesIn(kind, acts, { ...none, ...facts })

describe('what is worth a look', () => {
  test('one person looks at one subject again and again within a week', () => {
    const looks = (count: number, apart: number) => times(count, (n) => act({ after: n * apart, caseId: `案${n % 2}` }))
    expect(found('repeated-looks', looks(10, hour))).toMatchObject([{ people: ['林'], cases: ['案0', '案1'] }])
    expect(found('repeated-looks', looks(9, hour))).toEqual([])
    expect(found('repeated-looks', looks(10, day))).toEqual([])
    // A page that is loaded again within the half hour is the same look.
    const reloads = looks(10, hour).flatMap((one) => [one, { ...one, at: new Date(one.at.getTime() + 29 * 60_000) }])
    expect(found('repeated-looks', reloads)[0]?.entries).toHaveLength(10)
    expect(found('repeated-looks', looks(20, 60_000))).toEqual([])
    expect(
      found(
        'repeated-looks',
        times(10, (n) => act({ subject: `x${n}` })),
      ),
    ).toEqual([])
    const auditors = times(10, () => act({ byAuditor: true }))
    expect(found('repeated-looks', auditors)).toEqual([])
  })

  test('several people look at one subject, each from a case of their own', () => {
    const looks = times(3, (n) => act({ person: `人${n}`, caseId: `案${n}` }))
    expect(found('many-lookers', looks)).toMatchObject([{ people: ['人0', '人1', '人2'] }])
    expect(found('many-lookers', looks.slice(1))).toEqual([])
    expect(
      found(
        'many-lookers',
        times(3, (n) => act({ person: `人${n}` })),
      ),
    ).toEqual([])
  })

  test('somebody looks or submits when nobody works: at night, on a day off, not on a Saturday that is worked', () => {
    const night = 13 * hour
    expect(found('out-of-hours', [act({ does: 'submit', after: night })])).toHaveLength(1)
    expect(found('out-of-hours', [act({ after: night }), act({ after: night })])).toEqual([])
    expect(
      found(
        'out-of-hours',
        times(3, () => act({ after: night })),
      ),
    ).toHaveLength(1)
    expect(found('out-of-hours', [act({ does: 'submit' })])).toEqual([])
    const on = (date: string) => [act({ does: 'submit', at: new Date(`${date}T02:00:00Z`) })]
    expect(found('out-of-hours', on('2026-06-19'))).toHaveLength(1)
    expect(found('out-of-hours', on('2026-10-10'))).toEqual([])
  })

  test('an inquiry that nothing came of, once there was time', () => {
    const inquiry = act({ does: 'submit', isInquiry: true, request: 'r1' })
    const freeze = act({ does: 'submit', request: 'r2', after: 5 * day, person: '赵' })
    expect(found('inquiry-without-act', [inquiry])).toHaveLength(1)
    expect(found('inquiry-without-act', [inquiry, freeze])).toEqual([])
    expect(found('inquiry-without-act', [inquiry, act({ does: 'other', after: 31 * day })])).toHaveLength(1)
    expect(found('inquiry-without-act', [inquiry, { ...freeze, caseId: '案二' }])).toHaveLength(1)
    expect(found('inquiry-without-act', [inquiry], { now: new Date(morning + 29 * day) })).toEqual([])
  })

  test('somebody does far more than the others of the court', () => {
    const others = ['甲', '乙', '丙'].flatMap((person) => times(10, () => act({ person })))
    const [busy, calm] = [times(30, () => act()), times(29, () => act())]
    expect(found('volume', [...others, ...busy])).toMatchObject([{ people: ['林'], median: 10 }])
    expect(found('volume', [...others, ...calm])).toEqual([])
    expect(found('volume', [...others.slice(10), ...busy])).toEqual([])
    const elsewhere = others.map((one) => ({ ...one, court: '津0102' }))
    expect(found('volume', [...elsewhere, ...busy])).toEqual([])
  })

  test('somebody asks soon after the case was closed, and not where it was opened again', () => {
    const closed = { caseId: '案一', at: new Date(morning - 10 * day), isClosed: true }
    const inquiry = [act({ does: 'submit', isInquiry: true })]
    expect(found('after-closing', inquiry, { standings: [closed] })).toHaveLength(1)
    const reopened = { ...closed, at: new Date(morning - day), isClosed: false }
    expect(found('after-closing', inquiry, { standings: [reopened, closed] })).toEqual([])
    const longAgo = { ...closed, at: new Date(morning - 91 * day) }
    expect(found('after-closing', inquiry, { standings: [longAgo] })).toEqual([])
    expect(found('after-closing', [act()], { standings: [closed] })).toEqual([])
  })

  test('something was revealed, and the same person did nothing on the case', () => {
    const reveal = act({ does: 'reveal' })
    expect(found('reveal-without-act', [reveal])).toHaveLength(1)
    expect(found('reveal-without-act', [reveal, act({ does: 'submit', after: day })])).toEqual([])
    expect(found('reveal-without-act', [reveal, act({ does: 'submit', after: day, person: '赵' })])).toHaveLength(1)
    expect(found('reveal-without-act', [{ ...reveal, byAuditor: true }])).toEqual([])
  })

  test('a party has the name of whoever submitted', () => {
    const own = act({ does: 'submit' })
    expect(found('own-name', [own, act({ does: 'submit' })], { ofOwnName: new Set([own.entry]) })).toMatchObject([
      { entries: [own] },
    ])
    expect(found('own-name', [own])).toEqual([])
  })

  test('a registry sends much that proves nothing, within an hour', () => {
    const kept = (count: number, apart: number) =>
      times(count, (n): LoggedAct => {
        const { person: _, ...nobodys } = act({ after: n * apart, does: 'quarantine' })
        return { ...nobodys, registry: 'land-1' }
      })
    expect(found('quarantine-burst', kept(5, minute))).toMatchObject([{ registry: 'land-1', people: [] }])
    expect(found('quarantine-burst', kept(4, minute))).toEqual([])
    expect(found('quarantine-burst', kept(5, hour))).toEqual([])
  })

  const letGo = (n: number, by: string, after = 5 * minute) => [
    act({ does: 'submit', request: `r${n}`, after: n * hour }),
    act({ does: 'approve', request: `r${n}`, person: by, after: n * hour + after }),
  ]

  test('an approval came faster than anybody reads', () => {
    expect(found('instant-approval', letGo(1, '赵', 30_000))).toMatchObject([{ people: ['林', '赵'] }])
    expect(found('instant-approval', letGo(1, '赵', 31_000))).toEqual([])
  })

  test('one maker is always let go by the same one, though there are others', () => {
    const pairs = Array.from({ length: anomalyLimits.pairAMonth }, (_, n) => letGo(n, '赵')).flat()
    const another = [
      act({ does: 'submit', request: 'o', person: '王' }),
      act({ does: 'approve', request: 'o', person: '孙' }),
    ]
    expect(found('fixed-pair', [...pairs, ...another])).toMatchObject([{ people: ['林', '赵'] }])
    expect(found('fixed-pair', pairs)).toEqual([])
    expect(found('fixed-pair', [...pairs.slice(2), ...another])).toEqual([])
    expect(found('fixed-pair', [...pairs, ...another, ...letGo(20, '孙')])).toEqual([])
  })

  test('is the same thing under the same name, whatever else was looked through', () => {
    const looks = times(10, (n) => act({ after: n * hour }))
    const [one] = found('repeated-looks', looks)
    const [same] = found('repeated-looks', [act({ after: -9 * day }), ...looks, act({ person: '赵' })])
    expect(same?.key).toBe(one?.key)
  })
})
