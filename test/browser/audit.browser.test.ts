import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../../src/http/listen.ts'
import { openConsole, type TestConsole } from '../console/open-console.ts'
import { openCase, read, submitted } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`no Chromium at ${executablePath}: an auditor’s pages are not tested here`)

describe.skipIf(!hasChromium)('an auditor in Chromium', () => {
  let site: TestConsole
  let browser: Browser
  let page: Page
  let origin: string
  let paths: Readonly<Record<'entry' | 'exchange', string>>
  let close: () => Promise<unknown>
  const violations: string[] = []
  const asked: string[] = []

  const signedIn = async (context: BrowserContext): Promise<Page> => {
    const opened = await context.newPage()
    await opened.goto(`${origin}/sign-in`)
    await opened.fill('#username', 'auditor-mei')
    await opened.fill('#password', chosen)
    await opened.click('form[action="/sign-in"] button')
    return opened
  }

  beforeAll(async () => {
    site = await openConsole()
    const mei = { ...personWith('auditor-mei-in-chromium', '梅清和', ['auditor'], binhai), username: 'auditor-mei' }
    await seat(site.opened, mei)
    await withPassword(site.gateway, mei)
    const file = await openCase(site)
    const { id } = await read<{ id: string }>(await submitted(site, file.inquiry), 202)
    const [exchange] = await site.gateway.reads.exchangesOf(id)
    const [entry] = await site.gateway.reads.entries({ kind: 'request.submitted', caseId: file.id, limit: 1 })
    await site.parts.log.prove(entry?.id ?? '', 5000)
    paths = { entry: `/audit/entries/${entry?.id}`, exchange: `/audit/exchanges/${exchange?.delivery.id}` }
    const server = await listen(site.app, { host: '127.0.0.1', port: 0 })
    origin = `http://127.0.0.1:${server.port}`
    close = server.close
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await signedIn(await browser.newContext({ locale: 'zh-CN' }))
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) violations.push(message.text())
    })
  })
  afterAll(async () => {
    await browser?.close()
    await close?.()
    await site?.close()
  })

  test('checks an entry to the signed root by itself, asking nobody but the log', async () => {
    await page.goto(`${origin}${paths.entry}`)
    await page.click('#check button')
    await page.waitForSelector('#check[aria-busy="false"]')
    const steps = await page.$$eval('#check ol.steps > li', (lines) =>
      lines.map(
        (line) =>
          `${(line as unknown as { dataset: Record<string, string> }).dataset.step} ${(line as unknown as { dataset: Record<string, string> }).dataset.verdict}`,
      ),
    )
    expect(steps).toEqual(['leaf yes', 'record yes', 'signature yes', 'checkpoint yes', 'path yes', 'whole yes'])
    expect(await page.textContent('#check .outcome')).toMatch(/结论：该条目在日志中，未被改动[\s\S]*未证明/)
    expect(violations).toEqual([])
    expect(asked.filter((url) => !url.startsWith(`${origin}/`))).toEqual([])
  })

  test('finds the form of the check, and how to do without it, as the browser is', async () => {
    const plain = await signedIn(await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' }))
    await plain.goto(`${origin}${paths.entry}`)
    expect(await plain.isVisible('#check form')).toBe(false)
    expect(await plain.textContent('#check noscript')).toContain('writ verify')
    await plain.goto(`${origin}/audit`)
    await plain.click('summary:has(+ form[action="/audit"])')
    await plain.selectOption('#kind', 'request.submitted')
    await plain.click('form[action="/audit"] button')
    expect((await plain.$$('tbody a[href^="/audit/entries/"]')).length).toBe(1)
  })

  test('prints what goes to the files: every column, and neither forms nor how long ago it was', async () => {
    const printer = await signedIn(await browser.newContext({ locale: 'zh-CN' }))
    await printer.emulateMedia({ media: 'print' })
    // The width between the margins of a sheet that stands, which is the narrowest there is.
    await printer.setViewportSize({ width: 703, height: 1000 })
    for (const path of ['/audit', '/audit/statistics', paths.entry, paths.exchange]) {
      await printer.goto(`${origin}${path}`)
      const tables = await printer.$$eval('.table', (all) =>
        (all as unknown as { scrollWidth: number; clientWidth: number }[]).map(
          (one) => one.scrollWidth - one.clientWidth,
        ),
      )
      expect(tables.filter((cut) => cut > 0)).toEqual([])
      for (const unprinted of ['form', 'button', '.ago', 'nav'])
        for (const one of await printer.$$(unprinted)) expect(await one.isVisible()).toBe(false)
    }
    await printer.goto(`${origin}/audit`)
    const pdf = await printer.pdf({ preferCSSPageSize: true })
    expect(pdf.toString('latin1')).toMatch(/MediaBox \[0 0 84\d[.\d]* 59\d/)
  })

  test('meets no barrier that axe finds, on a laptop and on a phone', async () => {
    const barriers: string[] = []
    // axe itself is a script: it is let in for this one look, past the policy that keeps every other out.
    const looker = await signedIn(await browser.newContext({ bypassCSP: true, locale: 'zh-CN' }))
    const look = async (where: string) => {
      await looker.addScriptTag({ content: axe.source })
      const found = await looker.evaluate(
        'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))',
      )
      barriers.push(...(found as string[]).map((barrier) => `${where} ${barrier}`))
    }
    for (const path of [
      '/audit',
      '/audit/reveals',
      '/audit/statistics',
      '/audit?case=x',
      paths.entry,
      paths.exchange,
    ]) {
      await looker.goto(`${origin}${path}`)
      await look(path)
    }
    await looker.fill('#reveal', '核对请求原文与裁定')
    await looker.click('form[action$="/bytes"] button')
    await look('bytes')
    await looker.setViewportSize({ width: 390, height: 844 })
    for (const path of ['/audit', paths.entry, paths.exchange]) {
      await looker.goto(`${origin}${path}`)
      await look(`${path} on a phone`)
    }
    expect(barriers).toEqual([])
    expect(site.faults).toEqual([])
  })
})
