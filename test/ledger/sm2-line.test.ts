import { createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LogTrust, openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { type LogSigners, linesOf, logSigners } from '../../src/ledger/log-signers.ts'
import { type NoteSigner, openNote, signNote, splitNote } from '../../src/ledger/note.ts'
import { sm2LineKey, unassignedType } from '../../src/ledger/sm2-line.ts'
import { formatVkey, parseVkey, publicKeyOf, verifierOf } from '../../src/ledger/vkey.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { distId, opensslDesk, opensslKnowsSm2 } from '../signing/openssl.ts'
import { enter, expectSound, newCourtLog, openSequencer } from './court-log.ts'
import { origin } from './keys.ts'

const text = `${origin}\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n`

let dir: string
let signers: LogSigners
let sm2: NoteSigner
let note: string

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'writ-sm2-line-'))
  const ring = await openKeyring(join(dir, 'keys'), { courts: [], create: true, logSm2: true })
  signers = logSigners(origin, ring, true)
  if (!signers.sm2) throw new Error('the log signs with SM2 here')
  sm2 = signers.sm2
  note = await signNote(text, linesOf(signers))
})
afterAll(() => rmSync(dir, { recursive: true }))

const trusting = (...known: readonly NoteSigner[]): LogTrust => ({
  origin,
  log: known.map(({ vkey }) => verifierOf(vkey)),
})
const openedBy = (given: string, ...known: readonly NoteSigner[]) => openCheckpoint(given, trusting(...known))

/** The note with its SM2 line over another text: well formed, by the right key, and wrong. */
async function withWrongSm2Line(): Promise<string> {
  const [, , other = ''] = (await signNote('other\n', [sm2])).split('\n')
  return note.replace(/(— .*\n)— .*\n$/, `$1${other}\n`)
}

describe('a checkpoint with an SM2 line', () => {
  test('is opened by whoever knows both keys, or the log’s alone, or the SM2 key alone', () => {
    expect(openedBy(note, signers.log, sm2)).toMatchObject({ kind: 'opened', signatures: { length: 2 } })
    expect(openedBy(note, signers.log)).toMatchObject({ kind: 'opened', signatures: { length: 1 } })
    expect(openedBy(note, sm2)).toMatchObject({ kind: 'opened', signatures: { length: 1 } })
  })

  test('is refused when the SM2 line is known and wrong, and only then', async () => {
    const wrong = await withWrongSm2Line()
    expect(openedBy(wrong, signers.log, sm2)).toEqual({ kind: 'refused', reason: 'bad-signature' })
    expect(openedBy(wrong, sm2)).toEqual({ kind: 'refused', reason: 'bad-signature' })
    expect(openedBy(wrong, signers.log)).toMatchObject({ kind: 'opened' })
  })

  test('spells its line as C2SP signed-note has it: the log’s name, the key’s id, no length that others could choke on', () => {
    const [first, second] = splitNote(note)?.signatures ?? []
    expect([first?.name, second?.name]).toEqual([origin, origin])
    expect([first?.keyId, second?.keyId]).toEqual([parseVkey(signers.log.vkey).keyId, parseVkey(sm2.vkey).keyId])
    const { type, publicKey } = parseVkey(sm2.vkey)
    expect(type).toBe(0xff)
    const identifier = Buffer.from(publicKey).subarray(0, -65).toString()
    expect(readFileSync('docs/protocol.md', 'utf8')).toContain(`\`${identifier}\``)
    expect(second?.signature[0]).toBe(0x30)
  })

  test.skipIf(!opensslKnowsSm2)('is verified by the openssl command, line and key as they stand', () => {
    const desk = opensslDesk()
    afterAll(() => desk.close())
    desk.put('body', text)
    desk.put('sig', splitNote(note)?.signatures[1]?.signature ?? '')
    desk.put('pub.pem', publicKeyOf(sm2.vkey).export({ format: 'pem', type: 'spki' }))
    const sm3 = ['-rawin', '-digest', 'sm3', '-pkeyopt', distId] as const
    const said = desk.run('pkeyutl', '-verify', '-pubin', '-inkey', 'pub.pem', ...sm3, '-in', 'body', '-sigfile', 'sig')
    expect(said).toContain('Signature Verified Successfully')
  })
})

describe('the verifier key of an SM2 line', () => {
  test('is written and read, and is the key of its PEM', () => {
    const { name, type, publicKey } = parseVkey(sm2.vkey)
    expect(formatVkey(name, type, publicKey)).toBe(sm2.vkey)
    const pem = publicKeyOf(sm2.vkey).export({ format: 'pem', type: 'spki' })
    expect(createPublicKey(pem).export({ format: 'der', type: 'spki' }).subarray(-65)).toEqual(publicKey.subarray(-65))
  })

  test.each([
    ['another algorithm without a number', Buffer.from('example.com/another/v1')],
    ['a point off the curve', sm2LineKey(Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]))],
    ['half a point', sm2LineKey(Buffer.of(4))],
    ['nothing', Buffer.of()],
  ])('is a fault with %s behind the type', (_, bytes) => {
    const vkey = formatVkey(origin, unassignedType, bytes)
    expect(() => verifierOf(vkey)).toThrow(expect.objectContaining({ code: 'KEY_MALFORMED' }))
  })
})

describe('a log', () => {
  test('that begins to sign with SM2 goes on from what was published without, and back', async () => {
    const log = newCourtLog()
    const before = openSequencer(log)
    enter(log, 3)
    await before.tick()
    await before.publish()
    const lines = () => splitNote(log.shown.at(-1)?.note ?? '')?.signatures.length
    expect(lines()).toBe(1)
    const after = openSequencer(log, undefined, undefined, sm2)
    enter(log, 2)
    await after.tick()
    await after.publish()
    expect(lines()).toBe(2)
    const without = openSequencer(log)
    enter(log, 1)
    await without.tick()
    await without.publish()
    expect([lines(), without.standing()]).toEqual([1, { kind: 'sound' }])
    await expectSound(log)
  })

  test('never shows a note whose SM2 line its own key does not verify', async () => {
    const mixed = { vkey: sm2.vkey, sign: signers.log.sign }
    await expect(signNote(text, [signers.log, mixed])).rejects.toMatchObject({ code: 'SIGNATURE_FOREIGN' })
    expect(openNote(note, [verifierOf(sm2.vkey)]).kind).toBe('opened')
  })
})
