import { expect, test } from 'vitest'
import { type Court, type CourtCode, courtName, courts, parseCourtCode } from '../../src/domain/court.ts'
import { refuse } from '../../src/domain/refusal.ts'

test('the courts of Tianjin are known by their letters', () => {
  expect(courts).toHaveLength(23)
  for (const { code } of courts) expect(parseCourtCode(code)).toBe(code)
  expect(courtName('津0116' as CourtCode)).toBe('天津市滨海新区人民法院')
  expect(courtName('津' as CourtCode)).toBe('天津市高级人民法院')
})

test('a court that is not in the table is refused', () => {
  for (const text of ['津116', '津0225', '京01', '', '120242'])
    expect(parseCourtCode(text)).toEqual(refuse('court-unknown'))
})

test('every court but the high court has a superior in the table, of a higher level', () => {
  for (const court of courts.filter(({ code }) => code !== '津')) {
    const superior = courts.find(({ code }) => code === court.superior)
    expect(['high', 'intermediate']).toContain(superior?.level)
    expect(superior?.level).not.toBe(court.level)
  }
})

test('no two courts share a code, a name or a six-digit number', () => {
  for (const key of [
    ({ code }: Court) => code,
    ({ name }: Court) => name,
    ({ legacyCodes }: Court) => legacyCodes[0],
  ]) {
    expect(new Set(courts.map(key)).size).toBe(courts.length)
  }
})

test('another installation brings its own table', () => {
  const zhongshan: Court = {
    code: '粤20' as CourtCode,
    name: '广东省中山市中级人民法院',
    level: 'intermediate',
    legacyCodes: ['442000', 'J60'],
  }
  expect(parseCourtCode('粤20', [zhongshan])).toBe('粤20')
  expect(courtName(zhongshan.code, [zhongshan])).toBe('广东省中山市中级人民法院')
  expect(courtName(zhongshan.code)).toBe('粤20')
})
