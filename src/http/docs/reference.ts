import { html } from 'hono/html'
import { problemsAtDoor } from './answers.ts'
import {
  anchorOf,
  type Document,
  nameOfRef,
  operationsOf,
  type Parameter,
  type Placed,
  type Schema,
  type Surface,
  surfaceList,
  surfaces,
} from './document.ts'
import { docsFrame, jointed } from './page.ts'
import { curlOf, isNeeded } from './sample.ts'
import { rowsOf, type SchemaRow } from './schema-rows.ts'

type Html = ReturnType<typeof html>
type Schemas = NonNullable<NonNullable<Document['components']>['schemas']>

/** `/docs/api`: the parts of the interface, each with how many operations it has. */
export function referenceIndex(document: Document): Html {
  const all = operationsOf(document)
  const lines = surfaceList.map((surface) => {
    const { zh, en } = surfaces[surface]
    const count = all.filter((one) => one.surface === surface).length
    return html`<tr><td><a href="/docs/api/${surface}">${zh} · ${en}</a></td><td>${count}</td></tr>`
  })
  return docsFrame(
    `接口说明 · API reference ${document.info.version}`,
    html`<p><a href="/docs">接口一览 Routes</a> · <a href="/docs/errors">错误代码 Errors</a> · <a href="/openapi.json">/openapi.json</a></p>
      <div class="wide"><table><thead><tr><th>接口 · part</th><th>操作 · operations</th></tr></thead><tbody>${lines}</tbody></table></div>
      ${howTo}`,
  )
}

/** `/docs/api/<surface>`: every operation of one part, in full. */
export function referencePage(document: Document, surface: Surface): Html {
  const mine = operationsOf(document).filter((one) => one.surface === surface)
  const schemas = document.components?.schemas ?? {}
  const tags = [...new Set(mine.map(({ tags: [tag = ''] = [] }) => tag))]
  const of = (tag: string) => mine.filter(({ tags: [own = ''] = [] }) => own === tag)
  const { zh, en } = surfaces[surface]
  return docsFrame(
    `${zh} · ${en}`,
    html`<p><a href="/docs/api">接口说明 API reference</a> · <a href="/docs/errors">错误代码 Errors</a></p>
      <nav>${tags.map((tag) => html`<h4>${tag}</h4><ul>${of(tag).map(linkOf)}</ul>`)}</nav>
      ${tags.map((tag) => html`<h2>${tag}</h2>${of(tag).map((one) => operationPart(one, schemas))}`)}
      ${schemasPart(mine, schemas)}`,
  )
}

const howTo = html`<h2>怎样调用 · How to call</h2>
  <p>样例中 <code>$GATEWAY</code> 为网关地址，<code>$TOKEN</code> 为调用人的令牌；编号、案号请换成实际值。只列必填项。</p>
  <p><code>$GATEWAY</code> is the address of the gateway and <code>$TOKEN</code> the caller’s own token; put real ids and case numbers in place of the samples. Only what is required is shown.</p>
  <pre>export GATEWAY=https://writ.example.gov.cn
export TOKEN=…</pre>`

function linkOf(operation: Placed): Html {
  return html`<li><a href="#${anchorOf(operation)}"><code>${operation.method} ${operation.path}</code></a></li>`
}

function operationPart(operation: Placed, schemas: Schemas): Html {
  const { method, path, summary = '', parameters = [], requestBody } = operation
  const anchor = anchorOf(operation)
  const [zh = '', ...en] = summary.split(/\s*·\s*/)
  const bodies = Object.entries(requestBody?.content ?? {})
  return html`<section id="${anchor}"><h3><span class="method">${method}</span> <a href="#${anchor}"><code>${path}</code></a></h3>
    <p>${zh}${en.length > 0 ? html`<br><span class="soft">${en.join(' · ')}</span>` : ''}</p>
    <p class="soft">${whoMay(operation)}</p>
    ${parameters.length > 0 ? html`<h4>参数 · Parameters</h4>${parametersTable(parameters)}` : ''}
    ${bodies.map(([mediaType, { schema = {} }]) => html`<h4>请求 · Body <code>${mediaType}</code></h4>${bodyPart(schema, schemas)}`)}
    <h4>答复 · Responses</h4>${responsesTable(operation)}
    <h4>curl</h4><pre>${curlOf(operation, schemas)}</pre></section>`
}

function whoMay(operation: Placed): string {
  const opens = operation['x-opens'] ?? 'anyone'
  const schemes: Readonly<Record<string, string>> = {
    anyone: '任何人 · anyone',
    person: '已登录人员 · whoever is signed in',
    partner: '协助执行单位令牌 · a registry’s own token',
    client: '法院系统令牌 · a system’s token',
    dialect: '依单位自身接口规范 · as the registry’s dialect signs in',
  }
  return schemes[opens] ?? `人员令牌，权限 · a person’s token, deed: ${opens}`
}

function parametersTable(parameters: readonly Parameter[]): Html {
  const rows = parameters.map((one) => {
    const [row] = rowsOf(one.schema ?? {}, {}, one.name)
    const notes = [...new Set([...(one.description ? [one.description] : []), ...(row?.notes ?? [])])]
    return html`<tr><td><code>${jointed(one.name)}</code></td><td>${one.in}</td><td>${row?.type ?? ''}</td><td>${isNeeded(one) ? '是 yes' : ''}</td><td>${notes.join('；')}</td></tr>`
  })
  return html`<div class="wide"><table class="parameters"><thead><tr><th>名称 · name</th><th>位置 · in</th><th>类型 · type</th><th>必填 · required</th><th>说明 · notes</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

function bodyPart(schema: Schema, schemas: Schemas): Html | string {
  // Bytes are what their media type says, and nothing more.
  if (schema.type === 'string') return ''
  if (!schema.$ref) return schemaTable(rowsOf(schema, schemas))
  const name = nameOfRef(schema.$ref)
  return html`<p><a href="#schema-${name}"><code>${name}</code></a></p>`
}

function schemaTable(rows: readonly SchemaRow[]): Html {
  const lines = rows.map(({ name, type, isRequired, notes, isChoice, ref }) =>
    isChoice
      ? html`<tr class="choice"><td><code>${jointed(name)}</code></td><td colspan="3">${type}</td></tr>`
      : html`<tr><td><code>${jointed(name)}</code></td><td>${ref ? html`<a href="#schema-${ref}">${type}</a>` : type}</td><td>${isRequired ? '是 yes' : ''}</td><td>${notes.join('；')}</td></tr>`,
  )
  return html`<div class="wide"><table class="members"><thead><tr><th>名称 · name</th><th>类型 · type</th><th>必填 · required</th><th>说明 · notes</th></tr></thead><tbody>${lines}</tbody></table></div>`
}

function responsesTable(operation: Placed): Html {
  const rows = Object.entries(operation.responses ?? {})
    .filter(([status]) => status !== 'default')
    .map(([status, { description = '', content = {} }]) => {
      const bodies = Object.entries(content).map(([mediaType, { schema }]) => {
        const name = schema?.$ref && nameOfRef(schema.$ref)
        return html`<code>${mediaType}</code> ${name ? html`<a href="#schema-${name}">${name}</a>` : membersOf(schema)} `
      })
      return html`<tr><td>${status}</td><td>${description}</td><td>${bodies}</td></tr>`
    })
  const codes = problemsAtDoor(operation).map((code) => html`<a href="/docs/errors#${code}"><code>${code}</code></a> `)
  const refusals = html`<tr><td>4xx 5xx</td><td>问题 · Problem（RFC 9457）</td><td>${codes}<a href="/docs/errors">其余 · others</a></td></tr>`
  return html`<div class="wide"><table><tbody>${rows}${refusals}</tbody></table></div>`
}

/** An answer without a name of its own, by its members. */
function membersOf(schema: Schema | undefined): Html | string {
  const listed = schema?.items?.$ref && nameOfRef(schema.items.$ref)
  if (listed) return html`<a href="#schema-${listed}">${listed}[]</a>`
  const names = Object.entries(schema?.properties ?? {}).map(([name, { items, $ref }]) => {
    const ref = $ref ?? items?.$ref
    const of = ref && nameOfRef(ref)
    return html`<code>${name}${items ? '[]' : ''}</code>${of ? html` <a href="#schema-${of}">${of}</a>` : ''} `
  })
  return names.length > 0 ? html`${names}` : ''
}

/** The schemas that a page speaks of, each once, with those they speak of in turn. */
function schemasPart(operations: readonly Placed[], schemas: Schemas): Html | string {
  const names = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string') collect(inner)
      else if (!names.has(nameOfRef(inner))) {
        names.add(nameOfRef(inner))
        collect(schemas[nameOfRef(inner)])
      }
    }
  }
  for (const { responses = {}, requestBody } of operations) {
    const { default: _, ...answers } = responses
    collect(answers)
    collect(requestBody)
  }
  if (names.size === 0) return ''
  const sorted = [...names].toSorted()
  return html`<h2>数据结构 · Schemas</h2>${sorted.map(
    (name) =>
      html`<section id="schema-${name}"><h3><code>${name}</code></h3>${schemaTable(rowsOf(schemas[name] ?? {}, schemas))}</section>`,
  )}`
}
