import { LedgerFault } from './fault.ts'
import { decodeBase64, encodeBase64 } from './spelling.ts'
import { keyIdBytes, type NoteVerifier, verifierOf } from './vkey.ts'

/** Whoever signs notes: the verifier key to check by, and a function that signs bytes wherever the private key lives. */
export type NoteSigner = {
  readonly vkey: string
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

/** A signature line of a note. `signature` is what follows the key id. */
export type NoteSignature = { readonly name: string; readonly keyId: number; readonly signature: Uint8Array }

/**
 * What came of opening a note. Opened: `text` is believed, `signatures` are those of known keys, one a key.
 * Refused: `malformed` (not a signed note), `too-large`, `bad-signature` (a known key's signature fails, so nothing in
 * the note is believed), `unsigned` (no known key signed it).
 */
export type OpenedNote =
  | { readonly kind: 'opened'; readonly text: string; readonly signatures: readonly NoteSignature[] }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'too-large' | 'bad-signature' | 'unsigned' }

/** The longest note that is read, in bytes, and the most signatures in it; the specification asks for at least 16. */
export const maxNoteBytes = 512 * 1024
const maxNoteSignatures = 100

/**
 * Signs a text, which ends in a newline, with every signer. C2SP signed-note.
 * Throws `TEXT_UNSIGNABLE`, and `SIGNATURE_FOREIGN` when a signature does not verify under the signer's own key: better
 * no note than one that nobody can open.
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith('\n') || !isPlain(text)) throw new LedgerFault('TEXT_UNSIGNABLE', 'a note ends in a newline')
  if (signers.length === 0) throw new LedgerFault('TEXT_UNSIGNABLE', 'a note has at least one signature')
  const lines = await Promise.all(signers.map((signer) => signatureLine(text, signer)))
  return `${text}\n${lines.join('')}`
}

/**
 * Opens a note with the keys one knows. C2SP signed-note: the text ends at the last empty line, unknown signatures are
 * ignored, one failing signature of a known key spoils the whole. The note is a stranger's: no input throws.
 * Throws `KEY_MALFORMED` only when two of the known keys share name and id.
 */
export function openNote(note: string | Uint8Array, known: readonly NoteVerifier[]): OpenedNote {
  const keys = new Map(known.map((key) => [nameOf(key), key]))
  if (keys.size < known.length) throw new LedgerFault('KEY_MALFORMED', 'two known keys share one name and id')
  if (note.length > maxNoteBytes) return { kind: 'refused', reason: 'too-large' }
  const parts = splitNote(note)
  if (!parts) return { kind: 'refused', reason: 'malformed' }
  if (parts.signatures.length > maxNoteSignatures) return { kind: 'refused', reason: 'too-large' }
  const mine = parts.signatures.filter((signature) => keys.has(nameOf(signature)))
  const message = Buffer.from(parts.text)
  if (!mine.every((signature) => keys.get(nameOf(signature))?.verify(message, signature.signature)))
    return { kind: 'refused', reason: 'bad-signature' }
  const signatures = [...new Map(mine.map((signature) => [nameOf(signature), signature])).values()]
  if (signatures.length === 0) return { kind: 'refused', reason: 'unsigned' }
  return { kind: 'opened', text: parts.text, signatures }
}

/** A note taken apart, nothing of it believed yet; `undefined` when it is not one. */
export function splitNote(
  note: string | Uint8Array,
): { readonly text: string; readonly signatures: readonly NoteSignature[] } | undefined {
  const whole = decodeText(note)
  if (whole === undefined || !isPlain(whole)) return undefined
  const end = whole.lastIndexOf('\n\n')
  if (end < 0 || !whole.endsWith('\n')) return undefined
  const signatures = whole
    .slice(end + 2)
    .split('\n')
    .slice(0, -1)
    .map(parseSignatureLine)
  const sound = signatures.filter((signature) => signature !== undefined)
  return sound.length > 0 && sound.length === signatures.length
    ? { text: whole.slice(0, end + 1), signatures: sound }
    : undefined
}

async function signatureLine(text: string, { vkey, sign }: NoteSigner): Promise<string> {
  const verifier = verifierOf(vkey)
  const message = Buffer.from(text)
  const signature = await sign(message)
  if (!verifier.verify(message, signature))
    throw new LedgerFault('SIGNATURE_FOREIGN', `the signature does not verify under the key of ${verifier.name}`)
  return `— ${verifier.name} ${encodeBase64(Buffer.concat([keyIdBytes(verifier.keyId), signature]))}\n`
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const found = /^— ([^\p{White_Space}+]+) (\S+)$/u.exec(line)
  const bytes = decodeBase64(found?.[2] ?? '')
  if (!found?.[1] || !bytes || bytes.length < 5) return undefined
  return { name: found[1], keyId: Buffer.from(bytes).readUInt32BE(), signature: bytes.subarray(4) }
}

function nameOf(key: { readonly name: string; readonly keyId: number }): string {
  return `${key.name}+${key.keyId}`
}

function decodeText(note: string | Uint8Array): string | undefined {
  if (typeof note === 'string') return Buffer.from(note).toString() === note ? note : undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note)
  } catch {
    return undefined
  }
}

/** No control characters but newline: a terminal shows what was signed. */
function isPlain(text: string): boolean {
  return Array.from(text).every((character) => character === '\n' || character >= ' ')
}
