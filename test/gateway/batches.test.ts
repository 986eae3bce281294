import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RowOutcome } from '../../src/domain/batch.ts'
import { outcomeOf } from '../../src/domain/batch.ts'
import { holdBatch } from '../../src/gateway/batches/hold.ts'
import type { SaidRow } from '../../src/gateway/batches/read-row.ts'
import { startBatch } from '../../src/gateway/batches/start.ts'
import { weighBatch } from '../../src/gateway/batches/weigh.ts'
import { workBatches } from '../../src/gateway/batches/work.ts'
import { enterCase } from '../../src/gateway/enter-case.ts'
import {
  applicant,
  approverSun,
  bank,
  debtor,
  land,
  officerElsewhere,
  officerHan,
  officerLin,
  registrarWen,
  sure,
} from '../support/court.ts'
import { seat } from '../support/people.ts'
import { batchTerms } from './batch-said.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await seat(office.opened, officerLin)
  await seat(office.opened, officerHan)
})
afterAll(() => office.close())

let keys = 0
const rowOf = (file: Pick<OpenCase, 'number'>, over: Partial<SaidRow> = {}): SaidRow => {
  return { row: 2, case: file.number, subject: debtor.name, registries: [bank.code], kinds: [], measure: '', ...over }
}
const numbered = (rows: readonly SaidRow[]): SaidRow[] => rows.map((row, at) => ({ ...row, row: at + 2 }))
const weigh = (...rows: SaidRow[]) => weighBatch(office.parts, officerLin, batchTerms, numbered(rows))
const codes = async (...rows: SaidRow[]) =>
  (await weigh(...rows)).rows.map(({ objections }) => objections.map(({ code }) => code).join())
const start = (rows: readonly SaidRow[], over: { again?: boolean; key?: string } = {}) => {
  keys += 1
  const once = { client: officerLin.id, key: over.key ?? `batch-${keys}`, digest: 'same' }
  const said = { terms: batchTerms, rows: numbered(rows), again: over.again ?? false }
  return startBatch(office.parts, officerLin, said, once)
}
const started = async (rows: readonly SaidRow[]): Promise<string> => {
  const said = sure(await start(rows))
  if (said.kind !== 'started') throw new Error(JSON.stringify(said))
  return said.id
}
const cases = async (count: number) => {
  const files: OpenCase[] = []
  for (let at = 0; at < count; at += 1) files.push(await office.openCase())
  return files
}
const linesOf = (id: string) => office.opened.reads.batchLines(id, { limit: 100 }, office.parts.clock())
const states = async (id: string) => (await linesOf(id)).map(({ row }) => row.state)
const hold = (id: string, deed: Parameters<typeof holdBatch>[3], by = officerLin) =>
  holdBatch(office.parts, by, id, deed)

describe('a list', () => {
  test('is held against the rules of a single request, and says beside each row what is wrong with it', async () => {
    const file = await office.openCase()
    const closed = await office.openCase({ standing: 'closed' })
    const bare = await office.openCase()
    const { number } = office.entered()
    const found = await codes(
      rowOf(file),
      rowOf(file, { subject: debtor.idNumber, registries: [land.name], kinds: ['银行存款'] }),
      rowOf({ number }),
      rowOf(file, { case: '2024执1' }),
      rowOf(file, { subject: '王某某' }),
      rowOf(file, { subject: applicant.name }),
      rowOf(file, { registries: ['某处'] }),
      rowOf(closed),
      rowOf(bare, { measure: '冻结' }),
      rowOf(bare, { kinds: ['古董'] }),
    )
    expect(found).toEqual([
      '',
      'registry-asset-unsupported',
      'case-unknown',
      'case-number-malformed',
      'subject-not-a-party',
      'party-not-liable',
      'registry-unknown',
      'case-standing-forbids',
      'batch-inquiries-only',
      'batch-kind-unknown',
    ])
  })

  test('takes a party by name in any width, and asks for the number where a name is that of two', async () => {
    const twin = { ...debtor, idNumber: '110101199003070097' }
    const two = await office.openCase({
      parties: [
        { role: 'debtor', subject: debtor },
        { role: 'debtor', subject: twin },
      ],
    })
    expect(await codes(rowOf(two), rowOf(two, { subject: ` ${twin.idNumber} ` }))).toEqual(['batch-name-ambiguous', ''])
  })

  test('without the numbered notice of its case a row cannot go out', async () => {
    const { number } = office.entered()
    sure(await enterCase(office.parts, registrarWen, { ...office.entered(), number }))
    expect(await codes(rowOf({ number }))).toEqual(['batch-notice-missing'])
  })

  test('that asks the same twice says so, and what was asked this week has to be meant', async () => {
    const [file, other] = await cases(2)
    if (!file || !other) throw new Error('no cases')
    expect(await codes(rowOf(file), rowOf(file, { registries: [land.code, bank.code] }), rowOf(other))).toEqual([
      '',
      'batch-row-repeated',
      '',
    ])
    await office.send(file, { kind: 'inquire', kinds: ['deposit'] }, { registries: [bank.code] })
    expect((await weigh(rowOf(file), rowOf(other))).rows.map(({ askedOn }) => askedOn !== undefined)).toEqual([
      true,
      false,
    ])
    const refused = sure(await start([rowOf(file), rowOf(other)]))
    expect(refused).toMatchObject({
      kind: 'objected',
      weighed: { rows: [{ objections: [{ code: 'batch-asked-lately' }] }, { objections: [] }] },
    })
    expect(await office.opened.reads.batches({ maker: officerLin.id, limit: 10 })).toEqual([])
    const meant = sure(await start([rowOf(file), rowOf(other)], { again: true }))
    expect(meant.kind).toBe('started')
    await workBatches(office.parts)
  })

  test('of another court’s or team’s cases is answered as if there were none, and the look is on record', async () => {
    const file = await office.openCase()
    const { rows } = await weighBatch(office.parts, officerElsewhere, batchTerms, [rowOf(file)])
    expect(rows).toMatchObject([{ objections: [{ code: 'case-unknown' }] }])
    const noted = await office.opened.reads.entries({ kind: 'access.refused', person: officerElsewhere.id, limit: 5 })
    expect(noted).toHaveLength(1)
    expect(
      await startBatch(
        office.parts,
        approverSun,
        { terms: batchTerms, rows: [], again: false },
        { client: 'x', key: 'y', digest: 'z' },
      ),
    ).toMatchObject({ code: 'role-missing' })
  })

  test('what all rows say alike is objected to once', async () => {
    const [file, other] = await cases(2)
    if (!file || !other) throw new Error('no cases')
    const terms = { ...batchTerms, officers: batchTerms.officers.slice(0, 1) }
    const { alike, rows } = await weighBatch(office.parts, officerLin, terms, numbered([rowOf(file), rowOf(other)]))
    expect(alike.map(({ code }) => code)).toEqual(['officers-two-required'])
    expect(rows.every(({ objections }) => objections.length === 0)).toBe(true)
  })
})

describe('a batch', () => {
  test('becomes a request for each row, in the name of its maker, and says when all are out', async () => {
    const files = await cases(3)
    const key = 'batch-once'
    const said = files.map((file) => rowOf(file))
    const first = sure(await start(said, { key }))
    expect(sure(await start(said, { key }))).toMatchObject({ kind: 'replayed' })
    if (first.kind !== 'started') throw new Error('not started')
    // Two processes go round at once.
    const rounds = await Promise.all([workBatches(office.parts), workBatches(office.parts)])
    expect(rounds[0] + rounds[1]).toBe(3)
    expect(await workBatches(office.parts)).toBe(0)
    const lines = await linesOf(first.id)
    expect(lines.map(({ row, facts }) => [row.state, outcomeOf(facts, 'done')])).toEqual(
      files.map(() => ['submitted', 'sent']),
    )
    const batch = await office.opened.reads.batch(first.id)
    expect(batch?.state).toBe('done')
    for (const [at, file] of files.entries()) {
      const [only, ...more] = await office.opened.reads.requestLines({ caseId: file.id, limit: 5 })
      expect([only?.id, more]).toEqual([lines[at]?.row.request, []])
      expect((await office.opened.reads.request(only?.id ?? ''))?.maker).toBe(officerLin.id)
    }
    const kinds = (await office.opened.reads.entries({ about: first.id, limit: 10 })).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['batch.ended', 'batch.started'])
  })

  test('counts what was answered apart from what was found, not found, refused and never said', async () => {
    const files = await cases(4)
    const id = await started(files.map((file) => rowOf(file)))
    await workBatches(office.parts)
    const requests = (await linesOf(id)).map(({ row }) => row.request ?? '')
    for (const [at, kind] of (['executed', 'nothing', 'refused'] as const).entries()) {
      const [exchange] = await office.opened.reads.exchangesOf(requests[at] ?? '')
      if (!exchange) throw new Error('nothing was delivered')
      const holdings =
        kind === 'executed'
          ? [{ asset: { class: 'deposit', account: '6217000000000000012' }, encumbrances: [] } as const]
          : []
      await office.tell(exchange, {
        kind,
        holdings,
        ...(kind === 'refused' && { reason: { code: 'other', text: '查无此人' } }),
      })
    }
    const counted = async (now: Date) => {
      const counts = await office.opened.reads.batchCounts(id, now)
      return Object.fromEntries(
        counts.map(({ facts, count }): [RowOutcome, number] => [outcomeOf(facts, 'done'), count]),
      )
    }
    expect(await counted(office.parts.clock())).toEqual({ found: 1, nothing: 1, declined: 1, sent: 1 })
    const later = new Date(office.parts.clock().getTime() + 60 * 86_400_000)
    expect(await counted(later)).toEqual({ found: 1, nothing: 1, declined: 1, silent: 1 })
  })

  test('paused submits nothing until it goes on, and stopped never again; what is out stays out', async () => {
    const id = await started((await cases(12)).map((file) => rowOf(file)))
    expect(await workBatches(office.parts)).toBe(5)
    sure(await hold(id, 'pause'))
    expect(await workBatches(office.parts)).toBe(0)
    sure(await hold(id, 'resume'))
    expect(await workBatches(office.parts)).toBe(5)
    sure(await hold(id, 'stop'))
    expect(await workBatches(office.parts)).toBe(0)
    expect((await states(id)).filter((state) => state === 'waiting')).toHaveLength(2)
    expect(await hold(id, 'resume')).toMatchObject({ code: 'batch-over' })
    const kinds = (await office.opened.reads.entries({ about: id, limit: 10 })).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['batch.paused', 'batch.resumed', 'batch.started', 'batch.stopped'])
  })

  test('is its maker’s alone, and two take turns', async () => {
    const one = await started((await cases(7)).map((file) => rowOf(file)))
    const two = await started((await cases(2)).map((file) => rowOf(file)))
    expect(await hold(one, 'pause', officerHan)).toMatchObject({ code: 'batch-unknown' })
    expect(await hold(one, 'pause', approverSun)).toMatchObject({ code: 'role-missing' })
    expect(await workBatches(office.parts)).toBe(7)
    expect(
      [await states(one), await states(two)].map((all) => all.filter((state) => state === 'submitted').length),
    ).toEqual([5, 2])
    await workBatches(office.parts)
  })

  test('that is under way counts as asked, and is held by one process at a time until its lease is over', async () => {
    const [file] = await cases(1)
    if (!file) throw new Error('no case')
    const id = await started([rowOf(file)])
    expect((await weigh(rowOf(file))).rows[0]?.askedOn).toBeDefined()
    const { claimBatch } = office.opened.store
    expect((await claimBatch(30))?.id).toBe(id)
    expect(await claimBatch(30)).toBeUndefined()
    // Whoever held it died; here its time is over at once.
    await office.opened.store.releaseBatch(id)
    expect((await claimBatch(0))?.id).toBe(id)
    expect(await workBatches(office.parts)).toBe(1)
  })

  test('puts aside the row whose ground has gone meanwhile, says why, and goes on', async () => {
    const [gone, good] = await cases(2)
    if (!gone || !good) throw new Error('no cases')
    const id = await started([rowOf(gone), rowOf(good)])
    await office.opened.store.act(gone.id, async (act) => {
      await act.assign({ members: ['somebody-else'], isSealed: true, by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    expect(await workBatches(office.parts)).toBe(1)
    expect((await linesOf(id)).map(({ row }) => [row.state, row.refused])).toEqual([
      ['refused', 'case-unknown'],
      ['submitted', undefined],
    ])
    expect(await office.kinds(gone.id)).toContain('batch.refused')
  })

  test('waits while so much is due that whoever asks singly would stand behind it', async () => {
    const id = await started((await cases(11)).map((file) => rowOf(file, { registries: [land.code] })))
    await workBatches(office.parts)
    await workBatches(office.parts)
    expect((await states(id)).filter((state) => state === 'submitted')).toHaveLength(8)
  })
})
