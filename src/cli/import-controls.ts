import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { endOf } from '../domain/beijing-date.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { parseCaseNumber, withoutSuffix } from '../domain/case-number.ts'
import { checkImport, type ImportedControl } from '../domain/imported-control.ts'
import { operator } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { importControl, importIdOf, type OfImports } from '../gateway/import-control.ts'
import type { ControlRow } from '../gateway/ports/rows.ts'
import { checkRows, type Finding, headed } from '../tables/headed.ts'
import { refuseTable } from '../tables/table.ts'
import { controlsAt, headings, type ListedControl } from './control-row.ts'
import { controlWords } from './control-words.ts'
import { told } from './findings.ts'
import { done, failed, type Office, type Outcome } from './office.ts'
import { readList } from './read-list.ts'

/**
 * `writ import controls`: brings in controls that were made before the gateway or on paper. The whole list is checked before
 * the first comes in; what is wrong is told by row and column, all of it at once, and never by what stands there. Each row is
 * a transaction of its own, under the lock of its own case: one for the file would lock every case of the court until its end.
 * What came in before something broke stays, and the same list goes on from there, for it brings nothing in twice.
 */
export async function importControls(office: Office, args: readonly string[], cwd: string): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  })
  const [path] = positionals
  if (path === undefined || positionals.length > 1)
    return failed('用法 usage: writ import controls <file.csv|file.xlsx> [--dry-run]')
  const table = await readList(resolve(cwd, path))
  if (isRefusal(table)) return failed(...told([table], controlWords))
  const list = headed(table, headings)
  const files = await filesNamed(
    office.cases,
    list.rows.map(({ values: row }) => row.案号),
  )
  const now = office.parts.clock()
  const registries = await office.registries.all()
  const { good, findings } = checkRows(list, controlsAt({ now, registries, fileOf: (number) => fileOf(number, files) }))
  const checked = await checkAll(office.cases, good, now)
  const wrong = [...findings, ...checked.findings].sort((one, other) => one.row - other.row)
  if (wrong.length > 0)
    return failed(...told(wrong, controlWords), `有误 ${wrong.length} 处，未导入 mistakes, nothing imported`)
  if (good.length === 0) return failed(...told([refuseTable('table-empty')], controlWords))
  if (values['dry-run']) return done(...report('可以导入 can be imported', good, checked.fresh, now))
  return importAll(office.cases, good, now)
}

/** Every case of the list, looked up once. */
async function filesNamed({ reads }: OfImports, texts: readonly string[]): Promise<ReadonlyMap<string, CaseFile>> {
  const files = new Map<string, CaseFile>()
  for (const text of new Set(texts)) {
    const number = parseCaseNumber(text)
    const file = isRefusal(number) ? undefined : await reads.caseByNumber(withoutSuffix(number))
    if (file) files.set(text, file)
  }
  return files
}

function fileOf(text: string, files: ReadonlyMap<string, CaseFile>): CaseFile | Refusal {
  const number = parseCaseNumber(text)
  return isRefusal(number) ? number : (files.get(text) ?? refuse('case-unknown'))
}

type Here = { imports: ImportedControl[]; controls: readonly ControlRow[] }

/** What of the list is here already, and what contradicts it or a row above. */
async function checkAll(
  cases: OfImports,
  listed: readonly ListedControl[],
  now: Date,
): Promise<{ readonly fresh: ReadonlySet<ListedControl>; readonly findings: readonly Finding[] }> {
  const here = new Map<string, Here>()
  const fresh = new Set<ListedControl>()
  const findings: Finding[] = []
  for (const one of listed) {
    const { file, said, row } = one
    const { imports, controls } = here.get(file.id) ?? (await hereIn(cases, file))
    here.set(file.id, { imports, controls })
    const id = importIdOf(cases, file.id, said)
    const checked = checkImport({ id, said, assetRef: cases.assetRef(said.asset) }, { imports, controls }, now)
    if (isRefusal(checked)) findings.push({ row, code: checked.code })
    else if (checked === 'new') {
      fresh.add(one)
      imports.push({ ...said, id, caseId: file.id, importedAt: now, entry: '' })
    }
  }
  return { fresh, findings }
}

async function hereIn({ reads }: OfImports, { id, line = [id] }: CaseFile): Promise<Here> {
  return { imports: [...(await reads.imports(...line))], controls: await reads.controls(...line) }
}

async function importAll(cases: OfImports, listed: readonly ListedControl[], now: Date): Promise<Outcome> {
  const fresh = new Set<ListedControl>()
  for (const one of listed) {
    const imported = await importControl(cases, operator, one.file.id, one.said)
    if (isRefusal(imported)) {
      // Checked before: somebody else was at work meanwhile.
      const wrong = told([{ row: one.row, code: imported.code }], controlWords)
      return failed(...wrong, `此前已导入 imported before that: ${fresh.size}`)
    }
    if (imported.kind === 'imported') fresh.add(one)
  }
  return done(...report('已导入 imported', listed, fresh, now))
}

/** Counts only: how many, what of them waits or is over by its date, what was here before. */
function report(
  what: string,
  listed: readonly ListedControl[],
  fresh: ReadonlySet<ListedControl>,
  now: Date,
): readonly string[] {
  const count = (is: (one: ListedControl) => boolean) => [...fresh].filter(is).length
  const waiting = count(({ said }) => said.effect === 'waiting')
  const over = count(({ said: { term } }) => term !== undefined && endOf(term.to) <= now)
  const cases = new Set([...fresh].map(({ file }) => file.id)).size
  return [
    `${what}: ${fresh.size}`,
    `  涉及案件 cases: ${cases}`,
    `  生效 in force: ${fresh.size - waiting - over}，轮候 waiting: ${waiting}，已届满 run out: ${over}`,
    `此前已导入 here already: ${listed.length - fresh.size}`,
  ]
}
