import { createPublicKey, verify } from 'node:crypto'
import { LedgerFault } from '../ledger/fault.ts'
import type { NoteSignature } from '../ledger/note.ts'
import { ed25519Type, type NoteVerifier, parseVkey, verifierOf } from '../ledger/vkey.ts'

/** Whom an auditor trusts about logs: C2SP tlog-policy. */
export type Policy = {
  readonly logs: readonly NoteVerifier[]
  readonly vkeys: readonly string[]
  readonly witnesses: readonly NoteVerifier[]
  /** Whether the witnesses among these signatures are enough. */
  readonly isQuorum: (signatures: readonly NoteSignature[]) => boolean
}

/** The policy of one log, known by one key or more, whose witnesses are not counted. */
export function formatPolicy(...vkeys: readonly string[]): string {
  return `${vkeys.map((vkey) => `log ${vkey}\n`).join('')}quorum none\n`
}

type Group = { readonly threshold: number; readonly members: readonly string[] }
type Draft = {
  readonly vkeys: string[]
  readonly witnesses: Map<string, NoteVerifier>
  readonly groups: Map<string, Group>
  quorum?: string
}

/** Reads a policy; undefined when a line of it is not understood, because a rule that is skipped is a rule that is broken. */
export function parsePolicy(text: string): Policy | undefined {
  const draft: Draft = { vkeys: [], witnesses: new Map(), groups: new Map() }
  try {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
    if (!lines.every((line) => readLine(draft, line.trim().split(/\s+/)))) return undefined
    const { vkeys, witnesses, groups, quorum } = draft
    if (vkeys.length === 0 || quorum === undefined) return undefined
    return {
      logs: vkeys.map(verifierOf),
      vkeys,
      witnesses: [...witnesses.values()],
      isQuorum: (signatures) => quorum === 'none' || counts(quorum, signatures, witnesses, groups),
    }
  } catch (cause) {
    if (cause instanceof LedgerFault) return undefined
    throw cause
  }
}

function readLine(draft: Draft, [word, name = '', ...rest]: readonly string[]): boolean {
  const isNew = name !== '' && name !== 'none' && !draft.witnesses.has(name) && !draft.groups.has(name)
  switch (word) {
    case 'log':
      return name !== '' && rest.length <= 1 && draft.vkeys.push(name) > 0
    case 'witness':
      if (!isNew || !rest[0] || rest.length > 2) return false
      draft.witnesses.set(name, witnessOf(rest[0]))
      return true
    case 'group': {
      const [threshold = '', ...members] = rest
      const least = threshold === 'any' ? 1 : threshold === 'all' ? members.length : Number(threshold)
      const known = members.every((member) => draft.witnesses.has(member) || draft.groups.has(member))
      if (!isNew || !known || !Number.isSafeInteger(least) || least < 1 || least > members.length) return false
      draft.groups.set(name, { threshold: least, members })
      return new Set(members).size === members.length
    }
    case 'quorum':
      if (draft.quorum !== undefined || rest.length > 0 || (isNew && name !== 'none')) return false
      draft.quorum = name
      return name !== ''
    default:
      return false
  }
}

// Members are known when a group is read, so groups cannot go round in a circle.
function counts(
  name: string,
  signatures: readonly NoteSignature[],
  witnesses: Draft['witnesses'],
  groups: Draft['groups'],
): boolean {
  const witness = witnesses.get(name)
  if (witness) return signatures.some((one) => one.name === witness.name && one.keyId === witness.keyId)
  const group = groups.get(name)
  if (!group) return false
  return group.members.filter((member) => counts(member, signatures, witnesses, groups)).length >= group.threshold
}

const cosignatureType = 0x04

/** A witness signs the text with the time before it: C2SP tlog-cosignature, `cosignature/v1`. */
function witnessOf(vkey: string): NoteVerifier {
  const { name, keyId, type, publicKey } = parseVkey(vkey)
  if (type === ed25519Type) return verifierOf(vkey)
  if (type !== cosignatureType || publicKey.length !== 32)
    throw new LedgerFault('KEY_MALFORMED', `no verifier for the witness ${name}`)
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return {
    name,
    keyId,
    verify: (text, signature) => {
      if (signature.length !== 72) return false
      const time = Buffer.from(signature).readBigUInt64BE()
      const message = Buffer.concat([Buffer.from(`cosignature/v1\ntime ${time}\n`), text])
      return verify(null, message, key, signature.subarray(8))
    },
  }
}
