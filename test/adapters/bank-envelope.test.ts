import { describe, expect, test } from 'vitest'
import {
  readElement,
  readEnvelope,
  readText,
  spell,
  writeElement,
  writeEnvelope,
} from '../../adapters/bank/envelope.ts'
import { bounds } from '../../adapters/bank/outline.ts'

describe('the envelope', () => {
  const call = (inner: string) => Buffer.from(writeEnvelope(inner))

  test('a DOCTYPE is refused before anything is parsed, in whatever encoding it hides', () => {
    const doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    const plain = call('<a/>').toString()
    const hidden = [doctype + plain, plain.replace('?>', `?>${doctype}`), plain.replace('<a/>', `${doctype}<a/>`)]
    for (const text of hidden) expect(readEnvelope(Buffer.from(text))).toMatchObject({ code: 'xml-doctype' })
    const wide = Buffer.from(`\ufeff${doctype}${plain}`, 'utf16le')
    expect(readEnvelope(wide)).toMatchObject({ kind: 'refused', code: 'xml-malformed' })
  })

  test('a billion laughs stay one: entities are refused with their DOCTYPE, and alone they are only no base64', () => {
    const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    expect(readEnvelope(Buffer.from(laughs + writeEnvelope('<a C="&b;"/>')))).toMatchObject({ code: 'xml-doctype' })
    const alone = readEnvelope(call('<a C="&b;"/>'))
    if (alone.kind === 'refused') throw new Error(alone.code)
    expect(() => readText(alone.call, 'C')).toThrow('not base64')
  })

  test.each([
    ['an unclosed tag', '<a><b></a>'],
    ['two calls', '<a/><b/>'],
    ['no call', ''],
    ['a section of character data', '<a><![CDATA[x]]></a>'],
    ['a comment', '<!-- x --><a/>'],
    ['a name that reaches into objects', '<a __proto__="x"/>'],
    ['a bare angle', '<a < b/>'],
  ])('%s is refused', (_, inner) => {
    expect(readEnvelope(call(inner)).kind).toBe('refused')
  })

  test('depth, count and padding have bounds, and what hits them costs little', () => {
    const started = Date.now()
    const deep = '<a>'.repeat(bounds.depth) + '</a>'.repeat(bounds.depth)
    expect(readEnvelope(call(deep))).toMatchObject({ code: 'xml-too-deep' })
    const wide = Array.from({ length: bounds.attributes + 1 }, (_, at) => `A${at}="x"`).join(' ')
    expect(readEnvelope(call(`<a ${wide}/>`))).toMatchObject({ code: 'xml-too-large' })
    expect(readEnvelope(call(`<a>${'<b/>'.repeat(bounds.elements)}</a>`))).toMatchObject({ code: 'xml-too-large' })
    for (const filler of [' ', 'x ', '>', '\n']) {
      expect(readEnvelope(call(`<a>${filler.repeat(3_000_000)}</a>`)).kind).toBe('refused')
      expect(readEnvelope(call(`<a ${filler.repeat(3_000_000)}/>`)).kind).toBe('refused')
    }
    expect(readEnvelope(Buffer.from('<'.repeat(8_000_000))).kind).toBe('refused')
    expect(Date.now() - started).toBeLessThan(3000)
  })

  test('the kept bytes are those of the body alone: no password is ever evidence', () => {
    const envelope = readEnvelope(Buffer.from(writeEnvelope('<a B="QQ=="/>', '<dlxx MM="c2VjcmV0"/>')))
    if (envelope.kind === 'refused') throw new Error(envelope.code)
    expect(Buffer.from(envelope.bytes).toString()).toBe('<a B="QQ=="/>')
  })

  test('base64 broken into lines, as Java writes it, is read as if it were not', () => {
    const text = spell('天津市滨海新区人民法院')
    const broken = `${text.slice(0, 8)}&#13;&#10;${text.slice(8, 12)}\n${text.slice(12)}`
    expect(readText(readElement(Buffer.from(`<a B="${broken}"/>`)), 'B')).toBe('天津市滨海新区人民法院')
  })
})

describe('GBK', () => {
  const roundTrip = (text: string) => readText(readElement(Buffer.from(writeElement('a', { B: spell(text) }))), 'B')

  test.each(['张某某', '镕堃喆', '買買提·吐爾遜', '（2024）津0116执3456号', '€', '?', '〇'])(
    '%s comes back as it went',
    (text) => {
      expect(roundTrip(text)).toBe(text)
    },
  )

  test.each(['䶮', '𠮷', '㛃', '\u{1F600}'])(
    '%s is not in GBK and is refused, never sent as a question mark',
    (rare) => {
      expect(() => spell(`张${rare}`)).toThrow(expect.objectContaining({ name: 'BankFault', code: 'TEXT_NOT_GBK' }))
    },
  )

  test('the fault says nothing of whom it is about', () => {
    expect(() => spell('张䶮')).toThrow(/^a character that GBK cannot write$/)
  })
})
