import { z } from 'zod'
import type { Party } from '../../domain/case-file.ts'
import { catalogue, isProblemCode, type ProblemCode } from '../../http/problem-catalogue.ts'
import type { Said } from '../../http/problems/entry.ts'
import { registrarWords as words } from './words.ts'

/** A form as a browser sends it; every field of ours is a text. */
export const entryForm = z.record(z.string().max(60), z.unknown())

export type EntryFields = Readonly<Record<string, string>>

/** What is wrong with a field, and what to do about it. */
export type Wrong = { readonly title: Said; readonly next: Said }

/** What is wrong, by the name of the field beside which it is said. */
export type Wrongs = ReadonlyMap<string, Wrong>

/** So many rows are there for parties before anybody asks for more; and never more than a case may have. */
const fewestRows = 4
export const mostRows = 200

/** Texts alone, trimmed; numbers as they are written on paper, narrow and without the blanks people put in. */
export function writtenIn(form: z.infer<typeof entryForm>): EntryFields {
  const texts = Object.entries(form).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, plainly(name, value).slice(0, 1000)] as const] : [],
  )
  return Object.fromEntries(texts)
}

function plainly(name: string, text: string): string {
  return /idNumber$/i.test(name) ? text.normalize('NFKC').replace(/\s+/g, '') : text.trim()
}

/** How many rows a form has: as many as it came with, and none that is filled in is lost. */
export function rowsIn(fields: EntryFields): number {
  const filled = filledRows(fields).map((at) => at + 1)
  return Math.min(mostRows, Math.max(fewestRows, Number(fields.rows) || 0, ...filled))
}

/** The rows in which somebody is named; an empty one is no party. */
function filledRows(fields: EntryFields): readonly number[] {
  return Array.from({ length: mostRows }, (_, at) => at).filter((at) =>
    ['name', 'idNumber', 'legacyIdNumber'].some((name) => (fields[`p${at}.${name}`] ?? '') !== ''),
  )
}

/** The parties as the API would have had them. */
export function partiesIn(fields: EntryFields): readonly unknown[] {
  return filledRows(fields).map((at) => {
    const field = (name: string) => fields[`p${at}.${name}`] ?? ''
    const [kind, name, idType, idNumber] = [field('kind'), field('name'), field('idType'), field('idNumber')]
    const legacyIdNumber = field('legacyIdNumber')
    return {
      role: field('role'),
      subject: { kind, name, idType, idNumber, ...(legacyIdNumber && { legacyIdNumber }) },
    }
  })
}

/** A party that is there, as the one row of the form that corrects it. */
export function partyFields({ role, subject }: Pick<Party, 'role' | 'subject'>): EntryFields {
  return Object.fromEntries(Object.entries({ role, ...subject }).map(([name, value]) => [`p0.${name}`, value]))
}

/** The sums of the form as the API would have had them; one that is left empty is left out, but for the claim. */
export function sumsIn(fields: EntryFields): Readonly<Record<string, string>> {
  const more = ['costs', 'lateInterest', 'fulfilled'].map((name) => [name, sumIn(fields[name] ?? '')] as const)
  return { claim: sumIn(fields.claim ?? ''), ...Object.fromEntries(more.filter(([, sum]) => sum !== '')) }
}

/** The form of a case as the API would have had it: what is left empty is left out, and the schema says what may be. */
export function caseIn(fields: EntryFields): unknown {
  const field = (name: string) => fields[name] ?? ''
  const told = (name: string) => (field(name) === '' ? {} : { [name]: field(name) })
  return {
    ...{ number: field('number'), judge: field('judge'), ...sumsIn(fields) },
    ...{ ...told('standing'), ...told('terminatedOn'), ...told('team') },
    parties: partiesIn(fields),
    ...(fields.sealed && { sealed: { members: namesIn(field('members')), reason: field('reason') } }),
  }
}

/** People part the thousands, and some write the unit. */
const sumIn = (text: string): string => text.normalize('NFKC').replaceAll(/[,\s元]/g, '')

/** User names in one field, parted however people part them. */
export function namesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))]
}

/** What the schema has against a form, each beside the field it is about. */
export function wrongsOf({ issues }: z.ZodError, fields: EntryFields): Wrongs {
  const rows = filledRows(fields)
  const wrongs = new Map<string, Wrong>()
  for (const issue of issues) {
    const name = fieldOf(issue.path, rows)
    if (!wrongs.has(name)) wrongs.set(name, wrongOf(name, fields[name] ?? '', refusalIn(issue)))
  }
  return wrongs
}

/** `parties/0/subject/idNumber` is `p0.idNumber`, by the row in which it stands; `sealed/members/0` is `members`. */
function fieldOf(path: readonly PropertyKey[], rows: readonly number[]): string {
  const [first, second, ...rest] = path.map(String)
  if (first === 'parties') return `p${rows[Number(second)] ?? 0}.${rest.at(-1) ?? 'name'}`
  return first === 'sealed' ? (second ?? 'members') : (first ?? '')
}

function refusalIn(issue: z.core.$ZodIssue): ProblemCode | undefined {
  const code: unknown = issue.code === 'custom' ? issue.params?.refusal : undefined
  return typeof code === 'string' && isProblemCode(code) ? code : undefined
}

const chosen = /(?:^|\.)(?:role|kind|idType|standing|as)$/

function wrongOf(name: string, value: string, code: ProblemCode | undefined): Wrong {
  if (value === '') return { title: chosen.test(name) ? words.notChosen : words.missing, next: words.mustFill }
  return code ? wrongBy(code) : { title: words.misread, next: words.lookAgain }
}

/** A refusal as it is said beside a field. Of a check character the desk is told what it is, and not to make one up. */
export function wrongBy(code: ProblemCode): Wrong {
  if (code === 'person-number-check' || code === 'credit-code-check')
    return { title: words.checkCharacter, next: words.checkCharacterNext }
  const { title, next } = catalogue[code]
  return { title, next }
}
