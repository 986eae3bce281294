import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { emptyRoot } from '../../src/ledger/merkle.ts'
import { signNote, splitNote } from '../../src/ledger/note.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { logSigner, origin, publicKeyOf, strangerSigner, witnessSigner } from './keys.ts'
import { someLeaves } from './oracle.ts'

const [root = emptyRoot()] = someLeaves(1)
const checkpoint = { origin, size: 109_482, root }
const trust = { origin, log: [verifierOf(logSigner.vkey)], witnesses: [verifierOf(witnessSigner.vkey)] }
/** The example of c2sp.org/tlog-checkpoint. */
const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'

describe('the text', () => {
  test('the example of the specification is read and written', () => {
    const read = parseCheckpoint(example)
    expect(read).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(read && formatCheckpoint(read)).toBe(example)
  })

  test('extension lines are skipped', () => {
    expect(parseCheckpoint(`${example}extra\n`)).toEqual(parseCheckpoint(example))
  })

  test.each([
    ['a size with a zero in front', example.replace('2085', '02085')],
    ['a size with a sign', example.replace('2085', '+2085')],
    ['a size that no double holds', example.replace('20852163', '9007199254740993')],
    ['a root of 31 bytes', example.replace(/Cs.*=/, Buffer.alloc(31).toString('base64'))],
    ['a root without padding', example.replace('q2I=', 'q2I')],
    ['no origin', example.replace('example.com/behind-the-sofa', '')],
    ['an empty extension line', `${example}\nextra\n`],
    ['two lines', 'origin\n5\n'],
    ['no last newline', example.slice(0, -1)],
  ])('%s is refused', (_, text) => {
    expect(parseCheckpoint(text)).toBeUndefined()
  })
})

describe('opening', () => {
  test('what the log signed opens, with the witness beside it', async () => {
    const opened = openCheckpoint(await signCheckpoint(checkpoint, [logSigner, witnessSigner]), trust)
    expect(opened).toMatchObject({ kind: 'opened', checkpoint: { origin, size: 109_482 } })
    expect(opened.kind === 'opened' && opened.signatures.map(({ name }) => name)).toEqual([
      origin,
      'witness.example/w1',
    ])
  })

  test.each([
    ['a stranger with the same name', strangerSigner, checkpoint, 'unsigned'],
    ['a witness alone', witnessSigner, checkpoint, 'not-by-the-log'],
    ['our key for another log', logSigner, { ...checkpoint, origin: 'writ.example/other' }, 'other-origin'],
  ] as const)('signed by %s it is refused', async (_, signer, of, reason) => {
    expect(openCheckpoint(await signCheckpoint(of, [signer]), trust)).toEqual({ kind: 'refused', reason })
  })

  test('a note of ours that is no checkpoint is refused', async () => {
    const note = await signNote('hello\n', [logSigner])
    expect(openCheckpoint(note, trust)).toEqual({ kind: 'refused', reason: 'not-a-checkpoint' })
  })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const title = 'openssl alone verifies a checkpoint'

test.skipIf(!hasOpenssl)(
  hasOpenssl ? title : `${title} (skipped: install it, as by "apt-get install openssl")`,
  async () => {
    const { text, signatures } = splitNote(await signCheckpoint(checkpoint, [logSigner])) ?? {}
    const directory = mkdtempSync(join(tmpdir(), 'writ-checkpoint-'))
    const path = (name: string, bytes: string | Uint8Array) => {
      writeFileSync(join(directory, name), bytes)
      return join(directory, name)
    }
    const key = path('log.pem', publicKeyOf(1).export({ type: 'spki', format: 'pem' }))
    const signature = path('signature', signatures?.[0]?.signature ?? '')
    const verify = (body: string) =>
      [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        key,
        '-rawin',
        '-in',
        path('body', body),
        '-sigfile',
        signature,
      ] as const
    try {
      expect(execFileSync('openssl', verify(text ?? '')).toString()).toContain('Verified Successfully')
      expect(spawnSync('openssl', verify(`${text}more\n`)).status).not.toBe(0)
    } finally {
      rmSync(directory, { recursive: true })
    }
  },
)
