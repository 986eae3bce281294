import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { openCase } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
beforeAll(async () => {
  site = await openConsole()
})
afterAll(() => site.close())

async function officer(username: string) {
  const person = personWith(username, '林书远', ['officer'], binhai)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, username, chosen)
  return { person, visitor }
}

const linkIn = (text: string) => /href="(http[^"]*\/progress\/[A-Za-z0-9_-]{22})"/.exec(text)?.[1] ?? ''

test('an applicant follows the case behind a link that is told once, sees no name, and no more when it is ended', async () => {
  const file = await openCase(site)
  const { visitor } = await officer('progress-1')
  const path = `/cases/${file.id}/progress`
  expect((await visitor.get(path)).text).toContain('本案尚未开通公开进度')
  const opened = await visitor.post(path, {})
  const url = new URL(linkIn(opened.text))
  expect(opened.text).toContain('class="qr"')
  expect((await visitor.get(path)).text).not.toContain(url.pathname)

  const shown = await site.visitor().get(url.pathname)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('案件已录入并经核对')
  expect(shown.text).not.toMatch(/张某某|120116|银行|登录/)
  expect(shown.text).not.toContain(file.number)
  expect(shown.headers.get('x-robots-tag')).toBe('noindex')
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer')
  const json = await site.app.request(`/public/v1${url.pathname}`)
  expect(await json.json()).toMatchObject({ standing: '在办', nodes: [{ code: 'filed' }] })

  const end = /action="(\/cases\/[^"]+\/end)"/.exec((await visitor.get(path)).text)?.[1] ?? ''
  expect((await visitor.post(end, {})).status).toBe(303)
  const dead = await site.visitor().get(url.pathname)
  expect([dead.status, dead.text.includes('经办人')]).toEqual([404, false])
  const ended = await site.app.request(`/public/v1${url.pathname}`)
  expect(await ended.json()).toMatchObject({ status: 404, code: 'progress-link-unknown' })
})

test('a case that is sealed later is behind no link any more', async () => {
  const file = await openCase(site)
  const { person, visitor } = await officer('progress-2')
  await visitor.get(`/cases/${file.id}/progress`)
  const url = new URL(linkIn((await visitor.post(`/cases/${file.id}/progress`, {})).text))
  expect((await site.visitor().get(url.pathname)).status).toBe(200)
  await site.gateway.store.act(file.id, async (act) => {
    await act.assign({ members: [person.id], isSealed: true, by: 'test', at: new Date() })
    return { kind: 'assigned' as const }
  })
  expect((await site.visitor().get(url.pathname)).status).toBe(404)
})

test('a case has ten links alive at most', async () => {
  const file = await openCase(site)
  const { visitor } = await officer('progress-3')
  const path = `/cases/${file.id}/progress`
  await visitor.get(path)
  for (let at = 0; at < 10; at += 1) expect((await visitor.post(path, {})).status).toBe(200)
  const full = await visitor.post(path, {})
  expect([full.status, full.text.includes(catalogue['progress-links-full'].title.zh)]).toEqual([409, true])
})
