import { html } from 'hono/html'

/**
 * The watermark over a page (水印): the viewer's line, again and again, so faint that one reads through it and so dense that
 * no part of a screen or a print is without it. An element of the page and not a style of it, so that a policy without
 * inline styles lets it stand; the line is that of `http/watermark.ts`. Give both to every page that shows a case.
 */
export function watermarkOver(line: string): ReturnType<typeof html> {
  return html`<svg class="watermark" aria-hidden="true" focusable="false" width="100%" height="100%">
  <defs>
    <pattern id="watermark" width="680" height="150" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)">
      <text x="0" y="40">${line}</text>
      <text x="220" y="115">${line}</text>
    </pattern>
  </defs>
  <rect width="100%" height="100%" fill="url(#watermark)"/>
</svg>`
}
