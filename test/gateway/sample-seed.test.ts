import { describe, expect, test } from 'vitest'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import { digestOf, drawFrom, seedText } from '../../src/gateway/sample-seed.ts'

const asked = {
  court: '津0116',
  what: 'exchanges',
  from: '2026-06-01' as BeijingDate,
  to: '2026-06-30' as BeijingDate,
  size: 5,
} as const
const covered = { index: 41, treeSize: 44, root: Buffer.alloc(32, 7) }
const ids = Array.from({ length: 200 }, (_, n) => `id-${n}`)

describe('what decides a sample', () => {
  test('is a text that anybody can hash again, and one way of writing it', () => {
    expect(seedText(asked, covered)).toBe(
      'writ-sample/v1\ncourt 津0116\nwhat exchanges\nfrom 2026-06-01\nto 2026-06-30\nsize 5\nbefore 41\ntree 44\n' +
        'root BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n',
    )
  })

  test('draws the same whoever draws, and something else from any other seed', () => {
    const seed = seedText(asked, covered)
    const drawn = drawFrom(seed, ids, 5)
    // Reckoned elsewhere, with another program.
    expect(drawn).toEqual(['id-134', 'id-66', 'id-172', 'id-19', 'id-73'])
    expect(drawFrom(seed, ids.toReversed(), 5)).toEqual(drawn)
    expect(drawFrom(seedText({ ...asked, size: 6 }, covered), ids, 5)).not.toEqual(drawn)
    expect(drawFrom(seedText(asked, { ...covered, root: Buffer.alloc(32, 8) }), ids, 5)).not.toEqual(drawn)
    expect(drawFrom(seed, ids.slice(0, 3), 5)).toHaveLength(3)
  })

  test('and what it is drawn from has one digest, in whatever order it comes', () => {
    expect(digestOf(ids)).toBe(digestOf(ids.toReversed()))
    expect(digestOf(ids.slice(1))).not.toBe(digestOf(ids))
  })
})
