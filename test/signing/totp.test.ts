import { expect, test } from 'vitest'
import { base32, drawTotpSecret, totpCode, totpStep, totpStepOf, totpUri } from '../../src/signing/totp.ts'

const secret = Buffer.from('12345678901234567890')
const at = (seconds: number) => new Date(seconds * 1000)

// RFC 6238, appendix B, the rows of SHA-1.
test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('at %s seconds the code of RFC 6238 is %s', (seconds, code) => {
  expect(totpCode(secret, totpStep(at(seconds)), 8)).toBe(code)
  expect(totpCode(secret, totpStep(at(seconds)))).toBe(code.slice(-6))
})

test('a code is known in its own step and the one before and after, and nowhere else', () => {
  const step = totpStep(at(1234567890))
  const code = totpCode(secret, step)
  const seen = [-2, -1, 0, 1, 2].map((off) => totpStepOf(secret, code, at((step + off) * 30 + 7)))
  expect(seen).toEqual([undefined, step, step, step, undefined])
})

test('a code may be typed with spaces or full-width digits, and nothing else will do', () => {
  const now = at(1234567890)
  const code = totpCode(secret, totpStep(now))
  expect(totpStepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBeDefined()
  expect(
    totpStepOf(
      secret,
      code.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? ''),
      now,
    ),
  ).toBeDefined()
  for (const wrong of ['', code.slice(1), `${code}0`, 'abcdef', '0'.repeat(5000)])
    expect(totpStepOf(secret, wrong, now)).toBeUndefined()
})

// RFC 4648, section 10.
test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['foobar', 'MZXW6YTBOI'],
])('%j in base32 is %j', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('an authenticator is told the secret and who it is for, and no court or case', () => {
  const uri = new URL(totpUri(secret, { issuer: 'gw.writ.example', username: 'lin' }))
  expect(decodeURIComponent(uri.pathname)).toBe('/gw.writ.example:lin')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: 'gw.writ.example',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
  expect(drawTotpSecret()).toHaveLength(20)
})
