import { html } from 'hono/html'
import { problemsByArea } from './problem-catalogue.ts'
import { actors, areas } from './problems/entry.ts'

type Operation = { readonly summary?: string; readonly tags?: readonly string[] }
type Document = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths?: Readonly<Record<string, object>>
}

/** `/docs`: every route on one page, from the same document as `/openapi.json`. */
export function docsPage({ info, paths = {} }: Document) {
  const lines = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries<Operation>({ ...item }).map(([method, operation]) => ({ path, method, ...operation })),
  )
  const tags = [...new Set(lines.flatMap((line) => line.tags ?? []))]
  return page(
    `${info.title} ${info.version}`,
    html`<p>${info.description}</p>
      <p><a href="/openapi.json">/openapi.json</a> · <a href="/docs/errors">错误代码 Errors</a></p>
      ${tags.map(
        (tag) => html`<h2>${tag}</h2><table><tbody>
          ${lines
            .filter((line) => line.tags?.includes(tag))
            .map(
              ({ method, path, summary }) =>
                html`<tr><td><code>${method.toUpperCase()}</code></td><td><code>${path}</code></td><td>${summary}</td></tr>`,
            )}
        </tbody></table>`,
      )}`,
  )
}

/** `/docs/errors`: where the `type` of every problem leads. */
export function errorsPage() {
  return page(
    '错误代码 · Errors',
    html`${problemsByArea().map(
      ([area, entries]) => html`<h2>${areas[area].zh} · ${areas[area].en}</h2><table>
        <thead><tr><th>code</th><th>status</th><th>问题</th><th>由谁处理</th><th>下一步</th></tr></thead><tbody>
          ${entries.map(
            ([
              code,
              { status, title, who, next },
            ]) => html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td>
              <td>${title.zh}<br>${title.en}</td><td>${actors[who].zh}<br>${actors[who].en}</td>
              <td>${next.zh}<br>${next.en}</td></tr>`,
          )}
        </tbody></table>`,
    )}`,
  )
}

function page(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"></head>
    <body><h1>${title}</h1>${body}</body></html>`
}
