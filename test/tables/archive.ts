import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive; `says` is where the directory tells something else than the truth. */
export type Part = {
  readonly name: string
  readonly bytes?: Uint8Array
  /** Put in as it is, not packed. */
  readonly stored?: boolean
  /** There, but not in the directory. */
  readonly hidden?: boolean
  /** Packed already, and to how much it unpacks. */
  readonly packed?: Uint8Array
  readonly says?: Partial<{
    name: string
    flags: number
    method: number
    crc: number
    packed: number
    unpacked: number
    from: number
  }>
}

/** Writes a zip as any program does; each `says` makes it one that no program would write. */
export function zipOf(parts: readonly Part[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let from = 0
  for (const part of parts) {
    const bytes = part.bytes ?? Buffer.alloc(0)
    const packed = part.packed ?? (part.stored ? bytes : deflateRawSync(bytes))
    const truth = {
      flags: 0,
      method: part.stored ? 0 : 8,
      crc: crc32(bytes),
      packed: packed.length,
      unpacked: bytes.length,
      from,
    }
    const local = headerOf(0x04034b50, part.name, { ...truth })
    const local30 = Buffer.concat([local.subarray(0, 30), Buffer.from(part.name), packed])
    locals.push(local30)
    const { name = part.name, ...said } = part.says ?? {}
    if (!part.hidden) directory.push(headerOf(0x02014b50, name, { ...truth, ...said }))
    from += local30.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(from, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, central, end, Buffer.from(comment)])
}

type Fields = Record<'flags' | 'method' | 'crc' | 'packed' | 'unpacked' | 'from', number>

function headerOf(signature: number, name: string, { flags, method, crc, packed, unpacked, from }: Fields): Buffer {
  const isCentral = signature === 0x02014b50
  const header = Buffer.alloc(isCentral ? 46 : 30)
  const at = isCentral ? 2 : 0
  header.writeUInt32LE(signature, 0)
  header.writeUInt16LE(20, 4 + at)
  header.writeUInt16LE(flags, 6 + at)
  header.writeUInt16LE(method, 8 + at)
  header.writeUInt32LE(crc, 14 + at)
  header.writeUInt32LE(packed, 18 + at)
  header.writeUInt32LE(unpacked, 22 + at)
  header.writeUInt16LE(Buffer.byteLength(name), 26 + at)
  if (isCentral) header.writeUInt32LE(from, 42)
  return isCentral ? Buffer.concat([header, Buffer.from(name)]) : header
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook with one sheet; `over` replaces parts or adds some, by name. */
export function workbookParts(sheetData: string, over: Readonly<Record<string, string | Uint8Array>> = {}): Part[] {
  const rels = ['worksheet:worksheets/sheet1.xml', 'styles:styles.xml', 'sharedStrings:sharedStrings.xml'].map(
    (one, nth) => {
      const [type, target] = one.split(':')
      return `<Relationship Id="rId${nth + 1}" Type="${relation}/${type}" Target="${target}"/>`
    },
  )
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${relation}"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rels.join('')}</Relationships>`,
    'xl/styles.xml': `${head}<styleSheet ${main}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="#,##0.00&quot;days&quot;;[Red]-0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst ${main}><si><t>用户名</t></si><si><r><t>林</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 书远</t></r><rPh sb="0" eb="1"><t>リン</t></rPh></si><si><t>a_x000D_b_x005F_x000D_</t></si></sst>`,
    'xl/worksheets/sheet1.xml': sheetOf(sheetData),
    ...over,
  }
  return Object.entries(parts).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
  }))
}

export const sheetOf = (sheetData: string): string =>
  `${head}<worksheet ${main}><sheetData>${sheetData}</sheetData></worksheet>`

export const workbookOf = (sheetData: string, over: Readonly<Record<string, string | Uint8Array>> = {}): Buffer =>
  zipOf(workbookParts(sheetData, over))

/** The same of rows of text. */
export const bookOf = (rows: readonly (readonly string[])[]): Buffer =>
  workbookOf(
    rows
      .map((cells) => `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`)
      .join(''),
  )

/** A deflate stream of so many mebibytes of noughts, made without holding them: one block, again and again. */
export function packedNoughts(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(16 * 1_048_576), { level: 9, finishFlush: 3 })
  return Buffer.concat([...Array<Buffer>(mebibytes / 16).fill(block), Buffer.from([0x03, 0x00])])
}
