import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { generateSm2 } from '../src/signing/sm2-key.ts'
import { opensslDesk, opensslKnowsSm2 } from './signing/openssl.ts'
import { opensslCa } from './signing/openssl-ca.ts'
import { gatewayProcess } from './support/gateway-process.ts'

const root = mkdtempSync(join(tmpdir(), 'writ-sm2-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A runtime that computes SM2 as another one might: the digest is another, and nothing says so. */
const crippled = `
  import crypto from 'node:crypto'
  import { syncBuiltinESMExports } from 'node:module'
  const { createSign, createVerify } = crypto
  crypto.createSign = (hash, ...more) => createSign(hash === 'sm3' ? 'sha256' : hash, ...more)
  crypto.createVerify = (hash, ...more) => createVerify(hash === 'sm3' ? 'sha256' : hash, ...more)
  syncBuiltinESMExports()
`

describe('a gateway in a process of its own', () => {
  test('does not start on a runtime that fails the self-test, when it is to sign with SM2', async () => {
    const preload = join(root, 'crippled.mjs')
    writeFileSync(preload, crippled)
    const broken = { NODE_OPTIONS: `--import ${preload}`, WRIT_SIGNING_ALGORITHM: 'SM2' }
    const gateway = await gatewayProcess(join(root, 'broken'), 'gw.writ.example', broken)
    await expect(gateway.rise()).rejects.toThrow(/fails the SM2 self-test: .*the signature of the annex/)
  })

  test.skipIf(!opensslKnowsSm2)('signs with SM2 and registers only whom its CA vouches for', async () => {
    const desk = opensslDesk()
    const ca = opensslCa(desk)
    const authority = ca.root('Writ Test Root')
    const bureau = ca.issue(authority, 'land-120116')
    desk.put('ca.pem', authority.pem)
    const settings = {
      WRIT_SIGNING_ALGORITHM: 'SM2',
      WRIT_LOG_SM2: 'true',
      WRIT_REGISTRY_CA_FILE: join(desk.dir, 'ca.pem'),
    }
    const dir = join(root, 'sm2')
    const gateway = await gatewayProcess(dir, 'gw.writ.example', settings)
    await gateway.rise()
    const add = (name: string, jwk: object, certificate?: string) => {
      const file = { code: name, name, adapter: 'land', mode: 'pull', assetClasses: ['land'], measures: ['inquire'] }
      const key = { jwk: { kid: name, alg: 'SM2-SM3', ...jwk }, ...(certificate && { certificate }) }
      writeFileSync(join(dir, `${name}.json`), JSON.stringify({ ...file, keys: [key] }))
      return gateway.writ('partner', 'add', join(dir, `${name}.json`))
    }
    const { d: _d, ...unknown } = generateSm2()
    await expect(add('land-120117', unknown)).rejects.toThrow('without a certificate')
    await expect(add('land-120117', unknown, bureau.pem)).rejects.toThrow('of another key')
    expect((await add('land-120116', ca.jwkOf(bureau), bureau.pem))[0]).toBe('已登记 registered: land-120116')
    const keys = (await gateway.writ('keys', 'list')).map((line) => line.split('\t'))
    const algorithmOf = (use: string) => new Set(keys.filter(([whose]) => whose === use).map(([, , alg]) => alg))
    expect(algorithmOf('court:津0116')).toEqual(new Set(['SM2-SM3']))
    expect(algorithmOf('log-sm2')).toEqual(new Set(['SM2-SM3']))
    expect(await (await fetch(`${gateway.origin}/log/key/sm2`)).text()).toMatch(/^gw\.writ\.example\/log\+/)
    await gateway.stop()
    desk.close()
  })
})
