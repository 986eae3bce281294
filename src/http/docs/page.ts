import { html } from 'hono/html'

/** Every page of the documentation: readable without a script, with one style of ours. */
export function docsFrame(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="/docs/style.css"></head>
    <body><p class="back"><a href="/">返回首页 · Home</a> · <a href="/docs">文档 · Documentation</a></p><h1>${title}</h1>${body}</body></html>`
}
