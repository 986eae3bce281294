import type { BrowserContext, Page } from 'playwright-core'

export const idIn = (href: string | null): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(href ?? '')?.[0] ?? ''

/** Whoever looks in has pressed the first two of the three steps. */
export async function tour(anybody: BrowserContext): Promise<void> {
  const page = await anybody.newPage()
  for (const [step, done] of [
    ['inquiry', 1],
    ['freeze', 2],
  ] as const) {
    await page.goto('/tour')
    await page.click(`form[action="/tour/${step}"] button`)
    await page
      .locator('h3 .word.done')
      .nth(done - 1)
      .waitFor({ timeout: 60_000 })
  }
  await page.close()
}

/** What 林书远 has done in the browser: one draft submitted, one begun, a link for the applicant. */
export async function atDesk(lin: BrowserContext, case_: string) {
  const page = await lin.newPage()
  const begun = async (holding: number) => {
    await page.goto(`/cases/${case_}/measures`)
    await page.check(`input[name="holding"] >> nth=${holding}`)
    await page.click('main form button')
    return idIn(new URL(page.url()).pathname)
  }
  const waiting = await submitted(page, await begun(-1))
  const draft = await begun(0)
  await page.goto(`/cases/${case_}/progress`)
  await page.click('form[action$="/progress"] button')
  const progress = new URL((await page.getAttribute('.handout a', 'href')) ?? '', page.url()).pathname
  await page.close()
  return { waiting, draft, progress }
}

/** Writes a draft to its end and submits it. */
async function submitted(page: Page, draft: string): Promise<string> {
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
  return idIn(new URL(page.url()).pathname)
}
