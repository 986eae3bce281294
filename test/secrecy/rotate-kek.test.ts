import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgresql } from '../../src/store/postgresql.ts'
import { dataKey } from '../../src/store/schema/payload.ts'
import { firstSignIn } from '../support/first-sign-in.ts'
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts'
import { type GatewayProcess, gatewayProcess } from '../support/gateway-process.ts'

/** A gateway at work, while its operator changes the key that wraps every case's key. */
const postgres = process.env.TEST_DATABASE_URL
let dir: string
let database: FreshDatabase | undefined
let gateway: GatewayProcess
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'writ-kek-'))
  database = postgres ? await freshDatabase(postgres) : undefined
  gateway = await gatewayProcess(dir, 'gw.writ.example', {
    WRIT_RATE_SCALE: '1000',
    ...(database && { DATABASE_URL: database.url, WRIT_SECOND_FACTOR: 'none' }),
  })
  if (database) {
    await gateway.writOffline('keys', 'make')
    await gateway.writOffline('user', 'add', 'wen', '--name', '温秀兰', '--court', '津0116', '--role', 'registrar')
    await gateway.writOffline('user', 'password', 'wen')
  }
  await gateway.rise()
  await gateway.writ('user', 'add', 'qiu', '--name', '邱某某', '--role', 'audit-administrator')
})
afterAll(async () => {
  await gateway?.stop()
  await database?.drop()
  rmSync(dir, { recursive: true, force: true })
})

/** In production a person signs in; in the demo whoever runs the machine may sign anybody in. */
const tokenOf = async (who: string) =>
  database ? firstSignIn(gateway, who) : ((await gateway.writ('token', who))[0] ?? '')
const party = {
  role: 'debtor',
  subject: { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' },
}
const kekFile = () => JSON.parse(readFileSync(join(gateway.dataDir, 'keys', 'kek.json'), 'utf8'))

test('no request fails while it changes; what was written before opens; no key is left under the old one', async () => {
  const headers = { Authorization: `Bearer ${await tokenOf('wen')}`, 'Content-Type': 'application/json' }
  const cases: string[] = []
  const failed: string[] = []
  let going = true
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${gateway.origin}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) failed.push(`${response.status} ${text}`)
    return text
  }
  const enter = async (worker: number) => {
    for (let nth = 0; going; nth += 1) {
      const number = `（2026）津0116执${worker * 10_000 + nth + 1}号`
      const text = await call('POST', '/v1/cases', { number, claim: '1.00', judge: '周正', parties: [party] })
      cases.push((JSON.parse(text) as { id: string }).id)
      const seen = await call('GET', `/v1/cases/${cases[nth % cases.length]}`)
      if (!seen.includes('张某某')) failed.push('a party is not as it was')
    }
  }
  const working = [1, 2, 3].map(enter)
  while (cases.length < 10) await sleep(20)
  const [, before = ''] = (await gateway.writ('kek', 'show'))[0]?.split('\t') ?? []
  const said = await gateway.writ('kek', 'rotate')
  const during = cases.length
  while (cases.length < during + 10) await sleep(20)
  going = false
  await Promise.all(working)
  expect(failed).toEqual([])
  const [, after = ''] = (await gateway.writ('kek', 'show'))[0]?.split('\t') ?? []
  expect(said.join()).toContain(after)
  expect(after).not.toBe(before)
  await expectNoted(before, after)
  await gateway.stop()
  const opened = database
    ? await openPostgresql(database.url)
    : await openEmbedded({ dataDir: join(gateway.dataDir, 'db') })
  const rows = await opened.queries.select({ kek: dataKey.kek }).from(dataKey)
  await opened.close()
  expect(rows.length).toBeGreaterThan(cases.length)
  expect(new Set(rows.map(({ kek }) => kek))).toEqual(new Set([after]))
  expect(kekFile().keys.map(({ kid, state }: { kid: string; state: string }) => [kid, state])).toEqual([
    [before, 'retired'],
    [after, 'current'],
  ])
})

async function expectNoted(before: string, after: string): Promise<void> {
  const headers = { Authorization: `Bearer ${await tokenOf('qiu')}` }
  for (const [kind, about] of [
    ['key.created', after],
    ['key.retired', before],
  ]) {
    const response = await fetch(`${gateway.origin}/audit/v1/system?kind=${kind}&about=${about}`, { headers })
    const { entries } = (await response.json()) as { entries: { person: string }[] }
    expect(entries.map(({ person }) => person)).toEqual(['operator'])
  }
}
