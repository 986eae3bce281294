import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerkWords } from '../../src/console/clerk/words.ts'
import { deskWords } from '../../src/console/desk/words.ts'
import { draftWords } from '../../src/console/drafts/words.ts'
import type { Language } from '../../src/console/language.ts'
import { listen } from '../../src/http/listen.ts'
import { openConsole, type TestConsole } from '../console/open-console.ts'
import { openCase } from '../http/case.ts'
import { type Staff, villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium)
  console.warn(`no Chromium at ${executablePath}: nobody walks through the pages here; install chromium`)

describe.skipIf(!hasChromium)('the main path of each role in Chromium', () => {
  let site: TestConsole
  let browser: Browser
  let origin: string
  let close: () => Promise<unknown>
  const violations: string[] = []

  beforeAll(async () => {
    site = await openConsole()
    for (const who of ['officerLin', 'officerZhao', 'bankClerkDing', 'auditorMei', 'securityAdminAn'] as const) {
      const person = site.person(who)
      if (person) await withPassword(site.gateway, person)
    }
    const server = await listen(site.app, { host: '127.0.0.1', port: 0 })
    origin = `http://127.0.0.1:${server.port}`
    close = server.close
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
    await close?.()
    await site?.close()
  })

  async function enter(who: Staff, language: Language, javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled, locale: 'zh-CN', baseURL: origin })
    await context.addCookies([{ name: 'language', value: language, url: origin }])
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) violations.push(message.text())
    })
    await page.goto('/sign-in')
    await page.fill('#username', site.person(who)?.username ?? '')
    await page.fill('#password', chosen)
    await page.click('form[action="/sign-in"] button')
    return page
  }

  test.each([
    ['zh', true],
    ['zh', false],
    ['en', true],
    ['en', false],
  ] as const)(
    'in %s, with a script: %s',
    async (language, scripted) => {
      const said = (words: { readonly zh: string; readonly en: string }) => words[language]
      const file = await openCase(site)

      // An officer finds the case by its number and asks a bank that has no system.
      const lin = await enter('officerLin', language, scripted)
      await lin.fill('#number', file.number)
      await lin.click('form[action="/find"] button')
      await lin.click(`a.button:has-text("${said(deskWords.inquiry)}")`)
      for (const box of await lin.$$('input[name="registries"]')) await box.uncheck()
      await lin.check(`input[name="registries"][value="${villageBank}"]`)
      await fillOfficers(lin)
      await lin.click('main form button')
      expect(lin.url()).toContain('/requests/')

      // Its clerk takes it up and answers that there is nothing.
      const ding = await enter('bankClerkDing', language, scripted)
      expect(new URL(ding.url()).pathname).toBe('/clerk')
      const [exchange] = await site.gateway.reads.exchangesOf(/[0-9a-f-]{36}/.exec(lin.url())?.[0] ?? '')
      await ding.click(`a[href="/clerk/deliveries/${exchange?.delivery.id}"]`)
      await ding.click(`button:has-text("${said(clerkWords.take)}")`)
      await ding.selectOption('[name="result"]', 'nothing')
      await ding.click('form[action$="/answer"] button >> nth=-1')
      await ding.click(`button:has-text("${said(clerkWords.confirmed)}")`)
      expect(await ding.textContent('main')).toContain(said(clerkWords.kept))

      // The page of the officer tells by itself, or when it is asked.
      const done = lin.locator('.word.done').first()
      if (!scripted) await lin.reload()
      await done.waitFor({ timeout: 20_000 })

      // A seal is written, looked at and submitted, and somebody else lets it go out.
      const { id: draft } = (await (
        await site.call(
          'officerLin',
          'POST',
          '/v1/drafts',
          { ...file.seal },
          { 'Idempotency-Key': `walk-${language}-${scripted}` },
        )
      ).json()) as { id: string }
      await lin.goto(`/drafts/${draft}`)
      expect(await lin.textContent('main')).toContain(said(draftWords.preview))
      await lin.click('button[name="then"][value="submit"]')
      // What the page had not shown yet is shown once more before it goes.
      if (lin.url().includes('/drafts/')) await lin.click('button[name="then"][value="submit"]')
      expect(lin.url()).toContain('/requests/')
      const request = /[0-9a-f-]{36}/.exec(new URL(lin.url()).pathname)?.[0]
      const zhao = await enter('officerZhao', language, scripted)
      await zhao.click(`a[href="/requests/${request}/review"]`)
      await zhao.click(`button:has-text("${said(deskWords.approve)}")`)
      expect((await site.gateway.reads.request(request ?? ''))?.state).toBe('approved')

      // An auditor finds it in the log, an administrator the people.
      const mei = await enter('auditorMei', language, scripted)
      await mei.goto(`/audit?case=${encodeURIComponent(file.number)}`)
      await mei.click('tbody a[href^="/audit/entries/"] >> nth=0')
      if (scripted) await mei.waitForSelector('#check button')
      else expect(await mei.isVisible('#check button')).toBe(false)
      const an = await enter('securityAdminAn', language, scripted)
      await an.click('a[href="/admin/people"]')
      expect(await an.textContent('main')).toContain('officerLin')
      for (const page of [lin, ding, zhao, mei, an]) await page.context().close()
      expect(site.faults).toEqual([])
      expect(violations).toEqual([])
    },
    120_000,
  )
})

async function fillOfficers(page: Page): Promise<void> {
  const fields = [
    ['name1', '林书远'],
    ['work1', '津0116执工001'],
    ['duty1', '津0116执公001'],
    ['name2', '韩立新'],
    ['work2', '津0116执工002'],
    ['duty2', '津0116执公002'],
    ['phone', '022-00000000'],
  ] as const
  for (const [name, value] of fields) await page.fill(`[name="${name}"]`, value)
}
