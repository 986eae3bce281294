import { describe, expect, test } from 'vitest'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { inspect } from '../../src/ledger/guard.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { type CourtLog, enter, newCourtLog, openSequencer } from './court-log.ts'
import { logSigner, origin, strangerSigner } from './keys.ts'
import { copyOf, memoryFolder, memoryStore } from './memory-log.ts'
import { hex } from './oracle.ts'

/** A log with three checkpoints outside, and the database as it was saved after the first of them. */
async function savedEarlier(): Promise<{ log: CourtLog; backup: CourtLog['server']['disk'] }> {
  const log = newCourtLog()
  const sequencer = openSequencer(log)
  await append(log, sequencer, 10)
  const backup = copyOf(log.server.disk)
  await append(log, sequencer, 10)
  await append(log, sequencer, 10)
  return { log, backup }
}

async function append(log: CourtLog, sequencer: ReturnType<typeof openSequencer>, count: number): Promise<void> {
  enter(log, count)
  await sequencer.tick()
  await sequencer.publish()
}

/** Nothing was signed, nothing integrated, and asking again changes nothing. */
async function expectRefusal(log: CourtLog, expected: object): Promise<void> {
  const before = { notes: log.outside.notes.length, size: log.server.disk.head.size, shown: log.shown.length }
  const sequencer = openSequencer(log)
  const refusal = { kind: 'rolled-back', ...expected }
  expect(await sequencer.start()).toEqual(refusal)
  enter(log, 1)
  expect(await sequencer.tick()).toEqual(refusal)
  expect(await sequencer.publish()).toEqual(refusal)
  expect(sequencer.standing()).toEqual(refusal)
  expect(sequencer.head()).toBeUndefined()
  await sequencer.stop()
  const after = { notes: log.outside.notes.length, size: log.server.disk.head.size, shown: log.shown.length }
  expect(after).toEqual(before)
}

describe('a database that no longer carries what was published is refused', () => {
  test('restored from a backup, it is behind', async () => {
    const { log, backup } = await savedEarlier()
    log.server.disk = backup
    await expectRefusal(log, { reason: 'behind', database: 10, published: 30 })
  })

  test('restored and filled up again with other entries, it is forked', async () => {
    const { log, backup } = await savedEarlier()
    log.server.disk = backup
    const elsewhere = { ...log, outside: { notes: log.outside.notes.slice(0, 1) }, shown: [] }
    const careless = openSequencer(elsewhere)
    await append(elsewhere, careless, 40)
    expect(log.server.disk.head.size).toBe(50)
    await expectRefusal(log, { reason: 'forked', database: 50, published: 30 })
  })

  test('wiped, it is behind', async () => {
    const { log } = await savedEarlier()
    log.server.disk = newCourtLog().server.disk
    await expectRefusal(log, { reason: 'behind', database: 0, published: 30 })
  })

  test('with a tile cut or changed, it is torn', async () => {
    for (const spoil of [(tile: Uint8Array) => tile.subarray(32), (tile: Uint8Array) => tile.map((byte) => byte ^ 1)]) {
      const { log } = await savedEarlier()
      const tile = log.server.disk.tiles.get('0/0') ?? new Uint8Array()
      log.server.disk.tiles.set('0/0', spoil(tile))
      await expectRefusal(log, { reason: 'torn', database: 30, published: 30 })
    }
  })

  test('with published checkpoints but an empty folder, there is nothing to compare it with', async () => {
    const { log } = await savedEarlier()
    log.outside.notes = []
    await expectRefusal(log, { reason: 'no-copy', database: 30 })
  })

  test('beside a note that this log did not sign, it is not believed', async () => {
    const { log } = await savedEarlier()
    const { size, root } = log.server.disk.head
    for (const note of ['', 'rubbish', await signCheckpoint({ origin, size, root }, [strangerSigner])]) {
      log.outside.notes = [{ size, root, note }]
      await expectRefusal(log, { reason: 'unreadable', database: 30 })
    }
  })
})

describe('a roll-back under a running process', () => {
  test('is seen at the next publication', async () => {
    const { log, backup } = await savedEarlier()
    const sequencer = openSequencer(log)
    await append(log, sequencer, 1)
    log.server.disk = backup
    expect(await sequencer.publish()).toMatchObject({ kind: 'rolled-back', reason: 'behind', published: 31 })
    expect(await sequencer.tick()).toMatchObject({ kind: 'rolled-back' })
  })

  test('is seen even when it goes back only to the last checkpoint, since places were already given', async () => {
    const { log } = await savedEarlier()
    const sequencer = openSequencer(log)
    await sequencer.publish()
    const published = copyOf(log.server.disk)
    enter(log, 5)
    await sequencer.tick()
    log.server.disk = published
    await expect(sequencer.tick()).rejects.toMatchObject({ code: 'HEAD_MOVED' })
    expect(await sequencer.tick()).toMatchObject({ kind: 'rolled-back', database: 30, published: 35 })
  })

  test('once refused, a process stays refused though the newer database comes back', async () => {
    const { log, backup } = await savedEarlier()
    const newer = log.server.disk
    const sequencer = openSequencer(log)
    log.server.disk = backup
    expect(await sequencer.start()).toMatchObject({ kind: 'rolled-back' })
    log.server.disk = newer
    expect(await sequencer.publish()).toMatchObject({ kind: 'rolled-back' })
    expect(await openSequencer(log).publish()).toMatchObject({ kind: 'published' })
  })
})

test('a checkpoint that another process publishes while we compare is not taken for a roll-back', async () => {
  const { log } = await savedEarlier()
  const other = openSequencer(log)
  const store = memoryStore(log.server)
  const slowRead = async () => {
    const head = await store.head()
    await append(log, other, 1)
    return head
  }
  const trust = { origin, log: [verifierOf(logSigner.vkey)] }
  const found = await inspect({ ...store, head: slowRead }, memoryFolder(log.outside), trust)
  expect(found).toMatchObject({ kind: 'sound', head: { size: 30 } })
  expect(await inspect(store, memoryFolder(log.outside), trust)).toMatchObject({ kind: 'sound', head: { size: 31 } })
})

test('a log that another process founds while we compare is not taken for a lost folder', async () => {
  const log = newCourtLog()
  const other = openSequencer(log)
  const folder = memoryFolder(log.outside)
  let isFounded = false
  const slowRead = async () => {
    const text = await folder.latest()
    if (!isFounded) await other.publish()
    isFounded = true
    return text
  }
  const trust = { origin, log: [verifierOf(logSigner.vkey)] }
  const found = await inspect(memoryStore(log.server), { ...folder, latest: slowRead }, trust)
  expect(found).toMatchObject({ kind: 'sound', published: { size: 0 } })
})

describe('two databases that publish as one log into one folder', () => {
  /** The same log twice, as after a fail-over that left both sides alive, each with one more entry of its own. */
  async function twins() {
    const { log } = await savedEarlier()
    const twin: CourtLog = {
      ...log,
      server: { disk: copyOf(log.server.disk) },
      acknowledged: Array.from({ length: 99 }, () => 'elsewhere'),
      shown: [],
    }
    const one = openSequencer(log)
    enter(log, 1)
    enter(twin, 1)
    await one.tick()
    return { log, twin, one }
  }

  test('are found out by whoever publishes second', async () => {
    const { log, twin, one } = await twins()
    const other = openSequencer(twin)
    await other.tick()
    await one.publish()
    expect(await other.publish()).toMatchObject({ kind: 'rolled-back', reason: 'forked', published: 31 })
    expect(hex(log.outside.notes.at(-1)?.root)).toBe(hex(log.server.disk.head.root))
  })

  test('are found out also when both look before either writes', async () => {
    const { log, twin, one } = await twins()
    const other = openSequencer(twin, undefined, {
      vkey: logSigner.vkey,
      sign: async (message) => {
        await one.publish()
        return logSigner.sign(message)
      },
    })
    await other.tick()
    expect(await other.publish()).toMatchObject({ kind: 'rolled-back', reason: 'forked', published: 31 })
    expect(other.head()).toBeUndefined()
    expect(hex(log.outside.notes.at(-1)?.root)).toBe(hex(log.server.disk.head.root))
  })
})

test('a checkpoint somebody put into the database is not shown', async () => {
  const { log } = await savedEarlier()
  const sequencer = openSequencer(log)
  enter(log, 1)
  await sequencer.tick()
  const { size, root } = log.server.disk.head
  const note = await signCheckpoint({ origin, size, root }, [strangerSigner])
  log.server.disk.checkpoints.set(size, { size, root, note })
  await expect(sequencer.publish()).rejects.toMatchObject({ code: 'CHECKPOINT_UNREADABLE' })
  expect(sequencer.head()).toBeUndefined()
  log.server.disk.checkpoints.set(size, { size, root: root.map((byte) => byte ^ 1), note })
  expect(await sequencer.publish()).toMatchObject({ kind: 'rolled-back', reason: 'forked' })
})
