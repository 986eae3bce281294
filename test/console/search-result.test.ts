import { expect, test } from 'vitest'
import { type ResultShown, searchResultPage } from '../../src/console/audit/search-result-page.ts'
import type { AtDesk } from '../../src/console/desk/door.ts'

const search = {
  id: 'search',
  idType: 'id-card',
  idNumber: '1***3',
  reason: '信访',
  askedBy: 'mei',
  askedAt: new Date(),
}
const entries = Array.from({ length: 120 }, (_, at) => ({
  ...{ id: `look-${at}`, at: new Date().toISOString(), kind: 'results.viewed', person: 'lin' },
}))
const result = { search: { ...search, expiresAt: new Date() }, cases: [], requests: [], entries, viewer: 'mei' }
const people = new Map([['lin', '林书远']])
const shown = { result, people, cases: new Map(), registries: new Map() } as unknown as ResultShown

const pageFrom = (after?: string) =>
  String(searchResultPage({ ...shown, from: { after } }, { who: { name: '梅清和', token: 't' }, mark: '' } as AtDesk))

test('who looked at somebody is listed by the twenty-five, and counted whole on every page', () => {
  const looks = (text: string) => [...text.matchAll(/\/audit\/entries\/(look-\d+)/g)].map(([, id]) => id)
  const first = pageFrom()
  expect([looks(first).length, looks(first).at(-1)]).toEqual([25, 'look-24'])
  expect(first).toContain('/audit/searches/search?after=look-24')
  const last = pageFrom('look-99')
  expect([looks(last)[0], looks(last).length]).toEqual(['look-100', 20])
  expect(last).not.toContain('?after=')
  for (const page of [first, last]) expect(page.indexOf('关于此人的请求')).toBeLessThan(page.indexOf('逐次记录'))
  for (const page of [first, last]) expect(page).toContain('<span class="count">120</span>')
})

test('several names under one number are told, for whoever answers a complaint', () => {
  const named = (...names: readonly string[]) => {
    const cases = names.map((name, at) => ({
      ...{ id: `case-${at}`, number: `（2026）津0116执${at}号`, court: '津0116' },
      parties: [{ name, idNumber: '1***3' }],
    }))
    const told = { ...shown, result: { ...result, cases }, from: {} } as unknown as ResultShown
    return String(searchResultPage(told, { who: { name: '梅清和', token: 't' }, mark: '' } as AtDesk))
  }
  expect(named('张**', '陈**')).toContain('同一证件号码登记有不同姓名：张**、陈**，请核对')
  expect(named('张**', '张**')).not.toContain('登记有不同姓名')
})
