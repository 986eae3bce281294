import { html } from 'hono/html'
import { anchorOf, type Document, operationsOf } from './docs/document.ts'
import type { Manual } from './docs/manuals.ts'
import { docsFrame, jointed } from './docs/page.ts'
import { problemsByArea } from './problem-catalogue.ts'
import { actors, areas } from './problems/entry.ts'

/** `/docs`: every route on one page, from the same document as `/openapi.json`. */
export function docsPage(document: Document, manuals: readonly Manual[]) {
  const { info } = document
  const lines = operationsOf(document)
  const tags = [...new Set(lines.flatMap((line) => line.tags ?? []))]
  return docsFrame(
    `${info.title} ${info.version}`,
    html`<p>${info.description}</p>
      <p><a href="/docs/api">接口说明 API reference</a> · <a href="/openapi.json">/openapi.json</a> · <a href="/docs/errors">错误代码 Errors</a></p>
      <nav><ul>${manuals.map(({ name, title }) => html`<li><a href="/docs/manuals/${name}">${title}</a></li>`)}</ul></nav>
      ${tags.map(
        (tag) => html`<h2>${tag}</h2><div class="wide"><table class="routes"><tbody>
          ${lines
            .filter((line) => line.tags?.includes(tag))
            .map(
              ({ method, path, summary, surface }) =>
                html`<tr><td class="nowrap"><code>${method}</code></td><td><a href="/docs/api/${surface}#${anchorOf({ method, path })}"><code>${jointed(path)}</code></a></td><td>${summary}</td></tr>`,
            )}
        </tbody></table></div>`,
      )}`,
  )
}

/** A code is broken after a hyphen at most: a part of it is a word. */
function hyphened(code: string) {
  return html`${code.split(/(?<=-)/).map((part, at) => html`${at > 0 ? html`<wbr>` : ''}${part}`)}`
}

/** `/docs/errors`: where the `type` of every problem leads. */
export function errorsPage() {
  const all = problemsByArea()
  return docsFrame(
    '错误代码 · Errors',
    html`<nav><ul>${all.map(([area, entries]) => html`<li><a href="#area-${area}">${areas[area].zh} · ${areas[area].en}</a> ${entries.length}</li>`)}</ul></nav>
    ${all.map(
      ([
        area,
        entries,
      ]) => html`<h2 id="area-${area}">${areas[area].zh} · ${areas[area].en}</h2><div class="wide"><table class="codes">
        <thead><tr><th>code</th><th>status</th><th>问题</th><th>由谁处理</th><th>下一步</th></tr></thead><tbody>
          ${entries.map(
            ([
              code,
              { status, title, who, next },
            ]) => html`<tr id="${code}"><td><code>${hyphened(code)}</code></td><td>${status}</td>
              <td>${title.zh}<br>${title.en}</td><td>${actors[who].zh}<br class="apart"> ${actors[who].en}</td>
              <td>${next.zh}<br>${next.en}</td></tr>`,
          )}
        </tbody></table></div>`,
    )}`,
  )
}
