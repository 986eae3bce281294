import { html } from 'hono/html'
import { anchorOf, type Document, operationsOf } from './docs/document.ts'
import { docsFrame } from './docs/page.ts'
import { problemsByArea } from './problem-catalogue.ts'
import { actors, areas } from './problems/entry.ts'

/** `/docs`: every route on one page, from the same document as `/openapi.json`. */
export function docsPage(document: Document) {
  const { info } = document
  const lines = operationsOf(document)
  const tags = [...new Set(lines.flatMap((line) => line.tags ?? []))]
  return docsFrame(
    `${info.title} ${info.version}`,
    html`<p>${info.description}</p>
      <p><a href="/docs/api">接口说明 API reference</a> · <a href="/openapi.json">/openapi.json</a> · <a href="/docs/errors">错误代码 Errors</a></p>
      ${tags.map(
        (tag) => html`<h2>${tag}</h2><div class="wide"><table><tbody>
          ${lines
            .filter((line) => line.tags?.includes(tag))
            .map(
              ({ method, path, summary, surface }) =>
                html`<tr><td class="nowrap"><code>${method}</code></td><td><a href="/docs/api/${surface}#${anchorOf({ method, path })}"><code>${path}</code></a></td><td>${summary}</td></tr>`,
            )}
        </tbody></table></div>`,
      )}`,
  )
}

/** `/docs/errors`: where the `type` of every problem leads. */
export function errorsPage() {
  return docsFrame(
    '错误代码 · Errors',
    html`${problemsByArea().map(
      ([area, entries]) => html`<h2>${areas[area].zh} · ${areas[area].en}</h2><div class="wide"><table>
        <thead><tr><th>code</th><th>status</th><th>问题</th><th>由谁处理</th><th>下一步</th></tr></thead><tbody>
          ${entries.map(
            ([
              code,
              { status, title, who, next },
            ]) => html`<tr id="${code}"><td class="nowrap"><code>${code}</code></td><td>${status}</td>
              <td>${title.zh}<br>${title.en}</td><td>${actors[who].zh}<br>${actors[who].en}</td>
              <td>${next.zh}<br>${next.en}</td></tr>`,
          )}
        </tbody></table></div>`,
    )}`,
  )
}
