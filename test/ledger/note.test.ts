import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxNoteBytes, openNote, signNote } from '../../src/ledger/note.ts'
import { formatVkey, parseVkey, verifierOf } from '../../src/ledger/vkey.ts'
import { logSigner, origin, signerNamed, strangerSigner, witnessSigner } from './keys.ts'

/** The example of c2sp.org/signed-note. */
const exampleKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const exampleNote = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
/** The example of golang.org/x/mod/sumdb/note. */
const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const goNote = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`
const known = [verifierOf(logSigner.vkey)]
const text = 'first line\n\nlast line\n'

describe('verifier keys', () => {
  test('the key of the specification is read and written', () => {
    const { name, type, publicKey } = parseVkey(exampleKey)
    expect([name, type, publicKey.length]).toEqual(['example.com/foo', 1, 32])
    expect(formatVkey(name, type, publicKey)).toBe(exampleKey)
  })

  test('a key of another type is read, for those who can verify it', () => {
    const cosigner = formatVkey('witness.example/w1', 0x04, new Uint8Array(32))
    expect(parseVkey(cosigner).type).toBe(4)
    expect(() => verifierOf(cosigner)).toThrow('signature type 4')
  })

  test.each([
    ['an id that is not its key’s', exampleKey.replace('530d903a', '530d903b')],
    ['another name on it', exampleKey.replace('example.com/foo', 'example.com/bar')],
    ['an id in capitals', exampleKey.replace('530d903a', '530D903A')],
    ['no name', exampleKey.replace('example.com/foo', '')],
    ['base64 with stray bits', exampleKey.replace(/k$/, 'l')],
    ['no key', 'example.com/foo+530d903a+'],
    ['nothing', ''],
  ])('a key with %s is a fault', (_, vkey) => {
    expect(() => parseVkey(vkey)).toThrow(expect.objectContaining({ code: 'KEY_MALFORMED' }))
  })

  test.each(['', 'two words', 'a+b', 'wide space', 'line\n'])('%j is no name for a key', (name) => {
    expect(() => formatVkey(name, 1, new Uint8Array(32))).toThrow('key name')
  })
})

describe('opening', () => {
  test.each([
    [exampleKey, exampleNote],
    [goKey, goNote],
  ])('the published example of %s opens', (vkey, note) => {
    const opened = openNote(note, [verifierOf(vkey)])
    expect(opened).toMatchObject({ kind: 'opened', text: note.slice(0, note.lastIndexOf('\n\n') + 1) })
    expect(openNote(Buffer.from(note), [verifierOf(vkey)])).toEqual(opened)
  })

  test('the text ends at the last empty line', async () => {
    expect(openNote(await signNote(text, [logSigner]), known)).toMatchObject({ kind: 'opened', text })
  })

  test('signatures of strangers are ignored, sixteen and more', async () => {
    const strangers = Array.from({ length: 20 }, (_, at) => signerNamed(`s${at}.example`, 10 + at))
    const opened = openNote(await signNote(text, [...strangers, logSigner, strangerSigner]), known)
    expect(opened).toMatchObject({ kind: 'opened', signatures: [{ name: origin }] })
  })

  test('a note that only strangers signed is unsigned, also under our name', async () => {
    const note = await signNote(text, [witnessSigner, strangerSigner])
    expect(openNote(note, known)).toEqual({ kind: 'refused', reason: 'unsigned' })
  })

  test('one failing signature of a known key spoils the note, whoever else signed', async () => {
    const mine = await signNote(text, [logSigner])
    const other = await signNote('other\n', [witnessSigner])
    const line = other.split('\n').at(-2)
    const both = [...known, verifierOf(witnessSigner.vkey)]
    expect(openNote(`${mine}${line}\n`, known)).toMatchObject({ kind: 'opened' })
    expect(openNote(`${mine}${line}\n`, both)).toEqual({ kind: 'refused', reason: 'bad-signature' })
  })

  test('a second, false line of a key that also signed well spoils it too', async () => {
    const mine = await signNote(text, [logSigner])
    const line = (await signNote('other\n', [logSigner])).split('\n').at(-2)
    expect(openNote(`${mine}${line}\n`, known)).toEqual({ kind: 'refused', reason: 'bad-signature' })
  })

  test('the same line twice is one signature', async () => {
    const mine = await signNote(text, [logSigner])
    const opened = openNote(`${mine}${mine.split('\n').at(-2)}\n`, known)
    expect(opened.kind === 'opened' && opened.signatures.length).toBe(1)
  })

  test('no character of the example can be changed', () => {
    const keys = [verifierOf(exampleKey)]
    fc.assert(
      fc.property(
        fc.nat(exampleNote.length - 1),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        (at, by) => {
          fc.pre(exampleNote[at] !== by)
          const changed = exampleNote.slice(0, at) + by + exampleNote.slice(at + 1)
          expect(openNote(changed, keys).kind).toBe('refused')
        },
      ),
      { numRuns: 500 },
    )
  })

  test.each([
    ['a carriage return', exampleNote.replace('message.', 'message.\r')],
    ['a tab', exampleNote.replace('example message', 'example\tmessage')],
    ['no final newline', exampleNote.slice(0, -1)],
    ['no signature', 'text\n\n'],
    ['no empty line', exampleNote.replace('\n\n', '\n')],
    ['a line after the signatures', `${exampleNote}more\n`],
    ['a hyphen for the dash', exampleNote.replace('—', '-')],
    ['base64 without its padding', exampleNote.replace('aQM=', 'aQM')],
    ['base64 with stray bits', exampleNote.replace('aQM=', 'aQN=')],
    ['a signature of four bytes', exampleNote.replace(/foo .*/, 'foo Uw2QOg==')],
    ['half a surrogate', exampleNote.replace('message', '\ud800')],
    ['nothing', ''],
  ])('a note with %s is refused', (_, note) => {
    expect(openNote(note, [verifierOf(exampleKey)])).toEqual({ kind: 'refused', reason: 'malformed' })
  })

  test('bytes that are not UTF-8 are refused, and so is a mark before them', () => {
    const keys = [verifierOf(exampleKey)]
    expect(openNote(Buffer.from(exampleNote, 'latin1'), keys).kind).toBe('refused')
    expect(openNote(Buffer.from(`\ufeff${exampleNote}`), keys).kind).toBe('refused')
  })

  test('a note too long, or of too many signatures, is not read', async () => {
    const long = `${'x'.repeat(maxNoteBytes)}\n\n`
    expect(openNote(long, known)).toEqual({ kind: 'refused', reason: 'too-large' })
    const mine = await signNote(text, [logSigner])
    const crowd = `${mine}${`${mine.split('\n').at(-2)}\n`.repeat(100)}`
    expect(openNote(crowd, known)).toEqual({ kind: 'refused', reason: 'too-large' })
  })

  test('two known keys that cannot be told apart are a fault', () => {
    expect(() => openNote(exampleNote, [...known, ...known])).toThrow('share one name')
  })
})

describe('signing', () => {
  test.each(['', 'no newline', 'a\tb\n', 'a\rb\n'])('%j cannot be signed', async (bad) => {
    await expect(signNote(bad, [logSigner])).rejects.toMatchObject({ code: 'TEXT_UNSIGNABLE' })
  })

  test('a text without a signer is not a note', async () => {
    await expect(signNote(text, [])).rejects.toMatchObject({ code: 'TEXT_UNSIGNABLE' })
  })

  test('a signer that signs with another key than it shows is found out before anyone sees the note', async () => {
    const mixed = { vkey: logSigner.vkey, sign: strangerSigner.sign }
    await expect(signNote(text, [mixed])).rejects.toMatchObject({ code: 'SIGNATURE_FOREIGN' })
  })
})
