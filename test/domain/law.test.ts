import { expect, test } from 'vitest'
import { chapters, ruleOf, rules } from '../../src/domain/rules.ts'
import { lawProblems } from '../../src/http/problems/law.ts'
import { filesIn, keepers, lawMarkdown, trials } from './law-page.ts'

const sources = [...filesIn('src/domain', /(?<!-rules)\.ts$/), ...filesIn('src/gateway', /\.ts$/)]
const tests = [...filesIn('test/domain', /\.test\.ts$|law-table\.txt$/), ...filesIn('test/gateway', /\.test\.ts$/)]

test('docs/law.md is what the rules, the code and the tests print', async () => {
  await expect(lawMarkdown(sources, tests)).toMatchFileSnapshot('../../docs/law.md')
})

test.each(Object.entries(rules))('%s has an article, is kept somewhere and tried somewhere', (code, rule) => {
  expect(rule.article).toMatch(/[\u4e00-\u9fa5]{2,}/)
  expect(rule.zh + rule.insteadZh).toMatch(/[\u4e00-\u9fa5]{4,}/)
  expect(keepers(code, sources)).not.toEqual([])
  expect(trials(code, tests)).not.toEqual([])
})

test('every rule stands in one chapter and is a problem with its article', () => {
  const printed = Object.values(chapters).flatMap((chapter) => Object.keys(chapter))
  expect(printed.toSorted()).toEqual(Object.keys(rules).toSorted())
  expect(Object.values(lawProblems).every(({ article }) => article !== undefined)).toBe(true)
  expect(ruleOf('term-too-long')?.article).toContain('四百八十五')
  expect(ruleOf('not-a-rule')).toBeUndefined()
})
