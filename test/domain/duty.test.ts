import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Called, escalateEveryMinutes, isTimeForNext, nextToCall } from '../../src/domain/duty.ts'

const minute = 60_000
const people = fc.uniqueArray(fc.constantFrom('甲', '乙', '丙', '丁', '戊'), { maxLength: 4 })

describe('who is called for an urgent request', () => {
  test('those on duty in order, then the 执行局长, then nobody', () => {
    const called: Called[] = []
    const says: string[] = []
    for (let n = 0; n < 4; n += 1) {
      const next = nextToCall(['甲', '乙'], ['局长'], called)
      if (next) called.push(next)
      says.push(next ? `${next.person} ${next.as}` : 'nobody')
    }
    expect(says).toEqual(['甲 duty', '乙 duty', '局长 director', 'nobody'])
    // Somebody who comes on duty later is called then.
    expect(nextToCall(['丙'], ['局长'], called)).toEqual({ person: '丙', as: 'duty' })
  })

  test('nobody is called twice, everybody who can be is called, and no director before those on duty', () => {
    fc.assert(
      fc.property(people, people, (onDuty, directors) => {
        const called: Called[] = []
        for (;;) {
          const next = nextToCall(onDuty, directors, called)
          if (!next) break
          called.push(next)
        }
        const names = called.map(({ person }) => person)
        expect(new Set(names).size).toBe(names.length)
        expect(new Set(names)).toEqual(new Set([...onDuty, ...directors]))
        expect(called.slice(0, onDuty.length).map(({ person }) => person)).toEqual(onDuty)
      }),
    )
  })

  test('whoever is called has fifteen minutes, to the millisecond', () => {
    const now = new Date('2026-06-03T01:15:00Z')
    const ago = (ms: number) => new Date(now.getTime() - ms)
    expect(escalateEveryMinutes).toBe(15)
    expect(isTimeForNext(undefined, now)).toBe(true)
    expect(isTimeForNext(ago(15 * minute - 1), now)).toBe(false)
    expect(isTimeForNext(ago(15 * minute), now)).toBe(true)
  })
})
