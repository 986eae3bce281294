import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Layout } from '../../src/evidence/manifest.ts'
import type { OutsideTrust } from '../../src/evidence/trust.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import { writeLayout } from '../../src/evidence/write.ts'
import { signerNamed } from '../ledger/keys.ts'
import { opensslKnowsSm2 } from '../signing/openssl.ts'
import { bundleOf, type Courthouse, changed, openCourthouse, playOut, textAt } from './courthouse.ts'

let at: Courthouse
let bundle: Layout

beforeAll(async () => {
  at = await openCourthouse(undefined, { algorithm: 'SM2-SM3', logSm2: true })
  await playOut(at)
  bundle = await bundleOf(at, await playOut(at))
})
afterAll(() => at.close())

const codes = async (layout: Layout, outside: OutsideTrust = {}) => {
  const { verdict, checks } = await verifyLayout(layout, outside)
  return [verdict, ...new Set(checks.filter(({ status }) => status !== 'ok').map(({ code }) => code))]
}
const policy = (...vkeys: readonly (string | undefined)[]) => ({
  policy: `${vkeys.map((vkey) => `log ${vkey}\n`).join('')}quorum none\n`,
})
const inclusions = async (outside: OutsideTrust) =>
  (await verifyLayout(bundle, outside)).checks.filter(({ check }) => check === 'inclusion').map(({ detail }) => detail)

const headerOf = (path: string) =>
  JSON.parse(Buffer.from(textAt(bundle, path).split('.')[0] ?? '', 'base64url').toString())

describe('an exchange signed with SM2 on both sides', () => {
  test('is proved offline: request, statement, receipt and every leaf', async () => {
    expect(await codes(bundle)).toEqual(['ok'])
    for (const path of ['messages/0001-request.jws', 'messages/0002-statement.jws', 'records/0001.jws'])
      expect(headerOf(path).alg).toBe('SM2-SM3')
  })

  test('is not proved by a leaf whose signature is another’s', async () => {
    const [first, other] = [textAt(bundle, 'records/0001.jws'), textAt(bundle, 'records/0002.jws')]
    const swapped = [...first.split('.').slice(0, 2), other.split('.')[2]].join('.')
    expect(await codes(changed(bundle, { 'records/0001.jws': swapped }))).toContain('record-signature')
  })

  test('is not proved by keys that are called what they are not', async () => {
    const jwks = JSON.parse(textAt(bundle, 'trust/jwks.json'))
    const keys = jwks.keys.map((key: { crv: string; kid: string }) => ({
      ...key,
      ...(key.crv === 'SM2' && { crv: 'P-256' }),
    }))
    expect(await codes(changed(bundle, { 'trust/jwks.json': JSON.stringify({ keys }) }))).toContain('key-misnamed')
  })
})

describe('a log that signs with SM2 as well', () => {
  test('is believed by both keys, or by either alone, as the policy names them', async () => {
    expect(await codes(bundle, policy(at.vkey, at.sm2Vkey))).toEqual(['ok'])
    expect(await codes(bundle, policy(at.vkey))).toEqual(['ok'])
    expect(await codes(bundle, policy(at.sm2Vkey))).toEqual(['ok'])
    expect((await inclusions(policy(at.vkey, at.sm2Vkey)))[0]).toContain('signed by 2 of its 2 keys')
    expect((await inclusions(policy(at.sm2Vkey)))[0]).not.toContain('signed by')
  })

  test('is not believed when its SM2 line is wrong and the policy names it', async () => {
    const proof = textAt(bundle, 'proofs/0001.tlog-proof')
    const other = (await at.note(1)).split('\n').at(-2)
    const wrong = changed(bundle, { 'proofs/0001.tlog-proof': proof.replace(/— .*\n$/, `${other}\n`) })
    expect(await codes(wrong, policy(at.vkey, at.sm2Vkey))).toContain('proof-bad-signature')
    expect(await codes(wrong, policy(at.vkey))).toEqual(['ok'])
  })

  test('is not believed by a policy that names another log, or by a PEM that is another key', async () => {
    expect(await codes(bundle, policy(signerNamed('writ.test/log', 9).vkey))).toContain('trust-differs')
    const swapped = changed(bundle, { 'trust/log-sm2.pub.pem': textAt(bundle, 'trust/log.pub.pem') })
    expect(await codes(swapped)).toContain('trust-differs')
    expect(await codes(swapped, policy(at.vkey))).toEqual(['ok'])
  })

  test.skipIf(!opensslKnowsSm2)('is checked by openssl alone, as its README says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'writ-bundle-sm2-'))
    afterAll(() => rmSync(folder, { recursive: true }))
    await writeLayout(folder, bundle)
    const lines = textAt(bundle, 'README.txt').split('\n')
    const until = lines.findIndex((line) => line.includes('log-sm2.pub.pem'))
    const block = lines.slice(until - 4, until + 1).map((line) => line.slice(4))
    const run = (script: readonly string[]) =>
      execFileSync('bash', ['-euo', 'pipefail', '-c', script.join('\n')], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    expect(run(block)).toContain('Signature Verified Successfully')
    const altered = block.toSpliced(-1, 0, 'sed -i "2s/.*/99/" "$t/body"')
    expect(() => run(altered)).toThrow()
  })
})
