/**
 * The stamped document (回执) as a real, small PDF (ISO 32000-1). The Chinese is set in a font every reader brings along,
 * so the file stays below two kilobytes.
 */
export function sealedPaper(title: string, lines: readonly string[]): Uint8Array {
  const shown = [title, '', ...lines].map(
    (line, at) => `BT /F1 ${at === 0 ? 16 : 11} Tf 64 ${780 - at * 24} Td <${utf16(line)}> Tj ET`,
  )
  const stamp = '1 0 0 RG 2 w 400 120 120 120 re S'
  return assemble([...shown, stamp].join('\n'))
}

const utf16 = (line: string): string => Buffer.from(line, 'utf16le').swap16().toString('hex')

function assemble(content: string): Uint8Array {
  const font = '/Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R]'
  const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< ${font} >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light ${system} /FontDescriptor 7 0 R >>`,
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let pdf = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = pdf.length
    pdf += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const trailer = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\n`
  return Buffer.from(`${pdf}${trailer}startxref\n${pdf.length}\n%%EOF\n`, 'latin1')
}
