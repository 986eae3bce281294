import { type Checkpoint, type CheckpointRefusal, type LogTrust, openCheckpoint } from './checkpoint.ts'
import { hashBytes, leafHash, verifyInclusion } from './merkle.ts'
import type { NoteSignature } from './note.ts'
import { decodeBase64, encodeBase64, parseDecimal } from './spelling.ts'

/**
 * Why a leaf is in the log, to be carried away (存证证明). `checkpoint` is the signed note exactly as served; `hashes` go
 * from the leaf's sibling upwards; `extra` is not authenticated by anything and never to be believed.
 */
export type LogProof = {
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  readonly checkpoint: string
  readonly extra?: Uint8Array
}

export type VerifiedProof =
  | {
      readonly kind: 'proved'
      readonly index: number
      readonly checkpoint: Checkpoint
      readonly signatures: readonly NoteSignature[]
    }
  | { readonly kind: 'refused'; readonly reason: CheckpointRefusal | 'not-a-proof' | 'not-included' }

/** The text of a `.tlog-proof` file. C2SP tlog-proof@v1. */
export function formatProof({ index, hashes, checkpoint, extra }: LogProof): string {
  const lines = [
    proofMark,
    ...(extra ? [`extra ${encodeBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(encodeBase64),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Takes a `.tlog-proof` text apart, believing nothing; `undefined` when it is not one. */
export function parseProof(text: string): LogProof | undefined {
  const end = text.indexOf('\n\n')
  if (end < 0) return undefined
  const [mark, ...lines] = text.slice(0, end).split('\n')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const indexLine = lines.shift()
  // A tree of 2^53 leaves has proofs of 53 hashes; who sends more means harm.
  if (mark !== proofMark || !indexLine?.startsWith('index ') || lines.length > maxProofHashes) return undefined
  const index = parseDecimal(indexLine.slice('index '.length))
  const extra = extraLine === undefined ? undefined : decodeBase64(extraLine.slice('extra '.length))
  const hashes = lines.map(decodeBase64).filter((hash) => hash?.length === hashBytes)
  if (index === undefined || hashes.length < lines.length || (extraLine && !extra)) return undefined
  return {
    index,
    hashes: hashes.filter((hash) => hash !== undefined),
    checkpoint: text.slice(end + 2),
    ...(extra && { extra }),
  }
}

/**
 * Whether the text proves that `leaf`, the exact bytes of a record, is in the log one trusts. Needs nothing but its
 * arguments. How many witnesses are enough is the caller's policy: count `signatures`. C2SP tlog-proof, "Verifying".
 */
export function verifyProof(text: string, leaf: Uint8Array, trust: LogTrust): VerifiedProof {
  const proof = parseProof(text)
  if (!proof) return { kind: 'refused', reason: 'not-a-proof' }
  const opened = openCheckpoint(proof.checkpoint, trust)
  if (opened.kind === 'refused') return opened
  const { size, root } = opened.checkpoint
  if (!verifyInclusion(leafHash(leaf), proof.index, size, proof.hashes, root))
    return { kind: 'refused', reason: 'not-included' }
  return { kind: 'proved', index: proof.index, checkpoint: opened.checkpoint, signatures: opened.signatures }
}

const proofMark = 'c2sp.org/tlog-proof@v1'
const maxProofHashes = 63
