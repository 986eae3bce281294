import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { sandboxPeople } from '../../adapters/sandbox.ts'
import type { CaseNumber } from '../../src/domain/case-number.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import { fold, type Standing } from '../../src/domain/fold.ts'
import type { Measure } from '../../src/domain/measure.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { Statement } from '../../src/domain/statement.ts'
import { createCourier } from '../../src/relay/courier.ts'
import type {
  DeliveryId,
  Outgoing,
  Proved,
  ReceiptFile,
  Reception,
  RegistryAdapter,
  RegistryDesk,
  Unproved,
} from '../../src/relay/port.ts'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import { claimsOf } from '../../src/signing/claims/from-request.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { deskTokenHolds, mintDeskToken } from '../../src/signing/desk-token.ts'
import { keysAmong, type RegisteredKey } from '../../src/signing/key.ts'
import { type Keyring, openKeyring } from '../../src/signing/keyring.ts'
import type { Subject } from '../adapters/contract.ts'
import { documentsFor } from './documents.ts'
import { doors, listen } from './doors.ts'

type Told = Proved & { readonly statement: Statement; readonly receipt: string }

/** A delivery as this gateway keeps it: in memory, because a test ends. */
export type Row = {
  readonly outgoing: Outgoing
  phase: 'ready' | 'sending' | 'unknown' | 'handed' | 'answered'
  dueAt: number
  attempts: number
  readonly told: Told[]
  readonly refused: string[]
  readonly sealedReceipts: Map<string, ReceiptFile>
}

const court = '津0116' as CourtCode
const gatewayId = 'gw.test.writ'

/**
 * A gateway for one registry, made of memory and real signatures, over real sockets: the registry cannot tell it from
 * the true one. Start it first, then the registry with `origin`, then `connect` the two.
 */
export type TestGateway = {
  readonly origin: string
  readonly gatewayId: string
  readonly keyring: Keyring
  readonly credential: { readonly user: string; readonly password: string }
  connect(adapter: RegistryAdapter, keys?: readonly RegisteredKey[]): void
  /** The papers on the shelf, by digest; `swapped papers` puts others in their place after the request is signed. */
  readonly papers: Map<string, Uint8Array>
  send(subject: Subject, measure: Measure, papers?: 'swapped papers'): Promise<string>
  row(delivery: string): Row
  statements(delivery: string): readonly Statement[]
  standing(delivery: string): Standing
  close(): Promise<void>
}

export async function openTestGateway(registry: Registry, algorithm: Algorithm = 'EdDSA'): Promise<TestGateway> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-desk-'))
  const keyring = await openKeyring(join(dir, 'keys'), { courts: [court], create: true, demo: true, algorithm })
  const credential = { user: 'registry', password: 'only-in-tests' }
  const rows = new Map<string, Row>()
  const names = new Map<string, string>()
  const papers = new Map<string, Uint8Array>()
  let adapter: RegistryAdapter | undefined
  let keys: readonly RegisteredKey[] = []
  let caseSeq = 0

  const row = (delivery: string): Row => {
    const found = rows.get(delivery)
    if (!found) throw new Error(`no delivery ${delivery}`)
    return found
  }
  const tell = async (reference: string, _message: Uint8Array, parsed: Proved | Unproved): Promise<Reception> => {
    const delivery = names.get(reference)
    if (delivery === undefined) return refusedAtTheDoor('unknown-delivery')
    const kept = row(delivery)
    if (parsed.kind === 'unproved') {
      kept.refused.push(parsed.code)
      return { kind: 'unproved', code: parsed.code }
    }
    return receive(keyring, kept, parsed)
  }
  /** What names no delivery of ours counts against every delivery that is still open: nobody can say which was meant. */
  const refusedAtTheDoor = (code: string): Reception => {
    for (const kept of rows.values()) if (kept.phase !== 'answered' || kept.told.length < 2) kept.refused.push(code)
    return { kind: 'unknown-delivery' }
  }
  const desk = (): RegistryDesk => {
    const now = new Date()
    const { bytes } = keyring.secret('token')
    return {
      registry,
      now,
      credentialHolds: async (user, password) => {
        const holds = user === credential.user && password === credential.password
        if (!holds) refusedAtTheDoor('credential')
        return holds
      },
      mintToken: async () => mintDeskToken(bytes, registry.code, now),
      tokenHolds: async (token) => {
        const holds = deskTokenHolds(bytes, registry.code, token, now)
        if (!holds) refusedAtTheDoor('token')
        return holds
      },
      take: async (wanted) => take(rows, wanted),
      find: async (reference) => rows.get(names.get(reference) ?? '')?.outgoing,
      document: async ({ claims }, sha256) =>
        claims.basis.documents.some((document) => document.sha256 === sha256) ? papers.get(sha256) : undefined,
      keepReceipt: async ({ id }, file) => {
        const digest = digestOf(file.bytes)
        row(id).sealedReceipts.set(digest, file)
        return digest
      },
      heard: async ({ id }, jti) => row(id).told.find((said) => said.jti === jti)?.digest,
      tell,
    } satisfies RegistryDesk
  }
  const courier = createCourier<Row>(
    {
      lease: async (limit) => {
        if (adapter?.kind !== 'push') return []
        const due = [...rows.values()].filter((kept) => isOut(kept) && kept.dueAt <= Date.now()).slice(0, limit)
        return due.flatMap((kept) => {
          const mayHaveLeft = kept.phase === 'unknown'
          Object.assign(kept, { phase: 'sending', dueAt: Date.now() + 60_000, attempts: kept.attempts + 1 })
          return adapter?.kind === 'push'
            ? [{ ticket: kept, outgoing: kept.outgoing, adapter, mayHaveLeft, attempt: kept.attempts }]
            : []
        })
      },
      receive: async ({ outgoing, adapter: pushed }, message) => {
        const reception = await tell(outgoing.reference, message, await pushed.parse(message, outgoing, new Date()))
        return reception.kind === 'committed' || reception.kind === 'repeated'
      },
      settle: async ({ ticket }, ending) => {
        if (ticket.phase === 'answered') return
        const phase = ending.kind === 'unreached' ? 'ready' : ending.kind === 'answered' ? 'answered' : 'unknown'
        Object.assign(ticket, {
          phase,
          dueAt: 'retryInSeconds' in ending ? Date.now() + ending.retryInSeconds * 300 : 0,
        })
      },
    },
    { atOnce: 4, pollMs: 50, timeoutMs: 5000, random: Math.random, onTrouble: (trouble) => console.error(trouble) },
  )
  const server = await listen(
    doors({
      registry: registry.code,
      gatewayId,
      jwks: () => keyring.jwks(),
      keysOf: (kid) => keysAmong(keys)(kid),
      desk,
      serve: (request, at) =>
        adapter?.kind === 'pull' ? adapter.serve(request, at) : Promise.resolve(new Response(null, { status: 404 })),
      refused: (code) => void refusedAtTheDoor(code),
    }),
  )

  const send: TestGateway['send'] = async (subject, measure, swap) => {
    if (!adapter) throw new Error('connect an adapter first')
    const id = newId() as DeliveryId
    const issuedAt = new Date()
    const { name, idNumber } = sandboxPeople[subject]
    caseSeq += 1
    const claims = claimsOf({
      gateway: gatewayId,
      court,
      case: '（2026）津0116执3456号' as CaseNumber,
      caseSeq,
      delivery: id,
      registry,
      subject: { kind: 'person', name, idType: 'id-card', idNumber },
      asked: {
        party: 'party',
        measure,
        registries: [registry.code],
        basis: {
          statute: '《中华人民共和国民事诉讼法》第二百五十三条',
          purpose: '查控被执行人财产',
          documents: documentsFor(papers),
        },
        officers: [
          { name: '林书远', workCertificate: '津A0116001', dutyCertificate: '津执0116001' },
          { name: '赵明诚', workCertificate: '津A0116002', dutyCertificate: '津执0116002' },
        ],
        contact: { name: '林书远', phone: '022-65300000' },
      },
      approvals: measure.kind === 'inquire' ? [] : [{ name: '周正', role: 'approver', at: issuedAt }],
      issuedAt,
      validUntil: new Date(issuedAt.getTime() + 30 * 86_400_000),
      respondBy: new Date(issuedAt.getTime() + 86_400_000),
    })
    const jws = await keyring.sign(`court:${court}`, 'writ-request+jws', claims)
    const draw = (digits: number) => String(Math.random()).slice(2).padEnd(digits, '7').slice(0, digits)
    const reference = adapter.kind === 'pull' ? adapter.reference(claims, draw) : id
    const rendered = (adapter.kind === 'pull' ? adapter.render(claims, reference) : undefined) ?? Buffer.from(jws)
    if (swap) for (const [sha256, bytes] of papers) papers.set(sha256, Buffer.alloc(bytes.length))
    names.set(reference, id)
    const outgoing = { id, registry, reference, jws, claims, rendered }
    rows.set(id, { outgoing, phase: 'ready', dueAt: 0, attempts: 0, told: [], refused: [], sealedReceipts: new Map() })
    courier.wake()
    return id
  }

  courier.start()
  const statements = (delivery: string) =>
    [...row(delivery).told].map(({ statement }) => statement).sort((a, b) => a.sequence - b.sequence)
  return {
    origin: server.origin,
    gatewayId,
    keyring,
    credential,
    connect: (given, registered = []) => {
      adapter = given
      keys = registered
    },
    papers,
    send,
    row,
    statements,
    standing: (delivery) => fold(statements(delivery)),
    close: async () => {
      await courier.stop()
      await server.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const isOut = ({ phase }: Row) => phase === 'ready' || phase === 'unknown'

/** Leases like the true desk: what has no proved statement yet comes again when its lease is over. */
function take(
  rows: ReadonlyMap<string, Row>,
  wanted: { readonly limit: number; readonly inquiries: boolean; readonly controls: boolean },
): readonly Outgoing[] {
  const free = [...rows.values()].filter(({ told, dueAt, outgoing: { claims } }) => {
    const kindWanted = claims.measure === 'inquire' ? wanted.inquiries : wanted.controls
    return kindWanted && told.length === 0 && dueAt <= Date.now()
  })
  // A second, where the true lease is a minute: so that a registry that was away is seen coming back.
  return free.slice(0, wanted.limit).map((kept) => {
    Object.assign(kept, { phase: 'handed', dueAt: Date.now() + 1000 })
    return kept.outgoing
  })
}

async function receive(keyring: Keyring, kept: Row, parsed: Proved): Promise<Reception> {
  const same = kept.told.find(({ jti }) => jti === parsed.jti)
  if (same && same.digest === parsed.digest)
    return { kind: 'repeated', receipt: same.receipt, sequence: same.statement.sequence }
  if (same) return { kind: 'contradicted' }
  const last = Math.max(0, ...kept.told.map(({ statement }) => statement.sequence))
  const sequence = parsed.statement.sequence ?? last + 1
  if (kept.told.some(({ statement }) => statement.sequence === sequence)) return { kind: 'sequence-used' }
  const told: Told = { ...parsed, statement: { ...parsed.statement, sequence }, receipt: '' }
  // In the table before the first await, as the true gateway holds the delivery's row: two at once are one.
  kept.told.push(told)
  kept.phase = 'answered'
  const receipt = await keyring.sign('receipt', 'writ-receipt+jws', {
    iss: gatewayId,
    aud: kept.outgoing.registry.code,
    iat: Math.floor(Date.now() / 1000),
    jti: newId(),
    statement: parsed.jti,
    re: kept.outgoing.id,
    payload_sha256: parsed.digest,
    log: 'log.test.writ',
    entry: newId(),
    mmd: 60,
  })
  Object.assign(told, { receipt })
  return { kind: 'committed', receipt, sequence }
}
