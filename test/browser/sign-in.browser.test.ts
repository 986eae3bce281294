import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '../../src/config/secret.ts'
import { listen } from '../../src/http/listen.ts'
import { openIdentityProvider } from '../../src/transport/identity-provider.ts'
import { openConsole, type TestConsole } from '../console/open-console.ts'
import { chosen, initialFor, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { freePort } from '../support/free-port.ts'
import { client, type Keyboard, startIdentityProvider } from '../support/identity-provider.ts'
import { personWith, seat } from '../support/people.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`no Chromium at ${executablePath}: signing in by a real browser is not tested here`)

/** A real browser and a real provider: what cookies, policies and forms do when somebody else enforces them. */
describe.skipIf(!hasChromium)('in Chromium, without script', () => {
  let site: TestConsole
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let origin: string
  const closing: (() => Promise<unknown>)[] = []
  const keyboard: Keyboard = { sub: 'sub-lin', username: 'desk-lin' }
  const lin = personWith('desk-lin', '林书远', ['officer'], binhai)
  const violations: string[] = []

  beforeAll(async () => {
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    const provider = await startIdentityProvider(origin, keyboard)
    const settings = { publicOrigin: origin, claim: 'preferred_username', scope: 'openid profile', secondFactor: [] }
    const proof = { secret: new Secret(client.secret) }
    const { openid, stop } = openIdentityProvider(
      { ...settings, issuer: provider.issuer, clientId: client.id, proof },
      () => new Date(),
    )
    site = await openConsole(openid ? { openid } : {})
    const server = await listen(site.app, { host: '127.0.0.1', port })
    await seat(site.opened, lin)
    await withPassword(site.gateway, lin)
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
    page = await context.newPage()
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) violations.push(message.text())
    })
    closing.push(() => browser.close(), server.close, stop, provider.close, site.close)
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })

  const signIn = async (username: string, password: string) => {
    await page.goto(`${origin}/sign-in`)
    await page.fill('#username', username)
    await page.fill('#password', password)
    await page.click('form[action="/sign-in"] button')
  }

  test('a local account comes in over loopback with the __Host- cookie, and goes out again', async () => {
    await signIn(lin.username, chosen)
    expect(page.url()).toBe(`${origin}/`)
    const [cookie] = (await context.cookies()).filter(({ name }) => name === '__Host-writ')
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    await page.goto(`${origin}/account`)
    expect(await page.textContent('dl')).toContain('林书远')
    await page.click('form[action="/sign-out"] button')
    expect(page.url()).toBe(`${origin}/sign-in`)
  })

  test('an initial password is changed on the way in', async () => {
    const person = personWith('desk-new', '某某', ['officer'], binhai)
    await seat(site.opened, person)
    await signIn(person.username, await initialFor(site.parts.accounts, person))
    expect(page.url()).toBe(`${origin}/sign-in/password`)
    await page.fill('#newPassword', `${chosen}又黄了`)
    await page.fill('#repeat', `${chosen}又黄了`)
    await page.click('main button')
    expect(page.url()).toBe(`${origin}/`)
    await context.clearCookies()
  })

  test('the provider signs in, and out through its own page, over forms and redirects that the policy lets pass', async () => {
    await page.goto(`${origin}/sign-in`)
    await page.click('a.button')
    expect(page.url()).toBe(`${origin}/`)
    await page.goto(`${origin}/account`)
    expect(await page.textContent('main')).toContain('统一身份认证')
    await page.click('form[action="/sign-out"] button')
    expect(new URL(page.url()).pathname).toBe('/session/end')
    expect(violations).toEqual([])
    await context.clearCookies()
  })

  test('a form on another site’s page signs nobody out', async () => {
    await signIn(lin.username, chosen)
    const evil = await context.newPage()
    await evil.setContent(`<form method="post" action="${origin}/sign-out"><button>x</button></form>`)
    await Promise.all([evil.waitForNavigation(), evil.click('button')])
    expect(await evil.textContent('body')).not.toContain('我的账号 My account')
    await evil.close()
    await page.goto(`${origin}/account`)
    expect(page.url()).toBe(`${origin}/account`)
  })

  test('on a phone every cell of a table is on the screen, under its heading', async () => {
    const held = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    const phone = await held.newPage()
    await phone.goto(`${origin}/sign-in`)
    await phone.fill('#username', lin.username)
    await phone.fill('#password', chosen)
    await phone.click('form[action="/sign-in"] button')
    await phone.goto(`${origin}/account`)
    const cells = await phone.$$('td')
    const boxes = await Promise.all(cells.map((cell) => cell.boundingBox()))
    expect(boxes.length).toBeGreaterThan(7)
    expect(boxes.filter((box) => !box || box.x < 0 || box.x + box.width > 390)).toEqual([])
    expect(await cells[0]?.getAttribute('data-label')).toBe('岗位')
    await held.close()
  })

  test('the pages of signing in and of the account have no barrier that axe finds', async () => {
    // axe itself is a script: it is let in for this one look, past the policy that keeps every other out.
    const looking = await browser.newContext({ bypassCSP: true, locale: 'zh-CN' })
    const looker = await looking.newPage()
    const barriers: string[] = []
    const look = async () => {
      await looker.addScriptTag({ content: axe.source })
      const found = await looker.evaluate(
        'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))',
      )
      barriers.push(...(found as string[]))
    }
    await looker.goto(`${origin}/sign-in`)
    await look()
    await looker.fill('#username', lin.username)
    await looker.fill('#password', chosen)
    await looker.click('form[action="/sign-in"] button')
    await look()
    await looker.goto(`${origin}/account`)
    await look()
    await looker.click('form[action="/account/totp"] button')
    await look()
    expect(barriers).toEqual([])
    expect(site.faults).toEqual([])
    await looking.close()
  })
})
