import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { emptyRoot, leafHash, rootOfList } from '../../src/ledger/merkle.ts'
import { formatProof, parseProof, verifyProof } from '../../src/ledger/proof.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { logSigner, origin, strangerSigner, witnessSigner } from './keys.ts'
import { oracleInclusion } from './oracle.ts'

const data = Array.from({ length: 70 }, (_, at) => Buffer.from(`record ${at}`))
const hashes = data.map(leafHash)
const trust = { origin, log: [verifierOf(logSigner.vkey)], witnesses: [verifierOf(witnessSigner.vkey)] }

async function proofOf(index: number, size = 70, signers = [logSigner]): Promise<string> {
  const leaves = hashes.slice(0, size)
  const checkpoint = await signCheckpoint({ origin, size, root: rootOfList(leaves) }, signers)
  return formatProof({ index, hashes: oracleInclusion(index, leaves), checkpoint })
}

describe('the text', () => {
  test('has the form of the specification', async () => {
    const proof = await proofOf(1, 2)
    expect(proof.split('\n').slice(0, 5)).toEqual([
      'c2sp.org/tlog-proof@v1',
      'index 1',
      Buffer.from(hashes[0] ?? emptyRoot()).toString('base64'),
      '',
      origin,
    ])
  })

  test('what goes in comes out, extra data too', async () => {
    const checkpoint = await signCheckpoint({ origin, size: 70, root: rootOfList(hashes) }, [logSigner])
    const proof = { index: 9, hashes: oracleInclusion(9, hashes), checkpoint, extra: Buffer.from('kept apart') }
    expect(parseProof(formatProof(proof))).toEqual(proof)
  })
})

describe('verifying', () => {
  test('every leaf is proved, in a tree of one as in a tree of 70', async () => {
    for (const [index, size] of [
      [0, 1],
      [0, 70],
      [41, 70],
      [69, 70],
    ] as const)
      expect(verifyProof(await proofOf(index, size), data[index] ?? Buffer.of(), trust)).toMatchObject({
        kind: 'proved',
        index,
        checkpoint: { size },
      })
  })

  test('the witnesses that signed are named, for a policy to count', async () => {
    const proved = verifyProof(await proofOf(3, 70, [logSigner, witnessSigner]), data[3] ?? Buffer.of(), trust)
    expect(proved.kind === 'proved' && proved.signatures.map(({ name }) => name)).toContain('witness.example/w1')
  })

  test('another leaf, another key, another log are refused', async () => {
    const proof = await proofOf(3)
    const leaf = data[3] ?? Buffer.of()
    expect(verifyProof(proof, data[4] ?? Buffer.of(), trust)).toEqual({ kind: 'refused', reason: 'not-included' })
    const stranger = await proofOf(3, 70, [strangerSigner])
    expect(verifyProof(stranger, leaf, trust)).toEqual({ kind: 'refused', reason: 'unsigned' })
    const other = { ...trust, origin: 'writ.example/other' }
    expect(verifyProof(proof, leaf, other)).toEqual({ kind: 'refused', reason: 'other-origin' })
  })

  test('no character of a proof can be changed', async () => {
    const proof = await proofOf(41)
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (at, by) => {
        fc.pre(proof[at] !== by)
        const changed = proof.slice(0, at) + by + proof.slice(at + 1)
        expect(verifyProof(changed, data[41] ?? Buffer.of(), trust).kind).toBe('refused')
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['another version', (proof: string) => proof.replace('@v1', '@v2')],
    ['an index with a zero in front', (proof: string) => proof.replace('index 41', 'index 041')],
    ['no index', (proof: string) => proof.replace('index 41\n', '')],
    ['extra data that is not base64', (proof: string) => proof.replace('index', 'extra !\nindex')],
    ['a hash too short', (proof: string) => proof.replace('index 41\n', 'index 41\nAAAA\n')],
    [
      'more hashes than any tree has',
      (proof: string) => proof.replace('index 41\n', `index 41\n${`${'A'.repeat(43)}=\n`.repeat(64)}`),
    ],
    ['no checkpoint', (proof: string) => proof.slice(0, proof.indexOf('\n\n'))],
  ])('%s is no proof', async (_, spoil) => {
    const spoilt = spoil(await proofOf(41))
    expect(verifyProof(spoilt, data[41] ?? Buffer.of(), trust)).toEqual({ kind: 'refused', reason: 'not-a-proof' })
  })
})
