import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { typeByHand } from './journey/by-hand.ts'
import { settle } from './journey/play.ts'
import { beginning, story } from './journey/story.ts'
import { buildTown, type Town } from './support/town.ts'

const hasCurl = spawnSync('curl', ['--version']).status === 0

/**
 * One case, from its registration to the release of what was controlled, told in chapters (`journey/story.ts`): a gateway
 * and three sandbox registries in processes of their own, spoken to over HTTP by five people with one chair each. In the
 * middle the gateway is killed. At the end nobody is believed: the evidence is verified from files, and the registries'
 * own books are compared. `npm run journey` tells the same story to a person.
 */
describe('the journey of a case', () => {
  const told = beginning()
  let town: Town

  beforeAll(async () => {
    const postgres = process.env.TEST_DATABASE_URL
    town = await buildTown(postgres ? { postgres } : {})
  })
  afterAll(() => town?.close())

  for (const { title, play } of story) {
    test(title, async () => {
      expect(await play(town, told)).not.toBe('')
    })
  }

  test('每次往来只凭文件核验，每份请求在单位账簿上恰好办理一次 every exchange verifies, every delivery has its one effect', async () => {
    const end = await settle(town, told, () => {})
    expect(end.evidence).toMatchObject({ verified: end.deliveries.length, failed: 0 })
    expect(end.effects).toMatchObject({ once: end.deliveries.length, lost: [], doubled: [], unordered: [] })
    expect(end.deliveries.map(({ measure, states }) => [measure, states.at(-1)])).toEqual([
      ['inquire', 'executed'],
      ['inquire', 'executed'],
      ['inquire', 'executed'],
      ['inquire', 'nothing'],
      ['freeze', 'executed'],
      ['seal', 'activated'],
      ['seal', 'activated'],
      ['release', 'executed'],
      ['release', 'executed'],
      ['release', 'executed'],
    ])
    expect(end.ok).toBe(true)
  })

  // What README has a newcomer type is for the demo: outside it nobody is given somebody else's token.
  test.skipIf(!hasCurl || process.env.TEST_DATABASE_URL !== undefined)(
    '照 README 逐字输入，所说皆成 README, typed as it stands, does what it says',
    async () => {
      const shown = await typeByHand(town)
      for (const word of ['已查到', '未查到', '已冻结', '已解除']) expect(shown).toContain(`"zh": "${word}"`)
      for (const code of ['role-missing', 'case-exists', 'person-number-check', 'idempotency-key-reused'])
        expect(shown).toContain(`"code": "${code}"`)
      expect(shown).toContain('结论 verdict: 通过 ok')
    },
    120_000,
  )
})
