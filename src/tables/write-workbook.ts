import { strToU8, zipSync } from 'fflate'
import { guarded } from './guard.ts'

/** A sheet to be written: its name on the tab, its rows, and how wide its columns are, in characters. */
export type SheetToWrite = {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  readonly widths: readonly number[]
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packed = 'http://schemas.openxmlformats.org/package/2006'
const kept = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * Writes sheets as an .xlsx (ECMA-376). Every column is of text, also where nothing stands yet: the twelve digits of a bank
 * that are typed in would be a number to a spreadsheet, and a case number with a dash a day.
 */
export function writeWorkbook(sheets: readonly SheetToWrite[]): Uint8Array {
  const numbered = sheets.map((sheet, at) => ({ ...sheet, nth: at + 1 }))
  const each = (write: (sheet: (typeof numbered)[number]) => string) => numbered.map(write).join('')
  const files: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kept}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kept}.styles+xml"/>${each(({ nth }) => `<Override PartName="/xl/worksheets/sheet${nth}.xml" ContentType="${kept}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${packed}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(({ name, nth }) => `<sheet name="${escaped(name)}" sheetId="${nth}" r:id="rId${nth}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packed}/relationships">${each(({ nth }) => `<Relationship Id="rId${nth}" Type="${office}/worksheet" Target="worksheets/sheet${nth}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles,
    ...Object.fromEntries(numbered.map((sheet) => [`xl/worksheets/sheet${sheet.nth}.xml`, sheetPart(sheet)])),
  }
  const zipped = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(head + text)]))
  return zipSync(zipped, { mtime: '2020-01-01T00:00:00' })
}

/** Format 49 is text. The second style is the same in bold, for headings. */
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

function sheetPart({ rows, widths }: SheetToWrite): string {
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1" style="1"/>`,
  )
  const lines = rows.map(
    (cells, at) => `<row r="${at + 1}">${cells.map((text, column) => cell(text, column, at)).join('')}</row>`,
  )
  return `<worksheet xmlns="${main}"><cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData></worksheet>`
}

const cell = (text: string, column: number, row: number): string =>
  text === ''
    ? ''
    : `<c r="${String.fromCharCode(65 + column)}${row + 1}" s="${row === 0 ? 2 : 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(guarded(text))}</t></is></c>`

const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
