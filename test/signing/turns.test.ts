import { describe, expect, test } from 'vitest'
import { drawPassword, hashPassword, passwordHolds } from '../../src/signing/password.ts'
import { sealFor } from '../../src/signing/seal.ts'
import { createTurns } from '../../src/signing/turns.ts'

/** Work that goes on until it is told to end. */
function held() {
  let end = (): void => {}
  const work = new Promise<void>((resolve) => {
    end = resolve
  })
  return { work: () => work.then(() => 'done'), end }
}

describe('slow work', () => {
  test('goes on two at a time, waits in line, and is refused when the line is full', async () => {
    const turns = createTurns({ atOnce: 2, waiting: 3, waitingPerName: 3 })
    const first = held()
    const began: number[] = []
    const all = [1, 2, 3, 4, 5, 6].map((at) =>
      turns.take(`name-${at}`, () => {
        began.push(at)
        return first.work()
      }),
    )
    expect(await all[5]).toBeUndefined()
    expect(began).toEqual([1, 2])
    first.end()
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done', 'done', 'done', undefined])
    expect(began).toEqual([1, 2, 3, 4, 5])
  })

  test('under one name leaves the line to others', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 10, waitingPerName: 2 })
    const first = held()
    const hammered = Array.from({ length: 8 }, () => turns.take('zhao', first.work))
    const other = turns.take('lin', first.work)
    first.end()
    expect(await other).toBe('done')
    expect((await Promise.all(hammered)).filter((answer) => answer === 'done')).toHaveLength(3)
  })

  test('that breaks gives its turn on', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 1, waitingPerName: 1 })
    const broken = turns.take('a', () => Promise.reject(new Error('broken')))
    const next = turns.take('b', async () => 'done')
    await expect(broken).rejects.toThrow('broken')
    expect(await next).toBe('done')
  })
})

describe('a password that is kept', () => {
  test('holds for itself alone, whatever the keyboard, and is kept at the cost it was made with', async () => {
    const kept = await hashPassword('ｆｏｕｒ plain words', 'person')
    expect(kept).toMatch(/^scrypt\$16384,8,5\$/)
    expect(await passwordHolds('four plain words', kept)).toBe(true)
    expect(await passwordHolds('four plain wordS', kept)).toBe(false)
    expect(await passwordHolds('', '', 'person')).toBe(false)
    expect(await passwordHolds('secret', await hashPassword('secret'))).toBe(true)
  })

  test('of nobody’s choosing has eighty bits and can be read out', () => {
    const drawn = new Set(Array.from({ length: 200 }, drawPassword))
    expect(drawn.size).toBe(200)
    for (const password of drawn) expect(password).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/)
  })
})

describe('what a browser keeps for us under seal', () => {
  const now = new Date('2026-06-03T01:00:00Z')
  const soon = new Date(now.getTime() + 60_000)
  const seal = sealFor(Buffer.alloc(32, 'a'), 'test/v1')

  test('comes back as it was, by any process, until its time is over', () => {
    const text = seal.close({ person: 'lin' }, soon)
    expect(text).not.toContain('lin')
    expect(sealFor(Buffer.alloc(32, 'a'), 'test/v1').open(text, now)).toEqual({ person: 'lin' })
    expect(seal.open(text, soon)).toBeUndefined()
  })

  test('is nothing when a letter was changed, or it was sealed for something else', () => {
    const text = seal.close({ person: 'lin' }, soon)
    for (let at = 0; at < text.length; at += 7) {
      const letter = text[at] === 'A' ? 'B' : 'A'
      expect(seal.open(text.slice(0, at) + letter + text.slice(at + 1), now)).toBeUndefined()
    }
    expect(sealFor(Buffer.alloc(32, 'a'), 'other/v1').open(text, now)).toBeUndefined()
    expect(seal.open('', now)).toBeUndefined()
  })
})
