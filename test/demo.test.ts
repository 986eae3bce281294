import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browse } from './console/browse.ts'
import { type GatewayProcess, gatewayProcess } from './support/gateway-process.ts'

let dir: string
let gateway: GatewayProcess
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'writ-demo-'))
  gateway = await gatewayProcess(dir, 'writ.demo', { WRIT_SANDBOXES: 'true' })
  await gateway.rise()
})
afterAll(async () => {
  await gateway?.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('a newcomer goes from an inquiry to verified evidence in three clicks, nothing set and nobody signed in', async () => {
  const visitor = browse((path, init) => fetch(gateway.origin + path, init), gateway.origin)
  const answered = async (step: RegExp) => {
    for (let tries = 0; tries < 100; tries += 1) {
      const page = await visitor.get('/tour')
      if (step.test(page.text) && !page.text.includes('http-equiv="refresh"')) return page.text
      await sleep(300)
    }
    throw new Error(`the registries of the demo did not answer; it said: ${gateway.said().slice(-2000)}`)
  }
  // The registries are registered after the door is open.
  for (let tries = 0; tries < 100 && !gateway.said().includes('已启动'); tries += 1) await sleep(200)

  expect((await visitor.post('/tour/inquiry', { token: '' })).status).toBe(403)
  const empty = await visitor.get('/tour')
  expect(empty.text).toContain('先完成查询')
  expect((await visitor.post('/tour/inquiry', {})).location).toBe('/tour')
  expect(await answered(/第 1 步 查询 <span class="word done">/)).toContain('6217000000000000012')
  expect((await visitor.post('/tour/freeze', {})).location).toBe('/tour')
  expect(await answered(/第 2 步 冻结 <span class="word done">/)).toContain('50,000.00')
  // The same step again is the same request.
  await visitor.post('/tour/inquiry', {})
  const proved = await visitor.post('/tour/proof', {})
  expect(proved.text).toContain('核验通过')
  const list = await visitor.get('/')
  expect(list.text.match(/已签发/g)).toHaveLength(2)
  // Nothing of it stands under the name of somebody who signs in.
  const [token] = await gateway.writ('token', 'bai')
  const log = await fetch(`${gateway.origin}/audit/v1/entries?limit=100`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  const { entries } = (await log.json()) as { entries: { kind: string; person?: string }[] }
  const kinds = ['request.submitted', 'request.approved', 'results.viewed', 'bundle.exported']
  const byWhom = new Set(entries.filter(({ kind }) => kinds.includes(kind)).map(({ person }) => person))
  expect(byWhom.size).toBe(3)
  const people = await fetch(`${gateway.origin}/admin/v1/people`, {
    headers: { Authorization: `Bearer ${(await gateway.writ('token', 'an'))[0]}` },
  })
  const known = ((await people.json()) as { people: { id: string; username: string }[] }).people
  expect(
    known
      .filter(({ id }) => byWhom.has(id))
      .map(({ username }) => username)
      .sort(),
  ).toEqual(['tour-approver', 'tour-auditor', 'tour-officer'])
})
