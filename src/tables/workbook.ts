import { isRefusal } from '../domain/refusal.ts'
import type { Gatherer } from './gather.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readSheet } from './sheet.ts'
import { readDateStyles } from './styles.ts'
import { refuseTable, type TableLimits, type TableRefusal } from './table.ts'
import { walkXml } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

const root = 'xl/workbook.xml'

/**
 * Reads the first visible sheet of an .xlsx (ECMA-376) into a gatherer. Of the whole archive only the workbook, its
 * relations, its styles, its shared texts and that sheet are unpacked: whatever else is packed in stays packed.
 */
export function readWorkbook(bytes: Uint8Array, limits: TableLimits, gather: Gatherer): TableRefusal | undefined {
  const zip = openZip(bytes, limits)
  if (isRefusal(zip)) return zip
  const refused = refuseByName(zip.names) ?? refuseByType(zip.read('[Content_Types].xml'))
  if (refused) return refused
  const relations = readRelations(zip)
  if (isRefusal(relations)) return relations
  const book = readBook(zip)
  if (isRefusal(book)) return book
  const sheet = part(zip, relations, ({ id, type }) => id === book.sheet && type === 'worksheet')
  if (!sheet) return refuseTable('table-no-workbook')
  const styles = part(zip, relations, ({ type }) => type === 'styles')
  const texts = part(zip, relations, ({ type }) => type === 'sharedStrings')
  const read = { sheet, isDate: readDateStyles(styles), texts: readSharedTexts(texts, limits) }
  if (isRefusal(read.sheet)) return read.sheet
  if (isRefusal(read.isDate)) return read.isDate
  if (isRefusal(read.texts)) return read.texts
  return readSheet(read.sheet, { isDate: read.isDate, texts: read.texts, since1904: book.since1904 }, limits, gather)
}

function refuseByName(names: readonly string[]): TableRefusal | undefined {
  if (names.some((name) => /vbaProject\.bin$|^xl\/macrosheets\//i.test(name))) return refuseTable('table-macros')
  if (names.some((name) => /^xl\/externalLinks\//i.test(name))) return refuseTable('table-external-links')
  return names.includes(root) ? undefined : refuseTable('table-no-workbook')
}

/** A workbook that says of itself that it may hold macros is refused also where none are packed in. */
function refuseByType(bytes: Buffer | TableRefusal | undefined): TableRefusal | undefined {
  let mayHoldMacros = false
  const refused = walkPart(bytes, (name, { PartName, ContentType = '' }) => {
    if (name === 'Override' && PartName === `/${root}`) mayHoldMacros ||= ContentType.includes('macroEnabled')
  })
  return refused ?? (mayHoldMacros ? refuseTable('table-macros') : undefined)
}

type Relation = { readonly id: string; readonly type: string; readonly target: string }

/** What the workbook names by `r:id`, and where in the archive it is. What is outside the archive is left out. */
function readRelations(zip: Zip): readonly Relation[] | TableRefusal {
  const relations: Relation[] = []
  const refused = walkPart(zip.read('xl/_rels/workbook.xml.rels'), (name, { Id, Type, Target, TargetMode }) => {
    if (name !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return
    const target = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`
    relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target })
  })
  return refused ?? relations
}

/** The first sheet that is not hidden, by its relation, and whether days are counted from 1904, as an old Mac does. */
function readBook(zip: Zip): { readonly sheet: string; readonly since1904: boolean } | TableRefusal {
  let sheet: string | undefined
  let since1904 = false
  const refused = walkPart(zip.read(root), (name, attributes) => {
    if (name === 'workbookPr') since1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
    const isVisible = (attributes.state ?? 'visible') === 'visible'
    if (name === 'sheet' && isVisible) sheet ??= idIn(attributes)
  })
  if (refused) return refused
  return sheet === undefined ? refuseTable('table-no-workbook') : { sheet, since1904 }
}

/** `r:id`, whatever the prefix is called here. */
function idIn(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1]
}

type Seen = (name: string, attributes: Readonly<Record<string, string>>) => void

function walkPart(bytes: Buffer | TableRefusal | undefined, seen: Seen): TableRefusal | undefined {
  if (bytes === undefined) return refuseTable('table-no-workbook')
  if (isRefusal(bytes)) return bytes
  return walkXml(bytes, {
    open: (name, attributes) => {
      seen(name, attributes)
      return undefined
    },
  })
}

function part(
  zip: Zip,
  relations: readonly Relation[],
  isMeant: (relation: Relation) => boolean,
): Buffer | TableRefusal | undefined {
  const found = relations.find(isMeant)
  return found && zip.read(found.target)
}
