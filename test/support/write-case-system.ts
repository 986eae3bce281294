import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { caseTyp } from '../../src/http/case-claims.ts'

/*
 * Writes `docs/case-system/vector.json`: a case as a case system signs it. Run by `npx tsx test/support/write-case-system.ts`.
 * An Ed25519 signature under a fixed key is the same bytes every time, so a test can compare.
 */

const digestOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('base64url')

/** A key whose seed is the SHA-256 of a sentence: anybody can make it again, so nobody may ever register it. */
function demoKey() {
  const seed = createHash('sha256').update('writ case-system vector: the case system').digest()
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const { crv = '', kty = '', x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  // RFC 7638: the thumbprint of the key is its name.
  const jwk = { kty, crv, x, kid: digestOf(JSON.stringify({ crv, kty, x })), alg: 'EdDSA' }
  return { privateKey, jwk, d: seed.toString('base64url') }
}

const person = { kind: 'person', idType: 'id-card' }

/** The vector; `claims` in the order in which they are signed. */
export function caseVector() {
  const { privateKey, jwk, d } = demoKey()
  const claims = {
    iss: 'anjian-jin0116',
    aud: 'gw.test.writ',
    iat: Date.parse('2026-01-05T10:00:00+08:00') / 1000,
    jti: '019b8b00-5f00-7000-8000-000000000202',
    sequence: 3,
    case: '（2026）津0116执202号',
    standing: 'open',
    claim: '50000.00',
    costs: '650.00',
    judge: '周正',
    team: '执行一团队',
    parties: [
      { id: 'dsr-1', role: 'debtor', subject: { ...person, name: '张某某', idNumber: '120116198503120013' } },
      { id: 'dsr-2', role: 'applicant', subject: { ...person, name: '李某某', idNumber: '110101199003070097' } },
    ],
  }
  const header = { alg: 'EdDSA', kid: jwk.kid, typ: caseTyp }
  const payload = JSON.stringify(claims)
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const { iss: id, aud: gateway } = claims
  return {
    note: 'The private key is public, so that the same bytes can be signed again. Never register it.',
    gateway,
    client: {
      id,
      court: '津0116',
      name: '案件管理系统',
      kind: 'case-system',
      keys: [{ jwk, validFrom: '2026-01-01T00:00:00+08:00' }],
    },
    privateJwk: { ...jwk, d },
    header,
    claims,
    payloadSha256: digestOf(payload),
    jws: `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`,
  }
}

export const vectorPath = join(dirname(fileURLToPath(import.meta.url)), '../../docs/case-system/vector.json')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(vectorPath), { recursive: true })
  writeFileSync(vectorPath, `${JSON.stringify(caseVector(), null, 2)}\n`)
}
