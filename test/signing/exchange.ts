import type { CaseNumber } from '../../src/domain/case-number.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import type { Measure } from '../../src/domain/measure.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import { claimsOf } from '../../src/signing/claims/from-request.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { type SigningKey, sealEnvelope } from '../../src/signing/envelope.ts'
import { keysAmong, type RegisteredKey } from '../../src/signing/key.ts'
import { makeKey, publicJwk, signingKeyOf } from '../../src/signing/make-key.ts'
import { openStatement } from '../../src/signing/statement.ts'

export const now = new Date('2026-06-03T09:15:00+08:00')
export const gateway = 'gw.test.writ'
export const iat = now.getTime() / 1000
export const minute = 60_000
export const day = 24 * 60 * minute

export const bureau: Registry = {
  code: 'land-120116' as RegistryCode,
  name: '滨海新区规划和自然资源局（示范）',
  assetClasses: ['land', 'real-estate'],
  measures: ['inquire', 'seal', 'release'],
}
export const house = { class: 'real-estate', unitCode: '120116001001GB00001F00010001' } as const
export const delivery = '0197336e-0000-7000-8000-000000000001'

export const seal: Measure = {
  kind: 'seal',
  targets: [{ asset: house, scope: 'whole' }],
  term: { kind: 'months', months: 36 },
}
export const inquire: Measure = { kind: 'inquire', kinds: ['deposit', 'real-estate', 'transactions'] }

/** A key pair with its public half as it would be registered. */
export async function pair(
  algorithm: Algorithm = 'EdDSA',
): Promise<{ signing: SigningKey; registered: RegisteredKey }> {
  const made = await makeKey(algorithm, {
    state: 'current',
    validFrom: new Date(now.getTime() - 30 * day),
    demo: false,
  })
  return {
    signing: signingKeyOf(made),
    registered: { kid: made.kid, jwk: publicJwk(made.jwk), validFrom: new Date(made.validFrom) },
  }
}

export const requestOf = (measure: Measure) =>
  claimsOf({
    gateway,
    court: '津0116' as CourtCode,
    case: '（2026）津0116执3456号' as CaseNumber,
    caseSeq: 7,
    delivery,
    registry: bureau,
    subject: { kind: 'person', name: '陈志远', idType: 'id-card', idNumber: '120116198503120013' },
    asked: {
      party: 'party',
      measure,
      registries: [bureau.code],
      basis: { statute: '民事诉讼法第二百五十三条', purpose: '查控财产', documents: [] },
      officers: [
        { name: '林书远', workCertificate: '津A0116001', dutyCertificate: '津执0116001' },
        { name: '赵明诚', workCertificate: '津A0116002', dutyCertificate: '津执0116002' },
      ],
      contact: { name: '林书远', phone: '022-65300000' },
    },
    approvals: [],
    issuedAt: now,
    validUntil: new Date(now.getTime() + 30 * day),
    respondBy: new Date(now.getTime() + day),
  })

/** One delivery, the court's, and what its registry can say to it. */
export async function openExchange(measure: Measure = seal, algorithm: Algorithm = 'EdDSA') {
  const court = await pair(algorithm)
  const registry = await pair(algorithm)
  const claims = requestOf(measure)
  const jws = await sealEnvelope(court.signing, 'writ-request+jws', claims)
  const said = {
    iss: bureau.code,
    aud: gateway,
    iat: iat + 60,
    jti: 'statement-1',
    re: delivery,
    re_sha256: digestOf(jws),
    kind: measure.kind === 'inquire' ? 'nothing' : 'executed',
    sequence: 1,
    receivedAt: '2026-06-03T09:15:30+08:00',
    receiptNumber: 'land-00000001',
    ...(measure.kind !== 'inquire' && {
      targets: [{ asset: house, effect: 'effective', controlNo: 'X1', term: { from: '2026-06-03', to: '2029-06-03' } }],
    }),
  }
  const sign = (changes: object = {}, typ = 'writ-statement+jws', key = registry.signing) =>
    sealEnvelope(key, typ, { ...said, ...changes })
  const open = (
    message: string | Uint8Array,
    at = new Date(now.getTime() + 2 * minute),
    keys = [registry.registered],
  ) => openStatement(message, { id: delivery, jws, claims }, { keysOf: keysAmong(keys), gateway, now: at })
  const code = async (...told: Parameters<typeof open>) => {
    const opened = await open(...told)
    return opened.kind === 'proved' ? 'proved' : opened.code
  }
  return { court, registry, claims, jws, said, sign, open, code }
}
