import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { landUnits } from '../adapters/land/sandbox-world.ts'
import { sandboxPeople } from '../adapters/sandbox.ts'
import { playConformance } from './conformance/play.ts'
import { readKeys, readSubjects } from './conformance/subjects.ts'
import { freePort } from './support/free-port.ts'
import { startSandboxProcess } from './support/sandbox-process.ts'

/** `npm run conformance` plays this against a registry somebody else wrote; here it is our own land bureau, and nobody is killed. */
test('the land bureau conforms to docs/protocol.md, check by check', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'writ-conforming-'))
  const gateway = { port: await freePort(), id: 'gw.writ.example' }
  const { origin, ready, kill } = await startSandboxProcess('land', {
    books: join(dir, 'books.json'),
    code: 'land-120116',
    gateway: { origin: `http://127.0.0.1:${gateway.port}`, id: gateway.id },
  })
  try {
    const subjects = readSubjects({
      nothing: person('nothing'),
      owner: person('found'),
      asset: { class: 'land', unitCode: landUnits.clean },
      effects: '/sandbox/books',
    })
    const keys = readKeys({ keys: ready.keys })
    const options = { origin, code: 'land-120116', keys, subjects, gateway, patienceMs: 15_000, kills: false }
    const { results, conforms } = await playConformance(options, () => {})
    expect(results.filter(({ outcome }) => outcome !== 'ok')).toEqual([])
    expect(results.length).toBeGreaterThan(40)
    expect(conforms).toBe(true)
  } finally {
    await kill()
    rmSync(dir, { recursive: true, force: true })
  }
}, 120_000)

function person(who: 'nothing' | 'found') {
  const { name, idNumber } = sandboxPeople[who]
  return { name, idNumber }
}
