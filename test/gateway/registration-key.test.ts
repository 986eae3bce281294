import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDirectory, vouchedBy } from '../../src/gateway/directory.ts'
import type { NewRegistry } from '../../src/gateway/partners/register.ts'
import type { RegisteredRegistry, Registries } from '../../src/gateway/ports/reads.ts'
import { readRegistration } from '../../src/gateway/registration.ts'
import { type Authorities, readAuthorities } from '../../src/signing/certify.ts'
import { standingOfKey } from '../../src/signing/key.ts'
import { generateSm2 } from '../../src/signing/sm2-key.ts'
import { opensslDesk, opensslKnowsSm2 } from '../signing/openssl.ts'
import { type Issued, opensslCa } from '../signing/openssl-ca.ts'

/** An hour on, so that what openssl makes here has begun however slow the machine. */
const now = new Date(Date.now() + 3_600_000)
const day = 86_400_000
const later = (days: number) => new Date(now.getTime() + days * day)

const fileOf = (jwk: object, certificate?: string) => ({
  code: 'land-120116',
  name: '滨海新区规划和自然资源局（示范）',
  adapter: 'land',
  mode: 'pull',
  assetClasses: ['land'],
  measures: ['inquire', 'seal'],
  keys: [{ jwk: { kid: 'k1', ...jwk }, ...(certificate && { certificate }) }],
})
const registered = (file: object, authorities?: Authorities, at = now) => readRegistration(file, at, false, authorities)

describe('the key of a registration', () => {
  const { d, ...open } = generateSm2()
  const jwk = { ...open, alg: 'SM2-SM3' }

  test('may be SM2', async () => {
    expect((await registered(fileOf(jwk))).keys).toEqual([{ kid: 'k1', jwk: { kid: 'k1', ...jwk }, validFrom: now }])
  })

  test.each([
    ['private', { ...jwk, d }],
    ['of another algorithm than it says', { ...jwk, alg: 'ES256' }],
    ['of an algorithm nobody knows', { ...jwk, alg: 'SM2' }],
    ['no point of its curve', { ...jwk, y: jwk.x }],
  ])('is refused when it is %s', async (_, bad) => {
    await expect(registered(fileOf(bad))).rejects.toThrow()
  })
})

describe.skipIf(!opensslKnowsSm2)('with a CA configured, the key of a registration', () => {
  const desk = opensslDesk()
  const ca = opensslCa(desk)
  afterAll(() => desk.close())
  let authorities: Authorities
  let bureau: Issued
  let stranger: Issued
  beforeAll(() => {
    const root = ca.root('Writ Test Root')
    authorities = readAuthorities(root.pem)
    bureau = ca.issue(root, 'land-120116')
    stranger = ca.issue(ca.root('Writ Test Root'), 'land-120116')
  })
  const keyOf = (issued: Issued) => ({ ...ca.jwkOf(issued), alg: 'SM2-SM3' })
  const good = () => fileOf(keyOf(bureau), bureau.pem)

  test('is kept with its certificate', async () => {
    expect((await registered(good(), authorities)).keys[0]?.certificate).toBe(bureau.pem)
  })

  test('is refused without one, with one of another CA, of another key, or that is over', async () => {
    const why = (file: object, at?: Date) => registered(file, authorities, at).catch(({ message }) => message)
    expect(await why(fileOf(keyOf(bureau)))).toContain('without a certificate')
    expect(await why(fileOf(keyOf(stranger), stranger.pem))).toContain('does not lead to the CA')
    expect(await why(fileOf(keyOf(bureau), stranger.pem))).toContain('of another key')
    expect(await why(good(), later(400))).toContain('are valid from')
    expect(await why(good(), later(-1))).toContain('are valid from')
  })

  test('without a CA a certificate is not asked, but a wrong one is a mistake', async () => {
    expect((await registered(fileOf(keyOf(stranger), stranger.pem))).keys).toHaveLength(1)
    await expect(registered(fileOf(keyOf(bureau), stranger.pem))).rejects.toThrow('of another key')
  })

  test('counts while its certificate does: judged again whenever the registries are read', async () => {
    const kept = await registered(good(), authorities)
    const bare = await registered(fileOf(keyOf(bureau)))
    const standing = async (given: NewRegistry, by: Authorities | undefined, at: Date) => {
      const keys = given.keys.map((key) => ({ ...key, provedAt: key.validFrom }))
      const registry: RegisteredRegistry = { ...given, keys, state: 'live', registeredBy: 'operator' }
      const registries = { all: async () => [registry], revision: async () => '1' } as unknown as Registries
      const adapter = { kind: 'errand' } as never
      const directory = await openDirectory(
        registries,
        () => adapter,
        vouchedBy(by, () => now),
      )
      const [key] = directory.counter(registry.code)?.registered.keys ?? []
      return key && standingOfKey(key, at)
    }
    expect(await standing(kept, authorities, later(0.01))).toBe('counts')
    expect(await standing(kept, authorities, later(400))).toBe('no-longer')
    expect(await standing(kept, undefined, later(400))).toBe('counts')
    // Registered before there was a CA, or vouched for by the one before: it counts no more.
    expect(await standing(bare, authorities, later(0.01))).toBe('not-yet')
    expect(await standing(kept, readAuthorities(stranger.pem), later(0.01))).toBe('not-yet')
  })
})
