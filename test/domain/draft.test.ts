import { expect, test } from 'vitest'
import { objectionsOf } from '../../src/domain/draft.ts'
import { refuse } from '../../src/domain/refusal.ts'

const papers = refuse('document-missing', 'basis.documents', { document: 'ruling' })
const amount = refuse('amount-missing', 'measure.targets')
const other = refuse('amount-missing', 'measure.other')

test('of what stands against a draft the answer comes first, and nothing twice', () => {
  expect(objectionsOf(amount, [papers, amount, other]).map(({ code, field }) => [code, field])).toEqual([
    ['amount-missing', 'measure.targets'],
    ['document-missing', 'basis.documents'],
    ['amount-missing', 'measure.other'],
  ])
})

test('an objection keeps its code, its place and its detail, and is no refusal any more', () => {
  expect(objectionsOf(papers, [])).toEqual([
    { code: 'document-missing', field: 'basis.documents', detail: { document: 'ruling' } },
  ])
})
