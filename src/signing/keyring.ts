import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Algorithm, algorithmOf, algorithms, publicBytes } from './algorithm.ts'
import { type SigningKey, sealEnvelope } from './envelope.ts'
import { SigningFault } from './fault.ts'
import { graceAfterRetirement, type RegisteredKey } from './key.ts'
import { createKeyFile, type KeyFile, markOfFile, readKeyFile, replaceKeyFile, type StoredKey } from './key-file.ts'
import { makeKey, publicJwk, signingKeyOf } from './make-key.ts'
import type { KeyUse, LogUse, PublishedKey, Signer } from './signer.ts'

export type { Jwks, KeyUse, Signer } from './signer.ts'

/**
 * Symmetric secrets: `kek` wraps the cases' keys, `case-ref` and `asset-ref` key the references in the log, `token` the
 * tokens, `blind-index` the index by which a person's cases are found without their number being kept.
 */
export type SecretUse = 'kek' | 'case-ref' | 'asset-ref' | 'token' | 'blind-index'

export type Secret = { readonly id: string; readonly bytes: Uint8Array }

const secretUses: readonly SecretUse[] = ['kek', 'case-ref', 'asset-ref', 'token', 'blind-index']
const gatewayUses: readonly KeyUse[] = ['receipt', 'record', 'log']

/** The keys of the log are what it is known by: their algorithm is no matter of choice, and they never rotate. */
const logAlgorithms: Readonly<Record<LogUse, Algorithm>> = { log: 'EdDSA', 'log-sm2': 'SM2-SM3' }

/**
 * All keys of an installation. Changes are on disk before they are used; a rotated key stays readable for ever, so what
 * it signed or wrapped can always be opened.
 */
export type Keyring = Signer & {
  /** The public keys of one party, in any state; enough to verify what it ever signed. */
  keysOf(use: KeyUse): readonly RegisteredKey[]
  secret(use: SecretUse): Secret
  /** The current secret and all before it, by id. */
  secrets(use: SecretUse): readonly Secret[]
  /** Looks whether another process has changed the keys of this use, and takes them over. Costs one `stat`. */
  reread(use: SecretUse): void
  /** next → current → retired, and a new next, in the configured algorithm. The log's keys do not rotate. */
  rotate(use: KeyUse | SecretUse, now: Date): Promise<void>
  /** The same, thought out and not yet made. */
  rotation(use: KeyUse | SecretUse, now: Date): Promise<KeyChange>
  /** From now on nothing under this key counts; when it was the current one, the next takes its place. */
  revoke(kid: string, now: Date): Promise<void>
  revocation(kid: string, now: Date): Promise<KeyChange>
  /** Reads anew what another process of the installation has changed in the same directory. */
  refresh(): void
  /** True when any key here was made for a demonstration; production refuses such a ring. */
  readonly demo: boolean
}

/**
 * A change of keys before it is made, so that it can be written down first. `apply` makes it: on disk, then in this process.
 * It throws `KEYS_CHANGED` when somebody else was quicker, and nothing has happened then.
 */
export type KeyChange = {
  readonly use: string
  readonly ended: string
  readonly created: readonly string[]
  apply(): void
}

export type KeyringOptions = {
  readonly courts: readonly string[]
  /** Make what is missing, or say all that is missing and stop. */
  readonly create: boolean
  readonly demo?: boolean
  /** Of keys newly made; left out, EdDSA, and a rotation keeps the algorithm a key has. */
  readonly algorithm?: Algorithm
  /** Whether checkpoints bear an SM2 line, for which the log has a second key. */
  readonly logSm2?: boolean
  readonly now?: Date
}

/**
 * Opens the keys in a directory, owner-only. What is missing is made when `create` says so; otherwise everything missing
 * is told at once.
 */
export async function openKeyring(dir: string, options: KeyringOptions): Promise<Keyring> {
  const courtUses = options.courts.map((court): KeyUse => `court:${court}`)
  const logSm2: readonly KeyUse[] = options.logSm2 ? ['log-sm2'] : []
  const uses = [...courtUses, ...gatewayUses, ...logSm2, ...secretUses]
  const ring = new Map<string, KeyFile>()
  for (const use of uses) {
    const file = readKeyFile(pathOf(dir, use))
    if (file) ring.set(use, file)
  }
  const missing = uses.filter((use) => !ring.has(use))
  if (missing.length > 0 && !options.create)
    throw new SigningFault('KEYS_MISSING', `no key in ${dir} for ${missing.join(', ')}; \`writ keys make\` makes them`)
  if (missing.length > 0) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    chmodSync(dir, 0o700)
  }
  for (const use of missing) ring.set(use, await createKeys(dir, use, options))
  return keyringOf(dir, ring, options.algorithm)
}

async function createKeys(dir: string, use: string, options: KeyringOptions): Promise<KeyFile> {
  const algorithm = isSecret(use) ? 'secret' : isLog(use) ? logAlgorithms[use] : (options.algorithm ?? 'EdDSA')
  const made = { validFrom: options.now ?? new Date(), demo: options.demo ?? false }
  const current = await makeKey(algorithm, { ...made, state: 'current' })
  const pairs =
    isSecret(use) || isLog(use) ? [current] : [current, await makeKey(algorithm, { ...made, state: 'next' })]
  createKeyFile(pathOf(dir, use), { use, keys: pairs })
  // Read back rather than trusted: when two processes start at once, both must end with the keys of the first.
  const file = readKeyFile(pathOf(dir, use))
  if (!file) throw new SigningFault('KEY_UNREADABLE', `the keys just made for ${use} are gone`)
  return file
}

function keyringOf(dir: string, ring: Map<string, KeyFile>, algorithm: Algorithm | undefined): Keyring {
  const marks = new Map<string, string>()
  const stored = (use: string) => ring.get(use)?.keys ?? []
  const current = (use: string): StoredKey => {
    const found = stored(use).find((key) => key.state === 'current')
    if (!found) throw new SigningFault('KEY_ABSENT', `there is no current key for ${use}`)
    return found
  }
  let seen = statSync(dir).mtimeMs
  const refresh = () => {
    // Keys are replaced by renaming, and that changes the time of the directory: mostly there is nothing to read.
    const { mtimeMs } = statSync(dir)
    if (mtimeMs === seen) return
    seen = mtimeMs
    for (const use of ring.keys()) {
      const file = readKeyFile(pathOf(dir, use))
      if (file && !isDeepStrictEqual(file, ring.get(use))) ring.set(use, file)
    }
  }
  /** From what is on disk now, which may be more than this process has read. */
  const change = async (
    use: string,
    ended: string,
    changed: (keys: readonly StoredKey[]) => Promise<StoredKey[]>,
  ): Promise<KeyChange> => {
    refresh()
    const before = stored(use)
    const keys = await changed(before)
    const created = keys.filter(({ kid }) => !before.some((key) => key.kid === kid)).map(({ kid }) => kid)
    const apply = () => {
      if (!isDeepStrictEqual(readKeyFile(pathOf(dir, use))?.keys, before))
        throw new SigningFault('KEYS_CHANGED', `the keys for ${use} were changed meanwhile; nothing was done`)
      replaceKeyFile(pathOf(dir, use), { use, keys })
      ring.set(use, { use, keys })
    }
    return { use, ended, created, apply }
  }
  const rotation = (use: string, now: Date) =>
    change(use, current(use).kid, (keys) => rotated(use, keys, now, algorithm))
  const revocation = (kid: string, now: Date) => {
    const [use] = [...ring.values()].filter(({ keys }) => keys.some((key) => key.kid === kid)).map((file) => file.use)
    if (use === undefined || isLog(use)) throw new SigningFault('KEY_ABSENT', 'no key of that name can be revoked')
    return change(use, kid, (keys) => revoked(use, keys, kid, now, algorithm))
  }
  return {
    sign: async (use, typ, claims) => sealEnvelope(signingKey(current(use)), typ, claims),
    signBytes: (use, bytes) => {
      const { alg, privateKey } = signingKey(current(use))
      return algorithms[alg].sign(bytes, privateKey)
    },
    publicKey: (use) => publicBytes(publicJwk(current(use).jwk)),
    jwks: () => ({ keys: [...ring.values()].flatMap(archived).filter(({ status }) => status !== 'revoked') }),
    archive: () => ({ keys: [...ring.values()].flatMap(archived) }),
    keysOf: (use) => stored(use).map(registered),
    secret: (use) => secretOf(current(use)),
    reread: (use) => {
      const mark = markOfFile(pathOf(dir, use))
      const file = mark === undefined || marks.get(use) === mark ? undefined : readKeyFile(pathOf(dir, use))
      if (mark === undefined || !file) return
      marks.set(use, mark)
      ring.set(use, file)
    },
    secrets: (use) => [current(use), ...stored(use).filter(({ state }) => state !== 'current')].map(secretOf),
    rotation,
    rotate: async (use, now) => (await rotation(use, now)).apply(),
    revocation: async (kid, now) => revocation(kid, now),
    revoke: async (kid, now) => (await revocation(kid, now)).apply(),
    refresh,
    get demo() {
      return [...ring.values()].some(({ keys }) => keys.some((key) => key.demo))
    },
  }
}

type Wanted = Algorithm | undefined

/** A current key makes room for the next; a next one for another, because a court without a next cannot rotate. */
async function revoked(
  use: string,
  keys: readonly StoredKey[],
  kid: string,
  now: Date,
  wanted: Wanted,
): Promise<StoredKey[]> {
  const state = keys.find((key) => key.kid === kid)?.state
  const moved = state === 'current' ? await rotated(use, keys, now, wanted) : [...keys]
  const ended = moved.map(
    (key): StoredKey => (key.kid === kid ? { ...key, state: 'revoked', revokedAt: now.toISOString() } : key),
  )
  return state === 'next' ? [...ended, await successor(use, keys, now, wanted)] : ended
}

async function rotated(use: string, keys: readonly StoredKey[], now: Date, wanted: Wanted): Promise<StoredKey[]> {
  if (isLog(use)) throw new SigningFault('KEY_FIXED', 'the key of the log is its name; a new one begins a new log')
  const [old] = keys.filter((key) => key.state === 'current')
  if (!old) throw new SigningFault('KEY_ABSENT', `there is no current key for ${use}`)
  const fresh = await successor(use, keys, now, wanted)
  const moved = keys.map((key): StoredKey => {
    if (key.state === 'current') return { ...key, state: 'retired', retiredAt: now.toISOString() }
    return key.state === 'next' ? { ...key, state: 'current' } : key
  })
  return [...moved, fresh]
}

async function successor(use: string, keys: readonly StoredKey[], now: Date, wanted: Wanted): Promise<StoredKey> {
  const [old] = keys.filter((key) => key.state === 'current')
  const algorithm = isSecret(use) ? 'secret' : (wanted ?? (old && algorithmOf(old.jwk)) ?? 'EdDSA')
  const state = isSecret(use) ? 'current' : 'next'
  return makeKey(algorithm, { state, validFrom: now, demo: old?.demo ?? false })
}

const signers = new WeakMap<StoredKey, SigningKey>()

function signingKey(key: StoredKey): SigningKey {
  const known = signers.get(key) ?? signingKeyOf(key)
  signers.set(key, known)
  return known
}

function registered(key: StoredKey): RegisteredKey {
  return {
    kid: key.kid,
    jwk: publicJwk(key.jwk),
    validFrom: new Date(key.validFrom),
    ...(key.retiredAt && { retiredAt: new Date(key.retiredAt) }),
    ...(key.revokedAt && { revokedAt: new Date(key.revokedAt) }),
  }
}

function archived({ use, keys }: KeyFile): PublishedKey[] {
  if (isSecret(use)) return []
  return keys.map((key): PublishedKey => {
    const exp = key.retiredAt && seconds(Date.parse(key.retiredAt) + graceAfterRetirement)
    const revoked = key.revokedAt && seconds(Date.parse(key.revokedAt))
    return {
      ...publicJwk(key.jwk),
      use: 'sig',
      kid: key.kid,
      alg: algorithmOf(key.jwk) ?? '',
      for: use as KeyUse,
      status: key.state,
      nbf: seconds(Date.parse(key.validFrom)),
      ...(exp && { exp }),
      ...(revoked && { revoked }),
    }
  })
}

function secretOf(key: StoredKey): Secret {
  return { id: key.kid, bytes: Buffer.from(String(key.jwk.k), 'base64url') }
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
const isSecret = (use: string) => secretUses.some((secret) => secret === use)
const isLog = (use: string): use is LogUse => Object.hasOwn(logAlgorithms, use)

// `court:津0116` lies in `court-津0116.json`: a colon is no letter for every disk.
const pathOf = (dir: string, use: string) => join(dir, `${use.replace(':', '-')}.json`)
