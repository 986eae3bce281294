import { hkdfSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { adapterFor } from '../adapters/catalogue.ts'
import manifest from '../package.json' with { type: 'json' }
import { catchUp, goRounds, keepUp, lookAround, told } from './cli/chores.ts'
import { runCommand } from './cli/commands.ts'
import { serveControl } from './cli/control.ts'
import { kekOffice } from './cli/key-wrappers.ts'
import type { Office } from './cli/office.ts'
import { authoritiesOf, openKeys } from './cli/open-keys.ts'
import { storeOptions } from './cli/store-options.ts'
import { lackingForPapers } from './config/papers.ts'
import { type Config, ConfigFault, readConfig } from './config.ts'
import { consolePages } from './console/pages.ts'
import { type Demo, openDemo } from './demo/demo.ts'
import { openSealOffice, type SealOffice } from './demo/seal-office.ts'
import { seedPeople } from './demo/seed-people.ts'
import { openTour } from './demo/tour.ts'
import { type Directory, openDirectory, vouchedBy } from './gateway/directory.ts'
import { courierWork } from './gateway/dispatch.ts'
import { guarded } from './gateway/guarded.ts'
import { noteLoose } from './gateway/journal.ts'
import type { Parts } from './gateway/parts.ts'
import type { PaperRules } from './gateway/ports/papers.ts'
import { refsOf } from './gateway/refs.ts'
import type { OfAccounts } from './gateway/roster/parts.ts'
import { seldom } from './gateway/roster/sign-in.ts'
import { createApp } from './http/app.ts'
import { listen } from './http/listen.ts'
import { createRateLimits, type RateLimits } from './http/rate-limits.ts'
import { openCheckpointFolder } from './ledger/folder.ts'
import { type LogSigners, linesOf, logSigners, vkeysOf } from './ledger/log-signers.ts'
import { createLogReader } from './ledger/reader.ts'
import { createSequencer, type Sequencer } from './ledger/sequencer.ts'
import { createCourier } from './relay/courier.ts'
import { algorithmOf, selfTest } from './signing/algorithm.ts'
import { readAuthorities } from './signing/certify.ts'
import { deskLocks } from './signing/desk-locks.ts'
import type { Keyring } from './signing/keyring.ts'
import { sealVerifier } from './signing/seal-verifier.ts'
import { createTurns } from './signing/turns.ts'
import { type OpenStore, openStore } from './store/open.ts'
import { openIdentityProvider } from './transport/identity-provider.ts'
import { openTransport, type Transport } from './transport/open.ts'

const clock = () => new Date()

/**
 * Wires the parts, listens, and starts what runs by itself: the sequencer of the log and the courier. The only file that
 * knows everyone. Resolves when the gateway serves; `stop` lets what is under way finish.
 */
async function start(config: Config, log: Logger): Promise<{ stop(): Promise<void> }> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const demoMode = config.mode === 'demo'
  const keyring = await openKeys(config, demoMode)
  const opened = await openStore(storeOptions(config, keyring))
  await refuseToPretend(config, opened)
  await testAlgorithms(config, keyring, opened)

  const signers = logSigners(config.logOrigin, keyring, config.signing.logSm2)
  const sequencer = await openLog(config, signers, opened, log)
  const isSound = () => sequencer.standing().kind === 'sound'

  const transport = openTransport(config.transport, clock, log)
  const tools = { signer: keyring, gatewayId: config.gatewayId, dispatcher: transport.dispatcher }
  const vouching = authoritiesOf(config)
  const vouch = vouchedBy(vouching.authorities, clock)
  const directory = await openDirectory(opened.registries, (registered) => adapterFor(registered, tools), vouch)
  const sealOffice = demoMode ? openSealOffice(join(config.dataDir, 'demo')) : undefined
  const papers = paperRules(config, sealOffice)
  const parts = partsOf(config, keyring, opened, directory, isSound, papers, () => courier.wake())
  const courier = createCourier(courierWork(parts, directory.pushed), {
    atOnce: 8,
    pollMs: 500,
    timeoutMs: 10_000,
    random: Math.random,
    onTrouble: (trouble) => log.error(told(trouble), 'a delivery could not be carried; it stays in the table'),
  })
  const identity = openIdentityProvider(config.signIn.openid, clock)
  const signingIn = {
    gateway: parts,
    people: opened.people,
    accounts: accountsOf(config, parts, opened),
    secondFactorFor: config.signIn.secondFactorFor,
    peers: transport.peers,
    limits: limitsOf(config, keyring, opened),
    ...(identity.openid && { openid: identity.openid }),
  }
  const publicLog = {
    ...createLogReader({ store: opened.ledger, sequencer, leaves: opened.reads.leaves, ...vkeysOf(signers) }),
    standing: () => sequencer.standing(),
    jwks: () => keyring.jwks(),
  }
  const { registries, clients } = opened
  const edge = {
    ...(config.progressOrigin !== undefined && { progressOrigin: config.progressOrigin }),
    ...signingIn,
    ...vouching,
    registries,
    clients,
    changed: directory.refresh,
    log: publicLog,
    machine: {
      dataDir: config.dataDir,
      database: () => opened.health(),
      certificates: transport.checks,
      ownKeys: () => keyring.archive(),
    },
  }
  const secret = keyring.secret('token').bytes
  const app = createApp({
    ...edge,
    usedOnce: opened.usedOnce,
    addressRule: transport.addressRule,
    desk: deskLocks(secret),
    health: () => readiness(opened, sequencer, transport),
    report: (fault, requestId) => log.error({ ...told(fault), requestId }, 'a call broke'),
    version: manifest.version,
  })
  let demo: Demo | undefined
  const { idleSeconds, sessionSeconds: seconds } = config.signIn
  const door = demoMode ? 'open' : 'closed'
  const sandbox = () => demo?.people ?? []
  const touring = { parts, people: opened.people, trust: publicLog }
  const tour = sealOffice && config.sandboxes ? { tour: openTour({ ...touring, sealOffice }) } : {}
  app.route('/', consolePages({ ...edge, ...tour, secret, door, sandbox, lasts: { idleSeconds, seconds } }))
  // Before the door opens: whoever finds it open may sign in.
  if (demoMode) await seedPeople(signingIn.accounts, opened.people, config.dataDir)
  const server = await listen(app, { host: config.host, port: config.port, ...transport.door })
  transport.watch(server.port, () => directory.codes().flatMap((code) => directory.counter(code)?.registered ?? []))
  const { people } = opened
  const office: Office = {
    mode: config.mode,
    parts,
    cases: parts,
    people,
    accounts: opened.accounts,
    registries,
    clients,
    keyring,
    addressRule: transport.addressRule,
    ...vouching,
    kek: kekOffice(config, keyring, opened),
    changed: directory.refresh,
  }
  const control = await serveControl(join(config.dataDir, 'control.sock'), (args, typed) =>
    runCommand(office, args, typed),
  )
  const upkeep = setInterval(() => void keepUp(opened, office, log), 3_600_000)
  // The embedded database has room for one process only.
  const shared = opened.engine !== 'embedded'
  const watch = shared ? setInterval(() => void lookAround(directory, keyring, log), 1000) : undefined
  if (isSound()) await parts.store.note((act) => noteLoose(parts, act, { kind: 'gateway.started' }))
  courier.start()
  const rounds = goRounds(parts, opened, log)
  const catchingUp = isSound() ? catchUp(opened, office, log) : undefined
  log.info({ origin: server.origin, mode: config.mode, engine: opened.engine }, 'serving')
  const { origin } = server
  demo = sealOffice && (await openDemo({ config, parts, opened, directory, origin, sealOffice }))

  return {
    stop: async () => {
      // Outside in: no new calls, no new deliveries, then the last entries reach the log, then the database closes.
      clearInterval(upkeep)
      await catchingUp
      clearInterval(watch)
      await demo?.stop()
      await control.close()
      await server.close()
      await courier.stop()
      await rounds.stop()
      if (isSound()) await parts.store.note((act) => noteLoose(parts, act, { kind: 'gateway.stopped' }))
      await sequencer.stop()
      await transport.stop()
      await identity.stop()
      await opened.close()
    },
  }
}

/** Production makes nothing up: no demo registry, and somebody who can sign in. */
async function refuseToPretend(config: Config, opened: OpenStore): Promise<void> {
  if (config.mode === 'demo') return
  const problems = [...lackingForPapers(config.mode, config.papers)]
  if ((await opened.registries.all()).some((registry) => registry.demo))
    problems.push('a demo registry is registered in this database')
  if (!config.signIn.openid && !(await opened.accounts.anyPassword()))
    problems.push(
      'nobody can sign in yet: name an identity provider (WRIT_OIDC_ISSUER), or register a person and give them a password with `writ user add` and `writ user password`',
    )
  if (problems.length === 0) return
  await opened.close()
  throw new ConfigFault(problems)
}

/** What is configured, what the keys here are of, and what registries sign with: nothing starts on a broken one. */
async function testAlgorithms(config: Config, keyring: Keyring, opened: OpenStore): Promise<void> {
  const registered = (await opened.registries.all()).flatMap(({ keys }) => keys.map(({ jwk }) => algorithmOf(jwk)))
  selfTest(new Set([config.signing.algorithm, ...keyring.archive().keys.map(({ alg }) => alg), ...registered]))
}

async function openLog(config: Config, signers: LogSigners, opened: OpenStore, log: Logger): Promise<Sequencer> {
  const sequencer = createSequencer({
    store: opened.ledger,
    folder: await openCheckpointFolder(config.checkpointDir),
    origin: config.logOrigin,
    signers: linesOf(signers),
    clock,
    report: (fault) => log.error(told(fault), 'the log could not be carried on; it tries again'),
  })
  const standing = await sequencer.start()
  if (standing.kind !== 'sound')
    log.fatal({ standing: standing.kind }, 'the database is behind its own published log: nothing is signed or relayed')
  return sequencer
}

function partsOf(
  config: Config,
  keyring: Keyring,
  opened: OpenStore,
  directory: Directory,
  isSound: () => boolean,
  papers: PaperRules,
  wake: () => void,
): Parts {
  return {
    store: guarded(opened.store, isSound),
    reads: opened.reads,
    signer: keyring,
    papers,
    counter: directory.counter,
    registries: directory.registries,
    gatewayId: config.gatewayId,
    ...config.law,
    logOrigin: config.logOrigin,
    clock,
    newId: uuidv7,
    ...refsOf((of) => keyring.secret(of).bytes),
    wake,
  }
}

/** In the demo its own seal office is believed beside the configured CA, and nowhere else. */
function paperRules({ papers: { seals, confirm, sealCa } }: Config, office: SealOffice | undefined): PaperRules {
  const anchors = [sealCa, office?.ca].flatMap((pem) => (pem === undefined ? [] : readAuthorities(pem).anchors))
  return { verifier: sealVerifier({ anchors }), seals, confirm }
}

/** All processes of an installation have one keyring, so the same caller has the same key in each of them. */
function limitsOf({ rateScale: scale }: Config, keyring: Keyring, { rateWindows: windows }: OpenStore): RateLimits {
  const secret = hkdfSync('sha256', keyring.secret('token').bytes, '', 'writ-rate/v1', 32)
  return createRateLimits({ windows, scale, secret: new Uint8Array(secret) })
}

function accountsOf({ mode }: Config, parts: Parts, { people, accounts }: OpenStore): OfAccounts {
  // Two hashes at once leave two of libuv's four threads, and one of two processors, to everybody else.
  const turns = createTurns({ atOnce: 2, waiting: 32, waitingPerName: 3 })
  return { ...parts, people, accounts, turns, cost: 'person', strangerDue: seldom(60_000), demo: mode === 'demo' }
}

async function readiness(
  opened: OpenStore,
  sequencer: Sequencer,
  transport: Transport,
): Promise<{ ready: boolean; checks: Record<string, string> }> {
  const database = await opened.health().then(
    () => 'ok',
    () => 'unreachable',
  )
  const { kind } = sequencer.standing()
  const checks = { database, log: kind === 'sound' ? 'ok' : kind, ...transport.checks() }
  return { ready: database === 'ok' && kind === 'sound', checks }
}

try {
  const config = readConfig()
  const log = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: true }))
  const running = start(config, log)
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping')
    // Told to leave while it is still coming up, it comes up first: then there is something to close in order.
    await (await running).stop()
    process.exit(0)
  }
  // Ctrl+C reaches us and npm, which forwards it: only one that is said again after a while means at once.
  let toldAt: number | undefined
  const told = (signal: string): void => {
    if (toldAt === undefined) void stop(signal)
    else if (Date.now() - toldAt > 1000) process.exit(1)
    toldAt ??= Date.now()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, told)
  await running
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exit(1)
}
