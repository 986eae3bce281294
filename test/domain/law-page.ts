import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Rule } from '../../src/domain/rules/rule.ts'
import { chapters } from '../../src/domain/rules.ts'

export type File = { readonly path: string; readonly text: string }

export function filesIn(folder: string, named: RegExp): readonly File[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => named.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

/** Where a rule is kept: the files of domain and gateway that refuse by it. */
export const keepers = (code: string, sources: readonly File[]): readonly string[] =>
  sources.filter(({ text }) => new RegExp(`refuse\\(\\s*'${code}'`).test(text)).map(({ path }) => path)

/** Where it is tested: the table of the law, and tests that name it. */
export const trials = (code: string, tests: readonly File[]): readonly string[] =>
  tests.filter(({ text }) => new RegExp(`['" ]${code}(?:['" ]|$)`, 'm').test(text)).map(({ path }) => path)

/** `docs/law.md`, whole. */
export function lawMarkdown(sources: readonly File[], tests: readonly File[]): string {
  const parts = Object.entries<Readonly<Record<string, Rule>>>(chapters).map(([title, rules]) => {
    const rows = Object.entries(rules).map(([code, rule]) => rowOf(code, rule, sources, tests))
    const head =
      '| 规则 / rule | 条文 / article | 怎么办 / what instead | 代码 / code | 测试 / tests |\n|---|---|---|---|---|'
    return `## ${title}\n\n${head}\n${rows.join('\n')}\n`
  })
  return [preface, ...parts].join('\n')
}

function rowOf(code: string, rule: Rule, sources: readonly File[], tests: readonly File[]): string {
  const links = (paths: readonly string[]) => paths.map((path) => `[${nameOf(path)}](../${path})`).join('<br>')
  const cells = [
    `<a id="${code}"></a>\`${code}\`<br>${rule.zh}<br>${rule.en}`,
    rule.article,
    `${rule.insteadZh}<br>${rule.insteadEn}`,
    links(keepers(code, sources)),
    links(trials(code, tests)),
  ]
  return `| ${cells.join(' | ')} |`
}

const nameOf = (path: string) => path.split('/').slice(-2).join('/')

const preface = `# 法律规则 · Rules of law

Printed from \`src/domain/rules/\`, and from where the code and the tests name each rule. A test fails when a rule is kept
nowhere or tried nowhere, or when this page is stale; it is printed anew by \`npx vitest run test/domain/law.test.ts -u\`.

A request is held against the rules twice, under the lock of its case: when it is submitted and again when it is approved.
The first that is broken is the answer: its code, its article, what can be done instead, and in \`detail\` what it was measured
against. A refused request leaves nothing. The whole table of what is allowed and what is not, in words a lawyer reads, is
[law-table.txt](../test/domain/law-table.txt).

What no statute says, or what was written down from memory, is marked 设计 in its article, or stands in the comment of its
code; the holidays of \`src/domain/holidays.ts\` are from memory.
`
