import { hashBytes } from './merkle.ts'
import { type NoteSignature, type NoteSigner, openNote, signNote } from './note.ts'
import { decodeBase64, encodeBase64, parseDecimal } from './spelling.ts'
import type { NoteVerifier } from './vkey.ts'

/** What a log says of itself: `origin` names the log, `size` counts its leaves, `root` is the tree's root over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array }

/** Whom one trusts about a log: its name, the keys it signs with, and outside witnesses, if any are known. */
export type LogTrust = {
  readonly origin: string
  readonly log: readonly NoteVerifier[]
  readonly witnesses?: readonly NoteVerifier[]
}

/**
 * What came of opening a checkpoint. Opened: signed by a key of the log; `signatures` are all that verified, witnesses
 * included, for a policy to count. Refused: as a note is, or `not-a-checkpoint`, or `other-origin`, or `not-by-the-log`
 * (only witnesses signed).
 */
export type OpenedCheckpoint =
  | { readonly kind: 'opened'; readonly checkpoint: Checkpoint; readonly signatures: readonly NoteSignature[] }
  | { readonly kind: 'refused'; readonly reason: CheckpointRefusal }

export type CheckpointRefusal =
  | 'malformed'
  | 'too-large'
  | 'bad-signature'
  | 'unsigned'
  | 'not-a-checkpoint'
  | 'other-origin'
  | 'not-by-the-log'

/** The three lines that are signed. No extension lines: witnesses would not vouch for them. C2SP tlog-checkpoint. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`
}

/** Reads the text of a checkpoint, skipping extension lines; `undefined` when it is not one. C2SP tlog-checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split('\n')
  if (lines.length < 4 || lines.pop() !== '' || lines.includes('')) return undefined
  const [origin = '', sizeText = '', rootText = ''] = lines
  const size = parseDecimal(sizeText)
  const root = decodeBase64(rootText)
  return size === undefined || root?.length !== hashBytes ? undefined : { origin, size, root }
}

/** A checkpoint as a signed note, one signature line a signer. Throws as `signNote` does. */
export async function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): Promise<string> {
  return signNote(formatCheckpoint(checkpoint), signers)
}

/** Opens a checkpoint by those one trusts. The note is a stranger's: no input throws. */
export function openCheckpoint(note: string | Uint8Array, trust: LogTrust): OpenedCheckpoint {
  const opened = openNote(note, [...trust.log, ...(trust.witnesses ?? [])])
  if (opened.kind === 'refused') return opened
  const checkpoint = parseCheckpoint(opened.text)
  if (!checkpoint) return { kind: 'refused', reason: 'not-a-checkpoint' }
  if (checkpoint.origin !== trust.origin) return { kind: 'refused', reason: 'other-origin' }
  // A witness alone proves nothing: it vouches for what the log has said, and here the log has not said it.
  if (!opened.signatures.some((signature) => trust.log.some((key) => isBy(signature, key))))
    return { kind: 'refused', reason: 'not-by-the-log' }
  return { kind: 'opened', checkpoint, signatures: opened.signatures }
}

function isBy(signature: NoteSignature, key: NoteVerifier): boolean {
  return signature.name === key.name && signature.keyId === key.keyId
}
