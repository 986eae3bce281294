import { expect, test } from 'vitest'
import { sealEnvelope } from '../../src/signing/envelope.ts'
import { keysAmong } from '../../src/signing/key.ts'
import { openPartnerToken, openStatus, openStatusAnswer, signStatus } from '../../src/signing/service.ts'
import { bureau, delivery, gateway, iat, minute, now, pair } from './exchange.ts'

const between = (keys: Parameters<typeof keysAmong>[0], at = now) => ({
  keysOf: keysAmong(keys),
  issuer: bureau.code,
  audience: gateway,
  now: at,
})

test('a partner’s token lives at most 60 seconds and says what to burn', async () => {
  const { signing, registered } = await pair()
  const token = (changes: object = {}, typ = 'writ-partner+jwt') =>
    sealEnvelope(signing, typ, { iss: bureau.code, aud: gateway, iat, exp: iat + 60, jti: 'once', ...changes })
  const code = async (text: string, at = now) => {
    const opened = await openPartnerToken(text, between([registered], at))
    return opened.kind === 'opened' ? opened.kind : opened.code
  }
  expect(await openPartnerToken(await token(), between([registered]))).toMatchObject({
    registry: bureau.code,
    jti: 'once',
    burnUntil: new Date(now.getTime() + minute + 5 * minute),
  })
  expect(await code(await token({ exp: iat + 61 }))).toBe('expired')
  expect(await code(await token({ exp: iat }))).toBe('expired')
  expect(await code(await token(), new Date(now.getTime() + 6 * minute))).toBe('opened')
  expect(await code(await token(), new Date(now.getTime() + 6 * minute + 1))).toBe('expired')
  expect(await code(await token({ aud: 'elsewhere' }))).toBe('audience')
  expect(await code(await token({ iss: 'land-120117' }))).toBe('issuer')
  expect(await code(await token({ exp: undefined }))).toBe('content')
  expect(await code(await token({}, 'writ-statement+jws'))).toBe('type')
})

test('an answer to an older question is no answer to this one', async () => {
  const { signing, registered } = await pair()
  const answer = await sealEnvelope(signing, 'writ-status-answer+jws', {
    iss: bureau.code,
    aud: gateway,
    iat,
    inquiry: 'question-1',
    re: delivery,
    known: false,
    statements: [],
  })
  const open = (inquiry: string, re: string) => openStatusAnswer(answer, { ...between([registered]), inquiry, re })
  expect(await open('question-1', delivery)).toMatchObject({ kind: 'opened', claims: { known: false } })
  expect(await open('question-2', delivery)).toMatchObject({ code: 'other-delivery' })
  expect(await open('question-1', delivery.replace('1', '2'))).toMatchObject({ code: 'other-delivery' })
})

test('a status inquiry is signed by the court it is of', async () => {
  const { signing, registered } = await pair()
  const signer = {
    sign: async (use: string, typ: string, claims: object) => {
      expect(use).toBe('court:津0116')
      return sealEnvelope(signing, typ, claims)
    },
  }
  const text = await signStatus(signer, { court: '津0116', registry: bureau.code, re: delivery, jti: 'q', now })
  const opened = await openStatus(text, {
    keysOf: keysAmong([registered]),
    issuer: '津0116',
    audience: bureau.code,
    now,
  })
  expect(opened).toMatchObject({ kind: 'opened', claims: { re: delivery, jti: 'q' } })
})
