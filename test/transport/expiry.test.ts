import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { endOfBundle, sayEnding, warningDays, warningDue } from '../../src/transport/expiry.ts'
import { openExpiryWatch } from '../../src/transport/expiry-watch.ts'
import { certificateFolder, hasOpenssl } from '../support/certificates.ts'

const day = 86_400_000
const now = new Date('2026-06-03T09:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * day)

describe('a certificate that ends', () => {
  test.each([
    [31, 'ok', undefined],
    [30.5, 'ends in 30 days', 30],
    [15, 'ends in 15 days', 30],
    [14, 'ends in 14 days', 14],
    [6.9, 'ends in 6 days', 7],
    [1.5, 'ends in 1 day', 1],
    [0.5, 'ends in 0 days', 1],
    [0, 'ended 2026-06-03', 0],
    [-3, 'ended 2026-05-31', 0],
  ])('in %s days is said to be "%s"', (days, said, due) => {
    expect(sayEnding(inDays(days), now)).toBe(said)
    expect(warningDue(inDays(days), now)).toBe(due)
  })

  test('is warned of ever more urgently as days pass, never less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), fc.integer({ min: 0, max: 60 * 24 }), (hours, later) => {
        const endsAt = new Date(now.getTime() + hours * 3_600_000)
        const first = warningDue(endsAt, now) ?? Number.POSITIVE_INFINITY
        const then = warningDue(endsAt, new Date(now.getTime() + later * 3_600_000)) ?? Number.POSITIVE_INFINITY
        expect(then).toBeLessThanOrEqual(first)
      }),
    )
  })
})

/** A watch whose clock the test turns, and what it has logged. */
function watchAt(start: Date) {
  let at = start
  const logged: { certificate: string; daysLeft: number }[] = []
  const log = { warn: (line: (typeof logged)[number]) => void logged.push(line) }
  const watch = openExpiryWatch(() => at, log as never)
  return {
    watch,
    logged,
    pass: async (days: number) => {
      at = new Date(at.getTime() + days * day)
      await watch.look([], { look: async () => undefined })
    },
  }
}

describe('the watch', () => {
  test('logs each warning once, day by day until the end', async () => {
    const { watch, logged, pass } = watchAt(now)
    watch.saw('land.example', inDays(40.5))
    for (let passed = 0; passed < 45; passed += 1) await pass(1)
    expect(logged.map(({ daysLeft }) => daysLeft)).toEqual([...warningDays, -1])
    expect(logged.every(({ certificate }) => certificate === 'land.example')).toBe(true)
  })

  test('a renewed certificate is a new one', async () => {
    const { watch, logged, pass } = watchAt(now)
    watch.saw('land.example', inDays(5))
    watch.saw('land.example', inDays(90))
    await pass(1)
    expect(logged).toHaveLength(1)
    expect(watch.checks()).toEqual({ 'certificate-of-registries': 'ok' })
  })

  test('/readyz names no registry: the first of theirs to end stands for all', () => {
    const { watch } = watchAt(now)
    watch.saw('land.example', inDays(90))
    watch.saw('bank.example', inDays(6.5))
    expect(watch.checks()).toEqual({ 'certificate-of-registries': 'ends in 6 days' })
  })

  test('looks at those it can reach over https, and sees one that is over already', async () => {
    const { watch } = watchAt(now)
    const looked: string[] = []
    const look = async (origin: string) => {
      looked.push(origin)
      return 'CERT_HAS_EXPIRED'
    }
    await watch.look(['https://land.example', 'http://127.0.0.1:9001'], { look })
    expect(looked).toEqual(['https://land.example'])
    expect(watch.checks()).toEqual({ 'certificate-of-registries': 'ended 2026-06-03' })
  })
})

describe.skipIf(!hasOpenssl)('a bundle', () => {
  const folder = hasOpenssl ? certificateFolder() : undefined
  afterAll(() => folder?.close())

  test('ends when the first certificate in it ends', () => {
    const authority = folder?.authority('Authority')
    const short = authority?.issue({ cn: 'short', days: 3 })
    const end = endOfBundle(`${authority?.cert}${short?.cert}`)
    expect(end).toEqual(endOfBundle(short?.cert ?? ''))
    const { watch, logged } = watchAt(new Date())
    watch.hold({ server: `${short?.cert}${authority?.cert}`, 'client-authorities': undefined })
    expect(watch.checks()).toEqual({ 'certificate-server': 'ends in 2 days' })
    expect(logged).toMatchObject([{ certificate: 'server', daysLeft: 2 }])
  })

  test('without a certificate never ends', () => {
    expect(endOfBundle('no certificate')).toBeUndefined()
  })
})
