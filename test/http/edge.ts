import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { bank } from '../../adapters/bank/adapter.ts'
import { clerkDesk, errand } from '../../adapters/errand/adapter.ts'
import { realEstate } from '../../adapters/real-estate/adapter.ts'
import { assetKey } from '../../src/domain/asset.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import type { Person } from '../../src/domain/person.ts'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { Role } from '../../src/domain/role.ts'
import { openDirectory } from '../../src/gateway/directory.ts'
import { guarded } from '../../src/gateway/guarded.ts'
import type { Parts } from '../../src/gateway/parts.ts'
import type { PaperRules } from '../../src/gateway/ports/papers.ts'
import type { RegisteredRegistry } from '../../src/gateway/ports/reads.ts'
import { seldom } from '../../src/gateway/roster/sign-in.ts'
import { createApp } from '../../src/http/app.ts'
import type { ClientCertificate } from '../../src/http/client-certificate.ts'
import type { HttpParts } from '../../src/http/parts.ts'
import { createPeers } from '../../src/http/peer.ts'
import { createRateLimits } from '../../src/http/rate-limits.ts'
import { linesOf, logSigners, vkeysOf } from '../../src/ledger/log-signers.ts'
import { createLogReader } from '../../src/ledger/reader.ts'
import { caseRef } from '../../src/ledger/record.ts'
import { createSequencer } from '../../src/ledger/sequencer.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import type { PushAdapter, RegistryAdapter } from '../../src/relay/port.ts'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import { deskLocks } from '../../src/signing/desk-locks.ts'
import { envelopeTypes } from '../../src/signing/envelope.ts'
import { keysAmong, type RegisteredKey } from '../../src/signing/key.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { sealVerifier } from '../../src/signing/seal-verifier.ts'
import { openStatement } from '../../src/signing/statement.ts'
import { createTurns } from '../../src/signing/turns.ts'
import { memoryFolder } from '../ledger/memory-log.ts'
import { openTestStore } from '../support/database.ts'
import { personWith, seat, signIn } from '../support/people.ts'

const binhai = '津0116' as CourtCode
const hedong = '津0102' as CourtCode
export const landBureau = 'land-120116' as RegistryCode
/** Another bureau, which nobody asks anything. */
export const otherBureau = 'land-120102' as RegistryCode
/** A bank without a system, whose own clerk answers here; and a registration centre that has to be visited. */
export const villageBank = 'bank-village' as RegistryCode
export const countyCentre = 'house-county' as RegistryCode
const gatewayId = 'gw.test.writ'
const logOrigin = 'writ.test/log'

const staff = {
  registrarWen: { name: '温秀兰', roles: ['registrar'], court: binhai },
  registrarHe: { name: '何立群', roles: ['registrar'], court: binhai },
  officerLin: { name: '林书远', roles: ['officer'], court: binhai },
  officerZhao: { name: '赵明诚', roles: ['officer', 'approver'], court: binhai },
  officerElsewhere: { name: '外院人员', roles: ['officer', 'approver', 'registrar'], court: hedong },
  officerHan: { name: '韩立新', roles: ['officer'], court: binhai },
  clerkQian: { name: '钱守正', roles: ['finance-clerk'], court: binhai },
  clerkFeng: { name: '冯国安', roles: ['finance-clerk'], court: binhai },
  auditorMei: { name: '梅清和', roles: ['auditor'], court: undefined },
  bankClerkDing: { name: '丁守业', roles: ['registry-clerk'], court: undefined, registry: villageBank },
  systemAdminXu: { name: '徐维', roles: ['system-administrator'], court: undefined },
  securityAdminAn: { name: '安然', roles: ['security-administrator'], court: undefined },
} as const satisfies Record<
  string,
  { name: string; roles: readonly Role[]; court: CourtCode | undefined; registry?: RegistryCode }
>

export type Staff = keyof typeof staff

const dialects: Readonly<Record<string, () => RegistryAdapter>> = {
  bank,
  'real-estate': realEstate,
  desk: clerkDesk,
  errand,
}

export type TestEdge = Awaited<ReturnType<typeof openTestEdge>>

/** The whole edge on a real store, real keys and a real log, with one land bureau that pulls and signs for itself. */
export async function openTestEdge(
  over: Partial<Pick<HttpParts, 'health' | 'log' | 'secondFactorFor' | 'peers' | 'openid'>> = {},
  keys: { readonly algorithm?: Algorithm; readonly logSm2?: boolean } = {},
  rateScale = 1,
  papers: Partial<PaperRules> = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'writ-edge-'))
  const opened = await openTestStore()
  const made = { create: true, demo: true, ...keys }
  const keyring = await openKeyring(join(dir, 'keys'), { courts: [binhai, hedong], ...made })
  const bureauRing = await openKeyring(join(dir, 'bureau'), { courts: [landBureau, otherBureau], ...made })
  const bureauKeys = bureauRing.keysOf(`court:${landBureau}`)
  const signers = logSigners(logOrigin, keyring, keys.logSm2)
  const sequencer = createSequencer({
    store: opened.ledger,
    folder: memoryFolder({ notes: [] }),
    origin: logOrigin,
    signers: linesOf(signers),
    clock: () => new Date(),
    report: () => {},
    tickMs: 60,
    publishMs: 120,
  })
  await sequencer.start()

  /** Pushed to in name only: nothing leaves in these tests, and what it says is proved by its registered keys. */
  const silent = (keys: readonly RegisteredKey[]): PushAdapter => ({
    kind: 'push',
    deliver: async () => ({ kind: 'unreached', detail: 'not in this test' }),
    status: async () => ({ kind: 'not-known' }),
    withdraw: async () => ({ kind: 'unreached', detail: 'not in this test' }),
    parse: (message, outgoing, now) =>
      openStatement(message, outgoing, { keysOf: keysAmong(keys), gateway: gatewayId, now }),
  })
  const registered: RegisteredRegistry = {
    code: landBureau,
    name: '滨海新区土地登记机构',
    adapter: 'land',
    assetClasses: ['land', 'real-estate'],
    measures: ['inquire', 'seal', 'extend', 'release'],
    mode: 'pull',
    keys: bureauKeys.map((key) => ({ ...key, provedAt: key.validFrom })),
    respondWithinHours: 24,
    demo: true,
    state: 'live',
    registeredBy: 'operator',
  }
  const otherKeys = bureauRing.keysOf(`court:${otherBureau}`).map((key) => ({ ...key, provedAt: key.validFrom }))
  await opened.store.note(async ({ partners }) => {
    await partners.put(registered)
    await partners.put({ ...registered, code: otherBureau, keys: otherKeys })
    const byPeople = { ...registered, keys: [], respondWithinHours: 72 }
    const mode = { desk: 'desk', errand: 'errand' } as const
    const assetClasses = ['land', 'real-estate', 'deposit']
    const measures = ['inquire', 'freeze', 'seal', 'extend', 'release', 'transfer'] as const
    const kept = { ...byPeople, assetClasses, measures }
    await partners.put({ ...kept, code: villageBank, name: '某某村镇银行', adapter: 'desk', mode: mode.desk })
    const visit = { address: '某某县城关镇政务大厅二楼', hours: '工作日 9:00—16:30' }
    await partners.put({
      ...kept,
      code: countyCentre,
      name: '某某县不动产登记中心',
      adapter: 'errand',
      mode: mode.errand,
      visit,
    })
  })
  const speak = ({ adapter, keys: known }: RegisteredRegistry) => dialects[adapter]?.() ?? silent(known)
  const directory = await openDirectory(opened.registries, speak, (known) => known)
  const tokens = new Map<Staff, string>()
  const people = new Map<Staff, Person>()
  for (const [who, one] of Object.entries(staff)) {
    const { name, roles, court } = one
    const { holds, ...plain } = personWith(newId(), name, roles, court)
    const at = 'registry' in one ? { registry: one.registry } : {}
    const person: Person = { ...plain, username: who, holds: holds.map((held) => ({ ...held, ...at })) }
    await seat(opened, person)
    const token = `token-of-${who}`
    await signIn(opened, person, token)
    tokens.set(who as Staff, token)
    people.set(who as Staff, person)
  }
  const gateway: Parts = {
    store: guarded(opened.store, () => sequencer.standing().kind === 'sound'),
    reads: opened.reads,
    signer: keyring,
    papers: { verifier: sealVerifier(), seals: 'flagged', confirm: [], ...papers },
    counter: directory.counter,
    registries: directory.registries,
    gatewayId,
    logOrigin,
    clock: () => new Date(),
    newId,
    caseRef: (number) => caseRef(keyring.secret('case-ref').bytes, number),
    assetRef: (asset) => createHmac('sha256', 'asset').update(assetKey(asset)).digest('base64url'),
    wake: () => {},
  }
  const faults: unknown[] = []
  const parts: HttpParts = {
    gateway,
    people: opened.people,
    secondFactorFor: [],
    accounts: {
      ...gateway,
      people: opened.people,
      accounts: opened.accounts,
      turns: createTurns({ atOnce: 2, waiting: 32, waitingPerName: 3 }),
      cost: 'machine',
      strangerDue: seldom(60_000),
      demo: false,
    },
    registries: opened.registries,
    clients: opened.clients,
    usedOnce: opened.usedOnce,
    addressRule: addressRule({ loopback: true }),
    changed: directory.refresh,
    log: {
      ...createLogReader({ store: opened.ledger, sequencer, leaves: opened.reads.leaves, ...vkeysOf(signers) }),
      standing: () => sequencer.standing(),
      jwks: () => keyring.jwks(),
    },
    desk: deskLocks(keyring.secret('token').bytes),
    peers: {
      ...createPeers({ asksForCertificates: false, clock: () => new Date() }),
      clientCertificate: (c) => shownIn(c.req.header('x-certificate-of-the-test')),
    },
    limits: createRateLimits({ windows: opened.rateWindows, secret: Buffer.alloc(32, 'rate'), scale: rateScale }),
    health: async () => ({ ready: true, checks: { database: 'ok', log: 'ok' } }),
    machine: {
      dataDir: dir,
      database: () => opened.health(),
      certificates: () => ({}),
      ownKeys: () => keyring.archive(),
    },
    report: (fault) => faults.push(fault),
    version: '0.0.0-test',
    ...over,
  }
  const app = createApp(parts)

  const call = (who: Staff | undefined, method: string, path: string, body?: unknown, headers = {}) =>
    app.request(path, {
      method,
      headers: {
        ...(who && { Authorization: `Bearer ${tokens.get(who)}` }),
        ...(body !== undefined && !(body instanceof Uint8Array) && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: body instanceof Uint8Array ? new Uint8Array(body) : textOf(body) }),
    })

  return {
    app,
    parts,
    opened,
    gateway,
    faults,
    call,
    person: (who: Staff) => people.get(who),
    bureau: {
      token: (over: object = {}, by: RegistryCode = landBureau) => {
        const iat = Math.floor(Date.now() / 1000)
        const claims = { iss: by, aud: gatewayId, iat, exp: iat + 60, jti: newId(), ...over }
        return bureauRing.sign(`court:${by}`, envelopeTypes.partner, claims)
      },
      sign: (claims: object, typ: string = envelopeTypes.statement) =>
        bureauRing.sign(`court:${landBureau}`, typ, claims),
    },
    strangerSigns: (claims: object) => keyring.sign(`court:${binhai}`, envelopeTypes.statement, claims),
    close: async () => {
      await sequencer.stop()
      await opened.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))

/** A certificate that a call of a test says it came with. */
function shownIn(sha256: string | undefined): ClientCertificate | undefined {
  return sha256 === undefined ? undefined : { sha256, serial: '1', validTo: new Date(Date.now() + 86_400_000) }
}
