import { type Document, nameOfRef, type Schema } from './document.ts'

type Schemas = NonNullable<NonNullable<Document['components']>['schemas']>

/** One member of a message, flat: `measure.targets[].amount`. `choice` heads one of several forms it may have. */
export type SchemaRow = {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly notes: readonly string[]
  readonly isChoice?: true
  /** A schema of its own that stands elsewhere on the page. */
  readonly ref?: string
}

/** A schema as lines of a table; members that are schemas of their own are only named. */
export function rowsOf(schema: Schema, schemas: Schemas, name = '', isRequired = true): readonly SchemaRow[] {
  if (schema.$ref) {
    const ref = nameOfRef(schema.$ref)
    if (name !== '') return [{ name, type: ref, isRequired, notes: [], ref }]
    return rowsOf(schemas[ref] ?? {}, schemas, name, isRequired)
  }
  const parts = schema.allOf
  if (parts) return parts.flatMap((part) => rowsOf(part, schemas, name, isRequired))
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) return choicesOf(choices, schema, schemas, name, isRequired)
  const own = name === '' ? [] : [rowOf(schema, name, isRequired)]
  if (schema.properties) return [...own, ...membersOf(schema, schemas, name)]
  if (schema.items) {
    const inner = rowsOf(schema.items, schemas, `${name}[]`, true)
    // A list of plain values is one line.
    return inner.length === 1 && !inner[0]?.ref
      ? [rowOf(schema, name, isRequired, inner[0])]
      : [...own, ...inner.slice(inner[0]?.ref ? 0 : 1)]
  }
  return own.length > 0 ? own : [rowOf(schema, name, isRequired)]
}

function membersOf({ properties = {}, required = [] }: Schema, schemas: Schemas, name: string): readonly SchemaRow[] {
  return Object.entries(properties).flatMap(([member, of]) =>
    rowsOf(of, schemas, name === '' ? member : `${name}.${member}`, required.includes(member)),
  )
}

/** Alternatives: of plain values one line; of objects, a heading each, by what tells them apart. */
function choicesOf(
  choices: readonly Schema[],
  whole: Schema,
  schemas: Schemas,
  name: string,
  isRequired: boolean,
): readonly SchemaRow[] {
  const isPlain = choices.every(
    ({ properties, items, $ref, oneOf, anyOf }) => !properties && !items && !$ref && !oneOf && !anyOf,
  )
  if (isPlain) {
    const types = [...new Set(choices.map(typeOf))].join(' | ')
    return [{ ...rowOf({ ...choices[0], ...whole }, name, isRequired), type: types }]
  }
  return choices.flatMap((choice, at) => {
    const kind = choice.properties?.kind?.enum?.[0] ?? choice.properties?.kind?.const
    const head = kind === undefined ? `${at + 1}` : `kind = ${String(kind)}`
    const heading = { name: name || '—', type: head, isRequired, notes: [], isChoice: true } as const
    return [heading, ...rowsOf(choice, schemas, name, isRequired).filter((row) => row.name !== name)]
  })
}

function rowOf(schema: Schema, name: string, isRequired: boolean, item?: SchemaRow): SchemaRow {
  const type = item ? `${item.type}[]` : typeOf(schema)
  return { name: name || '—', type, isRequired, notes: [...notesOf(schema), ...(item?.notes ?? [])] }
}

function typeOf({ type, format, enum: words, const: only }: Schema): string {
  if (only !== undefined) return JSON.stringify(only)
  const said = [type ?? (words ? 'string' : 'any')].flat().join(' | ')
  return format ? `${said}（${format}）` : said
}

function notesOf(schema: Schema): readonly string[] {
  const { description, enum: words, minLength, maxLength, minimum, maximum, maxItems, default: usual, example } = schema
  const limit = (least: number | undefined, most: number | undefined, unit: string) =>
    least === undefined && (most === undefined || most > Number.MAX_SAFE_INTEGER - 1)
      ? []
      : [`${least ?? ''}…${most === undefined || most > Number.MAX_SAFE_INTEGER - 1 ? '' : most}${unit}`]
  return [
    ...(description ? [description] : []),
    ...(words ? [words.map(String).join(' · ')] : []),
    ...limit(minLength, maxLength, ' 字'),
    ...limit(minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum, maximum, ''),
    ...(maxItems === undefined ? [] : [`≤ ${maxItems} 项`]),
    ...(usual === undefined ? [] : [`默认 default ${JSON.stringify(usual)}`]),
    ...(example === undefined ? [] : [`例 ${typeof example === 'string' ? example : JSON.stringify(example)}`]),
  ]
}
