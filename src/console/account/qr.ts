import { html } from 'hono/html'
import { qrPath } from '../../http/qr.ts'
import type { Html } from '../layout.ts'

/** A QR code as an inline drawing: nothing is fetched for it, and no policy needs to allow anything. */
export function qrCode(text: string, label: string): Html {
  const { side, path } = qrPath(text)
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" width="220" height="220" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#ffffff"/><path d="${path}" fill="#000000"/></svg>`
}
