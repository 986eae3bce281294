import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operator, type Person } from '../../src/domain/person.ts'
import { unlockAccount } from '../../src/gateway/roster/accounts.ts'
import { endSessions } from '../../src/gateway/roster/sessions.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { totpCode, totpStep } from '../../src/signing/totp.ts'
import { openCase, read, submitted } from '../http/case.ts'
import { chosen, initialFor, withPassword, withTotp } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { toldByHeader } from '../support/told-peers.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
beforeAll(async () => {
  site = await openConsole({ secondFactorFor: ['approver'], peers: toldByHeader })
})
afterAll(() => site.close())

let serial = 0
/** Somebody with a password of their own, and these roles at the court. */
async function someone(...roles: Parameters<typeof personWith>[2]): Promise<Person> {
  serial += 1
  const person = personWith(`desk-${serial}`, '林书远', roles, binhai)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  return person
}

const session = '__Host-writ'

describe('signing in with a local account', () => {
  test('opens a session under a name nobody knew before, in a cookie the browser guards', async () => {
    const { username } = await someone('officer')
    const visitor = site.visitor()
    visitor.jar.set(session, 'writ_planted-by-an-attacker')
    const door = await visitor.get('/sign-in')
    expect(door.cookies.join()).toMatch(
      /^__Host-writ-sign-in=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const answer = await visitor.post('/sign-in', { username, password: chosen })
    expect([answer.status, answer.location]).toEqual([303, '/'])
    const [cookie = ''] = answer.cookies.filter((set) => set.startsWith(`${session}=`))
    expect(cookie).toMatch(/^__Host-writ=writ_[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect((await visitor.get('/account')).text).toContain(username)
  })

  test('comes back to the address that was opened before, with all it asked for, and to no other site', async () => {
    const { username } = await someone('auditor')
    const visitor = site.visitor()
    expect((await visitor.get('/audit?kind=case.entered&from=2026-01-02')).location).toBe('/sign-in')
    expect((await signInAs(visitor, username, chosen)).location).toBe('/audit?kind=case.entered&from=2026-01-02')
    const planted = site.visitor()
    planted.jar.set('__Host-writ-came-for', encodeURIComponent('//elsewhere.example/'))
    expect((await signInAs(planted, username, chosen)).location).toBe('/')
  })

  test('says the same of a wrong password and an unknown user, and keeps neither', async () => {
    const { username } = await someone()
    for (const name of [username, 'nobody']) {
      const visitor = site.visitor()
      const answer = await signInAs(visitor, name, 'not the right one')
      expect(answer.status).toBe(401)
      expect(answer.text).toContain(catalogue['sign-in-refused'].title.zh)
      expect(answer.text).not.toMatch(/not the right one|value="nobody"/)
      expect(visitor.jar.has(session)).toBe(false)
    }
  })

  test('goes on to a code where there is an authenticator; the password alone opens nothing', async () => {
    const person = await someone('approver')
    const codeAt = await withTotp(site.parts.accounts, person)
    const visitor = site.visitor()
    expect((await signInAs(visitor, person.username, chosen)).location).toBe('/sign-in/code')
    expect((await visitor.get('/account')).location).toBe('/sign-in')
    expect((await visitor.get('/sign-in/password')).status).toBe(400)
    expect((await visitor.get('/sign-in/code')).text).toContain('autocomplete="one-time-code"')
    expect((await visitor.post('/sign-in/code', { code: '000000' })).status).toBe(401)
    expect((await visitor.post('/sign-in/code', { code: codeAt(0) })).location).toBe('/')
    expect((await visitor.get('/')).status).toBe(200)
  })

  test('takes a registered certificate on the line for the code', async () => {
    const person = await someone('approver')
    await withTotp(site.parts.accounts, person)
    const factor = { id: `cert-${serial}`, person: person.id, kind: 'certificate', thumbprint: 'shown' } as const
    const set = { setAt: new Date(), setBy: 'operator', confirmedAt: new Date() }
    await site.gateway.store.note((act) => act.accounts.addFactor({ ...factor, ...set }))
    for (const [shown, location] of [
      ['another', '/sign-in/code'],
      ['shown', '/'],
    ] as const) {
      const visitor = site.visitor()
      await visitor.get('/sign-in')
      const fields = { username: person.username, password: chosen }
      expect((await visitor.post('/sign-in', fields, { 'x-test-certificate': shown })).location).toBe(location)
    }
  })

  test('with an initial password leads to a new one first, once', async () => {
    const person = personWith('desk-new', '某某', ['officer'], binhai)
    await seat(site.opened, person)
    const initial = await initialFor(site.parts.accounts, person)
    const visitor = site.visitor()
    expect((await signInAs(visitor, person.username, initial)).location).toBe('/sign-in/password')
    expect(visitor.jar.has(session)).toBe(false)
    await visitor.get('/sign-in/password')
    const differing = await visitor.post('/sign-in/password', { newPassword: chosen, repeat: `${chosen}了` })
    expect([differing.status, differing.text.includes('不一致')]).toEqual([422, true])
    const short = await visitor.post('/sign-in/password', { newPassword: 'short', repeat: 'short' })
    expect(short.text).toContain('口令不足 12 个字符')
    const kept = visitor.jar.get('__Host-writ-sign-in') ?? ''
    const token = visitor.token()
    expect((await visitor.post('/sign-in/password', { newPassword: chosen, repeat: chosen })).location).toBe('/')
    // The same step brought again, by who has its cookie, changes nothing any more.
    const thief = site.visitor()
    thief.jar.set('__Host-writ-sign-in', kept)
    const again = { newPassword: `${chosen}又黄了`, repeat: `${chosen}又黄了`, token }
    expect((await thief.post('/sign-in/password', again)).status).toBe(400)
    expect((await signInAs(site.visitor(), person.username, chosen)).location).toBe('/')
  })

  test('for a role that wants a second factor shows the way to one, and no request before', async () => {
    const person = await someone('approver')
    const visitor = site.visitor()
    await signInAs(visitor, person.username, chosen)
    expect((await visitor.get('/')).location).toBe('/account')
    expect((await visitor.get('/account')).text).toContain('您的岗位须以第二身份因素登录')
    const enrolling = await visitor.post('/account/totp', {})
    expect(enrolling.text).toMatch(/<svg class="qr" viewBox="0 0 (\d+) \1"/)
    const key = (/<code class="secret">([A-Z2-7 ]+)<\/code>/.exec(enrolling.text)?.[1] ?? '').replaceAll(' ', '')
    expect((await visitor.post('/account/totp/confirm', { code: '000000' })).status).toBe(422)
    const before = visitor.jar.get(session)
    const code = totpCode(fromBase32(key), totpStep(new Date()))
    expect((await visitor.post('/account/totp/confirm', { code })).location).toBe('/account')
    expect(visitor.jar.get(session)).not.toBe(before)
    expect((await visitor.get('/')).status).toBe(200)
  })
})

describe('a form', () => {
  const attempt = async (fields: object, headers: Record<string, string>) => {
    const { username } = await someone()
    const visitor = site.visitor()
    await visitor.get('/sign-in')
    const answer = await visitor.post('/sign-in', { username, password: chosen, ...fields }, headers)
    return [answer.status, answer.text.includes(catalogue['form-foreign'].title.zh)]
  }

  test.each([
    ['without its token', { token: '' }, {}],
    ['with another’s token', { token: 'A'.repeat(24) }, {}],
    ['from another site', {}, { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a sister site', {}, { 'Sec-Fetch-Site': 'same-site' }],
    ['from an origin that is not ours', {}, { Origin: 'https://evil.example', 'Sec-Fetch-Site': '' }],
    ['from an origin nobody names', {}, { Origin: 'null', 'Sec-Fetch-Site': '' }],
    ['that does not say where it comes from', {}, { Origin: '', 'Sec-Fetch-Site': '' }],
  ])('%s is refused', async (_, fields, headers) => {
    expect(await attempt(fields, headers)).toEqual([403, true])
  })

  test('of an old browser is taken by its origin', async () => {
    const { username } = await someone()
    const visitor = site.visitor()
    await visitor.get('/sign-in')
    const answer = await visitor.post('/sign-in', { username, password: chosen }, { 'Sec-Fetch-Site': '' })
    expect(answer.location).toBe('/')
  })

  test('of somebody signed in is guarded the same way: nobody else signs them out', async () => {
    const { username } = await someone('officer')
    const visitor = site.visitor()
    await signInAs(visitor, username, chosen)
    await visitor.get('/account')
    expect((await visitor.post('/sign-out', {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await visitor.post('/account/token', { hours: '8', token: 'wrong' })).status).toBe(403)
    expect((await visitor.get('/account')).status).toBe(200)
  })

  test('without the cookie of its page is a sign-in that was not begun', async () => {
    const stranger = site.visitor()
    const answer = await stranger.post('/sign-in', { username: 'lin', password: chosen, token: 'x' })
    expect([answer.status, answer.text.includes(catalogue['sign-in-stale'].title.zh)]).toEqual([400, true])
  })
})

describe('a session', () => {
  test('that was ended by somebody opens nothing, at once', async () => {
    const person = await someone('officer')
    const visitor = site.visitor()
    await signInAs(visitor, person.username, chosen)
    await endSessions(site.gateway, operator, { person: person.id })
    expect((await visitor.get('/account')).location).toBe('/sign-in')
  })

  test('is signed out by its owner, and its cookie is nobody’s after', async () => {
    const { username } = await someone('officer')
    const visitor = site.visitor()
    await signInAs(visitor, username, chosen)
    const carried = visitor.jar.get(session) ?? ''
    await visitor.get('/account')
    expect((await visitor.post('/sign-out', {})).location).toBe('/sign-in')
    expect(visitor.jar.has(session)).toBe(false)
    visitor.jar.set(session, carried)
    expect((await visitor.get('/account')).location).toBe('/sign-in')
  })

  test('of a browser opens no API, and its content is no token', async () => {
    const { username } = await someone('officer')
    const visitor = site.visitor()
    await signInAs(visitor, username, chosen)
    for (const path of ['/v1/cases', '/v1/me', '/audit/v1/entries', '/admin/v1/people', '/partner/v1/deliveries']) {
      expect((await visitor.get(path)).status).toBe(401)
      const bearer = { Authorization: `Bearer ${visitor.jar.get(session)}` }
      expect((await visitor.get(path, bearer)).status).toBe(401)
    }
  })

  test('is seen and ended by its owner from another', async () => {
    const { username } = await someone('officer')
    const [here, there] = [site.visitor(), site.visitor()]
    await signInAs(there, username, chosen)
    await signInAs(here, username, chosen)
    const account = await here.get('/account')
    expect(account.text.split('浏览器 · 口令')).toHaveLength(3)
    const other = /name="session" value="([^"]+)"/.exec(account.text)?.[1] ?? ''
    expect((await here.post('/account/sessions/end', { session: other })).location).toBe('/account')
    expect((await there.get('/account')).location).toBe('/sign-in')
    expect((await here.get('/account')).status).toBe(200)
  })

  test('ends with the password it was opened with, and goes on under a new name where that was changed', async () => {
    const { username } = await someone('officer')
    const [here, there] = [site.visitor(), site.visitor()]
    await signInAs(there, username, chosen)
    await signInAs(here, username, chosen)
    await here.get('/account')
    const next = { newPassword: `${chosen}又黄了`, repeat: `${chosen}又黄了` }
    expect((await here.post('/account/password', { current: 'wrong', ...next })).status).toBe(422)
    await here.get('/account')
    expect((await here.post('/account/password', { current: chosen, ...next })).location).toBe('/account')
    expect((await here.get('/account')).status).toBe(200)
    expect((await there.get('/account')).location).toBe('/sign-in')
  })

  test('issues a token for its owner’s own programs, shown once, for a working day at most', async () => {
    const person = await someone('officer')
    const visitor = site.visitor()
    await signInAs(visitor, person.username, chosen)
    await visitor.get('/account')
    expect((await visitor.post('/account/token', { hours: '13' })).status).toBe(422)
    await visitor.get('/account')
    const answer = await visitor.post('/account/token', { hours: '8' })
    const token = /<code class="secret">(writ_[\w-]+)<\/code>/.exec(answer.text)?.[1] ?? ''
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const me = await site.app.request('/v1/me', { headers: { Authorization: `Bearer ${token}` } })
    expect(await read(me, 200)).toMatchObject({ username: person.username, session: { carrier: 'bearer' } })
    expect((await visitor.get('/account')).text).not.toContain(token)
  })
})

describe('the pages', () => {
  test('show a person the requests within their reach, and nobody’s else', async () => {
    const file = await openCase(site)
    await read(await submitted(site, file.inquiry), 202)
    const [here, elsewhere] = [
      await someone('officer'),
      personWith('desk-there', '外院人员', ['officer'], binhai, '执行二团队'),
    ]
    await seat(site.opened, elsewhere)
    await withPassword(site.gateway, elsewhere)
    const seen = await Promise.all(
      [here, elsewhere].map(async ({ username }) => {
        const visitor = site.visitor()
        await signInAs(visitor, username, chosen)
        return (await visitor.get('/')).text.includes(file.number)
      }),
    )
    expect(seen).toEqual([true, false])
  })

  test('allow nothing from elsewhere, no script and no frame, and name nobody in an address', async () => {
    const { username } = await someone('officer')
    const visitor = site.visitor()
    await signInAs(visitor, username, chosen)
    for (const path of ['/drafts', '/account']) {
      const page = await visitor.get(path)
      const policy = page.headers.get('content-security-policy') ?? ''
      expect(policy).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
      expect(page.headers.get('x-frame-options')).toBe('DENY')
      expect(page.text).not.toMatch(/<script|style="| on[a-z]+="|https?:\/\//)
    }
  })

  test('say why somebody is not let in, in both languages, and what next', async () => {
    const person = await someone('officer')
    for (let at = 0; at < 5; at += 1) await signInAs(site.visitor(), person.username, 'wrong wrong wrong')
    const locked = await signInAs(site.visitor(), person.username, chosen)
    expect(locked.status).toBe(401)
    expect(locked.text).toContain('role="alert"')
    expect(locked.text).toContain('可由安全管理员解锁')
    const reader = site.visitor()
    expect((await reader.get('/language/en')).location).toBe('/')
    const inEnglish = await signInAs(reader, person.username, chosen)
    expect(inEnglish.text).toContain('a security administrator can unlock')
    expect(inEnglish.text).toContain('<html lang="en">')
    await unlockAccount(site.gateway, operator, person)
  })
})

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
