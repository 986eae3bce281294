import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/tables/read-table.ts'
import { sheetOf, workbookOf, workbookParts, zipOf } from './archive.ts'

const cellsOf = (bytes: Uint8Array) => {
  const table = readTable(bytes)
  return table.kind === 'table' ? table.rows.map(({ cells }) => cells) : table
}
/** One cell, as the sheet has it. */
const cellOf = (xml: string) => {
  const cells = cellsOf(workbookOf(`<row r="1">${xml}</row>`))
  return Array.isArray(cells) ? cells[0]?.[0] : cells
}

describe('a list in a workbook', () => {
  test('is read by its shared texts, its own texts and its numbers, each in its place', () => {
    const table = readTable(
      workbookOf(
        `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>岗位</t></is></c></row>
         <row r="2"/>
         <row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="3"/><c r="C4"><v>12.5</v></c></row>`,
      ),
    )
    expect(table).toEqual({
      kind: 'table',
      rows: [
        { row: 1, cells: ['用户名', '', '岗位'] },
        { row: 4, cells: ['林 书远', '', '12.5'] },
      ],
    })
  })

  test.each([
    ['a text with what XML cannot hold', '<c r="A1" t="s"><v>2</v></c>', 'a\rb_x000D_'],
    ['a formula that gave a text', '<c r="A1" t="str"><f>A2&amp;"x"</f><v>abc</v></c>', 'abc'],
    ['a formula that gave a number', '<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    ['true', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['a number with a rounding error', '<c r="A1"><v>0.30000000000000004</v></c>', '0.3'],
    ['a small number', '<c r="A1"><v>1.5E-7</v></c>', '0.00000015'],
    ['fifteen digits', '<c r="A1"><v>622202123456789</v></c>', '622202123456789'],
    ['a day', '<c r="A1" s="1"><v>46752</v></c>', '2027-12-31'],
    ['a day in Chinese', '<c r="A1" s="2"><v>46752</v></c>', '2027-12-31'],
    ['a moment', '<c r="A1" s="1"><v>46752.604166666664</v></c>', '2027-12-31 14:30:00'],
    ['a number whose unit looks like a day', '<c r="A1" s="3"><v>46752</v></c>', '46752'],
    ['a day as text', '<c r="A1" t="d"><v>2027-12-31</v></c>', '2027-12-31'],
    ['a cell without its reference', '<c t="s"><v>0</v></c>', '用户名'],
  ])('gives %s', (_what, xml, text) => {
    expect(cellOf(xml)).toBe(text)
  })

  test.each([
    [
      'an identity number that was typed as a number',
      '<c r="A1"><v>1.2011619850312E17</v></c>',
      'table-number-imprecise',
    ],
    ['a formula that never was computed', '<c r="A1"><f>B1</f></c>', 'table-formula-without-value'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', 'table-cell-error'],
    ['a day before there were any', '<c r="A1" s="1"><v>12</v></c>', 'table-date'],
  ])('is refused for %s, by its place', (_what, xml, code) => {
    expect(
      cellsOf(workbookOf(`<row r="1"><c r="A1"><v>1</v></c></row><row r="7">${xml.replace('A1', 'AA7')}</row>`)),
    ).toEqual({ kind: 'refused', code, row: 7, column: 27 })
  })

  test.each([
    ['a text that is not there', '<row r="1"><c r="A1" t="s"><v>99</v></c></row>'],
    ['a cell of another row', '<row r="1"><c r="A2"><v>1</v></c></row>'],
    ['cells out of order', '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'],
    ['the same row twice', '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"/>'],
    ['a number that is none', '<row r="1"><c r="A1"><v>1,5</v></c></row>'],
    ['a cell outside of any row', '<c r="A1"><v>1</v></c>'],
    ['a type nobody knows', '<row r="1"><c r="A1" t="x"><v>1</v></c></row>'],
    ['an element that is never closed', '<row r="1"><c r="A1"><v>1</v>'],
  ])('is refused as damaged for %s', (_what, sheet) => {
    expect(cellsOf(workbookOf(sheet))).toEqual({ kind: 'refused', code: 'table-xml-damaged' })
  })

  test('may be as long and as wide as a list may be; what is empty beyond does not count', () => {
    const row = (n: number, xml: string) => `<row r="${n}">${xml}</row>`
    const filled = (n: number) => row(n, `<c r="A${n}"><v>1</v></c>`)
    const full = Array.from({ length: 10_000 }, (_, n) => filled(n + 1)).join('')
    expect(cellsOf(workbookOf(full + row(10_001, '<c r="A10001" s="1"/>')))).toHaveLength(10_000)
    expect(cellsOf(workbookOf(full + filled(10_001)))).toMatchObject({ code: 'table-too-many-rows', row: 10_001 })
    expect(cellsOf(workbookOf(row(1, '<c r="CV1"><v>1</v></c><c r="XFD1" s="1"/>')))).toHaveLength(1)
    expect(cellsOf(workbookOf(row(1, '<c r="CW1"><v>1</v></c>')))).toMatchObject({
      code: 'table-too-many-columns',
      row: 1,
      column: 101,
    })
  })

  test('is its first sheet that can be seen, wherever that lies, with days as that workbook counts them', () => {
    const over = {
      'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:q="r"><x:workbookPr date1904="1"/><x:sheets>
        <x:sheet name="隐藏" sheetId="1" state="hidden" q:id="rId1"/><x:sheet name="名单" sheetId="2" q:id="rId9"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="p"><Relationship Id="rId9" Type="t/worksheet" Target="/xl/worksheets/other.xml"/>
        <Relationship Id="rId3" Type="t/styles" Target="styles.xml"/></Relationships>`,
      'xl/worksheets/other.xml': sheetOf('<row r="1"><c r="A1" s="1"><v>45290</v></c></row>')
        .replaceAll(/<(\/?)(?=\w)/g, '<$1x:')
        .replace('xmlns=', 'xmlns:x='),
    }
    expect(cellsOf(workbookOf('<row r="1"><c r="A1"><v>1</v></c></row>', over))).toEqual([['2027-12-31']])
  })

  test('may be written by a program that streams: sizes behind the data, folders, a comment', () => {
    const parts = workbookParts('<row r="1"><c r="A1"><v>1</v></c></row>')
    const streamed = parts.map((part) => ({ ...part, says: { flags: 0x808 } }))
    expect(cellsOf(zipOf([...streamed, { name: 'xl/media/' }], 'written by a program'))).toEqual([['1']])
  })
})

describe('what is no list', () => {
  test.each([
    ['an old .xls, or a locked workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'table-old-excel'],
    ['a document', zipOf([{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }]), 'table-no-workbook'],
    ['a binary workbook', zipOf([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.bin' }]), 'table-no-workbook'],
    ['a workbook with macros', workbookOf('', { 'xl/vbaProject.bin': 'x' }), 'table-macros'],
    [
      'a workbook that may have macros',
      workbookOf('', {
        '[Content_Types].xml':
          '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
      }),
      'table-macros',
    ],
    [
      'a workbook that looks into other files',
      workbookOf('', { 'xl/externalLinks/externalLink1.xml': '<x/>' }),
      'table-external-links',
    ],
    [
      'a workbook whose sheet is somewhere else',
      workbookOf('', {
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="rId1" Type="t/worksheet" TargetMode="External" Target="file:///etc/passwd"/></Relationships>',
      }),
      'table-no-workbook',
    ],
    ['a workbook without a sheet', workbookOf('', { 'xl/workbook.xml': '<workbook/>' }), 'table-no-workbook'],
    ['a workbook without a word', workbookOf(''), 'table-empty'],
  ])('%s is told apart', (_what, bytes, code) => {
    expect(readTable(bytes)).toEqual({ kind: 'refused', code })
  })
})
