import { expect, test } from 'vitest'
import { type StatisticsShown, statisticsPage } from '../../src/console/audit/statistics-page.ts'
import type { AtDesk } from '../../src/console/desk/door.ts'
import { writtenFor } from '../../src/console/language.ts'
import { binhai } from '../support/court.ts'

test('the statistics say what the parts of a bar are in the language of the page', () => {
  const figure = { ...{ key: binhai, deliveries: 1, answered: 1, unanswered: 0, overdue: 0, releases: 0 } }
  const controls = { inForce: 2, waiting: 1, released: 0, expired: 0, endedOtherwise: 0 }
  const figures = { ofCourts: [{ ...figure, ...controls }], ofRegistries: [], overdue: [] }
  const shown = { asked: { from: '2026-01-01', to: '2026-01-31' }, figures, cases: new Map(), courts: [] }
  const read = (language: 'zh' | 'en') =>
    writtenFor({ language, now: new Date() }, () =>
      String(
        statisticsPage(
          { ...shown, registries: new Map() } as unknown as StatisticsShown,
          { who: { name: '梅清和', token: 't' }, mark: '' } as AtDesk,
        ),
      ),
    )
  expect(read('zh')).toContain('在控 2 · 轮候 1')
  expect(read('en')).toContain('in force 2 · waiting 1')
  expect(read('en')).not.toContain('在控')
})
