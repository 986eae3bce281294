import { createPrivateKey, sign } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sealEnvelope } from './envelope.ts'
import { SigningFault } from './fault.ts'
import { type Algorithm, algorithmOf, graceAfterRetirement, type RegisteredKey } from './key.ts'
import { createKeyFile, type KeyFile, markOfFile, readKeyFile, replaceKeyFile, type StoredKey } from './key-file.ts'
import { makeKey, publicJwk } from './make-key.ts'
import type { KeyUse, PublishedKey, Signer } from './signer.ts'

export type { Jwks, KeyUse, Signer } from './signer.ts'

/**
 * Symmetric secrets: `kek` wraps the cases' keys, `case-ref` and `asset-ref` key the references in the log, `token` the
 * tokens, `blind-index` the index by which a person's cases are found without their number being kept.
 */
export type SecretUse = 'kek' | 'case-ref' | 'asset-ref' | 'token' | 'blind-index'

export type Secret = { readonly id: string; readonly bytes: Uint8Array }

const secretUses: readonly SecretUse[] = ['kek', 'case-ref', 'asset-ref', 'token', 'blind-index']
const gatewayUses: readonly KeyUse[] = ['receipt', 'record', 'log']

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
  /** next → current → retired, and a new next. The log's key does not rotate. */
  rotate(use: KeyUse | SecretUse, now: Date): Promise<void>
  /** From now on nothing under this key counts; when it was the current one, the next takes its place. */
  revoke(kid: string, now: Date): Promise<void>
  /** True when any key here was made for a demonstration; production refuses such a ring. */
  readonly demo: boolean
}

export type KeyringOptions = {
  readonly courts: readonly string[]
  /** Make what is missing, or say all that is missing and stop. */
  readonly create: boolean
  readonly demo?: boolean
  readonly algorithm?: Algorithm
  readonly now?: Date
}

/**
 * Opens the keys in a directory, owner-only. What is missing is made when `create` says so; otherwise everything missing
 * is told at once.
 */
export async function openKeyring(dir: string, options: KeyringOptions): Promise<Keyring> {
  const uses = [...options.courts.map((court): KeyUse => `court:${court}`), ...gatewayUses, ...secretUses]
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
  return keyringOf(dir, ring)
}

async function createKeys(dir: string, use: string, options: KeyringOptions): Promise<KeyFile> {
  const algorithm = isSecret(use) ? 'secret' : use === 'log' ? 'EdDSA' : (options.algorithm ?? 'EdDSA')
  const made = { validFrom: options.now ?? new Date(), demo: options.demo ?? false }
  const current = await makeKey(algorithm, { ...made, state: 'current' })
  const pairs =
    isSecret(use) || use === 'log' ? [current] : [current, await makeKey(algorithm, { ...made, state: 'next' })]
  createKeyFile(pathOf(dir, use), { use, keys: pairs })
  // Read back rather than trusted: when two processes start at once, both must end with the keys of the first.
  const file = readKeyFile(pathOf(dir, use))
  if (!file) throw new SigningFault('KEY_UNREADABLE', `the keys just made for ${use} are gone`)
  return file
}

function keyringOf(dir: string, ring: Map<string, KeyFile>): Keyring {
  const marks = new Map<string, string>()
  const stored = (use: string) => ring.get(use)?.keys ?? []
  const current = (use: string): StoredKey => {
    const found = stored(use).find((key) => key.state === 'current')
    if (!found) throw new SigningFault('KEY_ABSENT', `there is no current key for ${use}`)
    return found
  }
  const replace = (use: string, keys: StoredKey[]) => {
    replaceKeyFile(pathOf(dir, use), { use, keys })
    ring.set(use, { use, keys })
  }
  return {
    sign: async (use, typ, claims) => sealEnvelope(signingKey(current(use)), typ, claims),
    signBytes: (use, bytes) => sign(null, bytes, signingKey(current(use)).privateKey),
    publicKey: (use) => Buffer.from(String(publicJwk(current(use).jwk).x), 'base64url'),
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
    rotate: async (use, now) => replace(use, await rotated(use, stored(use), now)),
    revoke: async (kid, now) => {
      const [use] = [...ring.values()].filter(({ keys }) => keys.some((key) => key.kid === kid)).map((file) => file.use)
      if (use === undefined || use === 'log') throw new SigningFault('KEY_ABSENT', 'no key of that name can be revoked')
      const keys = current(use).kid === kid ? await rotated(use, stored(use), now) : stored(use)
      replace(
        use,
        keys.map((key) => (key.kid === kid ? { ...key, state: 'revoked', revokedAt: now.toISOString() } : key)),
      )
    },
    get demo() {
      return [...ring.values()].some(({ keys }) => keys.some((key) => key.demo))
    },
  }
}

async function rotated(use: string, keys: readonly StoredKey[], now: Date): Promise<StoredKey[]> {
  if (use === 'log') throw new SigningFault('KEY_FIXED', 'the key of the log is its name; a new one begins a new log')
  const [old] = keys.filter((key) => key.state === 'current')
  if (!old) throw new SigningFault('KEY_ABSENT', `there is no current key for ${use}`)
  const algorithm = isSecret(use) ? 'secret' : (algorithmOf(old.jwk) ?? 'EdDSA')
  const fresh = await makeKey(algorithm, { state: isSecret(use) ? 'current' : 'next', validFrom: now, demo: old.demo })
  const moved = keys.map((key): StoredKey => {
    if (key.state === 'current') return { ...key, state: 'retired', retiredAt: now.toISOString() }
    return key.state === 'next' ? { ...key, state: 'current' } : key
  })
  return [...moved, fresh]
}

const signers = new WeakMap<StoredKey, ReturnType<typeof importSigner>>()

function signingKey(key: StoredKey) {
  const known = signers.get(key) ?? importSigner(key)
  signers.set(key, known)
  return known
}

function importSigner(key: StoredKey) {
  const alg = algorithmOf(key.jwk)
  if (!alg) throw new SigningFault('KEY_UNREADABLE', 'a key is neither Ed25519 nor P-256')
  return { kid: key.kid, alg, privateKey: createPrivateKey({ key: { ...key.jwk }, format: 'jwk' }) }
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

// `court:津0116` lies in `court-津0116.json`: a colon is no letter for every disk.
const pathOf = (dir: string, use: string) => join(dir, `${use.replace(':', '-')}.json`)
