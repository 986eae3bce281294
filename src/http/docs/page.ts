import { html } from 'hono/html'

/** A name that may be broken where it has a joint, after a dot or a slash, and nowhere else. */
export function jointed(name: string): ReturnType<typeof html> {
  const parts = name.split(/(?<=[./])(?=.)/)
  return html`${parts.map((part, at) => html`${at > 0 ? html`<wbr>` : ''}${part}`)}`
}

/** Every page of the documentation: readable without a script, with one style of ours. */
export function docsFrame(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="/docs/style.css"></head>
    <body><p class="back"><a href="/">返回首页 · Home</a> · <a href="/docs">文档 · Documentation</a></p><h1>${title}</h1>${body}</body></html>`
}
