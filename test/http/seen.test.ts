import { expect, test } from 'vitest'
import { viewOf } from '../../src/http/audit/seen.ts'

test('what a list was narrowed by is in the log as codes, and never as the number of somebody', () => {
  const asked = { kind: 'results.viewed', registry: '102110000017', court: '津0116', from: '2026-11-30' }
  expect(viewOf('log', asked).by).toEqual(asked)
  const numbers = [
    '110105194912310021',
    '11010519491231002X',
    '91350211M000100Y43',
    '6217000000000000012',
    '13800000000',
  ]
  for (const about of [...numbers, '130503670401001', '张某某', 'a b'])
    expect(viewOf('system', { about }), about).toEqual({ of: 'system' })
})
