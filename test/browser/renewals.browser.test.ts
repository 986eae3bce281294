import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseDue } from '../../src/gateway/clocks.ts'
import { listen } from '../../src/http/listen.ts'
import { openConsole, type TestConsole } from '../console/open-console.ts'
import { foundIn, sealedUntil } from '../console/sealed.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`no Chromium at ${executablePath}: renewing by a real browser is not tested here`)

const house = { class: 'real-estate', unitCode: '120116001001GB00001F00010002', address: '滨海新区某路2号' }

/** From a reminder to an approved extension, and from what was found to what waits, by forms alone. */
describe.skipIf(!hasChromium)('in Chromium, without script', () => {
  let site: TestConsole
  let browser: Browser
  let origin: string
  let found: string
  const officer = personWith('renewing-lin', '林书远', ['officer'], binhai)
  const approver = personWith('renewing-zhao', '赵明诚', ['approver'], binhai)
  const closing: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    site = await openConsole()
    await sealedUntil(site, 12)
    found = (await foundIn(site, [{ asset: house, share: 'sole', encumbrances: [] }])).id
    await raiseDue(site.gateway)
    for (const person of [officer, approver]) {
      await seat(site.opened, person)
      await withPassword(site.gateway, person)
    }
    const server = await listen(site.app, { host: '127.0.0.1', port: 0 })
    origin = server.origin
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    closing.push(() => browser.close(), server.close, site.close)
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })

  async function signedIn(username: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN', ...options })
    const page = await context.newPage()
    await page.goto(`${origin}/sign-in`)
    await page.fill('#username', username)
    await page.fill('#password', chosen)
    await page.click('form[action="/sign-in"] button')
    return { context, page }
  }

  test('an officer gives the prepared extension its papers, and an approver ticks it and approves', async () => {
    const { page, context } = await signedIn(officer.username)
    await page.click('a[href="/renewals"]')
    await page.click('main a[href$="/extension"]')
    for (const box of await page.$$('input[name=documents]')) await box.check()
    await page.click('button[value=request]')
    expect(new URL(page.url()).pathname).toMatch(/^\/requests\//)
    const request = page.url().split('/').at(-1) ?? ''
    const other = await signedIn(approver.username)
    await other.page.click('a[href="/renewals"]')
    await other.page.check(`input[value="${request}"]`)
    await other.page.click('form[action="/renewals/approvals"] button')
    expect(await other.page.textContent('section[role=status]')).toContain('已签发')
    expect((await site.gateway.reads.request(request))?.state).toBe('approved')
    await close(context, other.context)
  })

  test('what was found is ticked, looked at as it will be signed, and submitted', async () => {
    const { page, context } = await signedIn(officer.username)
    await page.goto(`${origin}/cases/${found}/measures`)
    await page.check('input[name=holding]')
    await page.click('form[action$="/measures"] button')
    await page.click('form.wide button')
    expect(await page.textContent('#preview')).toContain(house.unitCode)
    await page.click('button[name=then][value=submit]')
    expect(await page.textContent('main')).toContain('待审批')
    await close(context)
  })

  test('none of these pages has a barrier that axe finds, or is wider than a phone', async () => {
    // axe itself is a script: it is let in for this one look, past the policy that keeps every other out.
    const looking = { bypassCSP: true, javaScriptEnabled: true, viewport: { width: 390, height: 844 } }
    const { page, context } = await signedIn(officer.username, looking)
    const barriers: string[] = []
    await page.goto(`${origin}/cases/${found}/measures`)
    await barriersOn(page, barriers)
    await page.goto(`${origin}/tasks`)
    await barriersOn(page, barriers)
    await page.click('main td a[href^="/tasks/"]')
    await barriersOn(page, barriers)
    for (const path of ['/', '/renewals', '/drafts']) {
      await page.goto(`${origin}${path}`)
      await barriersOn(page, barriers)
    }
    expect(barriers).toEqual([])
    expect(site.faults).toEqual([])
    await close(context)
  })
})

async function barriersOn(page: Page, barriers: string[]): Promise<void> {
  await page.addScriptTag({ content: axe.source })
  const violations = 'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))'
  barriers.push(...((await page.evaluate(violations)) as string[]))
  const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number
  if (wide > 390) barriers.push(`${page.url()} is ${wide} wide`)
}

async function close(...contexts: readonly BrowserContext[]): Promise<void> {
  for (const context of contexts) await context.close()
}
