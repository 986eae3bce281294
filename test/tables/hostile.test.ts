import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/tables/read-table.ts'
import { packedNoughts, sheetOf, workbookOf, workbookParts, zipOf } from './archive.ts'

const sheet = 'xl/worksheets/sheet1.xml'
const row = '<row r="1"><c r="A1"><v>1</v></c></row>'
const gibibyte = 1_073_741_824
const mebibyte = 1_048_576

const codeOf = (bytes: Uint8Array) => {
  const table = readTable(bytes)
  return table.kind === 'table' ? 'read' : table.code
}

/** A workbook whose sheet is this, packed already. */
const withSheet = (packed: Uint8Array, unpacked: number) =>
  zipOf(workbookParts(row).map((part) => (part.name === sheet ? { name: sheet, packed, says: { unpacked } } : part)))

describe('an archive that unpacks to more than it should', () => {
  const bomb = packedNoughts(4096)

  test('is small: four gibibytes in less than a file may have', () => {
    expect(bomb.length).toBeLessThan(5 * mebibyte)
    expect(bomb.length * 900).toBeGreaterThan(3 * gibibyte)
  })

  test.each([
    ['says so', 0xfffffffe],
    ['says it is just small enough', 20 * mebibyte],
    ['says it is as small as its other parts', 4000],
    ['says it is nothing', 0],
  ])('and %s is refused, and memory stays where it was', (_what, unpacked) => {
    const before = process.memoryUsage()
    expect(codeOf(withSheet(bomb, unpacked))).toMatch(/^table-(unpacked-too-large|archive-damaged)$/)
    const after = process.memoryUsage()
    expect(after.rss - before.rss).toBeLessThan(100 * mebibyte)
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(60 * mebibyte)
  })

  test('is refused also when no single part is too large', () => {
    // A mebibyte that packs to about nine kibibytes: within what a part may be, but there are too many.
    const some = () => Buffer.concat([randomBytes(8192), Buffer.alloc(mebibyte - 8192)])
    const parts = Array.from({ length: 20 }, (_, n) => ({ name: `xl/media/${n}`, bytes: some() }))
    expect(codeOf(zipOf([...workbookParts(row), ...parts.slice(1)]))).toBe('read')
    expect(codeOf(zipOf([...workbookParts(row), ...parts]))).toBe('table-unpacked-too-large')
  })

  test('is never opened when it lies inside another', () => {
    const inner = zipOf([{ name: 'a', packed: packedNoughts(256), says: { unpacked: 256 * mebibyte } }])
    const outer = workbookParts(row)
    expect(codeOf(zipOf([...outer, { name: 'xl/embeddings/inner.xlsx', bytes: inner, stored: true }]))).toBe('read')
    const asSheet = outer.map((part) => (part.name === sheet ? { name: sheet, bytes: inner, stored: true } : part))
    expect(codeOf(zipOf(asSheet))).toBe('table-xml-damaged')
  })
})

describe('an archive that no spreadsheet writes', () => {
  const more = (part: Parameters<typeof zipOf>[0][number]) => zipOf([...workbookParts(row), part])
  test.each([
    ['a name that leaves the folder', more({ name: '../../etc/cron.d/x' })],
    ['a name from the root', more({ name: '/etc/passwd' })],
    ['a name of another system', more({ name: '..\\..\\windows\\x' })],
    ['a drive', more({ name: 'c:x' })],
    ['a name with a nought', more({ name: 'xl/a\0.xml' })],
    ['the same name twice', more({ name: sheet.toUpperCase() })],
    ['two names for one part', more({ name: 'xl/b.xml', says: { name: 'xl/c.xml', from: 0 } })],
    ['an encrypted part', more({ name: 'x', says: { flags: 1 } })],
    ['a packing of its own', more({ name: 'x', says: { method: 99 } })],
    ['201 parts', zipOf(Array.from({ length: 201 }, (_, n) => ({ name: `${n}` })))],
    ['a part larger than zip can say', more({ name: 'x', says: { unpacked: 0xffffffff } })],
    ['bytes before its first part', zipOf([{ name: 'x', hidden: true }, ...workbookParts(row)])],
    ['bytes behind its end', Buffer.concat([more({ name: 'x' }), Buffer.from('x')])],
    ['a part that is not there', more({ name: 'x', says: { from: 999_999 } })],
  ])('with %s is refused', (_what, bytes) => {
    expect(codeOf(bytes)).toMatch(/^table-archive-(unsafe|damaged)$/)
  })

  test('is refused when its parts share their bytes', () => {
    const parts = workbookParts(row)
    expect(codeOf(zipOf(parts.map((part, n) => (n > 2 ? { ...part, says: { from: 0 } } : part))))).toBe(
      'table-archive-unsafe',
    )
  })

  test('is refused when directory and part disagree on a name, a size or the bytes', () => {
    const lies = { crc: 1, unpacked: 999 }
    for (const [name, value] of Object.entries(lies)) {
      const parts = workbookParts(row).map((part) =>
        part.name === sheet ? { ...part, says: { [name]: value } } : part,
      )
      expect(codeOf(zipOf(parts))).toBe('table-archive-damaged')
    }
    const renamed = workbookParts(row).map((part) =>
      part.name === sheet ? { ...part, name: 'xl/worksheets/sheet2.xml', says: { name: sheet } } : part,
    )
    expect(codeOf(zipOf(renamed))).toBe('table-archive-unsafe')
  })

  test('is refused wherever it was cut', () => {
    const whole = workbookOf(row)
    for (let length = 4; length < whole.length; length += 7)
      expect(codeOf(whole.subarray(0, length)), `${length}`).not.toBe('read')
  })
})

describe('XML that no spreadsheet writes', () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n || ''};`.repeat(10)}">`).join('')}]>`
  const inline = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
  const asSheet = (xml: string) => codeOf(workbookOf('', { [sheet]: xml }))

  test.each([
    ['a billion laughs', laughs + sheetOf(inline('&lol9;')).replace(/^<\?xml.*?\?>/, ''), 'table-xml-unsafe'],
    [
      'a file of the machine',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetOf(inline('&e;')).replace(/^<\?xml.*?\?>/, '')}`,
      'table-xml-unsafe',
    ],
    ['an entity nobody declared', sheetOf(inline('&nbsp;')), 'table-xml-damaged'],
    ['elements in each other without end', sheetOf('<a>'.repeat(200)), 'table-xml-unsafe'],
    [
      'attributes without end',
      sheetOf(`<row ${Array.from({ length: 50_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
      'table-xml-unsafe',
    ],
    ['another encoding', sheetOf(row).replace('UTF-8', 'UTF-7'), 'table-xml-damaged'],
    ['nothing at all', '', 'table-xml-damaged'],
  ])('%s is refused', (_what, xml, code) => {
    expect(asSheet(xml)).toBe(code)
  })

  test('also among the shared texts, the styles and the workbook itself', () => {
    for (const name of ['xl/sharedStrings.xml', 'xl/styles.xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels'])
      expect(codeOf(workbookOf(row, { [name]: `${laughs}<a>&lol9;</a>` }))).toBe('table-xml-unsafe')
  })

  test('cells without end are given up at the first that is wrong', () => {
    expect(asSheet(sheetOf(`<row r="1">${'<c/>'.repeat(1_000_000)}</row>`))).toBe('table-unpacked-too-large')
    // Empty ones too, which mean nothing: more than a list has cells, at a ratio that a real sheet could have.
    const noise = () => `<!--${randomBytes(32).toString('hex')}-->`
    const styled = (rows: number) =>
      Array.from({ length: rows }, (_, n) => `${noise()}<row r="${n + 1}">${'<c/>'.repeat(1000)}</row>`)
    expect(asSheet(sheetOf(styled(1000).join('')))).toBe('table-empty')
    expect(asSheet(sheetOf(styled(1001).join('')))).toBe('table-unpacked-too-large')
    const varied = Array.from({ length: 300_000 }, (_, n) => `<c><v>${(n * 7919) % 999_983}</v></c>`).join('')
    expect(asSheet(sheetOf(`<row r="1">${varied}</row>`))).toBe('table-too-many-columns')
  })
})
