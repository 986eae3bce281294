import { createHash } from 'node:crypto'
import { addDays } from '../../src/domain/beijing-date.ts'
import type { Misbehaviour } from '../sandbox.ts'
import type { Letter } from './sandbox-books.ts'
import { calls } from './wire.ts'
import { type ControlResult, controlResult, type QueryResult, queryResult } from './wire-result.ts'

type Result = QueryResult | ControlResult

/** How long the ways to be late take, in milliseconds. */
export type Delays = { readonly slowMs: number; readonly tomorrowMs: number }

/** A result as the letters that carry it: one, unless the subject is one of those with whom things go wrong. */
export function lettersFor(result: Result, wrong: Misbehaviour | undefined, now: number, delays: Delays): Letter[] {
  const plain = (told: Result, notBefore = now) => letter({ ...told, fedBackAt: new Date(notBefore) }, notBefore)
  switch (wrong) {
    case undefined:
    case 'refuses':
    case 'unavailable':
    case 'out-of-order':
      return [plain(result)]
    case 'slow':
      return [plain(result, now + delays.slowMs)]
    case 'tomorrow':
      return [plain(result, now + delays.tomorrowMs)]
    case 'duplicate':
      return [plain(result), plain(result)]
    case 'malformed':
      return [{ ...plain(result), data: torn(plain(result).data) }]
    case 'wrong-key':
      return [{ ...plain(result), token: 'wrong' }]
    case 'wrong-reference':
      return [
        plain({ ...result, reference: `${result.reference.slice(0, -1)}${result.reference.endsWith('9') ? 0 : 9}` }),
      ]
    case 'lies-about-digest':
      return [plain({ ...result, receipt: { ...receiptFor(result.reference), md5: '0'.repeat(32) } })]
    case 'corrected':
      return [plain(mistaken(result)), plain({ ...result, kind: 'corrected' }, now + delays.slowMs)]
  }
}

function letter(result: Result, notBefore: number): Letter {
  const { reference } = result
  if ('persons' in result) return { reference, call: calls.queryResult, data: queryResult.encode(result), notBefore }
  return { reference, call: calls.controlResult, data: controlResult.encode(result), notBefore }
}

/** What a clerk sends first and has to take back: an empty register, a term one day short. */
function mistaken(result: Result): Result {
  if ('persons' in result) return { ...result, persons: result.persons.map(({ name, number }) => ({ name, number })) }
  const units = result.units.map((unit) => (unit.to ? { ...unit, to: addDays(unit.to, -1) } : unit))
  return { ...result, units }
}

function torn(data: unknown): unknown {
  const fields = Object.entries(data ?? {})
  return Object.fromEntries(fields.map(([name, value]) => [name, Array.isArray(value) ? '残缺' : value]))
}

/** The stamped document that comes with what the register did: a page of PDF that names the 单号. */
export function receiptFor(reference: string): NonNullable<Result['receipt']> {
  const bytes = onePage(`RECEIPT ${reference}`)
  return {
    name: '协助执行通知书（回执）',
    mediaType: 'application/pdf',
    md5: createHash('md5').update(bytes).digest('hex'),
    content: bytes.toString('base64'),
  }
}

function onePage(line: string): Buffer {
  const drawn = `BT /F1 18 Tf 72 720 Td (${line}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join('')}`
  return Buffer.from(`${body}${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1')
}
