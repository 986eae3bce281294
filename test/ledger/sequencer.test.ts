import { setTimeout as rest } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { formatProof, verifyProof } from '../../src/ledger/proof.ts'
import { inclusionProof } from '../../src/ledger/prove.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { enter, expectSound, newCourtLog, openSequencer } from './court-log.ts'
import { logSigner, origin } from './keys.ts'
import { memoryStore } from './memory-log.ts'

describe('a tick', () => {
  test('gives what is pending its places, in order', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    enter(log, 300)
    expect(await sequencer.tick()).toMatchObject({ kind: 'integrated', count: 300, head: { size: 300 } })
    expect(log.server.disk.places.get('entry 299')).toBe(299)
    expect(await sequencer.tick()).toEqual({ kind: 'idle' })
    await expectSound(log)
  })

  test('takes at most 8192 at once', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    enter(log, 9000)
    expect(await sequencer.tick()).toMatchObject({ count: 8192 })
    expect(await sequencer.tick()).toMatchObject({ count: 808 })
    await expectSound(log)
  })

  test('leaves the log to another process that is at it', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    enter(log)
    log.server.busy = true
    expect(await sequencer.tick()).toEqual({ kind: 'busy' })
    log.server.busy = false
    await sequencer.tick()
    await expectSound(log)
  })

  test('a head that moved under the transaction undoes the batch', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    enter(log, 2)
    const store = memoryStore(log.server)
    const { createSequencer } = await import('../../src/ledger/sequencer.ts')
    const unlucky = createSequencer({
      store: { ...store, integrate: (work) => store.integrate((tx) => work({ ...tx, moveHead: async () => false })) },
      folder: { write: async () => {}, latest: async () => undefined },
      origin,
      signers: [logSigner],
      clock: () => new Date(0),
      report: () => {},
    })
    await expect(unlucky.tick()).rejects.toMatchObject({ code: 'HEAD_MOVED' })
    expect(unlucky.standing()).toEqual({ kind: 'unknown' })
    expect(log.server.disk.places.size).toBe(0)
    await sequencer.tick()
    await expectSound(log)
  })
})

describe('a publication', () => {
  test('signs the latest committed size, and nothing when nothing is new', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    expect(await sequencer.publish()).toMatchObject({ kind: 'published', checkpoint: { size: 0 } })
    enter(log, 3)
    expect(await sequencer.publish()).toMatchObject({ kind: 'unchanged', checkpoint: { size: 0 } })
    await sequencer.tick()
    expect(await sequencer.publish()).toMatchObject({ kind: 'published', checkpoint: { size: 3 } })
    expect(sequencer.head()?.size).toBe(3)
    await expectSound(log)
  })

  test('nothing is shown before it is copied outside', async () => {
    const log = newCourtLog()
    await openSequencer(log).publish()
    let diskFull = true
    const sequencer = openSequencer(log, (name) => {
      if (name === 'before the copy' && diskFull) throw new Error('no space left on device')
    })
    enter(log, 3)
    await sequencer.tick()
    await expect(sequencer.publish()).rejects.toThrow('no space')
    expect(sequencer.head()).toBeUndefined()
    diskFull = false
    await sequencer.publish()
    expect(sequencer.head()?.size).toBe(3)
    await expectSound(log)
  })

  test('one process shows what another has published', async () => {
    const log = newCourtLog()
    const [one, other] = [openSequencer(log), openSequencer(log)]
    enter(log, 5)
    await one.tick()
    await one.publish()
    expect(await other.publish()).toMatchObject({ kind: 'published', checkpoint: { size: 5 } })
    expect(other.head()?.note).toBe(one.head()?.note)
    await expectSound(log)
  })
})

describe('waiting', () => {
  test('who waits is answered with a place and a checkpoint that make a proof', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    const [id = ''] = enter(log, 3)
    const waiting = sequencer.waitFor(id, 5000)
    await sequencer.tick()
    await sequencer.publish()
    const answer = await waiting
    if (answer.kind === 'not-yet') throw new Error('nobody called')
    const { index, checkpoint } = answer
    const hashes = await inclusionProof(index, checkpoint.size, memoryStore(log.server).tile)
    const proof = formatProof({ index, hashes, checkpoint: checkpoint.note })
    const trust = { origin, log: [verifierOf(logSigner.vkey)] }
    expect(verifyProof(proof, Buffer.from(id), trust)).toMatchObject({ kind: 'proved', index: 0 })
  })

  test('an entry already covered is answered at once, one never seen when time is up', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    const [id = ''] = enter(log)
    await sequencer.tick()
    expect(await sequencer.waitFor(id, 1)).toEqual({ kind: 'not-yet' })
    await sequencer.publish()
    expect(await sequencer.waitFor(id, 5000)).toMatchObject({ kind: 'included', index: 0 })
    expect(await sequencer.waitFor('never entered', 1)).toEqual({ kind: 'not-yet' })
  })
})

describe('running', () => {
  test('integrates and publishes by itself, and drains when it stops', async () => {
    const log = newCourtLog()
    const sequencer = openSequencer(log)
    expect(await sequencer.start()).toMatchObject({ kind: 'sound' })
    const ids = enter(log, 20)
    const answers = await Promise.all(ids.map((id) => sequencer.waitFor(id, 5000)))
    expect(answers.every(({ kind }) => kind === 'included')).toBe(true)
    const waiting = sequencer.waitFor('never entered', 60_000)
    enter(log, 9000)
    await sequencer.stop()
    expect(await waiting).toEqual({ kind: 'not-yet' })
    expect(sequencer.head()?.size).toBe(9020)
    expect(log.faults).toEqual([])
    await expectSound(log)
  })

  test('three processes on one log give each entry one place', async () => {
    const log = newCourtLog()
    const sequencers = [openSequencer(log), openSequencer(log), openSequencer(log)]
    for (const sequencer of sequencers) await sequencer.start()
    for (let wave = 0; wave < 20; wave += 1) {
      enter(log, 17)
      await rest(3)
    }
    for (const sequencer of sequencers) await sequencer.stop()
    expect(log.faults).toEqual([])
    expect(sequencers.map((sequencer) => sequencer.standing())).toEqual(sequencers.map(() => ({ kind: 'sound' })))
    await expectSound(log)
  })

  test('a fault is reported and the next round begins from what is committed', async () => {
    const log = newCourtLog()
    let falls = 3
    const sequencer = openSequencer(log, (name) => {
      if (name === 'after the commit' && falls-- > 0) throw new Error('connection lost')
    })
    await sequencer.start()
    const [id = ''] = enter(log)
    expect(await sequencer.waitFor(id, 5000)).toMatchObject({ kind: 'included' })
    await sequencer.stop()
    expect(log.faults).toHaveLength(3)
    await expectSound(log)
  })
})
