import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf } from '../../src/signing/compact.ts'
import { openCase, read, submitted, takenByBureau, tell } from '../http/case.ts'
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

test('a page that waits tells whether anything has changed, and to ask that is no look', async () => {
  const person = personWith('live-1', '林书远', ['officer', 'approver'], binhai)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  const file = await openCase(site)
  const { id } = await read<{ id: string }>(await submitted(site, file.inquiry), 202)
  const page = await visitor.get(`/requests/${id}`)
  const shown = /data-live="([^"]+)" data-version="([^"]+)"/.exec(page.text)
  expect(shown?.[1]).toBe(`/requests/${id}/version`)
  expect(page.text).toContain('src="/live.js"')

  const looks = async () => (await site.gateway.reads.entries({ kind: 'results.viewed', limit: 500 })).length
  const before = await looks()
  expect((await visitor.get(`/requests/${id}/version`)).text).toBe(shown?.[2])
  expect(await looks()).toBe(before)

  const [taken] = await takenByBureau(site)
  const now = new Date()
  const said = {
    ...{ iss: 'land-120116', aud: 'gw.test.writ', iat: Math.floor(now.getTime() / 1000), jti: 'live-1' },
    ...{ re: taken?.delivery, re_sha256: digestOf(taken?.jws ?? ''), kind: 'nothing', sequence: 1 },
    ...{ receivedAt: now.toISOString(), receiptNumber: '1' },
  }
  expect((await tell(site, await site.bureau.sign(said))).status).toBe(200)
  expect((await visitor.get(`/requests/${id}/version`)).text).not.toBe(shown?.[2])
})
