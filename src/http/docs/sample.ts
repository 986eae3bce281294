import { type Document, nameOfRef, type Parameter, type Placed, type Schema } from './document.ts'

type Schemas = NonNullable<NonNullable<Document['components']>['schemas']>

const someId = '0198c0de-0000-7000-8000-000000000000'
const someDigest = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'

/** A value that a schema takes, made of its examples: what is required and nothing else. */
function sampleOf(schema: Schema, schemas: Schemas = {}, depth = 0): unknown {
  if (depth > 12) return undefined
  const { $ref, example, const: only, enum: words, default: usual, oneOf, anyOf, allOf } = schema
  if (example !== undefined) return example
  if ($ref) return sampleOf(schemas[nameOfRef($ref)] ?? {}, schemas, depth + 1)
  if (only !== undefined) return only
  if (words) return words[0]
  if (usual !== undefined) return usual
  const [choice] = oneOf ?? anyOf ?? []
  if (choice) return sampleOf(choice, schemas, depth + 1)
  if (allOf) return Object.assign({}, ...allOf.map((one) => sampleOf(one, schemas, depth + 1)))
  return byType(schema, schemas, depth)
}

function byType(schema: Schema, schemas: Schemas, depth: number): unknown {
  const [type] = [schema.type ?? (schema.properties ? 'object' : 'string')].flat()
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {}, schemas, depth + 1)]),
      )
    case 'array':
      return schema.maxItems === 0 ? [] : [sampleOf(schema.items ?? {}, schemas, depth + 1)]
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textOf(schema)
  }
}

function textOf({ format, pattern = '', minLength = 0, maxLength }: Schema): string {
  if (format === 'uuid') return someId
  if (format === 'date-time') return '2026-06-03T09:15:00+08:00'
  if (format === 'date') return '2026-06-03'
  if (pattern.includes('{43}')) return someDigest
  const text = '示例'.padEnd(minLength, '文')
  return maxLength === undefined ? text : text.slice(0, maxLength)
}

/**
 * A call of an operation as one types it into a shell: what is required, with a token where one is needed. `$GATEWAY` is the
 * address of the gateway, `$TOKEN` the caller’s own.
 */
export function curlOf(operation: Placed, schemas: Schemas = {}): string {
  const { method, path, parameters = [], security, requestBody } = operation
  const value = (parameter: Parameter) => String(sampleOf(parameter.schema ?? {}, schemas))
  const at = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const known = parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(known ? value(known) : 'x')
  })
  const asked = parameters.filter((one) => one.in === 'query' && one.required)
  const query = asked.map((one) => `${one.name}=${encodeURIComponent(value(one))}`).join('&')
  const headers = parameters.filter((one) => one.in === 'header' && isNeeded(one))
  const [mediaType, content] = chosenBody(requestBody?.content)
  const lines = [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} "$GATEWAY${at}${query && `?${query}`}"`,
    ...(security && security.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...headers.map((one) => `-H ${quoted(`${titled(one.name)}: ${value(one)}`)}`),
    ...(mediaType ? bodyLines(mediaType, content ?? {}, schemas) : []),
  ]
  return lines.join(' \\\n  ')
}

/** The idempotency key is asked for by the route, not by its schema; the schema says so in words. */
export function isNeeded({ required, description }: Parameter): boolean {
  return required === true || (description?.startsWith('必填') ?? false)
}

function chosenBody(content: NonNullable<Placed['requestBody']>['content'] = {}): readonly [string?, Schema?] {
  const [first] = Object.entries(content)
  const json = content['application/json']
  return json ? ['application/json', json.schema ?? {}] : first ? [first[0], first[1].schema ?? {}] : []
}

function bodyLines(mediaType: string, schema: Schema, schemas: Schemas): string[] {
  const type = `-H ${quoted(`Content-Type: ${mediaType}`)}`
  const fields = () => Object.entries((sampleOf(schema, schemas) ?? {}) as Record<string, unknown>)
  switch (mediaType) {
    case 'application/json':
      return [type, `-d ${quoted(JSON.stringify(sampleOf(schema, schemas) ?? {}))}`]
    case 'application/x-www-form-urlencoded':
      return fields().map(([name, text]) => `--data-urlencode ${quoted(`${name}=${String(text)}`)}`)
    case 'multipart/form-data':
      return fields().map(([name, text]) => {
        const isFile = schema.properties?.[name]?.format === 'binary'
        return `-F ${quoted(isFile ? `${name}=@file.pdf;type=application/pdf` : `${name}=${String(text)}`)}`
      })
    default:
      return [type, `--data-binary ${quoted(`@file${endings[mediaType] ?? ''}`)}`]
  }
}

const endings: Readonly<Record<string, string>> = {
  'application/jose': '.jws',
  'application/pdf': '.pdf',
  'text/csv': '.csv',
}

/** One word of a shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const titled = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
