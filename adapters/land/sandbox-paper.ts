/**
 * A stamped answer (协助执行回执) as a real PDF: one A4 page, lines of Chinese text in the font every reader has for it.
 * The same lines always give the same bytes, so the digest in a statement can be told before the paper is sent.
 */
export function paperOf(lines: readonly string[]): Uint8Array {
  const text = lines
    .map((line, at) => `${at === 0 ? '/F1 18 Tf' : '/F1 11 Tf'} <${utf16(line)}> Tj 0 -26 Td`)
    .join('\n')
  const seal =
    '0.8 0.1 0.1 RG 3 w 430 150 m 430 183.1 403.1 210 370 210 c 336.9 210 310 183.1 310 150 c 310 116.9 336.9 90 370 90 c 403.1 90 430 116.9 430 150 c S'
  const page = `${seal}\nBT\n72 760 Td\n${text}\nET`
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ])
}

/** Numbers the objects from 1 and writes the table that says at which byte each begins. All of it is ASCII. */
function assemble(objects: readonly string[]): Uint8Array {
  let body = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(`${body}${table}${trailer}`, 'latin1')
}

function utf16(line: string): string {
  return Buffer.from(line, 'utf16le').swap16().toString('hex')
}
