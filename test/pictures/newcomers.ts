import type { Browser, BrowserContext } from 'playwright-core'
import { totpCode, totpStep } from '../../src/signing/totp.ts'
import { lateCentre } from './onboarding.ts'
import type { Stage } from './stage.ts'

/** People of another court, for whom every list is empty, and two who are half way through signing in. */
const newcomers = {
  yuan: { name: '袁初到', grants: ['officer', 'approver'].map((role) => ({ role, court: '津0102' })) },
  mu: { name: '穆观澜', grants: [{ role: 'auditor', court: '津0102' }] },
  fang: { name: '方迎客', grants: [{ role: 'registry-clerk', registry: lateCentre }] },
  ke: { name: '柯有码', grants: [{ role: 'officer', court: '津0116' }] },
  gai: { name: '盖新启', grants: [{ role: 'officer', court: '津0116' }] },
} as const

const chosen = '每天早上八点到院里上班'

/** Registers them, as a security administrator does, and gives the password of each. Only 盖新启 still has the initial one. */
export async function register(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const an = stage.as('an')
  const passwords = new Map<string, string>()
  for (const [username, { name, grants }] of Object.entries(newcomers)) {
    const { id } = await an.post<{ id: string }>('/admin/v1/people', { username, name })
    for (const grant of grants) {
      const { consent } = await an.post<{ consent?: string }>(`/admin/v1/people/${id}/grants`, grant)
      if (consent) await stage.as('shen').post(`/admin/v1/consents/${consent}`, { decision: 'allowed' })
    }
    const { password } = await an.post<{ password: string }>(`/admin/v1/people/${id}/password`, {})
    if (username === 'gai') passwords.set(username, password)
    else {
      const body = { username, password, newPassword: `${chosen} ${username}` }
      await stage.as('an').post('/v1/sign-in', body)
      passwords.set(username, body.newPassword)
    }
  }
  return passwords
}

/** Enrols a second factor for somebody who is signed in; from then on they are asked for a code. */
export async function enrol(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.goto('/account')
  await page.click('form[action="/account/totp"] button')
  const secret = (await page.textContent('code.secret')) ?? ''
  await page.fill('#code', totpCode(fromBase32(secret), totpStep(new Date())))
  await page.click('form[action="/account/totp/confirm"] button')
  await page.close()
}

/** The browser of somebody whose password was right, and who is asked for more. */
export async function halfWay(browser: Browser, origin: string, username: string, password: string) {
  const context = await browser.newContext({ locale: 'zh-CN', baseURL: origin })
  await signIn(context, username, password)
  return context
}

export async function signIn(context: BrowserContext, username: string, password: string): Promise<void> {
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.fill('#username', username)
  await page.fill('#password', password)
  await page.click('form[action="/sign-in"] button')
  await page.close()
}

function fromBase32(text: string): Uint8Array {
  const digits = [...text.replaceAll(' ', '')].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one))
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
