import fc from 'fast-check'

/** What breaks readers: bits of markup, numbers past every limit, texts that mean something else elsewhere. */
const sore = [
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>',
  '&a;&a;&a;&#0;&#x110000;',
  '<![CDATA[',
  ']]>',
  '</Message></Data>',
  '"',
  '\\u0000',
  '\u0000\uFFFF\uD800',
  '{"__proto__":{"x":1}}',
  `${'['.repeat(500)}`,
  `${'{"a":'.repeat(200)}`,
  '1e999',
  '-0',
  '99999999999999999999999999.999',
  '../../../etc/passwd',
  '%00%ff%c0%ae',
  '=CMD|x',
  "'; drop table entry; --",
  'eyJhbGciOiJub25lIn0.e30.',
  '张某某'.repeat(300),
  '\u202E\u200B',
  'A'.repeat(20_000),
].map((text) => Buffer.from(text))

type Change =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'cut' | 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'insert'; readonly at: number; readonly what: Uint8Array }

const where = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: where, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({
    kind: fc.constantFrom('cut' as const, 'repeat' as const),
    at: where,
    length: fc.integer({ min: 1, max: 400 }),
    times: fc.integer({ min: 2, max: 40 }),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: where,
    what: fc.oneof(fc.constantFrom(...sore), fc.uint8Array({ minLength: 1, maxLength: 30 })),
  }),
)

/** Messages that were good once, each damaged in a few places; and now and then plain noise. */
export function damaged(good: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const broken = fc
    .tuple(fc.constantFrom(...good), fc.array(change, { minLength: 1, maxLength: 5 }))
    .map(([message, changes]) => changes.reduce<Uint8Array>(apply, message))
  return fc.oneof({ weight: 9, arbitrary: broken }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 1500 }) })
}

function apply(message: Uint8Array, one: Change): Uint8Array {
  const at = Math.floor(one.at * message.length)
  switch (one.kind) {
    case 'flip': {
      const copy = Buffer.from(message)
      copy[at] = (copy[at] ?? 0) ^ (1 << one.bit)
      return copy
    }
    case 'cut':
      return Buffer.concat([message.subarray(0, at), message.subarray(at + one.length)])
    case 'repeat': {
      const piece = message.subarray(at, at + one.length)
      return Buffer.concat([
        message.subarray(0, at),
        ...Array.from({ length: one.times }, () => piece),
        message.subarray(at),
      ])
    }
    case 'insert':
      return Buffer.concat([message.subarray(0, at), one.what, message.subarray(at)])
  }
}
