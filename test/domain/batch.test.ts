import { describe, expect, test } from 'vitest'
import {
  batchAfter,
  listed,
  outcomeOf,
  papersOfInquiry,
  parseInquiryKind,
  type RowFacts,
  rowOutcomes,
  secondsLeft,
} from '../../src/domain/batch.ts'
import { corrected, errorsOf, pasted, readBatch } from '../../src/http/officer/batch-rows.ts'
import { unguarded } from '../../src/tables/guard.ts'
import { caseFile, caseNumber } from '../support/court.ts'

const facts = (over: Partial<RowFacts> = {}): RowFacts => {
  return { state: 'submitted', owed: false, late: false, found: false, declined: false, ...over }
}

describe('what has come of a row', () => {
  test('is nothing found only when every registry has said so: silence and a refusal are each their own', () => {
    expect(outcomeOf(facts(), 'done')).toBe('nothing')
    expect(outcomeOf(facts({ owed: true }), 'done')).toBe('sent')
    expect(outcomeOf(facts({ owed: true, late: true, found: true }), 'done')).toBe('silent')
    expect(outcomeOf(facts({ declined: true }), 'done')).toBe('declined')
    expect(outcomeOf(facts({ declined: true, found: true }), 'done')).toBe('found')
    expect(rowOutcomes[outcomeOf(facts({ state: 'refused' }), 'done')]).toBe('未能提交')
  })

  test('of a row that waits hangs on its batch', () => {
    expect(outcomeOf(facts({ state: 'waiting' }), 'paused')).toBe('waiting')
    expect(outcomeOf(facts({ state: 'waiting' }), 'stopped')).toBe('stopped')
  })
})

test('a batch is paused while it runs, goes on after a pause, and is over once it is stopped', () => {
  expect(batchAfter('running', 'pause')).toBe('paused')
  expect(batchAfter('paused', 'pause')).toMatchObject({ code: 'batch-not-running' })
  expect(batchAfter('paused', 'resume')).toBe('running')
  expect(batchAfter('running', 'resume')).toMatchObject({ code: 'batch-not-paused' })
  expect([batchAfter('running', 'stop'), batchAfter('paused', 'stop')]).toEqual(['stopped', 'stopped'])
  for (const deed of ['pause', 'resume', 'stop'] as const)
    expect([batchAfter('stopped', deed), batchAfter('done', deed)]).toMatchObject([
      { code: 'batch-over' },
      { code: 'batch-over' },
    ])
})

test('the time left is told at the measured pace, and not before enough rows are measured', () => {
  expect(secondsLeft(100, 4, 2)).toBeUndefined()
  expect(secondsLeft(100, 10, 5)).toBe(50)
})

test('an inquiry goes out with its notice, and with what a preservation or another court’s case needs beside it', () => {
  expect(papersOfInquiry(caseFile())).toEqual(['inquiry-notice'])
  const preserving = caseFile({ number: caseNumber('（2024）津0116执保12号'), standing: 'commissioned' })
  expect(papersOfInquiry(preserving)).toEqual(['inquiry-notice', 'ruling', 'preservation-application', 'commission'])
})

test('several in a cell are divided as people divide them, and kinds are read by word or code', () => {
  expect(listed(' land-120116 、某某银行；甲, 乙\n丙 ')).toEqual(['land-120116', '某某银行', '甲', '乙', '丙'])
  expect(['银行存款', 'land', '交易流水'].map(parseInquiryKind)).toEqual(['deposit', 'land', 'transactions'])
  expect(parseInquiryKind('古董')).toMatchObject({ code: 'batch-kind-unknown' })
})

const heads = '案号,被执行人,协助执行单位'
const bytesOf = (text: string) => Buffer.from(text, 'utf8')

describe('a list', () => {
  test('is read with the numbers a spreadsheet shows, and as well when it is read again', () => {
    const list = readBatch(bytesOf(`${heads},财产种类\n\n一,甲,X、Y,银行存款\n`))
    expect(list.rows).toEqual([
      { row: 3, case: '一', subject: '甲', registries: ['X', 'Y'], kinds: ['银行存款'], measure: '' },
    ])
    expect(readBatch(bytesOf(list.text)).rows).toEqual(list.rows)
  })

  test('may be pasted from a spreadsheet, tabs and all', () => {
    const { rows } = readBatch(pasted('案号\t被执行人\t协助执行单位\r\n一\t甲, 乙公司\tX\r\n'))
    expect(rows).toMatchObject([{ row: 2, case: '一', subject: '甲, 乙公司', registries: ['X'] }])
  })

  test('says its own limits, and which heading is wrong', () => {
    const long = readBatch(bytesOf(`${heads}\n${'一,甲,X\n'.repeat(2001)}`))
    expect(long.errors).toMatchObject([{ code: 'table-too-many-rows', title: { zh: '超过 2000 行，请分成几批' } }])
    expect(readBatch(Buffer.alloc(1_048_577, 'x')).errors).toMatchObject([{ code: 'table-too-large' }])
    expect(readBatch(bytesOf('案号,被执行人\n一,甲\n')).errors).toMatchObject([
      { code: 'heading-missing', heading: '协助执行单位' },
    ])
    expect(readBatch(bytesOf(`${heads}\n`)).errors).toMatchObject([{ code: 'table-empty' }])
  })

  test('comes back with what is wrong beside each row, runs no formula, and can be brought again as it is', () => {
    const { rows } = readBatch(bytesOf(`${heads}\n一,"=HYPERLINK(""x"")",X\n`))
    const errors = errorsOf({
      alike: [],
      rows: [{ row: 2, objections: [{ code: 'subject-not-a-party', field: 'party' }] }],
    })
    const text = Buffer.from(corrected(rows, errors)).toString('utf8')
    expect(text).toContain(`"'=HYPERLINK(""x"")"`)
    expect(text).toContain('被执行人：')
    expect(unguarded(`'=x`)).toBe('=x')
    expect(readBatch(bytesOf(text))).toMatchObject({ errors: [], rows: [{ subject: '=HYPERLINK("x")' }] })
  })
})
