import { createPublicKey } from 'node:crypto'
import type { LogTrust } from '../ledger/checkpoint.ts'
import { parseVkey } from '../ledger/vkey.ts'
import type { KeysOf } from '../signing/key.ts'
import { type Check, failed, passed } from './check.ts'
import { isNamedByItself, type KeyArchive, type KeyOwner, keysFor, parseArchive } from './keys.ts'
import { type Layout, type Manifest, places, textOf } from './manifest.ts'
import { type Policy, parsePolicy } from './policy.ts'

/**
 * What a verifier brings along instead of believing the bundle: texts of a tlog-policy and of key archives, and notes of
 * checkpoints seen earlier. What is left out is taken from the bundle.
 */
export type OutsideTrust = {
  readonly policy?: string
  readonly jwks?: string
  readonly registryKeys?: string
  readonly checkpoints?: readonly string[]
}

/** By whom a bundle is judged. */
export type Trusted = {
  readonly log: LogTrust
  readonly policy: Policy
  readonly keysOf: (owner: KeyOwner) => KeysOf
}

/** Takes each part of the trust from outside, or else from the bundle itself, and says which it was. */
export function findTrust(
  layout: Layout,
  manifest: Manifest,
  outside: OutsideTrust,
): { readonly checks: readonly Check[]; readonly trusted?: Trusted } {
  const policyText = outside.policy ?? textOf(layout.get(places.policy))
  const policy = policyText === undefined ? undefined : parsePolicy(policyText)
  if (!policy) return { checks: [failed('trust', places.policy, 'policy-malformed', sourceOf(outside.policy))] }
  const log = policy.logs.filter(({ name }) => name === manifest.log)
  if (log.length === 0)
    return { checks: [failed('trust', places.policy, 'policy-other-log', sourceOf(outside.policy))] }
  const gateway = archiveFrom(layout, places.jwks, outside.jwks)
  const registry = archiveFrom(layout, places.registryKeys, outside.registryKeys)
  if (!gateway || !registry)
    return { checks: [failed('trust', gateway ? places.registryKeys : places.jwks, 'keys-malformed')] }
  return {
    checks: [
      passed('trust', places.policy, `${sourceOf(outside.policy)}: ${policy.vkeys.join(' ')}`),
      checkNames(gateway, sourceOf(outside.jwks)),
      passed('trust', places.registryKeys, `${sourceOf(outside.registryKeys)}: ${registry.keys.length} keys`),
      checkLogKey(layout, policy),
    ],
    trusted: {
      policy,
      log: { origin: manifest.log, log, witnesses: policy.witnesses },
      keysOf: (owner) => keysFor([owner.startsWith('registry:') ? registry : gateway], owner),
    },
  }
}

function archiveFrom(layout: Layout, path: string, outside: string | undefined): KeyArchive | undefined {
  const bytes = outside === undefined ? layout.get(path) : Buffer.from(outside)
  return bytes && parseArchive(bytes)
}

function checkNames({ keys }: KeyArchive, source: string): Check {
  const misnamed = keys.find((key) => !isNamedByItself(key))
  return misnamed
    ? failed('trust', places.jwks, 'key-misnamed', `${source}: ${misnamed.kid}`)
    : passed('trust', places.jwks, `${source}: ${keys.length} keys, each named by its thumbprint`)
}

/** The bundle's spellings of the log's key are one key, and a key of the policy: openssl then checks what we check. */
function checkLogKey(layout: Layout, policy: Policy): Check {
  const vkey = textOf(layout.get(places.vkey))?.trim() ?? ''
  if (!policy.vkeys.includes(vkey)) return failed('trust', places.vkey, 'trust-differs', 'not a log of the policy')
  const raw = rawKey(textOf(layout.get(places.pem)) ?? '')
  return raw?.equals(parseVkey(vkey).publicKey)
    ? passed('trust', places.pem, 'the key of log.vkey')
    : failed('trust', places.pem, 'trust-differs', 'another key than log.vkey')
}

function rawKey(pem: string): Buffer | undefined {
  try {
    return Buffer.from(createPublicKey(pem).export({ format: 'jwk' }).x ?? '', 'base64url')
  } catch {
    return undefined
  }
}

const sourceOf = (outside: string | undefined) => (outside === undefined ? "the bundle's own" : 'from outside')
