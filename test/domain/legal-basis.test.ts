import { expect, test } from 'vitest'
import {
  type Circumstances,
  type DocumentKind,
  missingDocument,
  neededPapers,
  needsPaper,
} from '../../src/domain/legal-basis.ts'
import type { MeasureKind } from '../../src/domain/measure.ts'

const held = (...kinds: DocumentKind[]) => kinds.map((kind) => ({ kind }))

/** 措施与文书 — what is in the hand, and which paper is still asked for. */
const rows: readonly (readonly [MeasureKind, readonly DocumentKind[], missing: DocumentKind | undefined])[] = [
  ['inquire', [], 'inquiry-notice'],
  ['inquire', ['inquiry-notice'], undefined],
  ['inquire', ['execution-notice'], undefined],
  ['inquire', ['ruling'], 'inquiry-notice'],
  ['freeze', [], 'ruling'],
  ['freeze', ['ruling'], 'freeze-notice'],
  ['freeze', ['ruling', 'freeze-notice'], undefined],
  ['freeze', ['freeze-notice'], 'ruling'],
  ['seal', ['ruling', 'freeze-notice'], 'execution-notice'],
  ['seal', ['ruling', 'execution-notice'], undefined],
  ['pre-seal', ['ruling'], 'execution-notice'],
  ['pre-seal', ['ruling', 'execution-notice'], undefined],
  ['extend', ['execution-notice'], 'ruling'],
  ['extend', ['ruling', 'freeze-notice'], undefined],
  ['release', ['ruling'], 'release-notice'],
  ['release', ['ruling', 'execution-notice'], undefined],
  ['transfer', ['ruling', 'freeze-notice'], 'transfer-notice'],
  ['transfer', ['ruling', 'transfer-notice'], undefined],
  ['convey', ['execution-notice'], 'ruling'],
  ['convey', ['judgment', 'execution-notice'], undefined],
]

test.each(rows)('%s with %j lacks %s', (measure, papers, missing) => {
  expect(missingDocument(measure, held(...papers))).toBe(missing)
})

test('another court’s case needs its 委托函 beside every paper of the measure (invariant 7)', () => {
  expect(missingDocument('inquire', held('inquiry-notice'), { commissioned: true })).toBe('commission')
  expect(missingDocument('inquire', held('inquiry-notice', 'commission'), { commissioned: true })).toBeUndefined()
  expect(missingDocument('seal', held('commission'), { commissioned: true })).toBe('ruling')
})

test('of the papers of a case each measure takes the newest of each kind it needs, and no other', () => {
  const papers = held('ruling', 'inquiry-notice', 'freeze-notice', 'execution-notice', 'ruling', 'other')
  const taken = (...[kind, given]: [MeasureKind, Circumstances?]) =>
    neededPapers(kind, papers, given).map((one) => one.kind)
  expect(taken('inquire')).toEqual(['inquiry-notice'])
  expect(taken('seal')).toEqual(['execution-notice', 'ruling'])
  expect(taken('freeze', { classes: ['deposit'] })).toEqual(['freeze-notice', 'ruling'])
  expect(taken('freeze', { classes: ['fund'] })).toEqual(['execution-notice', 'ruling'])
  expect(taken('freeze', { classes: ['fund', 'deposit'] })).toEqual(['freeze-notice', 'execution-notice', 'ruling'])
  expect(neededPapers('seal', papers)[1]).toBe(papers[4])
  expect([needsPaper('inquire', 'execution-notice'), needsPaper('seal', 'freeze-notice')]).toEqual([true, false])
})
