import { html } from 'hono/html'
import { sha256 } from '../../gateway/store-document.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'

/** Where `live/script.ts` is served. */
export const livePath = '/live.js'

/**
 * Says that a page still waits and where to ask whether anything has changed. The version tells two states apart and
 * nothing of either. Without a script it is a link to the page itself.
 */
export function livePart(address: string, version: string): Html {
  return html`<p class="notice" role="status" data-live="${address}" data-version="${version}" hidden>${say(words.changed)} <a href="">${say(words.again)}</a></p><noscript><p><a href="">${say(words.again)}</a></p></noscript>`
}

/** Tells two states apart. */
export function versionOf(...state: readonly unknown[]): string {
  return sha256(JSON.stringify(state)).slice(0, 16)
}

const words = {
  changed: { zh: '有新的进展。', en: 'Something has changed.' },
  again: { zh: '刷新本页', en: 'Reload this page' },
}
