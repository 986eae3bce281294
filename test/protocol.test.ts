import { execFileSync } from 'node:child_process'
import { createHash, createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { assetClasses } from '../src/domain/asset.ts'
import { fold } from '../src/domain/fold.ts'
import { type DocumentKind, documentKinds, missingDocument } from '../src/domain/legal-basis.ts'
import { conveyGrounds, measureList, measures, releaseGrounds } from '../src/domain/measure.ts'
import { currencies } from '../src/domain/money.ts'
import { statementKinds } from '../src/domain/statement.ts'
import { idTypes } from '../src/domain/subject.ts'
import { fetchLeaseSeconds } from '../src/gateway/desk.ts'
import { mergeDelaySeconds } from '../src/gateway/parts.ts'
import { quarantineCap } from '../src/gateway/receive.ts'
import { longestWait } from '../src/http/prefer.ts'
import { catalogue, isProblemCode } from '../src/http/problem-catalogue.ts'
import { declinedRetrySeconds, retryAfter } from '../src/relay/again.ts'
import { type RequestClaims, requestClaims } from '../src/signing/claims/request.ts'
import { maxEnvelope } from '../src/signing/compact.ts'
import { clockSkew, envelopeTypes, openEnvelope } from '../src/signing/envelope.ts'
import { graceAfterRetirement, keysAmong, type RegisteredKey } from '../src/signing/key.ts'
import { unprovedCodes } from '../src/signing/proof.ts'
import { type ProtocolDocument, protocolSchemas, reasonCodes } from '../src/signing/schemas.ts'
import {
  openPartnerToken,
  openPossession,
  openReceipt,
  openStatus,
  openStatusAnswer,
  openWithdrawal,
  partnerTokenSeconds,
} from '../src/signing/service.ts'
import { openStatement } from '../src/signing/statement.ts'
import { protocolFiles, type Vectors } from './support/write-protocol.ts'

const page = readFileSync('docs/protocol.md', 'utf8')
const vectors: Vectors = JSON.parse(readFileSync('docs/protocol/vectors.json', 'utf8'))
const { gateway, court, registry } = vectors
const now = new Date(vectors.judgedAt)

type Registered = { kid: string; validFrom: string; retiredAt?: string; revokedAt?: string }

const registered = (vectors.registered as unknown as readonly Registered[]).map((key): RegisteredKey => {
  const { kid, validFrom, retiredAt, revokedAt, ...jwk } = key
  return {
    kid,
    jwk,
    validFrom: new Date(validFrom),
    ...(retiredAt && { retiredAt: new Date(retiredAt) }),
    ...(revokedAt && { revokedAt: new Date(revokedAt) }),
  }
})

type Published = { kid: string; kty: string; crv: string; x: string; for: string; nbf: number }

const published = vectors.jwks.keys as unknown as readonly Published[]
const keysOfOwner = (whose: string) =>
  keysAmong(
    published
      .filter((key) => key.for === whose)
      .map(({ kid, kty, crv, x, nbf }) => ({ kid, jwk: { kty, crv, x }, validFrom: new Date(nbf * 1000) })),
  )

const requestNamed = (name: string) => {
  const found = vectors.requests.find((request) => request.name === name)
  if (!found) throw new Error(`no request ${name}`)
  return found
}
const deliveredOf = (name: string) => {
  const { claims, jws } = requestNamed(name)
  return { id: claims.jti, jws, claims }
}
const prove = (jws: string, request: string) =>
  openStatement(jws, deliveredOf(request), { keysOf: keysAmong(registered), gateway, now })

test('schemas and vectors are what the code writes', async () => {
  const files = await protocolFiles()
  for (const [path, text] of files) expect(readFileSync(path, 'utf8'), path).toBe(text)
  expect(readdirSync('docs/protocol')).toHaveLength(files.size)
})

describe('the product reads the vectors', () => {
  test.each(vectors.requests)('request $name', async ({ jws, claims }) => {
    const keysOf = keysOfOwner(`court:${court}`)
    const expected = { typ: envelopeTypes.request, keysOf, issuer: court, audience: registry, now }
    const opened = await openEnvelope<RequestClaims>(jws, { ...expected, schema: requestClaims })
    expect(opened).toMatchObject({ kind: 'opened', claims })
  })

  test.each(vectors.histories)('statements about $request fold to $answer', async ({ request, statements, answer }) => {
    const told = []
    for (const { jws, claims, payload_sha256 } of statements) {
      const proved = await prove(jws, request)
      if (proved.kind === 'unproved') throw new Error(`${proved.code} ${proved.detail}`)
      expect(proved).toMatchObject({ jti: claims.jti, digest: payload_sha256, grade: 'A' })
      told.push({ ...proved.statement, sequence: claims.sequence })
    }
    expect(fold(told).answer).toBe(answer)
    expect(fold(told.toReversed())).toEqual(fold(told))
  })

  test('every kind of statement is spoken in them', () => {
    const spoken = vectors.histories.flatMap(({ statements }) => statements.map(({ claims }) => claims.kind))
    expect(new Set(spoken)).toEqual(new Set(Object.keys(statementKinds)))
  })

  test.each(vectors.service)('$typ', async ({ typ, claims, jws }) => {
    const between = { issuer: claims.iss, audience: claims.aud, now }
    const fromCourt = { ...between, keysOf: keysOfOwner(`court:${court}`) }
    const fromRegistry = { ...between, keysOf: keysAmong(registered) }
    switch (typ) {
      case envelopeTypes.status:
        return expect(await openStatus(jws, fromCourt)).toMatchObject({ claims })
      case envelopeTypes.withdrawal:
        return expect(await openWithdrawal(jws, fromCourt)).toMatchObject({ claims })
      case envelopeTypes.receipt:
        return expect(await openReceipt(jws, { ...between, keysOf: keysOfOwner('receipt') })).toMatchObject({ claims })
      case envelopeTypes.possession:
        return expect(await openPossession(jws, fromRegistry)).toMatchObject({ claims })
      case envelopeTypes.partner:
        return expect(await openPartnerToken(jws, fromRegistry)).toMatchObject({ kind: 'opened', registry })
      default: {
        const { re, inquiry } = z.object({ re: z.string(), inquiry: z.string() }).parse(claims)
        expect(await openStatusAnswer(jws, { ...fromRegistry, re, inquiry })).toMatchObject({ claims })
        const played = await openStatusAnswer(jws, { ...fromRegistry, re, inquiry: 'another question' })
        return expect(played).toMatchObject({ code: 'other-delivery' })
      }
    }
  })

  test.each(vectors.bad)('no: $name', async ({ jws, request, code, detail }) => {
    expect(await prove(jws, request)).toEqual({ kind: 'unproved', code, ...(detail && { detail }) })
  })

  test('every code a statement of this protocol can be refused with has a vector', () => {
    const elsewhere = ['statement-other-case', 'statement-other-subject']
    const shown = new Set<string>(vectors.bad.map(({ code }) => code))
    expect(unprovedCodes.filter((code) => !shown.has(code))).toEqual(elsewhere)
  })

  test.each(vectors.pairs)('$name is answered $status', async ({ request, first, second, status, code }) => {
    const [one, other] = [await prove(first, request), await prove(second, request)]
    if (one.kind !== 'proved' || other.kind !== 'proved') throw new Error('both are good by themselves')
    const same = { jti: one.jti === other.jti, payload: one.digest === other.digest }
    expect(one.statement.sequence).toBe(other.statement.sequence)
    expect(same.jti ? (same.payload ? 200 : 409) : 409).toBe(status)
    expect(same.jti ? (same.payload ? undefined : 'statement-contradicts') : 'statement-sequence-used').toBe(code)
  })
})

/**
 * A second reader, which shares nothing with the product: node:crypto, and the order of checks as the page tells it. It
 * gets as far as the digest; whether the content is good is asked of the published JSON Schema.
 */
function judge(jws: string, request: string): string {
  const parts = jws.split('.')
  const bytes = parts.map((part) => Buffer.from(part, 'base64url'))
  const [header, payload] = bytes.slice(0, 2).map((part) => readObject(part.toString('utf8')))
  const canonical = parts.every((part, at) => part !== '' && bytes[at]?.toString('base64url') === part)
  if (parts.length !== 3 || !canonical || !header || !payload) return 'malformed'
  if (Object.keys(header).some((name) => !['alg', 'kid', 'typ', 'cty', 'x5t#S256'].includes(name))) return 'malformed'
  const key = registered.find(({ kid }) => kid === header.kid)
  if (header.alg !== 'EdDSA') return 'algorithm'
  if (!key || key.validFrom > now) return 'key-unknown'
  const over = key.retiredAt && key.retiredAt.getTime() + 7 * 86_400_000 < now.getTime()
  if (key.revokedAt || over) return 'key-revoked'
  const publicKey = createPublicKey({ key: { ...key.jwk }, format: 'jwk' })
  if (!verify(null, Buffer.from(parts.slice(0, 2).join('.')), publicKey, bytes[2] ?? Buffer.of())) return 'signature'
  const asked = requestNamed(request)
  if (header.typ !== 'writ-statement+jws') return 'type'
  if (payload.iss !== registry) return 'issuer'
  if (payload.aud !== gateway) return 'audience'
  if (typeof payload.iat !== 'number') return 'content'
  if (payload.iat < asked.claims.iat - 300) return 'too-old'
  if (payload.iat > now.getTime() / 1000 + 300) return 'from-future'
  if (payload.re !== asked.claims.jti) return 'other-delivery'
  return payload.re_sha256 === createHash('sha256').update(asked.jws).digest('base64url') ? 'content' : 'digest'
}

/** A JSON object no member of which is named twice, for the flat objects and plain names of the vectors. */
function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: Record<string, unknown> = JSON.parse(text)
    return JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

const holdsUnder = (jws: string, jwk: object): boolean => {
  const [head = '', body = '', signature = ''] = jws.split('.')
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  return verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
}
const publishedSchema = (name: ProtocolDocument) =>
  z.fromJSONSchema(JSON.parse(readFileSync(`docs/protocol/${name}.schema.json`, 'utf8')))

describe('bare node:crypto reads the vectors', () => {
  test.each(Object.entries(vectors.keys))('the key of %s is what its name says', (_whose, jwk) => {
    const { crv, kty, x, kid } = z
      .object({ crv: z.string(), kty: z.string(), x: z.string(), kid: z.string() })
      .parse(jwk)
    expect(createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')).toBe(kid)
    expect(createPublicKey(createPrivateKey({ key: { ...jwk }, format: 'jwk' })).export({ format: 'jwk' }).x).toBe(x)
  })

  test('every good message is signed, says its claims and fits its published schema', () => {
    const { court: courtKey, registry: registryKey } = vectors.keys
    const schema = { request: publishedSchema('request'), statement: publishedSchema('statement') }
    const messages = [
      ...vectors.requests.map((one) => ({ ...one, key: courtKey, fits: schema.request })),
      ...vectors.histories.flatMap(({ statements }) =>
        statements.map((one) => ({ ...one, key: registryKey, fits: schema.statement })),
      ),
      ...vectors.service.map((one) => ({
        ...one,
        key: vectors.keys[one.key],
        fits: publishedSchema(schemaOfType(one.typ)),
      })),
    ]
    for (const { jws, key, claims, fits } of messages) {
      if (!key) throw new Error('a message without a key')
      expect(holdsUnder(jws, key)).toBe(true)
      const [, body = ''] = jws.split('.')
      expect(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).toEqual(claims)
      expect(fits.safeParse(claims).error).toBeUndefined()
    }
    expect(publishedSchema('jwks').safeParse(vectors.jwks).success).toBe(true)
    const leased = vectors.requests.map(({ claims, jws }) => ({ delivery: claims.jti, jws }))
    expect(publishedSchema('deliveries').safeParse(leased).success).toBe(true)
  })

  test.each(vectors.histories)('statements about $request are about its exact text', ({ request, statements }) => {
    const { jws, sha256 } = requestNamed(request)
    expect(createHash('sha256').update(jws).digest('base64url')).toBe(sha256)
    for (const { jws: statement } of statements) expect(judge(statement, request)).toBe('content')
  })

  test.each(vectors.bad)('no: $name', ({ jws, request, code }) => {
    expect(`statement-${judge(jws, request)}`).toBe(code)
  })

  test('what breaks the form breaks the published schema; what breaks a rule does not', () => {
    const schema = publishedSchema('statement')
    const content = vectors.bad.filter(({ code }) => code === 'statement-content')
    const fits = content.filter(({ jws }) => {
      const [, body = ''] = jws.split('.')
      return schema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).success
    })
    expect(fits).toEqual(content.filter(({ breaks }) => breaks === 'rule'))
  })

  test.each(vectors.documents)('document $kind has its digest and length', ({ base64, sha256, length }) => {
    const bytes = Buffer.from(base64, 'base64')
    expect(bytes.length).toBe(length)
    expect(createHash('sha256').update(bytes).digest('base64url')).toBe(sha256)
  })
})

function schemaOfType(typ: string): ProtocolDocument {
  const name = typ.replace(/^writ-|\+jw[st]$/g, '')
  return name === 'partner' ? 'partner-token' : (name as ProtocolDocument)
}

/** The rows of the table below a mark such as `<!-- closed: measures -->`, cells as they are written. */
function table(mark: string): string[][] {
  const [, after] = page.split(`<!-- ${mark} -->\n`)
  if (after === undefined) throw new Error(`the page has no table ${mark}`)
  const lines = after.slice(0, after.search(/\n(?!\|)/)).split('\n')
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}
const code = (cell = '') => /^`(.*?)`$/.exec(cell)?.[1] ?? cell

type Schema = { type?: string; properties?: Record<string, Schema>; items?: Schema; required?: string[] }

/** Members that have a table of their own. */
const elsewhere = new Set(['asset', 'subject', 'transferee', 'holdings', 'targets', 'term'])
const ownTable = (name: string, schema: Schema) => elsewhere.has(name) && (name !== 'term' || !schema.properties)

function members(schema: Schema, prefix = ''): { name: string; required: boolean; schema: Schema }[] {
  if (schema.items) return members(schema.items, `${prefix}[].`)
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const own = { name: `${prefix}${name}`, required: schema.required?.includes(name) ?? false, schema: inner }
    return ownTable(name, inner) ? [own] : [own, ...members(inner, inner.items ? own.name : `${own.name}.`)]
  })
}

const schemas = protocolSchemas() as ReadonlyMap<ProtocolDocument, Schema>
const inside = (name: ProtocolDocument, ...path: string[]): Schema =>
  path.reduce<Schema>((schema, step) => {
    const next = step === '[]' ? schema.items : schema.properties?.[step]
    if (!next) throw new Error(`${name} has no ${path.join('.')}`)
    return next
  }, schemas.get(name) ?? {})

const claimTables: readonly (readonly [string, Schema])[] = [
  ...[...schemas].map(([name, schema]) => [name, schema] as const),
  ['subject', inside('request', 'subject')],
  ['asset', inside('request', 'targets', '[]', 'asset')],
  ['target', inside('request', 'targets', '[]')],
  ['holding', inside('statement', 'holdings', '[]')],
  ['target-result', inside('statement', 'targets', '[]')],
]

const closedTables: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
  ['measures', measures],
  ['assetClasses', Object.fromEntries(Object.entries(assetClasses).map(([name, { zh }]) => [name, zh]))],
  ['idTypes', idTypes],
  ['statementKinds', statementKinds],
  ['documentKinds', documentKinds],
  ['releaseGrounds', releaseGrounds],
  ['conveyGrounds', conveyGrounds],
  ['reasonCodes', reasonCodes],
  ['currencies', currencies],
  ['envelopeTypes', Object.fromEntries(Object.values(envelopeTypes).map((typ) => [typ, undefined]))],
  ['effects', enumOf('targets', '[]', 'effect')],
  ['endedBy', enumOf('targets', '[]', 'endedBy')],
  ['encumbrances', enumOf('holdings', '[]', 'encumbrances', '[]', 'kind')],
]

function enumOf(...path: string[]): Record<string, undefined> {
  const { enum: words } = z.object({ enum: z.array(z.string()) }).parse(inside('statement', ...path))
  return Object.fromEntries(words.map((word) => [word, undefined]))
}

describe('the page says what the code says', () => {
  test.each(claimTables)('the members of %s', (name, schema) => {
    const rows = table(`claims: ${name}`).map(([member, , , required]) => [code(member), required === 'yes'])
    expect(rows).toEqual(members(schema).map((member) => [member.name, member.required]))
  })

  test.each(claimTables)('the examples of %s are examples', (name, schema) => {
    const byName = new Map(members(schema).map((member) => [member.name, member.schema]))
    for (const [member = '', , , , , example = ''] of table(`claims: ${name}`)) {
      if (example === '—') continue
      const inner = z.fromJSONSchema(z.looseObject({}).parse(byName.get(code(member))))
      expect(inner.safeParse(JSON.parse(code(example))).success, `${member} ${example}`).toBe(true)
    }
  })

  test.each(closedTables)('the closed table %s', (name, words) => {
    const rows = table(`closed: ${name}`)
    expect(rows.map(([word]) => code(word))).toEqual(Object.keys(words))
    for (const [word, zh] of rows) {
      expect(zh, word).toMatch(/[\u4e00-\u9fa5]/)
      const expected = words[code(word)]
      if (expected) expect(zh).toBe(expected)
    }
  })

  test('the caps of the asset classes', () => {
    const caps = table('closed: assetClasses').map(([name, , years]) => [code(name), Number(years)])
    expect(caps).toEqual(Object.entries(assetClasses).map(([name, { capYears }]) => [name, capYears]))
  })

  test('every word a sandbox gives as a reason is in the table', () => {
    const bureau = readdirSync('adapters/land').map((name) => readFileSync(`adapters/land/${name}`, 'utf8'))
    const spoken = /(?:refusal\(|reason: \{ code: )'([a-z-]+)'/g
    const said = bureau.flatMap((text) => [...text.matchAll(spoken)].map(([, word = '']) => word))
    expect(said.length).toBeGreaterThan(5)
    expect(said.filter((word) => !Object.hasOwn(reasonCodes, word))).toEqual([])
  })

  test('the papers each measure needs are enough, and none too many', () => {
    const rows = table('papers')
    expect(rows.map(([measure]) => code(measure))).toEqual(measureList)
    for (const [at, [, needs = '']] of rows.entries()) {
      const measure = measureList[at]
      if (!measure) throw new Error('a measure is missing')
      const groups = needs.split(' + ').map((group) => group.split(' or ').map(code))
      const missing = (kinds: readonly string[]) =>
        missingDocument(
          measure,
          kinds.map((kind) => ({ kind: kind as DocumentKind, number: '', sha256: '', mediaType: '', length: 1 })),
        )
      for (const group of groups) {
        const others = groups.filter((other) => other !== group).flat()
        for (const kind of group) expect(missing([...others, kind]), `${measure} ${kind}`).toBeUndefined()
        expect(missing(others), measure).toBe(group[0])
      }
    }
  })

  test('every code is in the catalogue under its status, and none of a statement is left out', () => {
    const rows = table('codes').map(([word, status]) => [code(word), Number(status)] as const)
    for (const [word, status] of rows) {
      if (!isProblemCode(word)) throw new Error(`${word} is not in the catalogue`)
      expect(catalogue[word].status, word).toBe(status)
    }
    const told = new Set(rows.map(([word]) => word))
    const ours = Object.entries(catalogue).filter(([, { area }]) => area === 'statement')
    expect(ours.map(([word]) => word).filter((word) => !told.has(word))).toEqual([])
  })

  test('the numbers', () => {
    const said = Object.fromEntries(table('limits').map(([what = '', value = '']) => [what, value]))
    expect(said).toMatchObject({
      'an envelope, and any answer the gateway reads': `${maxEnvelope / 1_048_576} MiB`,
      'clock skew': `${clockSkew / 60_000} minutes`,
      'a partner token': `${partnerTokenSeconds} seconds`,
      'a lease': `${fetchLeaseSeconds} seconds`,
      '`wait`': `${longestWait} seconds`,
      'a retired key counts for': `${graceAfterRetirement / 86_400_000} days`,
      'entry in a published checkpoint': `${mergeDelaySeconds} seconds`,
      'unproved messages kept': `${quarantineCap} an hour for each registry`,
    })
    const steps = Array.from({ length: 9 }, (_, at) => retryAfter(at + 1, () => 0.5))
    expect(page).toContain(`waits ${steps.join(', ')} seconds`)
    expect(retryAfter(10, () => 0.5)).toBe(steps.at(-1))
    expect(page).toContain(`after a 4xx always ${declinedRetrySeconds} seconds`)
  })

  test('every link leads somewhere', () => {
    const anchors = new Set(
      [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    )
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => link.startsWith('#') && !anchors.has(link.slice(1)))).toEqual([])
    const files = new Set(readdirSync('docs/protocol').map((name) => `protocol/${name}`))
    expect(links.filter((link) => !link.startsWith('#') && !files.has(link))).toEqual([])
  })
})

const [, shell = ''] = /<!-- registry\.sh -->\n```sh\n([\s\S]*?)```/.exec(page) ?? []

/** A tool's first line, or nothing when the machine has none. */
function versionOf(command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}
const canShell =
  /^OpenSSL 3/.test(versionOf('openssl', 'version')) &&
  versionOf('jq', '--version') !== '' &&
  versionOf('bash', '--version') !== ''

describe.skipIf(!canShell)('the afternoon’s shell (needs bash, jq and OpenSSL 3)', () => {
  const run = (script: string): string => {
    const dir = mkdtempSync(join(tmpdir(), 'writ-afternoon-'))
    try {
      const key = createPrivateKey({ key: { ...vectors.keys.registry }, format: 'jwk' })
      writeFileSync(join(dir, 'me.pem'), key.export({ format: 'pem', type: 'pkcs8' }))
      return execFileSync('bash', ['-c', `${shell}\n${script}`], { cwd: dir, encoding: 'utf8' })
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  }
  const [told] = vectors.histories[0]?.statements ?? []
  const [asked] = vectors.requests

  test('signs the very bytes of the vector', () => {
    expect(run(`seal writ-statement+jws <<'END'\n${JSON.stringify(told?.claims)}\nEND`)).toBe(told?.jws)
  })

  test('believes the court and nobody else', () => {
    const { court: ours, stranger } = vectors.keys as Record<string, { x: string }>
    expect(run(`holds ${ours?.x} ${asked?.jws} && printf yes`)).toBe('yes')
    expect(run(`holds ${stranger?.x} ${asked?.jws} 2>/dev/null || printf no`)).toBe('no')
    expect(run(`printf %s ${asked?.jws} | sha`)).toBe(asked?.sha256)
  })

  test('makes a token that lets it in', async () => {
    const token = run(`ME=${registry} GATEWAY=${gateway} token`)
    const at = { issuer: registry, audience: gateway, now: new Date(), keysOf: keysAmong(registered) }
    expect(await openPartnerToken(token, at)).toMatchObject({ kind: 'opened', registry })
  })
})
