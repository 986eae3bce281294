import { describe, expect, test } from 'vitest'
import {
  emptyRoot,
  leafHash,
  nodeHash,
  rootOfList,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/merkle.ts'
import { flipped, hex, oracleConsistency, oracleInclusion, someLeaves } from './oracle.ts'

/** The eight leaves and roots that Certificate Transparency has published since RFC 6962. */
const knownLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const knownRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const mostLeaves = 70
const leaves = someLeaves(mostLeaves)
const roots = Array.from({ length: mostLeaves + 1 }, (_, size) => rootOfList(leaves.slice(0, size)))
const rootAt = (size: number) => roots[size] ?? emptyRoot()

describe('hashing', () => {
  test('an empty tree has the hash of nothing as its root', () => {
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hex(rootOfList([]))).toBe(hex(emptyRoot()))
  })

  test('the roots are those that Certificate Transparency publishes', () => {
    const hashes = knownLeaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')))
    expect(knownRoots.map((_, at) => hex(rootOfList(hashes.slice(0, at + 1))))).toEqual(knownRoots)
  })

  test('a leaf made of two hashes is not their node', () => {
    const [left, right] = [rootAt(1), rootAt(2)]
    expect(hex(leafHash(Buffer.concat([left, right])))).not.toBe(hex(nodeHash(left, right)))
  })
})

describe('inclusion', () => {
  test('every leaf is proved in every tree up to 70, and a proof with one bit turned proves nothing', () => {
    for (let size = 1; size <= mostLeaves; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const leaf = leaves[index] ?? emptyRoot()
        const proof = oracleInclusion(index, leaves.slice(0, size))
        const holds = (mutated: readonly Uint8Array[], of = leaf, root = rootAt(size)) =>
          verifyInclusion(of, index, size, mutated, root)
        expect(holds(proof)).toBe(true)
        const bit = (size * 31 + index * 7) % 256
        proof.forEach((hash, at) => {
          expect(holds(proof.with(at, flipped(hash, bit)))).toBe(false)
        })
        expect(holds(proof, flipped(leaf, bit))).toBe(false)
        expect(holds(proof, leaf, flipped(rootAt(size), bit))).toBe(false)
        expect(holds([...proof, leaf])).toBe(false)
        if (proof.length > 0) expect(holds(proof.slice(0, -1))).toBe(false)
      }
    }
  })

  test('each of the 256 bits of each hash of one proof counts', () => {
    const proof = oracleInclusion(41, leaves)
    const leaf = leaves[41] ?? emptyRoot()
    proof.forEach((hash, at) => {
      for (let bit = 0; bit < 256; bit += 1)
        expect(verifyInclusion(leaf, 41, 70, proof.with(at, flipped(hash, bit)), rootAt(70))).toBe(false)
    })
  })

  test('a proof for one place does not hold for another', () => {
    const proof = oracleInclusion(5, leaves)
    const leaf = leaves[5] ?? emptyRoot()
    for (let index = 0; index < 70; index += 1)
      expect(verifyInclusion(leaf, index, 70, proof, rootAt(70))).toBe(index === 5)
  })

  test.each([
    ['index below zero', -1, 5],
    ['index at the size', 5, 5],
    ['index not whole', 0.5, 5],
    ['no number', Number.NaN, 5],
    ['size beyond every safe integer', 0, 2 ** 53],
    ['infinite size', 0, Number.POSITIVE_INFINITY],
    ['empty tree', 0, 0],
  ])('a stranger who sends %s is told no', (_, index, size) => {
    expect(verifyInclusion(rootAt(1), index, size, oracleInclusion(0, leaves.slice(0, 5)), rootAt(5))).toBe(false)
  })

  test('a hash that is not 32 bytes is refused, also where bytes moved between neighbours', () => {
    const [first, second, ...rest] = oracleInclusion(0, leaves)
    const joined = Buffer.concat([first ?? emptyRoot(), second ?? emptyRoot()])
    const moved = [joined.subarray(0, 31), joined.subarray(31), ...rest]
    expect(verifyInclusion(rootAt(1), 0, 70, moved, rootAt(70))).toBe(false)
    expect(verifyInclusion(new Uint8Array(), 0, 1, [], new Uint8Array())).toBe(false)
  })

  test('the root of a part of the tree is not the root of the tree', () => {
    const [first = emptyRoot(), second = emptyRoot()] = leaves
    expect(verifyInclusion(first, 0, 2, [second], rootAt(2))).toBe(true)
    expect(verifyInclusion(first, 0, 4, [second], rootAt(2))).toBe(false)
  })

  test('sizes above 2^31 climb as far as they are high', () => {
    const proof = Array.from({ length: 40 }, (_, at) => leaves[at] ?? emptyRoot())
    const root = proof.reduce(nodeHash, rootAt(1))
    expect(verifyInclusion(rootAt(1), 0, 2 ** 40, proof, root)).toBe(true)
    expect(verifyInclusion(rootAt(1), 2 ** 32, 2 ** 40, proof, root)).toBe(false)
  })
})

describe('consistency', () => {
  test('every tree up to 70 extends every smaller one, and a proof with one bit turned proves nothing', () => {
    for (let size = 0; size <= mostLeaves; size += 1) {
      for (let old = 0; old <= size; old += 1) {
        const proof = oracleConsistency(old, leaves.slice(0, size))
        const holds = (mutated: readonly Uint8Array[], from = rootAt(old), to = rootAt(size)) =>
          verifyConsistency(old, size, from, to, mutated)
        expect(holds(proof)).toBe(true)
        const bit = (size * 13 + old * 5) % 256
        proof.forEach((hash, at) => {
          expect(holds(proof.with(at, flipped(hash, bit)))).toBe(false)
        })
        expect(holds(proof, flipped(rootAt(old), bit))).toBe(false)
        // Nothing binds a tree to the empty one before it, so any root extends it.
        if (old > 0) expect(holds(proof, rootAt(old), flipped(rootAt(size), bit))).toBe(false)
        expect(holds([...proof, rootAt(1)])).toBe(false)
        if (proof.length > 0) expect(holds(proof.slice(0, -1))).toBe(false)
      }
    }
  })

  test('a tree in which one early leaf was exchanged does not extend the old one', () => {
    const forged = leaves.with(3, rootAt(1))
    const proof = oracleConsistency(20, forged)
    expect(verifyConsistency(20, 70, rootAt(20), rootOfList(forged), proof)).toBe(false)
  })

  test.each([
    ['a new tree smaller than the old', 6, 5],
    ['sizes that are not whole', 1.5, 5],
    ['a size below zero', -1, 5],
    ['a size beyond every safe integer', 1, 2 ** 60],
  ])('a stranger who sends %s is told no', (_, old, size) => {
    expect(verifyConsistency(old, size, rootAt(5), rootAt(5), [])).toBe(false)
  })
})
