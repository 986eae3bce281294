import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { CompactSign } from 'jose'
import { bank } from '../../adapters/bank/adapter.ts'
import { writeEnvelope } from '../../adapters/bank/envelope.ts'
import {
  md5Of,
  writeAcknowledgement,
  writeAsked,
  writeControlFeedback,
  writeInquiryFeedback,
  writeLogin,
  writeRollback,
} from '../../adapters/bank/messages.ts'
import { calls as bankCalls, codes as bankCodes } from '../../adapters/bank/wire.ts'
import { realEstate } from '../../adapters/real-estate/adapter.ts'
import { calls as centreCalls } from '../../adapters/real-estate/wire.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import type { Outgoing, PullAdapter, Reception, RegistryDesk } from '../../src/relay/port.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { openStatement } from '../../src/signing/statement.ts'
import { claims, number, owned, queued, registerOf, result, ruling, sealed } from '../adapters/real-estate-desk.ts'
import { damaged } from './mutate.ts'

/** One reader of what strangers send: good messages to damage, and what is done with a damaged one. */
export type Reader = {
  readonly name: string
  readonly good: readonly Uint8Array[]
  /** Reads one message. Whatever it is, an answer below 500 or a value; never a throw. */
  readonly read: (message: Uint8Array) => Promise<number>
}

const reference = '20240603120116000002'
const account = '6217000000000000012'
const control: RequestClaims = {
  ...claims({ aud: '313110000092', measure: 'freeze', currency: 'CNY' }),
  targets: [{ asset: { class: 'deposit', account }, scope: 'part', amount: '1295200.00' }],
}

/** A desk at which everybody is let in and everything is found: what is read then is read to the end. */
function openDesk(adapter: PullAdapter, code: string, said: RequestClaims, named: string): RegistryDesk {
  const registry = { code: code as RegistryCode, name: '某某', assetClasses: [], measures: [] } satisfies Registry
  const rendered = adapter.render(said, named) ?? new Uint8Array()
  const sent: Outgoing = { id: said.jti as Outgoing['id'], registry, reference: named, jws: '', claims: said, rendered }
  return {
    registry,
    now: new Date('2024-06-03T02:00:00Z'),
    credentialHolds: async () => true,
    mintToken: async () => 'token',
    tokenHolds: async () => true,
    take: async () => [sent],
    find: async () => sent,
    document: async () => ruling,
    keepReceipt: async (_, { bytes }) => digestOf(bytes),
    heard: async () => undefined,
    tell: async (_reference, _message, parsed): Promise<Reception> =>
      parsed.kind === 'proved'
        ? { kind: 'committed', receipt: '', sequence: 1 }
        : { kind: 'unproved', code: parsed.code },
  }
}

function served(adapter: PullAdapter, desk: RegistryDesk, path: string, contentType: string) {
  return async (body: Uint8Array): Promise<number> => {
    const init = { method: 'POST', body: new Uint8Array(body), headers: { 'Content-Type': contentType } }
    const response = await adapter.serve(new Request(`https://gw/adapters/registry${path}`, init), desk)
    await response.arrayBuffer()
    return response.status
  }
}

function bankReader(): Reader {
  const adapter = bank()
  const desk = openDesk(adapter, '313110000092', control, reference)
  const echo = { reference, case: control.case, name: '张某某', idNumber: '120116198503120013' }
  const receipt = { reference, name: '回执', type: 'pdf', content: ruling, md5: md5Of(ruling) }
  const frozen = { reference, item: '1', account, state: bankCodes.done, from: '2024-06-03 10:00', to: '20250602' }
  const bodies = [
    ...Object.values(bankCalls).map((call) => writeAsked(call, { reference })),
    writeInquiryFeedback({ echo, items: [{ reference, item: '1', account, balance: '300000.00' }] }),
    writeControlFeedback({ echo, items: [{ ...frozen, held: '210000.00', overQuota: '1085200.00' }], files: [] }),
    writeControlFeedback({ echo, items: [frozen], files: [receipt as never] }),
    writeRollback({ echo, items: [{ reference, reason: '文书不符' }] } as never),
    writeAcknowledgement([{ reference, result: bankCodes.ok }]),
  ]
  const login = writeLogin({ bank: '313110000092', user: 'bank', password: 'right' })
  return {
    name: 'bank: SOAP with base64 of GBK',
    good: bodies.map((body) => Buffer.from(writeEnvelope(body, login), 'latin1')),
    read: served(adapter, desk, '/ws', 'text/xml'),
  }
}

function centreReaders(): readonly Reader[] {
  const adapter = realEstate()
  const form = 'application/x-www-form-urlencoded'
  const body = (data: unknown) =>
    Buffer.from(
      new URLSearchParams({ gxData: JSON.stringify({ head: { xzqdm: '120116', token: 'token' }, data }) }).toString(),
    )
  const { targets: _, term: __, ...asked } = claims()
  const inquiry: RequestClaims = { ...asked, measure: 'inquire', inquiry: { kinds: ['land', 'real-estate'] } }
  const found = registerOf({ fdcqs: [owned('120116198503120013', { fwxz: '0', jzmj: '89.5' })], cfdjs: [queued] })
  return Object.entries(centreCalls).map(([name, path]) => {
    const isQuery = name.startsWith('query')
    const good = isQuery ? [found, { cxsqdhs: [number] }] : [result([{ ...sealed, kzzt: '1' }]), { kzsqdhs: [number] }]
    const desk = openDesk(adapter, 'house-120116', isQuery ? inquiry : claims(), number)
    return {
      name: `real estate: ${path}`,
      good: [...good, { yhm: 'u', mm: 'p' }, { wsbh: number, sqdh: number }].map(body),
      read: served(adapter, desk, `/api/v1/bdc/${path}`, form),
    }
  })
}

/** Statements of the native protocol: damaged after they were signed, and damaged before, under a good signature. */
async function nativeReaders(): Promise<readonly Reader[]> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = { kid: 'k1', jwk: { ...publicKey.export({ format: 'jwk' }), alg: 'EdDSA' }, validFrom: new Date(0) }
  const header = { alg: 'EdDSA', kid: 'k1', typ: 'writ-statement+jws' }
  const request = claims({ aud: 'land-120116' })
  const delivered = { id: request.jti, jws: 'eyJ.e30.x', claims: request }
  const now = new Date('2024-06-03T03:00:00Z')
  const statement = {
    iss: 'land-120116',
    aud: 'gw.writ.example',
    iat: now.getTime() / 1000,
    jti: 's-1',
    re: request.jti,
    re_sha256: digestOf(delivered.jws),
    kind: 'executed',
    sequence: 1,
    receivedAt: now.toISOString(),
    receiptNumber: '1',
    targets: [{ asset: request.targets?.[0]?.asset, effect: 'effective', controlNo: 'C-1', term: request.term }],
  }
  const bytes = Buffer.from(JSON.stringify(statement))
  const sign = (payload: Uint8Array) => new CompactSign(payload).setProtectedHeader(header).sign(privateKey)
  const open = async (message: Uint8Array | string): Promise<number> => {
    const opened = await openStatement(message, delivered, { keysOf: () => key, gateway: 'gw.writ.example', now })
    return opened.kind === 'proved' ? 200 : 401
  }
  return [
    { name: 'native: a statement damaged on the way', good: [Buffer.from(await sign(bytes))], read: open },
    {
      name: 'native: a statement that was wrong when it was signed',
      good: [bytes],
      read: async (said) => open(await sign(said)),
    },
  ]
}

/** Every reader of a dialect there is. */
export async function readers(): Promise<readonly Reader[]> {
  return [bankReader(), ...centreReaders(), ...(await nativeReaders())]
}

/** Feeds a reader so many damaged messages; what it chokes on is shrunk and thrown, with the seed to see it again. */
export async function feed(
  { name, good, read }: Reader,
  numRuns: number,
  seed: number,
): Promise<Record<number, number>> {
  const answers: Record<number, number> = {}
  await fc.assert(
    fc.asyncProperty(damaged(good), async (message) => {
      const status = await read(message)
      answers[status] = (answers[status] ?? 0) + 1
      if (status >= 500) throw new Error(`${name} answered ${status}`)
    }),
    { numRuns, seed },
  )
  return answers
}
