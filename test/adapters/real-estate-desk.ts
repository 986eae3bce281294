import { createHash } from 'node:crypto'
import { realEstate } from '../../adapters/real-estate/adapter.ts'
import { codes } from '../../adapters/real-estate/wire.ts'
import { fold } from '../../src/domain/fold.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { Statement } from '../../src/domain/statement.ts'
import type { Outgoing, Proved, Reception, RegistryDesk, Unproved } from '../../src/relay/port.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'

export const house = '120116001001GB00001F00010001'
export const land = '120116001001GB00001W00000000'
export const ruling = new TextEncoder().encode('（2024）津0116执3456号之一 裁定书')
export const digest = createHash('sha256').update(ruling).digest('base64url')
export const now = new Date('2024-06-03T02:00:00Z')

export const claims = (more: Partial<RequestClaims> = {}): RequestClaims => ({
  iss: '津0116',
  via: 'gw.writ.example',
  aud: 'bdc-120116',
  iat: now.getTime() / 1000,
  jti: '018fd000-0000-7000-8000-000000000001',
  validUntil: '2024-07-03T10:00:00+08:00',
  respondBy: '2024-06-04T10:00:00+08:00',
  measure: 'seal',
  case: '（2024）津0116执3456号',
  caseSeq: 1,
  basis: {
    statute: '民诉法第二百五十三条',
    purpose: '执行',
    documents: [
      {
        kind: 'ruling',
        number: '（2024）津0116执3456号之一',
        sha256: digest,
        mediaType: 'application/pdf',
        length: ruling.length,
      },
    ],
  },
  officers: [
    { name: '林书远', workCertificate: 'G0116001', dutyCertificate: 'Z0116001' },
    { name: '赵明诚', workCertificate: 'G0116002', dutyCertificate: 'Z0116002' },
  ],
  contact: { name: '林书远', phone: '022-00000000' },
  approvals: [],
  subject: {
    kind: 'person',
    name: '张某某',
    idType: 'id-card',
    idNumber: '120116198503120013',
    legacyIdNumber: '120116850312001',
  },
  targets: [{ asset: { class: 'real-estate', unitCode: house }, scope: 'whole' }],
  term: { from: '2024-06-03', to: '2027-06-02' },
  ...more,
})

export const inquiry = () => {
  const { targets, term, ...rest } = claims({ measure: 'inquire', inquiry: { kinds: ['land', 'real-estate'] } })
  return rest
}

export type Body = URLSearchParams | FormData | string
type Told = { readonly reference: string; readonly parsed: Proved | Unproved }

/** A gateway's desk in memory, with the rules of reception that the dialect leans on. */
export function openDesk(
  sent: Record<string, RequestClaims>,
  documents: Record<string, Uint8Array> = { [digest]: ruling },
) {
  const adapter = realEstate()
  const outgoing = Object.entries(sent).map(([reference, said]) => ({
    id: said.jti as Outgoing['id'],
    registry: {} as Registry,
    reference,
    jws: '',
    claims: said,
    rendered: adapter.render(said, reference) ?? new Uint8Array(),
  }))
  const told: Told[] = []
  const unproved: Told[] = []
  let flooded = false
  const desk = {
    registry: {} as Registry,
    now,
    credentialHolds: async (user: string, password: string) => user === 'bdc' && password === 'right',
    mintToken: async () => 'token-1',
    tokenHolds: async (token: string) => token === 'token-1',
    take: async ({ limit, inquiries }) =>
      outgoing.filter((one) => (one.claims.measure === 'inquire') === inquiries).slice(0, limit),
    find: async (reference: string) => outgoing.find((one) => one.reference === reference),
    document: async (_: Outgoing, sha256: string) => documents[sha256],
    keepReceipt: async (_: Outgoing, { bytes }) => createHash('sha256').update(bytes).digest('base64url'),
    heard: async () => undefined,
    tell: async (reference: string, _: Uint8Array, parsed: Proved | Unproved): Promise<Reception> => {
      if (flooded) return { kind: 'flooded' }
      if (parsed.kind === 'unproved') {
        unproved.push({ reference, parsed })
        return { kind: 'unproved', code: parsed.code }
      }
      const same = told.find((one) => one.parsed.kind === 'proved' && one.parsed.jti === parsed.jti)?.parsed
      if (same?.kind === 'proved') {
        return same.digest === parsed.digest ? { kind: 'repeated', receipt: '', sequence: 1 } : { kind: 'contradicted' }
      }
      told.push({ reference, parsed })
      return { kind: 'committed', receipt: '', sequence: told.length }
    },
  } satisfies RegistryDesk
  const post = (path: string, body: Body) =>
    adapter.serve(new Request(`https://gw/adapters/bdc/api/v1/bdc/${path}`, { method: 'POST', body }), desk)
  const call = async (path: string, data: unknown, token: string | undefined = 'token-1') => {
    const response = await post(
      path,
      new URLSearchParams({ gxData: JSON.stringify({ head: { xzqdm: '120116', token }, data }) }),
    )
    const said = (await response.json()) as { head: { code: string; msg: string }; data?: unknown }
    return { ...said, status: response.status }
  }
  const statements = (): Statement[] => {
    const kept: Statement[] = []
    for (const { parsed } of told) {
      if (parsed.kind !== 'proved') continue
      const sequence = parsed.statement.sequence ?? Math.max(0, ...kept.map((one) => one.sequence)) + 1
      kept.push({ ...parsed.statement, sequence })
    }
    return kept
  }
  const flood = () => {
    flooded = true
  }
  return { adapter, desk, post, call, told, unproved, statements, standing: () => fold(statements()), flood }
}

export const said = (code: keyof typeof codes) => codes[code][0]
export const number = '2024060312011600000001'
export const done = (more: object = {}) => ({ bdcdyh: house, kzzt: '1', ...more })
export const result = (units: object[], more: object = {}) => ({
  kzsqdh: number,
  ah: '(2024)津0116执3456号',
  xm: '张某某',
  zjh: '120116198503120013',
  fksj: '2024-06-03 10:01:00',
  fklx: '1',
  kzxxs: units,
  ...more,
})
export const sealed = {
  cflx: '1',
  csksrq: '2024/06/03',
  csjsrq: '2027/06/02',
  djsj: '2024-06-03 10:00:30',
  cfywh: 'CF1',
}
export const queued = { cflx: '2', xh: 3, csksrq: '2024/06/03', csjsrq: '2027/06/02', djsj: '2024-06-03 10:00:30' }
export const registerOf = (more: object = {}, rest: object = {}) => ({
  cxsqdh: number,
  ah: '（2024）津0116执3456号',
  fksj: '2024-06-03 10:01:00',
  fklx: '1',
  cxjgs: [{ qlrmc: '张某某', qlrzjh: '120116198503120013', ...more }],
  ...rest,
})
export const owned = (zjh: string, more: object = {}) => ({
  bdcdyh: house,
  qlrs: [{ qlrmc: '张某某', zjh }],
  qszt: '1',
  ...more,
})
