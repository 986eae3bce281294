import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workBatches } from '../../src/gateway/batches/work.ts'
import { listen } from '../../src/http/listen.ts'
import { openConsole, type TestConsole } from '../console/open-console.ts'
import { openCase, type TestCase } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`no Chromium at ${executablePath}: batches by a real browser are not tested here`)

/** From a file to requests that are out, by forms alone: what was checked is what is started. */
describe.skipIf(!hasChromium)('in Chromium, without script', () => {
  let site: TestConsole
  let browser: Browser
  let page: Page
  let origin: string
  let cases: readonly TestCase[]
  const closing: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    site = await openConsole()
    cases = [await openCase(site), await openCase(site), await openCase(site)]
    const officer = personWith('batching-lin', '林书远', ['officer'], binhai)
    await seat(site.opened, officer)
    await withPassword(site.gateway, officer)
    const server = await listen(site.app, { host: '127.0.0.1', port: 0 })
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    closing.push(() => browser.close(), server.close, site.close)
    origin = server.origin
    page = await signedIn({ javaScriptEnabled: false })
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })

  async function signedIn(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const signing = await (await browser.newContext({ locale: 'zh-CN', ...options })).newPage()
    await signing.goto(`${origin}/sign-in`)
    await signing.fill('#username', 'batching-lin')
    await signing.fill('#password', chosen)
    await signing.click('form[action="/sign-in"] button')
    await signing.goto(`${origin}/`)
    return signing
  }

  const list = (who: string) =>
    [
      '案号,被执行人,协助执行单位',
      ...cases.map(({ number }, at) => `${number},${at === 1 ? who : '张某某'},land-120116`),
    ].join('\n')

  test('a list with a mistake is mended and brought again, started, and stands row by row', async () => {
    await page.click('a[href="/batches"]')
    await seen(page, 'batches-empty')
    await page.click('a[href="/batches/new"]')
    for (const [name, value] of Object.entries(twoOfficers)) await page.fill(`#${name}`, value)
    await page.setInputFiles('#file', { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list('没有此人')) })
    await seen(page, 'batches-new')
    await page.click('form[action="/batches/check"] button')
    await seen(page, 'batches-mistakes')
    expect(await page.textContent('main')).toContain('未提交也未保留任何一行')
    await page.fill('#rows', list('张某某'))
    await page.click('form[action="/batches/check"] button')
    await seen(page, 'batches-checked')
    await page.click('form[action="/batches"] button')
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/)
    await seen(page, 'batch-running')
    await workBatches(site.gateway)
    await page.reload()
    await seen(page, 'batch-done')
    expect(await page.locator('tbody a[href^="/requests/"]').count()).toBe(3)
  })

  test('none of these pages has a barrier that axe finds', async () => {
    // axe itself is a script: it is let in for this one look, past the policy that keeps every other out.
    const looking = await signedIn({ bypassCSP: true, viewport: { width: 390, height: 844 } })
    const barriers: string[] = []
    for (const path of ['/batches', '/batches/new', new URL(page.url()).pathname]) {
      await looking.goto(`${origin}${path}`)
      await looking.addScriptTag({ content: axe.source })
      const violations = 'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))'
      barriers.push(...((await looking.evaluate(violations)) as string[]))
      const wide = (await looking.evaluate('document.documentElement.scrollWidth')) as number
      if (wide > 390) barriers.push(`${path} is ${wide} wide`)
    }
    expect(barriers).toEqual([])
    expect(site.faults).toEqual([])
  })
})

const twoOfficers = {
  ...{ name1: '林书远', work1: '津0116执工001', duty1: '津0116执公001' },
  ...{ name2: '韩立新', work2: '津0116执工002', duty2: '津0116执公002', phone: '022-00000000' },
}

/** No page is wider than a phone; pictures are for whoever asks for them. */
async function seen(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    const shots = process.env.WRIT_TEST_SHOTS
    if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true })
  }
  const { width } = (await page.locator('html').boundingBox()) ?? { width: 0 }
  expect(width).toBeLessThanOrEqual(390)
}
