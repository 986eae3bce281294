import { html } from 'hono/html'
import { create } from 'qrcode'
import type { Html } from '../layout.ts'

/** A QR code as an inline drawing: nothing is fetched for it, and no policy needs to allow anything. */
export function qrCode(text: string, label: string): Html {
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules
  const quiet = 4
  const dots = [...data].flatMap((dark, at) =>
    dark ? `M${(at % size) + quiet} ${Math.floor(at / size) + quiet}h1v1h-1z` : [],
  )
  const side = size + 2 * quiet
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" width="220" height="220" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#ffffff"/><path d="${dots.join('')}" fill="#000000"/></svg>`
}
