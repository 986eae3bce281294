const pageObjects = (line: string): readonly string[] => {
  const text = line.replace(/[^\x20-\x7e]/g, '?').replace(/[()\\]/g, (mark) => `\\${mark}`)
  const content = `BT /F1 14 Tf 72 760 Td (${text}) Tj ET`
  return [
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
}

/**
 * A one-page PDF (ISO 32000-1) with a line of Latin text: enough for a document that has a digest, a length and a first
 * page. Real rulings come sealed from the court's own system.
 */
export function onePagePdf(line: string): Uint8Array {
  return Buffer.from(pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...pageObjects(line)]), 'latin1')
}

/** How a file is sealed: the name of the kind of signature, and the signature over what it has to cover. */
export type PdfSeal = {
  readonly subFilter: string
  readonly sign: (covered: Uint8Array) => Uint8Array
}

/** Room for a signature with its certificates, in bytes. */
const room = 4096
const widest = '0000000000'

/**
 * The same page with an electronic seal (ISO 32000-1, 12.8): its ByteRange covers all of the file but the hole that the
 * signature itself lies in.
 */
export function sealedPdf(line: string, { subFilter, sign }: PdfSeal): Uint8Array {
  const range = `[${widest} ${widest} ${widest} ${widest}]`
  const hole = `<${'0'.repeat(room * 2)}>`
  const draft = pdfOf([
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /SigFlags 3 >> >>',
    ...pageObjects(line),
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [0 0 0 0] /P 3 0 R /V 7 0 R >>',
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange ${range} /Contents ${hole} >>`,
  ])
  const before = draft.indexOf(hole)
  const after = before + hole.length
  const numbers = [0, before, after, draft.length - after].map((number) => String(number).padStart(widest.length, '0'))
  const bytes = Buffer.from(draft.replace(range, `[${numbers.join(' ')}]`), 'latin1')
  const cms = sign(Buffer.concat([bytes.subarray(0, before), bytes.subarray(after)]))
  if (cms.length > room) throw new RangeError('the signature does not fit')
  bytes.write(Buffer.from(cms).toString('hex'), before + 1, 'latin1')
  return bytes
}

function pdfOf(objects: readonly string[]): string {
  let pdf = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = pdf.length
    pdf += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`
}
