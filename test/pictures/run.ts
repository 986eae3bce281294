import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { gatewayProcess } from '../support/gateway-process.ts'
import { gatewayId } from './onboarding.ts'
import { type Picture, picturesOf } from './plan.ts'
import { played } from './played.ts'

/**
 * Pictures every page of a demo at both widths and prints every paper to a PDF, from nothing, into one folder:
 * `npm run pictures -- --out <folder>`; with `--best <folder>` those that the docs show are put there too, and `--only`
 * takes those whose name has a text in it. A picture that cannot be taken is named, and the others are taken; ends with 1.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'pictures' },
    best: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
if (!existsSync(executablePath))
  throw new Error(`no Chromium at ${executablePath}: install it, or name it in CHROMIUM_PATH`)
const out = resolve(values.out)
const best = values.best === undefined ? undefined : resolve(values.best)
for (const folder of [out, best]) if (folder) mkdirSync(folder, { recursive: true })

const widths = { wide: 1280, phone: 390 } as const
const patienceMs = 60_000
const dir = mkdtempSync(join(tmpdir(), 'writ-pictures-'))
const gateway = await gatewayProcess(dir, gatewayId, {
  WRIT_SANDBOXES: 'true',
  WRIT_RATE_SCALE: '100',
  // One registry is late at once, so that it can be pressed.
  WRIT_RESPONSE_HOURS: '[{"registries":["house-131025"],"hours":0.001}]',
})
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--lang=zh-CN'],
  env: { ...process.env, LANGUAGE: 'zh_CN' },
})
const untaken: string[] = []
try {
  const { found, contextOf } = await played(gateway, browser, dir)
  const troubleWith = (picture: Picture) =>
    inTime(contextOf(picture.as).then((context) => take(picture, context))).catch((cause: unknown) => cause)
  for (const picture of picturesOf(found).filter(({ name }) => name.includes(values.only))) {
    // Once more, because on a busy machine a Chromium may hang at opening or closing a page.
    const trouble = (await troubleWith(picture)) && (await troubleWith(picture))
    if (trouble === undefined) continue
    untaken.push(picture.name)
    process.stdout.write(`× ${picture.name}: ${trouble instanceof Error ? trouble.message : String(trouble)}\n`)
  }
} finally {
  await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 5000))])
  await gateway.stop()
  rmSync(dir, { recursive: true, force: true })
}
process.stdout.write(untaken.length === 0 ? 'every picture was taken\n' : `not taken: ${untaken.join(', ')}\n`)
process.exit(untaken.length === 0 ? 0 : 1)

async function take(picture: Picture, context: BrowserContext): Promise<void> {
  const { name, path, best: isBest, paper, language, answers = 200 } = picture
  if (path.includes('undefined')) throw new Error(`there is no such page in the demo: ${path}`)
  const page = await context.newPage()
  try {
    await context.addCookies([{ name: 'language', value: language ?? 'zh', url: gateway.origin }])
    for (const [width, pixels] of Object.entries(widths)) {
      if (paper && width === 'phone') continue
      await page.setViewportSize({ width: pixels, height: width === 'wide' ? 860 : 780 })
      const status = await shown(page, picture)
      await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true })
      process.stdout.write(`  ${name} ${width} ${status}\n`)
      if (status !== answers) throw new Error(`${status} instead of ${answers} at ${path}`)
      if (isBest && best && width === 'wide')
        await page.screenshot({ path: join(best, `${name}.jpg`), type: 'jpeg', quality: 72 })
    }
    if (paper) await page.pdf({ path: join(out, `${name}.pdf`), preferCSSPageSize: true })
  } finally {
    void page.close()
  }
}

/** Goes there, presses what is to be pressed, and says with which status the page came. */
async function shown(page: Page, { path, press }: Picture): Promise<number | undefined> {
  const answer = await page.goto(path)
  if (!press) return answer?.status()
  for (const [field, value] of Object.entries(press.fill ?? {})) await fillIn(page, field, value)
  const [pressed] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST' && one.request().isNavigationRequest()),
    page.click(press.button),
  ])
  await page.waitForLoadState()
  return pressed.status()
}

function inTime(work: Promise<void>): Promise<void> {
  const late = new Promise<void>((_, reject) =>
    setTimeout(() => reject(new Error(`took longer than ${patienceMs / 1000} s`)), patienceMs).unref(),
  )
  return Promise.race([work, late])
}

async function fillIn(page: Page, field: string, value: string): Promise<void> {
  const isChoice = await page.$eval(field, (element) => element.tagName === 'SELECT')
  if (isChoice) await page.selectOption(field, value)
  else await page.fill(field, value)
}
