import { describe, expect, test } from 'vitest'
import { graceAfterRetirement, type RegisteredKey, standingOfKey } from '../../src/signing/key.ts'
import { addedTo, retiredAmong, revokedAmong } from '../../src/signing/key-changes.ts'
import { sure } from '../support/court.ts'

const now = new Date('2026-06-03T09:00:00+08:00')
const key = (kid: string, over: Partial<RegisteredKey> = {}): RegisteredKey => ({
  kid,
  jwk: {},
  validFrom: new Date('2026-01-01T00:00:00Z'),
  ...over,
})
const [old, next] = [key('old'), key('next')]
const counting = (keys: readonly RegisteredKey[], at = now) =>
  keys.filter((one) => standingOfKey(one, at) === 'counts').map(({ kid }) => kid)

describe('a rotation with overlap', () => {
  test('both count from the day the new one is there to a week after the old one is retired', () => {
    const both = sure(addedTo([old], next))
    expect(counting(both)).toEqual(['old', 'next'])
    const retired = sure(retiredAmong(both, 'old', now))
    expect(counting(retired, new Date(now.getTime() + graceAfterRetirement))).toEqual(['old', 'next'])
    expect(counting(retired, new Date(now.getTime() + graceAfterRetirement + 1))).toEqual(['next'])
  })

  test('a name once used is never another key’s', () => {
    expect(addedTo([old], key('old'))).toMatchObject({ code: 'key-registered' })
  })

  test('the last that counts is not retired, whoever else is named', () => {
    expect(retiredAmong([old], 'old', now)).toMatchObject({ code: 'key-last' })
    const tomorrow = key('next', { validFrom: new Date('2026-06-04T00:00:00Z') })
    expect(retiredAmong([old, tomorrow], 'old', now)).toMatchObject({ code: 'key-last' })
    expect(retiredAmong([old, key('next', { retiredAt: now })], 'old', now)).toMatchObject({ code: 'key-last' })
  })

  test('what is ended is not ended again, and nobody is ended who is not there', () => {
    const retired = sure(retiredAmong([old, next], 'old', now))
    expect(retiredAmong(retired, 'old', now)).toMatchObject({ code: 'key-ended' })
    expect(retiredAmong(retired, 'stranger', now)).toMatchObject({ code: 'key-not-there' })
    expect(revokedAmong(retired, 'stranger', now)).toMatchObject({ code: 'key-not-there' })
  })

  test('a revoked key counts no more from that moment, the last one too', () => {
    const revoked = sure(revokedAmong([old], 'old', now))
    expect(counting(revoked)).toEqual([])
    expect(revokedAmong(revoked, 'old', now)).toMatchObject({ code: 'key-ended' })
    // Retired first and found out later: the grace of a week is over at once.
    expect(counting(sure(revokedAmong(sure(retiredAmong([old, next], 'old', now)), 'old', now)))).toEqual(['next'])
  })
})
