import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/evidence/policy.ts'
import { openCheckpoint, signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { emptyRoot } from '../../src/ledger/merkle.ts'
import { logSigner, origin, signerNamed } from '../ledger/keys.ts'
import { cosignerNamed } from './cosigner.ts'

const notary = cosignerNamed('notary.example/n1', 5)
const peer = cosignerNamed('peer.example/p1', 6)
const text = { origin, size: 0, root: emptyRoot() }

const policyOf = (...lines: string[]) => parsePolicy(`# whom we trust\n\nlog ${logSigner.vkey}\n${lines.join('\n')}\n`)

/** Whether a checkpoint with these cosignatures meets the policy. */
async function meets(lines: readonly string[], cosigned: readonly ReturnType<typeof cosignerNamed>[]) {
  const policy = policyOf(...lines)
  if (!policy) return 'no policy'
  const note = (await signCheckpoint(text, [logSigner])) + cosigned.map(({ line }) => line(text)).join('')
  const opened = openCheckpoint(note, { origin, log: policy.logs, witnesses: policy.witnesses })
  return opened.kind === 'opened' ? policy.isQuorum(opened.signatures) : opened.reason
}

describe('a policy', () => {
  const both = [`witness notary ${notary.vkey}`, `witness peer ${peer.vkey} https://peer.example/`]

  test('without a quorum needs only the log', async () => {
    expect(await meets(['quorum none'], [])).toBe(true)
  })

  test('counts the witnesses it names', async () => {
    expect(await meets([...both, 'quorum notary'], [])).toBe(false)
    expect(await meets([...both, 'quorum notary'], [peer])).toBe(false)
    expect(await meets([...both, 'quorum notary'], [notary])).toBe(true)
  })

  test('counts groups of them', async () => {
    expect(await meets([...both, 'group either any notary peer', 'quorum either'], [peer])).toBe(true)
    expect(await meets([...both, 'group all all notary peer', 'quorum all'], [peer])).toBe(false)
    expect(await meets([...both, 'group all all notary peer', 'quorum all'], [peer, notary])).toBe(true)
    expect(await meets([...both, 'group one 1 peer', 'group two 2 one notary', 'quorum two'], [notary])).toBe(false)
  })

  test('believes no cosignature over another text', async () => {
    const forged = { ...notary, line: () => notary.line({ ...text, size: 1 }) }
    expect(await meets([...both, 'quorum notary'], [forged])).toBe('bad-signature')
  })

  test.each([
    ['no quorum', ['']],
    ['two quorums', ['quorum none', 'quorum none']],
    ['an unknown word', ['quorum none', 'trust me']],
    ['a quorum that nobody named', ['quorum notary']],
    ['a witness without a key', ['witness notary', 'quorum notary']],
    ['a group that asks for more than it has', [...both, 'group three 3 notary peer', 'quorum three']],
    ['a group that counts one twice', [...both, 'group twice 2 peer peer', 'quorum twice']],
    ['one name for two', [...both, `witness peer ${notary.vkey}`, 'quorum peer']],
    [
      'a key whose id is another’s',
      [`witness w ${notary.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')}`, 'quorum none'],
    ],
  ])('with %s is none', (_what, lines) => {
    expect(policyOf(...lines)).toBe(undefined)
  })

  test('needs a log', () => {
    expect(parsePolicy('quorum none\n')).toBe(undefined)
  })

  test('may name several logs', () => {
    expect(policyOf(`log ${signerNamed('other.example/log', 9).vkey}`, 'quorum none')?.logs).toHaveLength(2)
  })
})
