import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readTable } from '../../src/tables/read-table.ts'
import { tableLimits } from '../../src/tables/table.ts'
import { tableWords } from '../../src/tables/words.ts'
import { workbookOf, workbookParts, zipOf } from './archive.ts'

/** Whatever was read keeps to the limits; whatever was refused is refused by a code that has its words, and says no more. */
function keepsItsPromise(bytes: Uint8Array): void {
  const said = readTable(bytes)
  if (said.kind === 'refused') {
    const { kind, code, row, column, ...rest } = said
    expect(Object.keys(tableWords)).toContain(code)
    expect(rest).toEqual({})
    return
  }
  expect(said.rows.length).toBeLessThanOrEqual(tableLimits.rows)
  for (const { cells } of said.rows) {
    expect(cells.length).toBeLessThanOrEqual(tableLimits.columns)
    for (const text of cells) expect(text.length).toBeLessThanOrEqual(tableLimits.cellLength)
  }
}

const list = '用户名,"姓,名",岗位\r\nlin,"林""书远",经办人\r\n,,\r\n'
const sheet = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>46752</v></c></row>'
const samples = [Buffer.from(list), iconv.encode(list, 'gbk'), workbookOf(sheet)]

/** Some bytes of a real list changed, cut out, doubled or put in. */
const wound = fc.record({
  sample: fc.constantFrom(...samples),
  cuts: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      out: fc.nat({ max: 9 }),
      put: fc.uint8Array({ maxLength: 9 }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
})

test('no bytes at all make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      keepsItsPromise(bytes)
      keepsItsPromise(Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), bytes]))
    }),
    { numRuns: 300 },
  )
})

test('nor a real list that was tampered with', () => {
  fc.assert(
    fc.property(wound, ({ sample, cuts }) => {
      let bytes: Uint8Array = sample
      for (const { at, out, put } of cuts) {
        const from = Math.floor(at * bytes.length)
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + out)])
      }
      keepsItsPromise(bytes)
    }),
    { numRuns: 500 },
  )
})

test('nor a whole archive of which one part is anything', () => {
  const names = workbookParts(sheet).map(({ name }) => name)
  const xml = fc
    .array(
      fc.constantFrom(
        '<row r="1">',
        '<c r="A1">',
        '<c>',
        '<v>',
        '1',
        '</v>',
        '</c>',
        '</row>',
        '<is>',
        '<t>',
        '</t>',
        '<si>',
        '</si>',
        '<rPh>',
        '</rPh>',
        '<f/>',
        '<sheet r:id="rId1"/>',
        '<xf numFmtId="14"/>',
        '<cellXfs>',
        '&amp;',
        '&#0;',
        '<![CDATA[x]]>',
        '<!--',
        '-->',
        '<?a b?>',
        '\u0000',
      ),
      { maxLength: 30 },
    )
    .map((pieces) => `<a xmlns:r="r">${pieces.join('')}</a>`)
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.oneof(xml, fc.string()), (name, content) => {
      const parts = workbookParts(sheet, { [name]: content })
      keepsItsPromise(zipOf(parts))
    }),
    { numRuns: 500 },
  )
})
