import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatEntryBundle, maxLeafBytes, parseEntryBundle } from '../../src/ledger/entry-bundle.ts'
import { grow } from '../../src/ledger/grow.ts'
import { hashBytes, rootOfList, verifyConsistency, verifyInclusion } from '../../src/ledger/merkle.ts'
import { consistencyProof, inclusionProof } from '../../src/ledger/prove.ts'
import { formatTilePath, parseTilePath, partialWidth } from '../../src/ledger/tile-path.ts'
import { rootOf, type TileSource } from '../../src/ledger/tiles.ts'
import { hex, hexes, oracleConsistency, oracleInclusion, someLeaves } from './oracle.ts'

/** Tiles kept as a database would: only growing. */
function keptTiles() {
  const kept = new Map<string, Uint8Array>()
  const source: TileSource = async (level, index) => kept.get(`${level}/${index}`)
  return {
    kept,
    source,
    async append(size: number, leaves: readonly Uint8Array[]) {
      const growth = await grow(size, leaves, source)
      for (const { level, index, bytes } of growth.changed) {
        const earlier = kept.get(`${level}/${index}`) ?? new Uint8Array()
        expect(hex(bytes.subarray(0, earlier.length))).toBe(hex(earlier))
        expect(bytes.length).toBeGreaterThan(earlier.length)
        kept.set(`${level}/${index}`, bytes)
      }
      return growth
    },
  }
}

describe('growing', () => {
  test('one leaf at a time or many, the tiles give the same root as the list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), async (batches) => {
        const tree = keptTiles()
        const leaves = someLeaves(batches.reduce((sum, batch) => sum + batch, 0))
        let size = 0
        for (const batch of batches) {
          const growth = await tree.append(size, leaves.slice(size, size + batch))
          size += batch
          expect(growth.size).toBe(size)
          expect(hex(growth.root)).toBe(hex(rootOfList(leaves.slice(0, size))))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a tree of 70,000 leaves has the tiles that the specification counts, and roots at every historic size', async () => {
    const tree = keptTiles()
    const leaves = someLeaves(70_000)
    for (const [from, to] of [
      [0, 300],
      [300, 65_535],
      [65_535, 70_000],
    ] as const)
      await tree.append(from, leaves.slice(from, to))
    const widths = (level: number) =>
      [...tree.kept].filter(([name]) => name.startsWith(`${level}/`)).map(([, bytes]) => bytes.length / hashBytes)
    expect(widths(0).filter((width) => width === 256)).toHaveLength(273)
    expect(widths(0).filter((width) => width < 256)).toEqual([112])
    expect(widths(1).sort((a, b) => a - b)).toEqual([17, 256])
    expect(widths(2)).toEqual([1])
    expect([0, 1, 2].map((level) => partialWidth(70_000, level))).toEqual([112, 17, 1])
    for (const size of [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999, 70_000])
      expect(hex(await rootOf(size, tree.source))).toBe(hex(rootOfList(leaves.slice(0, size))))
  })

  test('a tree of 256 leaves is one full tile and a hash above it', async () => {
    const tree = keptTiles()
    await tree.append(0, someLeaves(256))
    expect([...tree.kept].map(([name, bytes]) => [name, bytes.length])).toEqual([
      ['0/0', 8192],
      ['1/0', 32],
    ])
  })

  test('growing on an edge that is not there is a fault', async () => {
    await expect(grow(3, someLeaves(1), async () => undefined)).rejects.toMatchObject({ code: 'TILE_MISSING' })
  })
})

describe('proofs from tiles', () => {
  test('up to 70 leaves they are the proofs of the definition, also from tiles that have grown further', async () => {
    const tree = keptTiles()
    const leaves = someLeaves(70)
    await tree.append(0, leaves)
    for (let size = 0; size <= 70; size += 1) {
      const now = leaves.slice(0, size)
      for (let at = 0; at < size; at += 1)
        expect(hexes(await inclusionProof(at, size, tree.source))).toEqual(hexes(oracleInclusion(at, now)))
      for (let old = 0; old <= size; old += 1)
        expect(hexes(await consistencyProof(old, size, tree.source))).toEqual(hexes(oracleConsistency(old, now)))
    }
  })

  test('across three levels of tiles every proof holds', async () => {
    const tree = keptTiles()
    const leaves = someLeaves(66_100)
    await tree.append(0, leaves)
    const sizes = fc.integer({ min: 1, max: 66_100 })
    await fc.assert(
      fc.asyncProperty(sizes, sizes, async (one, other) => {
        const [small, large] = one < other ? [one, other] : [other, one]
        const [oldRoot, root] = [await rootOf(small, tree.source), await rootOf(large, tree.source)]
        const inclusion = await inclusionProof(small - 1, large, tree.source)
        expect(verifyInclusion(leaves[small - 1] ?? root, small - 1, large, inclusion, root)).toBe(true)
        const consistency = await consistencyProof(small, large, tree.source)
        expect(verifyConsistency(small, large, oldRoot, root, consistency)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('a leaf outside the tree, or a tree larger than its successor, is a mistake of the caller', async () => {
    const { source } = keptTiles()
    await expect(inclusionProof(5, 5, source)).rejects.toThrow(RangeError)
    await expect(consistencyProof(6, 5, source)).rejects.toThrow(RangeError)
  })
})

describe('tile paths', () => {
  test.each([
    ['0/000', { level: 0, index: 0, width: 256 }],
    ['0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['1/x273/112.p/8', { level: 1, index: 273_112, width: 8 }],
    ['entries/999.p/255', { level: 'entries', index: 999, width: 255 }],
    ['63/x001/000', { level: 63, index: 1000, width: 256 }],
  ] as const)('%s is read and written', (path, tile) => {
    expect(parseTilePath(path)).toEqual(tile)
    expect(formatTilePath(tile)).toBe(path)
  })

  test.each([
    '64/000',
    '00/000',
    '0/0',
    '0/1000',
    '0/x000/001',
    '0/001/002',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/08',
    '0/000/',
    '0/../000',
    'data/000',
    '-1/000',
    '0/x999/x999/x999/x999/x999/999',
    '',
  ])('%s is no tile', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })

  test('every tile has one path', () => {
    const tiles = fc.record({
      level: fc.integer({ min: 0, max: 63 }),
      index: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(formatTilePath(tile))).toEqual(tile)
      }),
    )
  })
})

describe('entry bundles', () => {
  test('what goes in comes out', () => {
    const bundles = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 256 })
    fc.assert(
      fc.property(bundles, (leaves) => {
        expect(hexes(parseEntryBundle(formatEntryBundle(leaves)) ?? [])).toEqual(hexes(leaves))
      }),
      { numRuns: 30 },
    )
  })

  test('a leaf may be 65,535 bytes and not one more', () => {
    expect(formatEntryBundle([new Uint8Array(maxLeafBytes)])).toHaveLength(maxLeafBytes + 2)
    expect(() => formatEntryBundle([new Uint8Array(maxLeafBytes + 1)])).toThrow('65536')
  })

  test('bytes that do not come out even are refused', () => {
    const bundle = formatEntryBundle([Buffer.from('one'), Buffer.from('two')])
    for (const length of [1, 4, 6, 9]) expect(parseEntryBundle(bundle.subarray(0, length))).toBeUndefined()
    expect(parseEntryBundle(new Uint8Array(2 * 257))).toBeUndefined()
  })
})
