import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkEntryScript } from '../../src/console/audit/scripts/check-entry.ts'
import { logProofScript } from '../../src/console/audit/scripts/log-proof.ts'
import { unpackLayout } from '../../src/evidence/pack.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import { noteLoose } from '../../src/gateway/journal.ts'
import { formatVkey } from '../../src/ledger/vkey.ts'
import { debtorSubject, openCase, read, submitted, type TestCase, takenByBureau } from '../http/case.ts'
import { landBureau } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai, hedong } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
let known: TestCase
let delivery: string
let serial = 0
type Visitor = ReturnType<TestConsole['visitor']>
let auditor: Visitor

async function auditorOf(court: Parameters<typeof personWith>[3]): Promise<Visitor> {
  serial += 1
  const person = personWith(`auditor-${serial}`, '梅清和', ['auditor'], court)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  return visitor
}

beforeAll(async () => {
  site = await openConsole()
  known = await openCase(site)
  await read(await submitted(site, known.inquiry), 202)
  const [taken] = await takenByBureau(site)
  delivery = taken?.delivery ?? ''
  auditor = await auditorOf(binhai)
})
afterAll(() => site.close())

const looks = async () => (await site.gateway.reads.entries({ kind: 'audit.viewed', limit: 500 })).length
const entryOf = async (kind: 'request.submitted' | 'subject.revealed' | 'bundle.exported') =>
  (await site.gateway.reads.entries({ kind, caseId: known.id, limit: 1 }))[0]

describe('the log', () => {
  test('is where an auditor arrives, and each look at it is an entry of it', async () => {
    expect((await auditor.get('/')).location).toBe('/audit')
    const before = await looks()
    const page = await auditor.get('/audit')
    expect([page.status, page.text.includes('您的每次查看均已存证')]).toEqual([200, true])
    expect(await looks()).toBe(before + 1)
    expect(page.text).toContain('提交请求')
    expect(page.text).toContain(known.number)
    // The filters are folded until one is set, and say which days are shown.
    expect(page.text).toMatch(/<details><summary>筛选 · \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d<\/summary><form/)
    expect((await auditor.get('/audit?kind=duty.set')).text).toContain('<details open><summary>筛选')
    await auditor.get(`/audit?kind=duty.set&person=${(await entryOf('request.submitted'))?.person}`)
    expect((await auditor.get('/audit?kind=audit.viewed')).text).toMatch(
      /存证日志（事项＝排定值班，何人＝[^（]+，\d\d-\d\d 至 \d\d-\d\d/,
    )
  })

  test('shows nobody whose property is asked about, by name or number', async () => {
    const entry = await entryOf('request.submitted')
    for (const path of ['/audit', `/audit/entries/${entry?.id}`, `/audit/exchanges/${delivery}`]) {
      const { text } = await auditor.get(path)
      expect([path, text.includes(debtorSubject.name), text.includes(debtorSubject.idNumber)]).toEqual([
        path,
        false,
        false,
      ])
    }
  })

  test('is filtered by kind, day, registry and case, and counts what it shows', async () => {
    const filtered = async (query: string) => (await auditor.get(`/audit?${query}`)).text
    const rows = (text: string) => text.match(/href="\/audit\/entries\//g)?.length ?? 0
    const number = encodeURIComponent(known.number.replace('（', '(').replace('）', ')'))
    const ofCase = await filtered(`case=${number}&kind=request.submitted&from=&to=`)
    expect([rows(ofCase), /共 <b>(\d+)<\/b>/.exec(ofCase)?.[1]]).toEqual([1, '1'])
    expect(rows(await filtered(`registry=${landBureau}&kind=delivery.created`))).toBe(1)
    expect(rows(await filtered('registry=land-120102'))).toBe(0)
    const past = await filtered('from=2020-01-01&to=2020-01-31')
    expect([rows(past), past.includes('所选范围内没有条目')]).toEqual([0, true])
    expect(rows(await filtered('court=津0102'))).toBe(0)
  })

  test('goes on page by page, and forgets its place when a filter changes', async () => {
    const by = { id: 'auditor-1', court: binhai }
    await site.gateway.store.note(async (act) => {
      for (let n = 0; n < 41; n += 1) await noteLoose(site.gateway, act, { kind: 'duty.set', by })
    })
    const page = await auditor.get('/audit?kind=duty.set')
    const [, older = ''] = /href="(\/audit\?[^"]*after=[^"]*)"/.exec(page.text) ?? []
    const next = await auditor.get(older.replaceAll('&amp;', '&'))
    const rows = [page, next].map(({ text }) => text.match(/href="\/audit\/entries\//g)?.length)
    expect(rows).toEqual([40, 1])
    expect(next.text).not.toContain('name="after"')
  })

  test('each bar of its picture leads to the same list of its days alone, by name for who sees none', async () => {
    const { text } = await auditor.get('/audit?kind=duty.set')
    const [, bar = '', label] = /<svg[^>]* role="group"[^>]*><a href="([^"]+)" aria-label="([^"]+)">/.exec(text) ?? []
    expect(label).toMatch(/^\d{4}-\d\d-\d\d: 41 · 只看此期间$/)
    const day = label?.slice(0, 10)
    expect(bar).toBe(`/audit?kind=duty.set&amp;from=${day}&amp;to=${day}`)
    expect(text.split(`href="${bar}"`)).toHaveLength(3)
    expect((await auditor.get(bar.replaceAll('&amp;', '&'))).text).toContain('共 <b>41</b>')
  })

  test('says what is malformed, and of a case of another court that there is none', async () => {
    const before = await looks()
    expect((await auditor.get('/audit?from=2026-02-30')).status).toBe(422)
    expect((await auditor.get('/audit?case=x')).status).toBe(422)
    const elsewhere = await (await auditorOf(hedong)).get(`/audit?case=${encodeURIComponent(known.number)}`)
    expect([elsewhere.status, elsewhere.text.includes('没有此案号的案件')]).toEqual([404, true])
    expect(elsewhere.text).toContain('未按此项筛选')
    // Malformed, nothing was shown; of the unknown case, the list that is not narrowed by it.
    expect(await looks()).toBe(before + 1)
  })

  test('shows an auditor of one court no entry of another', async () => {
    const page = await (await auditorOf(hedong)).get('/audit')
    expect([page.status, page.text.includes(known.number)]).toEqual([200, false])
    const entry = await entryOf('request.submitted')
    expect((await (await auditorOf(hedong)).get(`/audit/entries/${entry?.id}`)).status).toBe(404)
  })
})

describe('the statistics', () => {
  test('count by court and by registry what is there, and a look at them is an entry', async () => {
    const before = await looks()
    const page = await auditor.get('/audit/statistics')
    expect(page.status).toBe(200)
    for (const word of ['滨海新区土地登记机构', '天津市滨海新区人民法院', '反馈用时', '尚无控制措施'])
      expect(page.text).toContain(word)
    expect(await looks()).toBe(before + 1)
    const past = await auditor.get('/audit/statistics?from=2020-01-01&to=2020-01-31')
    expect(past.text.match(/所选期间没有数据/g)?.length).toBe(2)
    expect((await auditor.get('/audit/statistics?from=x')).status).toBe(422)
    const turned = await auditor.get('/audit/statistics?from=2026-02-01&to=2026-01-01')
    expect([turned.status, turned.text.includes('起日不得晚于止日')]).toEqual([422, true])
    expect(page.text).toContain('逾期未解除')
  })

  test('of another court are not there', async () => {
    expect((await auditor.get(`/audit/statistics?court=${hedong}`)).status).toBe(404)
    const elsewhere = await (await auditorOf(hedong)).get('/audit/statistics')
    expect([elsewhere.status, elsewhere.text.includes('滨海新区人民法院')]).toEqual([200, false])
  })
})

describe('one exchange', () => {
  test('is masked, says who did what, and that it was looked at', async () => {
    const before = await looks()
    const page = await auditor.get(`/audit/exchanges/${delivery}`)
    expect(page.status).toBe(200)
    for (const word of ['提交请求', '生成查控请求单', '被领取', '林书远']) expect(page.text).toContain(word)
    expect(page.text).not.toContain('查明财产')
    expect(page.text).toContain(`>查询 · ${known.number}</a>`)
    // Whoever audits comes last, folded.
    const again = await auditor.get(`/audit/exchanges/${delivery}`)
    expect(again.text.indexOf('监督人员的查看')).toBeGreaterThan(again.text.indexOf('证明等级'))
    expect(await looks()).toBe(before + 2)
  })

  test('is opened to its bytes for a reason, which stands in the log; without one it stays shut', async () => {
    await auditor.get(`/audit/exchanges/${delivery}`)
    const silent = await auditor.post(`/audit/exchanges/${delivery}/bytes`, { reason: ' 看 ' })
    expect([silent.status, silent.text.includes(debtorSubject.idNumber)]).toEqual([422, false])
    expect(await entryOf('subject.revealed')).toBeUndefined()
    const plain = await auditor.post(`/audit/exchanges/${delivery}/bytes`, { reason: '核对请求原文与裁定' })
    const row = await site.gateway.reads.delivery(delivery)
    expect(plain.status).toBe(200)
    for (const word of [debtorSubject.idNumber, '查明财产', row?.jws ?? '?']) expect(plain.text).toContain(word)
    const entry = await entryOf('subject.revealed')
    expect(entry?.about).toBe(`exchange:${delivery}`)
    expect((await site.gateway.reads.texts([entry?.payload ?? ''])).get(entry?.payload ?? '')).toBe(
      '核对请求原文与裁定',
    )
  })

  test('that was opened stands among the reveals with its reason, by person and by case', async () => {
    const before = await looks()
    const page = await auditor.get(`/audit/reveals?case=${encodeURIComponent(known.number)}`)
    for (const word of ['核对请求原文与裁定', '梅清和', '往来原文', `/audit/exchanges/${delivery}`])
      expect(page.text).toContain(word)
    expect(await looks()).toBe(before + 1)
    const other = await openCase(site)
    const none = await auditor.get(`/audit/reveals?case=${encodeURIComponent(other.number)}`)
    expect([none.status, none.text.includes('所选期间无人查看明文')]).toEqual([200, true])
    expect((await (await auditorOf(hedong)).get('/audit/reveals')).text).not.toContain('核对请求原文与裁定')
  })

  test('is taken away as a bundle that verifies offline', async () => {
    await auditor.get(`/audit/exchanges/${delivery}`)
    const taken = await auditor.post(`/audit/exchanges/${delivery}/evidence`, { reason: '庭审质证使用' })
    expect(taken.headers.get('content-disposition')).toContain('attachment')
    const layout = unpackLayout(Buffer.from(taken.text))
    const report = layout && (await verifyLayout(layout, {}))
    expect(report?.verdict).toBe('ok')
    expect(await entryOf('bundle.exported')).toBeDefined()
  })
})

type Told = { readonly step: string; readonly verdict: string; readonly details: readonly string[] }
type Scripts = {
  checkEntry(
    asked: { leaf: string; entry: string; index?: number; known: string },
    fetching: { fetchText(path: string): Promise<string>; fetchBytes(path: string): Promise<Uint8Array> },
    tell: (step: string, verdict: string, details: readonly string[]) => void,
  ): Promise<unknown>
  conclusionOf(steps: readonly (readonly [string, string])[], facts: object): { conclusion: string }
}

describe('the script that checks an entry in the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-scripts-'))
  let scripts: Scripts
  let asked: { leaf: string; entry: string; index: number; known: string }
  beforeAll(async () => {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'check-entry.js'), checkEntryScript)
    writeFileSync(join(folder, 'log-proof.js'), logProofScript)
    scripts = await import(pathToFileURL(join(folder, 'check-entry.js')).href)
    const entry = await entryOf('request.submitted')
    await site.parts.log.prove(entry?.id ?? '', 5000)
    const page = await auditor.get(`/audit/entries/${entry?.id}`)
    const [, leaf = ''] = /<pre id="leaf"[^>]*>([^<]+)<\/pre>/.exec(page.text) ?? []
    const [, index = ''] = /data-index="(\d+)"/.exec(page.text) ?? []
    asked = { leaf, entry: entry?.id ?? '', index: Number(index), known: '' }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** The public surface alone, with one answer of it twisted where a test plays the liar. */
  const check = async (
    over: Partial<typeof asked> = {},
    twist: (path: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
  ) => {
    const told: Told[] = []
    const fetchBytes = async (path: string) => {
      const answer = await site.app.request(path)
      expect([path, answer.status]).toEqual([path, 200])
      return twist(path, new Uint8Array(await answer.arrayBuffer()))
    }
    const fetchText = async (path: string) => Buffer.from(await fetchBytes(path)).toString()
    await scripts.checkEntry({ ...asked, ...over }, { fetchText, fetchBytes }, (step, verdict, details) =>
      told.push({ step, verdict, details }),
    )
    return told.map(({ step, verdict }) => `${step} ${verdict}`)
  }
  const sound = ['leaf yes', 'record yes', 'signature yes', 'checkpoint yes', 'path yes', 'whole yes']

  test('proves what the gateway has, by what anyone may fetch', async () => {
    expect(await check()).toEqual(sound)
    const own = sound.map((line) => line.replace('checkpoint', 'checkpoint-known'))
    expect(await check({ known: site.parts.log.vkey })).toEqual(own)
    const steps = (lines: string[]) => lines.map((line) => line.split(' ') as [string, string])
    const facts = { known: '', hasContent: true, hasOthers: false }
    expect(scripts.conclusionOf(steps(sound), facts)).toEqual({
      ...{ conclusion: 'proved', proved: ['unchanged', 'signed'] },
      open: ['content', 'time', 'key', 'no-witness'],
    })
    const mistyped = await check({ known: 'writ.test/log+0000+oops' })
    expect(scripts.conclusionOf(steps(mistyped), facts).conclusion).toBe('no-vkey')
    expect(
      scripts.conclusionOf(
        [
          ['leaf', 'yes'],
          ['path', 'no'],
        ],
        facts,
      ).conclusion,
    ).toBe('cannot')
  })

  test('finds a leaf that was changed by one letter, and a place that is not its own', async () => {
    const [head = '', body = '', mark = ''] = asked.leaf.split('.')
    const record = JSON.parse(Buffer.from(body, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...record, iat: record.iat + 1 })).toString('base64url')
    expect(await check({ leaf: [head, changed, mark].join('.') })).toEqual(['leaf yes', 'record yes', 'signature no'])
    expect(await check({ entry: known.id })).toEqual(['leaf yes', 'record no'])
    expect((await check({ index: asked.index + 1 })).at(-1)).toBe('path no')
  })

  test('believes no checkpoint that another key signed, and no tile that was touched', async () => {
    const stranger = formatVkey('writ.test/log', 1, Buffer.alloc(32, 7))
    expect((await check({ known: stranger })).at(-1)).toBe('checkpoint-known no')
    const forged = (path: string, bytes: Uint8Array) => {
      if (path !== '/log/checkpoint') return bytes
      const lines = Buffer.from(bytes).toString().split('\n')
      return Buffer.from(lines.map((line, at) => (at === 1 ? String(Number(line) + 1) : line)).join('\n'))
    }
    expect((await check({}, forged)).at(-1)).toBe('checkpoint no')
    const touched = (path: string, bytes: Uint8Array) =>
      path.includes('/tile/') ? bytes.map((byte) => byte ^ 1) : bytes
    expect((await check({}, touched)).at(-1)).toBe('path no')
  })

  test('is a file of ours, and the only pages that let one run are those of entries', async () => {
    const script = await auditor.get('/check-entry.js')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    const policy = async (path: string) => (await auditor.get(path)).headers.get('content-security-policy')
    expect(await policy(`/audit/entries/${asked.entry}`)).toContain("script-src 'self'")
    expect(await policy(`/audit/exchanges/${delivery}`)).not.toContain('script-src')
  })

  test('offers what can be done without it', async () => {
    const page = await auditor.get(`/audit/entries/${asked.entry}`)
    expect(page.text).toContain('writ verify')
    const proof = await auditor.get(`/audit/entries/${asked.entry}/proof`)
    expect(proof.text).toContain('c2sp.org/tlog-proof@v1')
  })
})
