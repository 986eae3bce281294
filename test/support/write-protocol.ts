import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { onePagePdf } from '../../src/demo/paper.ts'
import type { Answer } from '../../src/domain/fold.ts'
import type { DocumentKind } from '../../src/domain/legal-basis.ts'
import { type RequestClaims, requestClaims } from '../../src/signing/claims/request.ts'
import type { statementClaims } from '../../src/signing/claims/statement.ts'
import { envelopeTypes, sealEnvelope } from '../../src/signing/envelope.ts'
import type { UnprovedCode } from '../../src/signing/proof.ts'
import { protocolSchemas } from '../../src/signing/schemas.ts'
import { sm2Vectors } from './sm2-vectors.ts'

/*
 * Writes `docs/protocol/`: the JSON Schemas and the vectors. Run by `npx tsx test/support/write-protocol.ts`. Ed25519
 * signatures and fixed keys make the same bytes every time, so a test can compare.
 */

type Said = z.input<typeof statementClaims>
type Told = Partial<Omit<Said, 'iat'>> & Pick<Said, 'kind'>
type Asked = Partial<RequestClaims> & Pick<RequestClaims, 'measure'>
type Signed<Claims> = { readonly name: string; readonly claims: Claims; readonly jws: string }
type Request = Signed<RequestClaims> & { readonly sha256: string }
/** `breaks` tells what a JSON Schema can see (the form) from what it cannot (a rule of the page). */
type Bad = {
  readonly name: string
  readonly request: string
  readonly code: UnprovedCode
  readonly breaks?: 'form' | 'rule'
  readonly detail?: string
}
type Pem = { readonly kid: string; readonly alg: 'EdDSA'; readonly privateKey: KeyObject; readonly jwk: object }

const [gateway, court, registry, log] = ['writ.example', '津0116', 'demo-120116', 'writ.example/log']
const judgedAt = '2026-09-01T10:00:00+08:00'
const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1000)
const now = seconds(judgedAt)
const digestOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('base64url')
const b64u = (text: string) => Buffer.from(text).toString('base64url')

/** A key whose seed is the SHA-256 of a sentence: anybody can make it again, so nobody may ever register it. */
function demoKey(whose: string): Pem {
  const seed = createHash('sha256').update(`writ protocol vectors: ${whose}`).digest()
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const { crv = '', kty = '', x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const kid = digestOf(JSON.stringify({ crv, kty, x }))
  return { kid, alg: 'EdDSA', privateKey, jwk: { kty, crv, x, d: seed.toString('base64url'), kid, alg: 'EdDSA' } }
}

const keys = {
  court: demoKey('the court'),
  receipt: demoKey('the gateway, for receipts'),
  registry: demoKey('the registry'),
  retired: demoKey('the registry, retired'),
  revoked: demoKey('the registry, revoked'),
  next: demoKey('the registry, next year'),
  stranger: demoKey('a stranger'),
}
const publicOf = ({ jwk }: Pem) => Object.fromEntries(Object.entries(jwk).filter(([name]) => name !== 'd'))
const registered = [
  { ...publicOf(keys.registry), validFrom: '2026-01-01T00:00:00Z' },
  { ...publicOf(keys.retired), validFrom: '2025-01-01T00:00:00Z', retiredAt: '2026-08-01T00:00:00Z' },
  { ...publicOf(keys.revoked), validFrom: '2025-01-01T00:00:00Z', revokedAt: '2026-02-01T00:00:00Z' },
  { ...publicOf(keys.next), validFrom: '2027-01-01T00:00:00Z' },
]
const published = (key: Pem, whose: string) => ({
  ...publicOf(key),
  use: 'sig',
  for: whose,
  status: 'current',
  nbf: seconds('2026-01-01T00:00:00Z'),
})

/** Any header over any payload, well made or not. */
function rawSign(key: Pem, header: string, payload: string): string {
  const input = `${b64u(header)}.${b64u(payload)}`
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`
}
const headerOf = (more: object = {}) =>
  JSON.stringify({ alg: 'EdDSA', kid: keys.registry.kid, typ: envelopeTypes.statement, ...more })

const idOf = (n: number) => {
  const time = Date.parse('2026-06-03T09:00:00+08:00').toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(n).padStart(12, '0')}`
}

const papers = (['inquiry-notice', 'ruling', 'execution-notice', 'freeze-notice', 'release-notice'] as const).map(
  (kind) => ({ kind, bytes: Buffer.from(onePagePdf(`${kind} (fictional)`)) }),
)
const stamped = Buffer.from(onePagePdf('stamped receipt (fictional)'))
const fileOf = (bytes: Uint8Array) => ({ sha256: digestOf(bytes), mediaType: 'application/pdf', length: bytes.length })
const paper = (...wanted: DocumentKind[]) =>
  papers
    .filter(({ kind }) => wanted.includes(kind))
    .map(({ kind, bytes }) => ({ kind, number: `（2026）津0116执3456号之${kind}`, ...fileOf(bytes) }))

const debtor = { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' } as const
const company = {
  kind: 'organisation',
  name: '某某商贸有限公司',
  idType: 'credit-code',
  idNumber: '91120116MA0000015H',
} as const
const house = { class: 'real-estate', unitCode: '120116001001GB00001F00010001' } as const
const flat = { class: 'real-estate', presaleContractNo: 'YS2024-120116-000004' } as const
const account = { class: 'deposit', account: '6222000000000000001' } as const
const savings = { class: 'deposit', account: '6222000000000000002' } as const
const whole = (asset: typeof house | typeof flat) => ({ asset, scope: 'whole' as const })
const sealing = {
  subject: debtor,
  targets: [whole(house)],
  term: { months: 36, starts: 'activation' as const },
}
const rulingAnd = (notice: DocumentKind) => ({
  basis: {
    statute: '《中华人民共和国民事诉讼法》第二百五十五条',
    purpose: '控制被执行人财产',
    documents: paper('ruling', notice),
  },
  approvals: [{ name: '赵明诚', role: 'approver', at: '2026-06-03T08:55:00+08:00' }],
})

let made = 0
async function ask(name: string, asked: Asked): Promise<Request> {
  made += 1
  const claims = requestClaims.parse({
    iss: court,
    via: gateway,
    aud: registry,
    iat: seconds('2026-06-03T09:00:00+08:00'),
    jti: idOf(made),
    validUntil: '2026-07-03T09:00:00+08:00',
    respondBy: '2026-06-04T09:00:00+08:00',
    case: '（2026）津0116执3456号',
    caseSeq: 10 + made,
    basis: {
      statute: '《中华人民共和国民事诉讼法》第二百五十三条',
      purpose: '查明被执行人财产状况',
      documents: paper('inquiry-notice'),
    },
    officers: [
      { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
      { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
    ],
    contact: { name: '林书远', phone: '022-00000000' },
    approvals: [],
    subject: debtor,
    ...asked,
  })
  const jws = await sealEnvelope(keys.court, envelopeTypes.request, claims)
  return { name, claims, jws, sha256: digestOf(jws) }
}

/** What a registry would say, addressed and numbered. Receipt numbers grow with time, as they must. */
function saying({ claims, sha256 }: Request, sequence: number, moment: string, told: Told): Said {
  return {
    iss: registry,
    aud: gateway,
    iat: seconds(moment),
    jti: `${claims.jti.slice(-4)}-${sequence}`,
    re: claims.jti,
    re_sha256: sha256,
    sequence,
    receivedAt: '2026-06-03T09:00:02+08:00',
    receiptNumber: `${moment.replace(/\D/g, '').slice(0, 14)}${claims.jti.slice(-4)}`,
    ...told,
  }
}

async function history(request: Request, answer: Answer, ...told: readonly (readonly [moment: string, what: Told])[]) {
  const statements = []
  for (const [at, [moment, what]] of told.entries()) {
    const claims = saying(request, at + 1, moment, what)
    const jws = await sealEnvelope(keys.registry, envelopeTypes.statement, claims)
    statements.push({ claims, payload_sha256: digestOf(JSON.stringify(claims)), jws })
  }
  return { request: request.name, answer, statements }
}

const first = '2026-06-03T09:00:05+08:00'
const later = '2026-06-03T10:20:00+08:00'
const mortgage = { kind: 'mortgage', holder: '某某银行股份有限公司天津分行' } as const
const priorSeal = {
  kind: 'seal',
  holder: '天津市河西区人民法院',
  case: '（2025）津0103执1201号',
  until: '2028-02-29',
} as const
const holding: NonNullable<Said['holdings']>[number] = {
  asset: { ...house, parcelCode: '120116001001GB00001', certNo: '津（2023）滨海新区不动产权第1000001号' },
  share: 'sole',
  area: '98.60',
  usage: '住宅',
  encumbrances: [mortgage],
}
const effective = { asset: house, effect: 'effective', controlNo: '津滨封〔2026〕000017号' } as const
const stampedPaper = { sealedReceipt: fileOf(stamped) }
const reason = (code: string, text: string) => ({ reason: { code, text } })

/** Every good message of the vectors. */
async function goodMessages() {
  const inquiry = await ask('inquiry', { measure: 'inquire', inquiry: { kinds: ['land', 'real-estate'] } })
  const nothing = await ask('nothing', { measure: 'inquire', subject: company, inquiry: { kinds: ['land'] } })
  const parts = await ask('in-parts', { measure: 'inquire', inquiry: { kinds: ['real-estate'] } })
  const seal = await ask('seal', { measure: 'seal', ...sealing, ...rulingAnd('execution-notice') })
  const preSeal = await ask('pre-seal', {
    measure: 'pre-seal',
    ...sealing,
    targets: [whole(flat)],
    ...rulingAnd('execution-notice'),
  })
  const freeze = await ask('freeze', {
    measure: 'freeze',
    targets: [account, savings].map((asset) => ({ asset, scope: 'part' as const, amount: '50000.00' })),
    currency: 'CNY',
    term: { from: '2026-06-03', to: '2027-06-03' },
    ...rulingAnd('freeze-notice'),
  })
  const release = await ask('release', {
    measure: 'release',
    targets: [whole(house)],
    parent: { delivery: seal.claims.jti },
    ground: 'paid',
    ...rulingAnd('release-notice'),
  })
  const refused = await ask('refused', { measure: 'seal', ...sealing, ...rulingAnd('execution-notice') })
  const returned = await ask('returned', { measure: 'seal', ...sealing, ...rulingAnd('execution-notice') })
  const histories = [
    await history(
      inquiry,
      'executed',
      [first, { kind: 'received' }],
      [later, { kind: 'executed', holdings: [holding] }],
      [
        '2026-06-05T15:00:00+08:00',
        { kind: 'corrected', holdings: [{ ...holding, encumbrances: [mortgage, priorSeal] }] },
      ],
    ),
    await history(nothing, 'nothing', [first, { kind: 'accepted' }], [later, { kind: 'nothing' }]),
    await history(
      parts,
      'executed',
      [first, { kind: 'executed', part: { n: 1, of: 2 }, holdings: [holding] }],
      [first, { kind: 'executed', part: { n: 2, of: 2 }, holdings: [{ ...holding, asset: flat, area: '60.10' }] }],
    ),
    await history(
      seal,
      'ended',
      [first, { kind: 'received' }],
      [
        later,
        { kind: 'waiting', targets: [{ ...effective, effect: 'waiting', queuePlace: 1, encumbrances: [priorSeal] }] },
      ],
      [
        '2026-07-01T10:00:00+08:00',
        {
          kind: 'activated',
          targets: [{ ...effective, term: { from: '2026-07-01', to: '2029-07-01' } }],
          ...stampedPaper,
        },
      ],
      [
        '2026-08-20T16:00:00+08:00',
        { kind: 'ended', targets: [{ ...effective, effect: 'ended', endedBy: 'disposed' }] },
      ],
    ),
    await history(
      preSeal,
      'executed',
      [
        first,
        { kind: 'executed', targets: [{ ...effective, asset: flat, term: { from: '2026-06-03', to: '2029-06-03' } }] },
      ],
      [
        '2026-08-01T09:00:00+08:00',
        {
          kind: 'converted',
          targets: [{ ...effective, asset: flat, registeredAt: '2026-08-01T08:59:00+08:00' }],
        },
      ],
    ),
    await history(freeze, 'partly', [
      first,
      {
        kind: 'partly',
        targets: [
          {
            asset: account,
            effect: 'effective',
            amount: '30000.00',
            overQuota: '20000.00',
            term: { from: '2026-06-03', to: '2027-06-03' },
          },
          { asset: savings, effect: 'none', reason: '账户已销户' },
        ],
        ...reason('not-executed', '账户已销户'),
      },
    ]),
    await history(release, 'executed', [
      '2026-08-21T09:00:00+08:00',
      {
        kind: 'executed',
        receivedAt: '2026-06-03T09:00:02+08:00',
        targets: [{ ...effective, effect: 'ended', endedBy: 'released' }],
        ...stampedPaper,
      },
    ]),
    await history(refused, 'refused', [later, { kind: 'refused', ...reason('document-mismatch', '文书与请求不一致') }]),
    await history(returned, 'returned', [later, { kind: 'returned', ...reason('withdrawn', '法院已撤回') }]),
  ]
  return { requests: [inquiry, nothing, parts, seal, preSeal, freeze, release, refused, returned], histories }
}

type Good = Awaited<ReturnType<typeof goodMessages>>

/** What is neither a request nor a statement. */
async function serviceMessages({ requests, histories }: Good) {
  const [inquiry] = requests
  const [told] = histories
  const executed = told?.statements[1]
  if (!inquiry || !executed) throw new Error('the first vector is gone')
  const question = { iss: court, aud: registry, iat: now - 30, exp: now + 270 }
  const answer = { iss: registry, aud: gateway, iat: now - 29 }
  const envelopes = [
    ['status', 'court', { ...question, jti: 'status-1', re: inquiry.claims.jti }],
    [
      'statusAnswer',
      'registry',
      {
        ...answer,
        inquiry: 'status-1',
        re: inquiry.claims.jti,
        known: true,
        statements: told.statements.map(({ jws }) => jws),
      },
    ],
    ['status', 'court', { ...question, jti: 'status-2', re: idOf(999) }],
    ['statusAnswer', 'registry', { ...answer, inquiry: 'status-2', re: idOf(999), known: false, statements: [] }],
    ['withdrawal', 'court', { ...question, jti: 'withdrawal-1', re: idOf(9), reason: '申请人撤回申请' }],
    [
      'receipt',
      'receipt',
      {
        iss: gateway,
        aud: registry,
        iat: seconds(later) + 1,
        jti: idOf(500),
        statement: executed.claims.jti,
        re: inquiry.claims.jti,
        payload_sha256: executed.payload_sha256,
        log,
        entry: idOf(501),
        mmd: 60,
      },
    ],
    ['partner', 'registry', { iss: registry, aud: gateway, iat: now - 5, exp: now + 55, jti: 'call-1' }],
    [
      'possession',
      'registry',
      { iss: registry, aud: gateway, nonce: digestOf('what the gateway gave'), iat: now - 5, jti: 'possession-1' },
    ],
  ] as const
  return Promise.all(
    envelopes.map(async ([kind, key, claims]) => {
      const typ = envelopeTypes[kind]
      return { typ, key, claims, jws: await sealEnvelope(keys[key], typ, claims) }
    }),
  )
}

/** Statements that prove nothing, each with the code it must be refused with. */
function badStatements({ requests }: Good): readonly (Bad & { readonly jws: string })[] {
  const named = (name: string): Request => {
    const request = requests.find((candidate) => candidate.name === name)
    if (!request) throw new Error(`no request ${name}`)
    return request
  }
  const seal = named('seal')
  const good = saying(seal, 1, first, { kind: 'received' })
  const jws = rawSign(keys.registry, headerOf(), JSON.stringify(good))
  const [head = '', body = '', signature = ''] = jws.split('.')
  const bad: (Bad & { readonly jws: string })[] = []
  const raw = (name: string, code: UnprovedCode, text: string) => bad.push({ name, request: 'seal', code, jws: text })
  const by = (name: string, code: UnprovedCode, key: Pem) =>
    raw(name, code, rawSign(key, headerOf({ kid: key.kid }), JSON.stringify(good)))
  const head2 = (name: string, code: UnprovedCode, more: object) =>
    raw(name, code, rawSign(keys.registry, headerOf(more), JSON.stringify(good)))
  const claim = (name: string, code: UnprovedCode, more: object) =>
    raw(name, code, rawSign(keys.registry, headerOf(), JSON.stringify({ ...good, ...more })))
  const says =
    (breaks: 'form' | 'rule') =>
    (name: string, request: string, detail: string, told: object): void => {
      const payload = JSON.stringify({ ...saying(named(request), 1, first, { kind: 'received' }), ...told })
      const text = rawSign(keys.registry, headerOf(), payload)
      bad.push({ name, request, code: 'statement-content', breaks, detail, jws: text })
    }
  const [form, rule] = [says('form'), says('rule')]

  raw('the signature is missing', 'statement-malformed', `${head}.${body}.`)
  raw('a line feed at the end', 'statement-malformed', `${jws}\n`)
  raw('base64url with padding', 'statement-malformed', `${head}.${body}.${signature}==`)
  raw('stray bits in the last character', 'statement-malformed', strayBits(jws))
  const twice = JSON.stringify(good).replace('{', '{"kind":"executed",')
  raw('a member named twice', 'statement-malformed', rawSign(keys.registry, headerOf(), twice))
  head2('a header that brings its own key', 'statement-malformed', { jwk: publicOf(keys.registry) })
  head2('a header with crit', 'statement-malformed', { crit: ['exp'] })
  raw('alg none', 'statement-algorithm', `${b64u(headerOf({ alg: 'none' }))}.${body}.AA`)
  head2('an algorithm that is not of the protocol', 'statement-algorithm', { alg: 'HS256' })
  head2('an algorithm that is not the key’s', 'statement-algorithm', { alg: 'ES256' })
  by('a key nobody registered', 'statement-key-unknown', keys.stranger)
  by('a key before its first day', 'statement-key-unknown', keys.next)
  by('a key eight days after its retirement', 'statement-key-revoked', keys.retired)
  by('a revoked key', 'statement-key-revoked', keys.revoked)
  raw(
    'another’s signature under our kid',
    'statement-signature',
    rawSign(keys.stranger, headerOf(), JSON.stringify(good)),
  )
  const changed = b64u(JSON.stringify({ ...good, sequence: 2 }))
  raw('a payload changed after signing', 'statement-signature', `${head}.${changed}.${signature}`)
  head2('no type', 'statement-type', { typ: undefined })
  head2('the type of a partner token', 'statement-type', { typ: envelopeTypes.partner })
  claim('another registry’s name', 'statement-issuer', { iss: 'other-120116' })
  claim('for another gateway', 'statement-audience', { aud: 'other.example' })
  claim('an audience in a list', 'statement-audience', { aud: [gateway] })
  claim('signed before the request was', 'statement-too-old', { iat: seal.claims.iat - 301 })
  claim('from the future', 'statement-from-future', { iat: now + 301 })
  claim('about another delivery', 'statement-other-delivery', { re: idOf(1) })
  claim('the digest of the payload instead of the text', 'statement-digest', {
    re_sha256: digestOf(payloadOf(seal.jws)),
  })
  claim('the digest with a line feed', 'statement-digest', { re_sha256: digestOf(`${seal.jws}\n`) })
  form('a time that is text', 'seal', '', { iat: String(good.iat) })
  form('a member that is not in the schema', 'seal', '', { colour: 'red' })
  form('an exp', 'seal', '', { exp: now + 60 })
  form('no receivedAt', 'seal', 'receivedAt', { receivedAt: undefined })
  form('a sequence of zero', 'seal', 'sequence', { sequence: 0 })
  form('an amount that is a number', 'freeze', 'targets.0.amount', {
    kind: 'executed',
    targets: [{ asset: account, effect: 'effective', amount: 30000 }],
  })
  rule('an amount with a leading zero', 'freeze', '', {
    kind: 'executed',
    targets: [{ asset: account, effect: 'effective', amount: '030000.00' }],
  })
  rule('a part beyond the last', 'in-parts', 'part', { kind: 'executed', holdings: [holding], part: { n: 3, of: 2 } })
  rule('a refusal without a reason', 'seal', 'reason', { kind: 'refused' })
  rule('found, and nothing is told', 'inquiry', 'holdings', { kind: 'executed' })
  rule('nothing found, and something is told', 'inquiry', 'holdings', { kind: 'nothing', holdings: [holding] })
  rule('an inquiry that waits', 'inquiry', 'kind', { kind: 'waiting' })
  rule('an inquiry that holds something', 'inquiry', 'targets', { kind: 'accepted', targets: [effective] })
  rule('received, and already effective', 'seal', 'targets', { kind: 'received', targets: [effective] })
  rule('executed, and nothing is', 'seal', 'targets.effect', {
    kind: 'executed',
    targets: [{ asset: house, effect: 'none' }],
  })
  rule('waiting, and nothing waits', 'seal', 'targets.effect', { kind: 'waiting', targets: [effective] })
  rule('another house than was asked', 'seal', 'targets.asset', {
    kind: 'executed',
    targets: [{ ...effective, asset: { ...house, unitCode: '120116001001GB00001F00010002' } }],
  })
  rule('the same house twice', 'seal', 'targets', { kind: 'executed', targets: [effective, effective] })
  rule('ended, nobody says by what', 'seal', 'targets.endedBy', {
    kind: 'ended',
    targets: [{ asset: house, effect: 'ended' }],
  })
  rule('a term that ends before it begins', 'seal', 'targets.term', {
    kind: 'executed',
    targets: [{ ...effective, term: { from: '2026-06-03', to: '2026-06-03' } }],
  })
  rule('a seal that was converted', 'seal', 'kind', { kind: 'converted', targets: [effective] })
  return bad
}

/** Two messages about one delivery, and what is answered to the second. */
function pairs({ requests }: Good) {
  const seal = requests.find(({ name }) => name === 'seal')
  if (!seal) throw new Error('no request seal')
  const [one, other] = [saying(seal, 1, first, { kind: 'received' }), saying(seal, 1, first, { kind: 'accepted' })]
  const text = (claims: Said, header = headerOf()) => rawSign(keys.registry, header, JSON.stringify(claims))
  const reordered = JSON.stringify({ typ: envelopeTypes.statement, kid: keys.registry.kid, alg: 'EdDSA' })
  const before = text(one)
  return [
    { name: 'the same text again', first: before, second: before, status: 200 },
    { name: 'the same payload in another text', first: before, second: text(one, reordered), status: 200 },
    {
      name: 'another payload under the same jti',
      first: before,
      second: text(other),
      status: 409,
      code: 'statement-contradicts',
    },
    {
      name: 'the same sequence under another jti',
      first: before,
      second: text({ ...other, jti: 'another' }),
      status: 409,
      code: 'statement-sequence-used',
    },
  ].map((pair) => ({ request: 'seal', ...pair }))
}

/** The same 64 bytes in another spelling: a lenient reader takes both, and then one message has two texts. */
function strayBits(jws: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return jws.slice(0, -1) + alphabet.charAt(alphabet.indexOf(jws.slice(-1)) + 1)
}

const payloadOf = (jws: string) => Buffer.from(jws.split('.')[1] ?? '', 'base64url')

async function vectors() {
  const good = await goodMessages()
  const service = await serviceMessages(good)
  return {
    about:
      'Test vectors of the native partner protocol, version 1 (docs/protocol.md). People, numbers and papers are ' +
      'fictional. Everybody has these private keys: never register one.',
    gateway,
    court,
    registry,
    judgedAt,
    keys: Object.fromEntries(Object.entries(keys).map(([name, { jwk }]) => [name, jwk])),
    jwks: { keys: [published(keys.court, `court:${court}`), published(keys.receipt, 'receipt')] },
    registered,
    documents: [...papers, { kind: 'sealed-receipt' as const, bytes: stamped }].map(({ kind, bytes }) => ({
      kind,
      ...fileOf(bytes),
      base64: bytes.toString('base64'),
    })),
    ...good,
    service,
    bad: badStatements(good),
    pairs: pairs(good),
    sm2: sm2Of(good, service),
  }
}

/** The first request, the first word about it, and the last of each further type, once more under SM2 keys. */
function sm2Of({ requests, histories }: Good, service: Awaited<ReturnType<typeof serviceMessages>>) {
  const [request, statement] = [requests[0]?.claims, histories[0]?.statements[0]?.claims]
  if (!request || !statement) throw new Error('the first vector is gone')
  const lastOfEach = [...new Map(service.map((one) => [one.typ, one])).values()]
  return sm2Vectors({ court, nbf: seconds('2026-01-01T00:00:00Z'), request, statement, service: lastOfEach })
}

export type Vectors = Awaited<ReturnType<typeof vectors>>

const folder = fileURLToPath(new URL('../../docs/protocol/', import.meta.url))

/** Every generated file of `docs/protocol/`, path and text. */
export async function protocolFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const put = (name: string, value: unknown) => files.set(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
  for (const [name, schema] of protocolSchemas()) put(`${name}.schema.json`, schema)
  put('vectors.json', await vectors())
  return files
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of await protocolFiles()) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
