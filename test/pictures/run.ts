import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type GatewayProcess, gatewayProcess } from '../support/gateway-process.ts'
import { type Found, type Picture, picturesOf } from './plan.ts'

/**
 * Pictures every page of a demo at both widths and prints every paper to a PDF, from nothing, into one folder:
 * `npm run pictures -- --out <folder>`; with `--best <folder>` those that the docs show are put there too.
 */
const { values } = parseArgs({ options: { out: { type: 'string', default: 'pictures' }, best: { type: 'string' } } })
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
if (!existsSync(executablePath))
  throw new Error(`no Chromium at ${executablePath}: install it, or name it in CHROMIUM_PATH`)
const out = resolve(values.out)
const best = values.best === undefined ? undefined : resolve(values.best)
for (const folder of [out, best]) if (folder) mkdirSync(folder, { recursive: true })

const widths = { wide: 1280, phone: 390 } as const
const dir = mkdtempSync(join(tmpdir(), 'writ-pictures-'))
const gateway = await gatewayProcess(dir, 'writ.pictures', { WRIT_SANDBOXES: 'true', WRIT_RATE_SCALE: '100' })
await gateway.rise()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  for (let tries = 0; tries < 200 && !gateway.said().includes('已启动'); tries += 1) await sleep(200)
  const contexts = new Map<string, BrowserContext>()
  const found = await played(browser, gateway, contexts)
  for (const picture of picturesOf(found)) await take(picture, await contextOf(browser, gateway, contexts, picture.as))
} finally {
  await browser.close()
  await gateway.stop()
  rmSync(dir, { recursive: true, force: true })
}

async function contextOf(
  in_: Browser,
  { origin, dataDir }: GatewayProcess,
  contexts: Map<string, BrowserContext>,
  as = '',
): Promise<BrowserContext> {
  const known = contexts.get(as)
  if (known) return known
  const context = await in_.newContext({ locale: 'zh-CN', baseURL: origin })
  contexts.set(as, context)
  if (as === '') return context
  const passwords = JSON.parse(readFileSync(join(dataDir, 'demo', 'passwords.json'), 'utf8')) as Record<string, string>
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.fill('#username', as)
  await page.fill('#password', passwords[as] ?? '')
  await page.click('form[action="/sign-in"] button')
  await page.close()
  return context
}

/** Plays what there is to be seen: the three steps, a seal that waits for its approver, a link for the applicant. */
async function played(in_: Browser, of: GatewayProcess, contexts: Map<string, BrowserContext>): Promise<Found> {
  const anybody = await (await contextOf(in_, of, contexts)).newPage()
  for (const [step, done] of [
    ['inquiry', 1],
    ['freeze', 2],
  ] as const) {
    await anybody.goto('/tour')
    await anybody.click(`form[action="/tour/${step}"] button`)
    await anybody
      .locator('h3 .word.done')
      .nth(done - 1)
      .waitFor({ timeout: 60_000 })
  }
  await anybody.close()
  const lin = await (await contextOf(in_, of, contexts, 'lin')).newPage()
  await lin.goto('/')
  const idIn = (href: string | null) => /[0-9a-f-]{36}/.exec(href ?? '')?.[0] ?? ''
  const hrefs = await lin.$$eval('a[href^="/requests/"]', (links) => links.map((link) => link.getAttribute('href')))
  const [freeze, inquiry] = hrefs.map(idIn)
  await lin.goto(`/requests/${freeze}`)
  const case_ = idIn(await lin.getAttribute('a[href^="/cases/"]', 'href'))
  const delivery = idIn(await lin.getAttribute('a[href^="/deliveries/"]', 'href'))

  await lin.goto(`/cases/${case_}`)
  await lin.selectOption('#kind', 'execution-notice')
  await lin.fill('#number', '（2026）津0116执3456号协助执行通知书')
  const notice = { name: 'notice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') }
  await lin.setInputFiles('#file', notice)
  await lin.click('form[enctype] button')
  await lin.goto(`/cases/${case_}/measures`)
  await lin.check('input[name="holding"] >> nth=-1')
  await lin.click('main form button')
  const draft = idIn(new URL(lin.url()).pathname)
  const waiting = await sealed(lin, draft)
  await lin.goto(`/cases/${case_}/measures`)
  await lin.check('input[name="holding"] >> nth=0')
  await lin.click('main form button')
  const second = idIn(new URL(lin.url()).pathname)
  await lin.goto(`/cases/${case_}/progress`)
  await lin.click('form[action$="/progress"] button')
  const progress = new URL((await lin.getAttribute('.handout a', 'href')) ?? '', of.origin).pathname
  await lin.goto(`/cases/${case_}/inquiry`)
  for (const box of await lin.$$('input[name="registries"]')) await box.check()
  await lin.click('main form button')
  await lin.goto('/errands')
  const errand = idIn(await lin.getAttribute('a[href^="/errands/"]', 'href'))
  await lin.close()
  const ding = await (await contextOf(in_, of, contexts, 'ding')).newPage()
  await ding.goto('/clerk')
  const atCounter = idIn(await ding.getAttribute('a[href^="/clerk/deliveries/"]', 'href'))
  await ding.close()

  const mei = await (await contextOf(in_, of, contexts, 'mei')).newPage()
  await mei.goto('/audit')
  const entry = idIn(await mei.getAttribute('a[href^="/audit/entries/"] >> nth=8', 'href'))
  const exchange = idIn(await mei.getAttribute('a[href^="/audit/exchanges/"] >> nth=0', 'href'))
  await mei.close()
  return {
    case: case_,
    inquiry: inquiry ?? '',
    freeze: freeze ?? '',
    waiting,
    draft: second,
    delivery,
    entry,
    exchange,
    progress,
    atCounter,
    errand,
  }
}

/** Writes a draft to its end and submits it. */
async function sealed(page: Page, draft: string): Promise<string> {
  const officers = [
    ['name1', '林书远', 'work1', '津0116执工001', 'duty1', '津0116执公001'],
    ['name2', '韩立新', 'work2', '津0116执工002', 'duty2', '津0116执公002'],
  ]
  for (const pairs of officers)
    for (let at = 0; at < pairs.length; at += 2) await page.fill(`[name="${pairs[at]}"]`, pairs[at + 1] ?? '')
  await page.fill('[name="phone"]', '022-00000000')
  for (const box of await page.$$('input[name="documents"]')) await box.check()
  for (const value of await page.$$('input[name^="value"]')) await value.fill('600000.00')
  await page.click(`form[action="/drafts/${draft}"] button`)
  const submit = page.locator('button[name=then][value=submit]')
  if (await submit.count()) await submit.click()
  return /[0-9a-f-]{36}/.exec(new URL(page.url()).pathname)?.[0] ?? ''
}

async function take({ name, path, best: isBest, paper, language }: Picture, context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  try {
    await context.addCookies([{ name: 'language', value: language ?? 'zh', url: gateway.origin }])
    for (const [width, pixels] of Object.entries(widths)) {
      await page.setViewportSize({ width: pixels, height: width === 'wide' ? 860 : 780 })
      const answer = await page.goto(path)
      await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true })
      process.stdout.write(`  ${name} ${width} ${answer?.status()}\n`)
      if (isBest && best && width === 'wide')
        await page.screenshot({ path: join(best, `${name}.jpg`), type: 'jpeg', quality: 72 })
    }
    if (paper) await page.pdf({ path: join(out, `${name}.pdf`), format: 'A4' })
  } finally {
    await page.close()
  }
}
