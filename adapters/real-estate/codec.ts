import { z } from 'zod'
import { type BeijingDate, formatBeijing, parseDate } from '../../src/domain/beijing-date.ts'
import { type Money, parseMoney } from '../../src/domain/money.ts'
import { isRefusal } from '../../src/domain/refusal.ts'

type Field = readonly [theirs: string, schema: z.ZodType]
type Fields = Readonly<Record<string, Field>>
type Value<F extends Field> = z.output<F[1]>
type Needed<F extends Fields> = { [K in keyof F]: undefined extends Value<F[K]> ? never : K }[keyof F]

/** A message in our words, as a table of fields describes it. */
export type Ours<F extends Fields> = { readonly [K in Needed<F>]: Value<F[K]> } & {
  readonly [K in Exclude<keyof F, Needed<F>>]?: Exclude<Value<F[K]>, undefined>
}

/**
 * A message as a table: our word, theirs, and what may stand there. Decoding refuses fields that are not in the table,
 * and names what is wrong in their words; encoding is the same table read from right to left.
 *
 * @example
 * const answer = message({ words: ['msg', text(6)] })
 * answer.parse({ msg: 'fine' }) // { words: 'fine' }
 */
export function message<const F extends Fields>(fields: F) {
  const table = Object.entries<Field>(fields)
  const theirs = z.strictObject(Object.fromEntries(table.map(([, [name, schema]]) => [name, schema])))
  return z.codec(theirs, z.custom<Ours<F>>(), {
    decode: (value) =>
      renamed(
        value,
        table.map(([ours, [name]]) => [name, ours]),
      ) as Ours<F>,
    encode: (value) =>
      renamed(
        { ...value },
        table.map(([ours, [name]]) => [ours, name]),
      ),
  })
}

function renamed(
  value: Record<string, unknown>,
  pairs: readonly (readonly [string, string])[],
): Record<string, unknown> {
  return Object.fromEntries(pairs.flatMap(([from, to]) => (value[from] === undefined ? [] : [[to, value[from]]])))
}

/** A closed dictionary: their code on the left, our word on the right; each appears once. */
export function words<const W extends Readonly<Record<string, string>>>(table: W) {
  const codes = Object.keys(table) as [string, ...string[]]
  const back = new Map(Object.entries(table).map(([code, word]) => [word, code]))
  return z.codec(z.enum(codes), z.custom<W[keyof W]>(), {
    decode: (code) => table[code] as W[keyof W],
    encode: (word) => back.get(word) ?? '',
  })
}

/** Text as a clerk typed it: trimmed, never empty, never endless. */
export const text = (most: number) => z.string().trim().min(1).max(most)

const whole = z.codec(z.union([z.int(), z.string().regex(/^\d{1,6}$/)]), z.int(), { decode: Number, encode: (n) => n })

/** A place in a queue or on a list: from 1. Some registries write it as a number, some as text. */
export const ordinal = z.codec(whole, z.int().min(1).max(999_999), { decode: (n) => n, encode: (n) => n })

/** A measured quantity that is kept as the text it was written in. */
export const decimal = z.codec(
  z.union([z.number().nonnegative().max(1e12), z.string().regex(/^\d{1,12}(\.\d{1,6})?$/)]),
  z.string(),
  { decode: String, encode: (written) => written },
)

/** A sum in 万元, the unit of the register; ours is yuan. Moved by text, since a float would round a mortgage. */
export const tenThousands = z.codec(decimal, z.custom<Money>(), { decode: toYuan, encode: fromYuan })

function toYuan(written: string): Money {
  const [units = '0', decimals = ''] = written.split('.')
  const digits = `${units}${decimals.padEnd(6, '0')}`.replace(/^0+(?=\d{3})/, '')
  const yuan = parseMoney(`${digits.slice(0, -2)}.${digits.slice(-2)}`)
  if (isRefusal(yuan)) throw new RangeError('a sum in 万元 that is no sum in yuan')
  return yuan
}

function fromYuan(yuan: Money): string {
  const digits = yuan.replace('.', '').padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
}

/** A day as `2024/06/03`. */
export const slashedDay = z.codec(z.string().refine(isSlashedDay), z.custom<BeijingDate>(), {
  decode: (written) => written.replaceAll('/', '-') as BeijingDate,
  encode: (day) => day.replaceAll('-', '/'),
})

function isSlashedDay(written: string): boolean {
  return /^\d{4}\/\d\d\/\d\d$/.test(written) && !isRefusal(parseDate(written.replaceAll('/', '-')))
}

/** A moment as a Beijing clock shows it: `2024-09-10 10:12:33`. */
export const clockTime = z.codec(z.string().refine(isClockTime), z.custom<Date>(), {
  decode: (written) => new Date(`${written.replace(' ', 'T')}+08:00`),
  encode: (instant) => formatBeijing(instant),
})

function isClockTime(written: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(written) && !isRefusal(parseDate(written.slice(0, 10)))
  )
}
