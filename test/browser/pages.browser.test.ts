import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Deed, needOf } from '../../src/domain/authority.ts'
import { roleList } from '../../src/domain/role.ts'
import { listen } from '../../src/http/listen.ts'
import { consoleOn, openConsole, type TestConsole } from '../console/open-console.ts'
import { type Recipe, recipesOn } from '../console/recipes.ts'
import { villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`no Chromium at ${executablePath}: the pages are not looked at here; install chromium`)

/** What a browser shows as pages of ours; the rest are files and papers. */
const isPage = (path: string): boolean =>
  !/\/(?:printout|overview|findings|exhaustion|service|sheet|export|proof|template(?:\.xlsx)?|version|report|paper|record)$|\/(?:documents|receipts|scans|proofs)\/|\/conformance\//.test(
    path,
  )

describe.skipIf(!hasChromium)('every page of the console in Chromium', () => {
  let site: TestConsole
  let browser: Browser
  let origin: string
  let close: () => Promise<unknown>
  let recipes: Readonly<Record<string, Recipe>>
  const windows = new Map<string, Promise<Page>>()
  const asked: string[] = []
  const refused: string[] = []

  beforeAll(async () => {
    site = await openConsole()
    recipes = await recipesOn(site)
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

  /** A window in which somebody with this one role has signed in; they go from page to page in it. */
  function signedIn(deed: Deed): Promise<Page> {
    const [role] = roleList.filter((one) => needOf(deed)[one] !== undefined)
    if (!role) throw new Error(`nobody may ${deed}`)
    const known = windows.get(role) ?? enter(role)
    windows.set(role, known)
    return known
  }

  async function enter(role: (typeof roleList)[number]): Promise<Page> {
    const person = personWith(`looks-${role}`, '某某', [role], binhai)
    const held =
      role === 'registry-clerk' ? person.holds.map((one) => ({ ...one, registry: villageBank })) : person.holds
    await seat(site.opened, { ...person, holds: held })
    await withPassword(site.gateway, person)
    const context = await browser.newContext({ bypassCSP: true, locale: 'zh-CN', baseURL: origin })
    context.on('request', (request) => asked.push(request.url()))
    const page = await context.newPage()
    await page.goto('/sign-in')
    await page.fill('#username', person.username)
    await page.fill('#password', chosen)
    await page.click('form[action="/sign-in"] button')
    return page
  }

  async function barriersOn(page: Page, where: string): Promise<string[]> {
    await page.addScriptTag({ content: axe.source })
    const found = await page.evaluate('axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))')
    return (found as string[]).map((barrier) => `${where} ${barrier}`)
  }

  test('has no barrier that axe finds, in either language, on a laptop and on a phone, and asks nothing of anybody else', async () => {
    const barriers: string[] = []
    let looked = 0
    const doors = consoleOn(site).routes.flatMap(({ method, path, handler }) => {
      const { opens } = handler as { opens?: Deed }
      return method === 'GET' && opens && isPage(path) ? [{ path, opens }] : []
    })
    for (const { path, opens } of doors) {
      const recipe = recipes[`GET ${path}`]
      if (!recipe) continue
      const page = await signedIn(opens)
      await page.setViewportSize({ width: 1280, height: 860 })
      // What a browser takes for a file to be kept is no page.
      const answer = await page.goto(recipe.path).catch((cause: Error) => {
        if (!cause.message.includes('Download is starting')) throw cause
        return undefined
      })
      if (answer?.headers()['content-type']?.startsWith('text/html')) {
        looked += 1
        barriers.push(...(await barriersOn(page, path)))
        await page.setViewportSize({ width: 390, height: 844 })
        await page.click('a[hreflang="en"]')
        barriers.push(...(await barriersOn(page, `${path} in English on a phone`)))
        const over = await page.evaluate(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1',
        )
        if (over) barriers.push(`${path} is wider than a phone`)
        await page.click('a[hreflang="zh-CN"]')
      } else if (answer) refused.push(`${path} ${answer.status()}`)
    }
    expect(barriers).toEqual([])
    expect(refused).toEqual([])
    expect(looked).toBeGreaterThan(40)
    expect(asked.filter((url) => !url.startsWith(`${origin}/`))).toEqual([])
    expect(site.faults).toEqual([])
  }, 240_000)
})
