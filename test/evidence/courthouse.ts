import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import type { CaseNumber } from '../../src/domain/case-number.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import { archiveOf, registryArchive } from '../../src/evidence/keys.ts'
import { type Evidence, type Leaf, layBundle } from '../../src/evidence/layout.ts'
import type { Layout } from '../../src/evidence/manifest.ts'
import { formatSums } from '../../src/evidence/sums.ts'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { linesOf, logSigners, vkeysOf } from '../../src/ledger/log-signers.ts'
import { leafHash, rootOfList } from '../../src/ledger/merkle.ts'
import type { NoteSigner } from '../../src/ledger/note.ts'
import { formatProof } from '../../src/ledger/proof.ts'
import { commitment, type LogRecord, recordBytes, sha256Text } from '../../src/ledger/record.ts'
import { plainRecord } from '../../src/ledger/record-text.ts'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import { claimsOf } from '../../src/signing/claims/from-request.ts'
import { digestOf, readCompact } from '../../src/signing/compact.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { oracleInclusion } from '../ledger/oracle.ts'
import { bureau, gateway, house, inquire, now, seal } from '../signing/exchange.ts'

const logOrigin = 'writ.test/log'
export const ruling = Buffer.from('%PDF-1.4 a ruling %%EOF')
const stamped = Buffer.from('%PDF-1.4 a stamped receipt %%EOF')
const court = '津0116' as CourtCode
const iat = now.getTime() / 1000

/** A court, a gateway and a registry with real keys, and a log in memory: enough to make any bundle. */
export async function openCourthouse(
  origin = logOrigin,
  keys: { readonly algorithm?: Algorithm; readonly logSm2?: boolean } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'writ-evidence-'))
  const options = { create: true, demo: true, now: new Date(now.getTime() - 86_400_000), ...keys }
  const ring = await openKeyring(join(dir, 'court'), { ...options, courts: [court] })
  const bureauRing = await openKeyring(join(dir, 'bureau'), { ...options, courts: [bureau.code] })
  const bureauKeys = bureauRing.keysOf(`court:${bureau.code}`)
  const signers = logSigners(origin, ring, keys.logSm2)
  const { log: signer } = signers
  const leaves: Uint8Array[] = []

  const enter = async (about: Omit<LogRecord, 'v' | 'iat' | 'gw' | 'jti'>, at = iat) => {
    const record: LogRecord = { v: 1, jti: newId(), iat: at, gw: gateway, ...about }
    const leaf = recordBytes(await ring.sign('record', 'writ-record+jws', plainRecord(record)))
    leaves.push(leaf)
    return { entry: record.jti, leaf, index: leaves.length - 1 }
  }
  const note = (size = leaves.length, by: readonly NoteSigner[] = linesOf(signers)) =>
    signCheckpoint({ origin, size, root: rootOfList(leaves.slice(0, size).map(leafHash)) }, by)
  const prove = async (index: number, by?: readonly NoteSigner[]) =>
    formatProof({ index, hashes: oracleInclusion(index, leaves.map(leafHash)), checkpoint: await note(undefined, by) })
  return {
    dir,
    ring,
    bureauRing,
    bureauKeys,
    ...vkeysOf(signers),
    signer,
    leaves,
    enter,
    note,
    prove,
    close: () => rmSync(dir, { recursive: true }),
  }
}

export type Courthouse = Awaited<ReturnType<typeof openCourthouse>>

const bound = (bytes: Uint8Array) => {
  const salt = randomBytes(32)
  const msg = { len: bytes.length, sha256_ct: sha256Text(salt), commit: commitment(salt, bytes) }
  return { opening: { bytes, salt }, msg }
}

export type Told = { readonly grade: 'A' | 'B' | 'C'; readonly says: object | Uint8Array }

const sealedBy = { sha256: digestOf(stamped), mediaType: 'application/pdf', length: stamped.length }
export const received: Told = { grade: 'A', says: { kind: 'received', sequence: 1 } }
export const executed: Told = {
  grade: 'A',
  says: {
    kind: 'executed',
    sequence: 2,
    targets: [{ asset: house, effect: 'effective', controlNo: 'X1', term: { from: '2026-06-03', to: '2029-06-03' } }],
    sealedReceipt: sealedBy,
  },
}
export const overTheWire: Told = { grade: 'B', says: Buffer.from('<?xml version="1.0" encoding="GBK"?><ok/>') }

/** One exchange played out: submitted, approved, delivered, answered; every entry in the log and proved. */
export async function playOut(at: Courthouse, told: readonly Told[] = [received, executed], measure = seal) {
  const delivery = newId()
  const act = newId()
  const at0 = at.leaves.length
  const inCase = { act, case_ref: sha256Text(Buffer.from(at.dir)) }
  let caseSeq = at0
  const next = () => {
    caseSeq += 1
    return caseSeq
  }
  const submitted = await at.enter({ kind: 'request.submitted', ...inCase, case_seq: next(), by: newId() })
  const claims = claimsOf({
    gateway,
    court,
    case: '（2026）津0116执3456号' as CaseNumber,
    caseSeq: next(),
    delivery,
    registry: bureau,
    subject: { kind: 'person', name: '陈志远', idType: 'id-card', idNumber: '120116198503120013' },
    asked: {
      party: 'party',
      measure,
      registries: [bureau.code],
      basis: {
        statute: '民事诉讼法第二百五十三条',
        purpose: '查控财产',
        documents: [
          {
            kind: 'ruling',
            number: '之一',
            sha256: digestOf(ruling),
            mediaType: 'application/pdf',
            length: ruling.length,
          },
        ],
      },
      officers: [
        { name: '林书远', workCertificate: '津A0116001', dutyCertificate: '津执0116001' },
        { name: '赵明诚', workCertificate: '津A0116002', dutyCertificate: '津执0116002' },
      ],
      contact: { name: '林书远', phone: '022-65300000' },
    },
    approvals: [],
    issuedAt: now,
    validUntil: new Date(now.getTime() + 30 * 86_400_000),
    respondBy: new Date(now.getTime() + 86_400_000),
  })
  const jws = await at.ring.sign(`court:${court}`, 'writ-request+jws', claims)
  const asked = bound(Buffer.from(jws))
  const between = { ...inCase, delivery, registry: bureau.code }
  const links = [{ rel: 'request', jti: submitted.entry }]
  const created = await at.enter({ kind: 'delivery.created', ...between, case_seq: next(), links, msg: asked.msg })
  const statements = []
  for (const { grade, says } of told) {
    const jti = newId()
    const message =
      says instanceof Uint8Array
        ? says
        : Buffer.from(
            await at.bureauRing.sign(`court:${bureau.code}`, 'writ-statement+jws', {
              iss: bureau.code,
              aud: gateway,
              iat: iat + 60,
              jti,
              re: delivery,
              re_sha256: digestOf(jws),
              receivedAt: '2026-06-03T09:15:30+08:00',
              receiptNumber: 'land-00000001',
              ...says,
            }),
          )
    const said = bound(message)
    const row = await at.enter({ kind: 'statement.received', ...between, case_seq: next(), msg: said.msg }, iat + 61)
    const receipt = await at.ring.sign('receipt', 'writ-receipt+jws', {
      iss: gateway,
      aud: bureau.code,
      iat: iat + 61,
      jti: newId(),
      statement: jti,
      re: delivery,
      payload_sha256: digestOf(readCompact(message)?.payload ?? message),
      log: logOrigin,
      entry: row.entry,
      mmd: 60,
    })
    statements.push({ ...row, ...said, grade, receipt })
  }
  return { delivery, inCase, submitted, created: { ...created, opening: asked.opening }, statements, jws }
}

export type Played = Awaited<ReturnType<typeof playOut>>

/** The bundle of what was played out, with the log as it stands now. */
export async function bundleOf(at: Courthouse, played: Played, over: Partial<Evidence> = {}): Promise<Layout> {
  const proved = async <T extends { entry: string; leaf: Uint8Array; index: number }>(row: T): Promise<T & Leaf> => ({
    ...row,
    proof: await at.prove(row.index),
  })
  return layBundle({
    delivery: played.delivery,
    registry: bureau.code,
    gateway,
    madeAt: now,
    request: await proved(played.created),
    statements: await Promise.all(played.statements.map(proved)),
    context: [await proved(played.submitted)],
    attachments: [
      { bytes: ruling, mediaType: 'application/pdf' },
      { bytes: stamped, mediaType: 'application/pdf' },
    ],
    vkey: at.vkey,
    ...(at.sm2Vkey && { sm2Vkey: at.sm2Vkey }),
    jwks: archiveOf(at.ring.jwks()),
    registryKeys: registryArchive(bureau.code, at.bureauKeys),
    ...over,
  })
}

/** The same bundle with files replaced or, by undefined, taken out; its sums done again unless told otherwise. */
export function changed(
  layout: Layout,
  files: Readonly<Record<string, Uint8Array | string | undefined>>,
  sums: 'sums done again' | 'sums as they were' = 'sums done again',
): Layout {
  const copy = new Map(layout)
  for (const [path, bytes] of Object.entries(files)) {
    if (bytes === undefined) copy.delete(path)
    else copy.set(path, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  }
  if (sums === 'sums done again') copy.set('SHA256SUMS', formatSums(copy))
  return copy
}

export const textAt = (layout: Layout, path: string): string => {
  const bytes = layout.get(path)
  if (!bytes) throw new Error(`no ${path} in the bundle`)
  return Buffer.from(bytes).toString()
}

export { inquire }
