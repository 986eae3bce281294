import { createPublicKey, type KeyObject } from 'node:crypto'
import type { LogTrust } from '../ledger/checkpoint.ts'
import { publicKeyOf } from '../ledger/vkey.ts'
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
      ...checkLogKeys(layout, policy),
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

/**
 * The bundle's spellings of a key of the log are one key, and a key of the policy: openssl then checks what we check. A
 * policy may name the log by its SM2 key alone, or by the other alone: what it does not name is not believed and not asked.
 */
function checkLogKeys(layout: Layout, { vkeys }: Policy): readonly Check[] {
  const named = [
    { vkey: places.vkey, pem: places.pem },
    { vkey: places.sm2Vkey, pem: places.sm2Pem },
  ].filter(({ vkey }) => vkeys.includes(vkeyAt(layout, vkey)))
  if (named.length === 0) return [failed('trust', places.vkey, 'trust-differs', 'not a log of the policy')]
  return named.map(({ vkey, pem }) =>
    isSameKey(publicKeyOf(vkeyAt(layout, vkey)), textOf(layout.get(pem)) ?? '')
      ? passed('trust', pem, `the key of ${vkey}`)
      : failed('trust', pem, 'trust-differs', `another key than ${vkey}`),
  )
}

const vkeyAt = (layout: Layout, path: string) => textOf(layout.get(path))?.trim() ?? ''

function isSameKey(key: KeyObject, pem: string): boolean {
  const spki = { format: 'der', type: 'spki' } as const
  try {
    return createPublicKey(pem).export(spki).equals(key.export(spki))
  } catch {
    return false
  }
}

const sourceOf = (outside: string | undefined) => (outside === undefined ? "the bundle's own" : 'from outside')
