import { create } from 'qrcode'

/** A QR code as the path of a drawing: one square a dark module, `side` modules wide with its quiet zone. */
export function qrPath(text: string): { readonly side: number; readonly path: string } {
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules
  const quiet = 4
  const dots = [...data].flatMap((dark, at) =>
    dark ? `M${(at % size) + quiet} ${Math.floor(at / size) + quiet}h1v1h-1z` : [],
  )
  return { side: size + 2 * quiet, path: dots.join('') }
}
