import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences, type ErrandEntry, errandStanding, leavesOf } from '../../src/domain/errand.ts'

const at = new Date('2026-06-03T01:15:00Z')
const people = ['lin', 'han', 'zhao', 'sun'] as const
const readings = fc.record({ kind: fc.constantFrom('executed', 'waiting'), controlNo: fc.constantFrom('FH-1', 'FH-7') })

/** Whoever comes, in whatever order, enters where the rule lets them. */
const days = fc.array(fc.record({ person: fc.constantFrom(...people), reading: readings }), { maxLength: 12 })

function entered(tries: readonly { readonly person: string; readonly reading: object }[]): readonly ErrandEntry[] {
  const entries: ErrandEntry[] = []
  for (const { person, reading } of tries) {
    const { round, entered: who, agreed } = errandStanding(entries)
    if (!agreed && !who.includes(person)) entries.push({ round, person, at, reading: { ...reading } })
  }
  return entries
}

test('whoever comes in whatever order: what is agreed was read alike by two, and neither may compare it', () => {
  fc.assert(
    fc.property(days, (tries) => {
      const entries = entered(tries)
      const { round, agreed, readers, entered: who } = errandStanding(entries)
      const pair = entries.filter((entry) => entry.round === round)
      expect(new Set(who).size).toBe(who.length)
      if (agreed) {
        expect(pair.map(({ reading }) => reading)).toEqual([agreed, agreed])
        expect(who).toHaveLength(2)
        for (const one of who) expect(readers).toContain(one)
      } else expect(who.length).toBeLessThan(2)
    }),
  )
})

test('a round whose entries differ is over, and tells the fields and never what stood there', () => {
  fc.assert(
    fc.property(readings, readings, (left, right) => {
      const both = [
        { round: 1, person: 'lin', at, reading: left },
        { round: 1, person: 'han', at, reading: right },
      ]
      const standing = errandStanding(both)
      const fields = differences(left, right)
      expect(standing.fields).toEqual(fields)
      expect(standing.round).toBe(fields.length > 0 ? 2 : 1)
      expect(fields.every((field) => leavesOf(left).includes(field))).toBe(true)
    }),
  )
})

test('what the third sends back is over too, and what was committed is followed by a round of its own', () => {
  const both = ['lin', 'han'].map((person) => ({ round: 1, person, at, reading: { kind: 'received' } }))
  const judged = (fields: readonly string[]) => errandStanding(both, [{ round: 1, person: 'zhao', at, fields }])
  expect(judged(['kind'])).toMatchObject({ round: 2, fields: ['kind'], entered: [], readers: ['lin', 'han'] })
  expect(judged([])).toMatchObject({ round: 2, fields: [] })
  expect(differences({ targets: [{ amount: '1.00' }] }, { targets: [] })).toEqual(['targets/0'])
})

test('the same in other brackets, widths and blanks is the same, and 98.5 is 98.50; another number is another', () => {
  const read = (over: object) => ({ controlNo: '（2026）协冻12号', area: '98.5', ...over })
  for (const same of [{ area: '98.50' }, { area: '９８．５' }, { controlNo: '(2026) 协冻１２号' }])
    expect(differences(read({}), read(same))).toEqual([])
  expect(differences(read({}), read({ area: '98.05', controlNo: '（2026）协冻120号' }))).toEqual(['area', 'controlNo'])
})
