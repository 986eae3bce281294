import { describe, expect, test } from 'vitest'
import { parseEntryBundle } from '../../src/ledger/entry-bundle.ts'
import { leafHash, verifyConsistency } from '../../src/ledger/merkle.ts'
import { verifyProof } from '../../src/ledger/proof.ts'
import { createLogReader } from '../../src/ledger/reader.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { enter, expectSound, newCourtLog, openSequencer } from './court-log.ts'
import { logSigner, origin } from './keys.ts'
import { memoryStore } from './memory-log.ts'
import { hex } from './oracle.ts'

/** A log of 300 published leaves and 5 more that are integrated but not yet published. */
async function openLog() {
  const log = newCourtLog()
  const sequencer = openSequencer(log)
  const ids = enter(log, 300)
  await sequencer.tick()
  await sequencer.publish()
  const late = enter(log, 5)
  await sequencer.tick()
  const leaves = log.acknowledged.map((id) => Buffer.from(id))
  const parts = { store: memoryStore(log.server), sequencer, vkey: logSigner.vkey }
  const reader = createLogReader({ ...parts, leaves: async (first, count) => leaves.slice(first, first + count) })
  return { log, sequencer, reader, ids, late, leaves, parts }
}

describe('reading the log from outside', () => {
  test('tiles and bundles reach as far as the served checkpoint and no further', async () => {
    const { log, reader } = await openLog()
    expect(reader.checkpoint()?.size).toBe(300)
    expect(await reader.tile({ level: 0, index: 0, width: 256 })).toHaveLength(8192)
    expect(await reader.tile({ level: 0, index: 0, width: 7 })).toHaveLength(224)
    expect(await reader.tile({ level: 0, index: 1, width: 44 })).toHaveLength(44 * 32)
    expect(await reader.tile({ level: 1, index: 0, width: 1 })).toHaveLength(32)
    const bundle = await reader.tile({ level: 'entries', index: 1, width: 44 })
    expect(parseEntryBundle(bundle ?? new Uint8Array())).toHaveLength(44)
    for (const beyond of [
      { level: 0, index: 1, width: 45 },
      { level: 0, index: 1, width: 256 },
      { level: 0, index: 2, width: 1 },
      { level: 1, index: 0, width: 2 },
      { level: 2, index: 0, width: 1 },
      { level: 63, index: 0, width: 1 },
      { level: 'entries', index: 1, width: 45 },
    ] as const)
      expect(await reader.tile(beyond)).toBeUndefined()
    await expectSound(log)
  })

  test('a proof holds for the leaf that comes with it', async () => {
    const { reader, ids, late } = await openLog()
    const answer = await reader.prove(ids[299] ?? '', 0)
    if (answer.kind === 'not-yet') throw new Error('it is published')
    const trust = { origin, log: [verifierOf(reader.vkey)] }
    expect(verifyProof(answer.proof, answer.leaf, trust)).toMatchObject({ kind: 'proved', index: 299 })
    expect(await reader.prove(late[0] ?? '', 1)).toEqual({ kind: 'not-yet' })
  })

  test('two served sizes are shown to be one log', async () => {
    const { log, reader, sequencer } = await openLog()
    const old = reader.checkpoint()
    await sequencer.publish()
    const now = reader.checkpoint()
    if (!old || !now) throw new Error('both are published')
    const proof = await reader.consistency(old.size, now.size)
    expect(verifyConsistency(old.size, now.size, old.root, now.root, proof ?? [])).toBe(true)
    expect(await reader.consistency(now.size, old.size)).toBeUndefined()
    expect(await reader.consistency(0, now.size + 1)).toBeUndefined()
    expect(await reader.consistency(-1, 1)).toBeUndefined()
    await expectSound(log)
  })

  test('before the first checkpoint there is nothing to see', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    enter(log, 3)
    await sequencer.tick()
    const reader = createLogReader({ store: memoryStore(log.server), sequencer, leaves: async () => [], vkey: '' })
    expect(reader.checkpoint()).toBeUndefined()
    expect(await reader.tile({ level: 0, index: 0, width: 1 })).toBeUndefined()
    expect(await reader.consistency(0, 0)).toBeUndefined()
  })

  test('leaves that were changed in the database are not handed out', async () => {
    const { parts, leaves, ids } = await openLog()
    const changed = leaves.with(5, Buffer.from('another leaf'))
    expect(hex(leafHash(changed[5] ?? Buffer.of()))).not.toBe(hex(leafHash(leaves[5] ?? Buffer.of())))
    const reader = createLogReader({ ...parts, leaves: async (first, count) => changed.slice(first, first + count) })
    const torn = { code: 'LEAVES_TORN' }
    await expect(reader.tile({ level: 'entries', index: 0, width: 256 })).rejects.toMatchObject(torn)
    await expect(reader.prove(ids[5] ?? '', 0)).rejects.toMatchObject(torn)
    expect(await reader.prove(ids[6] ?? '', 0)).toMatchObject({ kind: 'proved' })
  })
})
