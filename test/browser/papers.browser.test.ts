import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AssetClass } from '../../src/domain/asset.ts'
import type { MeasureKind } from '../../src/domain/measure.ts'
import { type Bar, printScript, printScriptPath } from '../../src/http/printouts/bar.tsx'
import { errandSheet } from '../../src/http/printouts/errand.tsx'
import { screenPolicy } from '../../src/http/printouts/style.ts'
import { caseFile, debtor, house, parcel } from '../support/court.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`no Chromium at ${executablePath}: how papers come out of a printer is not tested here`)

const now = new Date('2026-06-03T02:00:00Z')
const bar: Bar = {
  lang: 'zh-CN',
  back: { href: '/errands/1', word: '← 返回' },
  print: '打印',
  hint: '或按 Ctrl+P 打印',
}
const officer = { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' }
const document = { kind: 'inquiry-notice', number: '（2026）津0116执3456号之一', sha256: '', mediaType: '', length: 1 }
const target = {
  asset: { ...house, address: '天津市滨海新区某某街道某某路100号某某小区12号楼3单元1201室' },
  scope: 'whole',
}

/** What two officers carry for one measure, as long as it usually gets: an address in full, three papers, a note of the way. */
function sheet(measure: MeasureKind, kinds: readonly AssetClass[] = []) {
  const claims = {
    basis: {
      statute: '《中华人民共和国民事诉讼法》第二百五十三条',
      purpose: '查明被执行人财产状况',
      documents: [document, document, document],
    },
    ...{ subject: debtor, officers: [officer, officer], contact: { name: '林书远', phone: '022-00000000' } },
    ...(measure === 'inquire'
      ? { inquiry: { kinds, from: '2025-06-03', to: '2026-06-03' } }
      : { targets: [target, target, { asset: parcel, scope: 'whole' }], term: { months: 36 } }),
  }
  const visit = {
    address: '某某县城关镇政务服务中心二楼不动产登记综合受理6号窗口',
    route: '自本院驾车约一小时，经某某高速城关出口',
    hours: '工作日 9:00—11:30，13:30—16:30',
    phone: '0310-00000000',
  }
  const at = {
    file: caseFile(),
    row: { id: '0198c0de-0000-7000-8000-0000000000d1', measure, respondBy: now, validUntil: now },
    counter: { registry: { name: '某某县不动产登记中心', code: 'house-county' }, registered: { visit } },
    sent: { claims },
  } as unknown as Parameters<typeof errandSheet>[0]
  return errandSheet(at, 'https://writ.example/errands/0198c0de-0000-7000-8000-0000000000d1', {
    now,
    mark: '林书远（lin） 2026-06-03 10:00:00',
    bar,
  })
}

describe.skipIf(!hasChromium)('a paper in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(() => browser?.close())

  const shown = async (content: unknown, javaScriptEnabled = true) => {
    const page = await browser.newPage({ javaScriptEnabled })
    const body = String(await content)
    await page.route('http://paper.test/**', (route) =>
      route.request().url().endsWith(printScriptPath)
        ? route.fulfill({ contentType: 'text/javascript', body: printScript })
        : route.fulfill({
            contentType: 'text/html; charset=utf-8',
            headers: { 'Content-Security-Policy': screenPolicy },
            body,
          }),
    )
    await page.goto('http://paper.test/')
    return page
  }

  test.each([
    ['an inquiry after houses', 'inquire', ['land', 'real-estate']],
    ['an inquiry after houses and money', 'inquire', ['land', 'real-estate', 'deposit']],
    ['a seal of three', 'seal', []],
  ] as const)('the sheet of an errand is one sheet: %s', async (_, measure, kinds) => {
    const page = await shown(sheet(measure, kinds))
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await page.close()
  })

  test('has a bar that leads back and prints, and is on no paper; without a script it says which keys print', async () => {
    const page = await shown(sheet('seal'))
    expect(await page.getAttribute('nav.bar a', 'href')).toBe('/errands/1')
    await page.evaluate('window.printed = 0; window.print = () => { window.printed += 1 }')
    await page.click('nav.bar button')
    expect(await page.evaluate('window.printed')).toBe(1)
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('nav.bar')).toBe(false)
    await page.close()
    const plain = await shown(sheet('seal'), false)
    expect([await plain.isVisible('nav.bar button'), await plain.isVisible('text=Ctrl+P')]).toEqual([false, true])
    await plain.close()
  })
})
