import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseRef, commitment, type LogRecord, recordBytes, recordKinds, sha256Text } from '../../src/ledger/record.ts'
import { parseRecord, plainRecord } from '../../src/ledger/record-text.ts'

const salt = Buffer.alloc(32, 7)
const bytes = Buffer.from('the exact bytes of a request')
const record: LogRecord = {
  v: 1,
  jti: '01920000-0000-7000-8000-000000000001',
  iat: 1_790_000_000,
  gw: 'writ-tj-1',
  kind: 'delivery.created',
  by: 'officer-7',
  act: 'freeze',
  case_ref: caseRef(salt, '（2026）津0116执1234号'),
  case_seq: 7,
  links: [{ rel: 'request', jti: '01920000-0000-7000-8000-000000000000' }],
  registry: '313110000019',
  delivery: '01920000-0000-7000-8000-000000000002',
  msg: { len: bytes.length, sha256_ct: sha256Text(bytes), commit: commitment(salt, bytes) },
  kek: 'kek-2026',
}

const formatRecord = (of: LogRecord) => JSON.stringify(plainRecord(of))

describe('commitments', () => {
  test('a commitment is the salted hash that the protocol names', () => {
    const expected = createHash('sha256').update('writ-commit/v1').update(Buffer.of(0)).update(salt).update(bytes)
    expect(commitment(salt, bytes)).toBe(expected.digest('base64url'))
  })

  test('another salt or another byte gives another commitment', () => {
    expect(commitment(Buffer.alloc(32, 8), bytes)).not.toBe(commitment(salt, bytes))
    expect(commitment(salt, Buffer.from('The exact bytes of a request'))).not.toBe(commitment(salt, bytes))
    expect(() => commitment(Buffer.alloc(16), bytes)).toThrow(RangeError)
  })

  test('a case is told apart only by who holds the key', () => {
    const number = '（2026）津0116执1234号'
    expect(caseRef(salt, number)).toBe(caseRef(salt, number))
    expect(caseRef(Buffer.alloc(32, 8), number)).not.toBe(caseRef(salt, number))
    expect(caseRef(salt, number)).toMatch(/^[\w-]{43}$/)
  })
})

describe('records', () => {
  test('a record is written in one order and read back', () => {
    const shuffled = Object.fromEntries(Object.entries(record).reverse()) as LogRecord
    expect(formatRecord(shuffled)).toBe(formatRecord(record))
    expect(parseRecord(formatRecord(record))).toEqual(record)
    expect(parseRecord(JSON.stringify(shuffled))).toEqual(record)
  })

  test('the smallest record needs neither case nor message', () => {
    const { v, jti, iat, gw } = record
    expect(parseRecord(formatRecord({ v, jti, iat, gw, kind: 'gateway.started' }))).toEqual({
      v,
      jti,
      iat,
      gw,
      kind: 'gateway.started',
    })
  })

  test('a look says at which list and by what it was narrowed, and never by a name or a case number', () => {
    const looked = {
      ...record,
      view: { of: 'log', by: { person: 'officer-7', court: '津0116', from: '2026-11-30' } },
    } as const
    expect(parseRecord(formatRecord(looked))?.view).toEqual(looked.view)
    for (const who of ['林书远', '（2026）津0116执1234号', '11010119900307123X'])
      expect(() => formatRecord({ ...record, view: { of: 'log', by: { who } } })).toThrow('the member view')
  })

  test('members that nobody knows are not written', () => {
    expect(formatRecord({ ...record, name: '张三' } as LogRecord)).toBe(formatRecord(record))
  })

  test.each(['act', 'by', 'gw', 'jti', 'registry', 'delivery', 'kek', 'case_ref'] as const)(
    'a name or sentence in %s never reaches the log',
    (member) => {
      for (const stray of ['张三', 'freeze the account of Lin', '（2026）津0116执1234号', '11010119900307123X', ''])
        expect(() => formatRecord({ ...record, [member]: stray })).toThrow(
          expect.objectContaining({ code: 'RECORD_NOT_PLAIN' }),
        )
    },
  )

  test.each([
    ['a member twice', (text: string) => text.replace('"iat"', '"gw":"writ-tj-2","iat"')],
    ['a member unknown', (text: string) => text.replace('"iat"', '"name":"Lin","iat"')],
    ['an unknown member inside', (text: string) => text.replace('"rel"', '"name":"Lin","rel"')],
    ['another version', (text: string) => text.replace('"v":1', '"v":2')],
    ['an unknown kind', (text: string) => text.replace('delivery.created', 'delivery.lost')],
    ['no time', (text: string) => text.replace('"iat":1790000000,', '')],
    ['a time that is text', (text: string) => text.replace('1790000000', '"1790000000"')],
    ['spaces', (text: string) => text.replace(',', ', ')],
    ['no object', () => 'null'],
    ['no JSON', () => '{'],
  ])('a record with %s is not read', (_, spoil) => {
    expect(parseRecord(spoil(formatRecord(record)))).toBeUndefined()
  })

  test('no text makes the reader throw', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseRecord(text)).toBeUndefined()
      }),
    )
    for (const links of ['5', '[null]', '{"length":1}'])
      expect(parseRecord(formatRecord(record).replace(/"links":\[.*?\]/, `"links":${links}`))).toBeUndefined()
  })

  test('no two kinds are spelled alike', () => {
    expect(new Set(recordKinds).size).toBe(recordKinds.length)
  })
})

describe('leaves', () => {
  test('a leaf is the text of the JWS', () => {
    expect(Buffer.from(recordBytes('eyJh.eyJi.c2ln')).toString()).toBe('eyJh.eyJi.c2ln')
  })

  test('a leaf may be 65,535 bytes and not one more', () => {
    expect(recordBytes(`a.b.${'c'.repeat(65_531)}`)).toHaveLength(65_535)
    expect(() => recordBytes(`a.b.${'c'.repeat(65_532)}`)).toThrow(expect.objectContaining({ code: 'LEAF_TOO_LARGE' }))
  })

  test.each(['', 'a.b', 'a.b.c.d', 'a.b.c=', 'a.b.张三', 'a..c'])('%j is no JWS', (jws) => {
    expect(() => recordBytes(jws)).toThrow(expect.objectContaining({ code: 'RECORD_NOT_PLAIN' }))
  })
})
