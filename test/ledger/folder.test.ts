import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { openCheckpointFolder } from '../../src/ledger/folder.ts'
import { rootOfList } from '../../src/ledger/merkle.ts'
import type { KeptCheckpoint } from '../../src/ledger/port.ts'
import { logSigner, origin } from './keys.ts'
import { someLeaves } from './oracle.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'writ-folder-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

async function checkpointOf(size: number, name?: string): Promise<KeptCheckpoint> {
  const root = rootOfList(someLeaves(size, name))
  return { size, root, note: await signCheckpoint({ origin, size, root }, [logSigner]) }
}

describe('the checkpoint folder', () => {
  test('is empty before the first checkpoint, and made when it is not there', async () => {
    const folder = await openCheckpointFolder(join(directory, 'deep', 'down'))
    expect(await folder.latest()).toBeUndefined()
  })

  test('keeps each note and shows the newest, also to another process', async () => {
    const folder = await openCheckpointFolder(directory)
    const [three, five] = [await checkpointOf(3), await checkpointOf(5)]
    await folder.write(three)
    await folder.write(five)
    expect(await (await openCheckpointFolder(directory)).latest()).toBe(five.note)
    expect(readdirSync(join(directory, 'checkpoints')).sort()).toEqual(['3.note', '5.note'])
    expect(readFileSync(join(directory, 'checkpoints', '3.note'), 'utf8')).toBe(three.note)
    expect(readdirSync(directory).sort()).toEqual(['checkpoint', 'checkpoints'])
  })

  test('a smaller checkpoint that comes late does not become the newest', async () => {
    const folder = await openCheckpointFolder(directory)
    const five = await checkpointOf(5)
    await folder.write(five)
    await folder.write(await checkpointOf(3))
    expect(await folder.latest()).toBe(five.note)
  })

  test('the same checkpoint twice is one; another root for its size is a fork', async () => {
    const folder = await openCheckpointFolder(directory)
    const five = await checkpointOf(5)
    await folder.write(five)
    await folder.write(five)
    const other = await checkpointOf(5, 'other')
    await expect(folder.write(other)).rejects.toMatchObject({ code: 'CHECKPOINT_FORKED' })
    rmSync(join(directory, 'checkpoints', '5.note'))
    await expect(folder.write(other)).rejects.toMatchObject({ code: 'CHECKPOINT_FORKED' })
    expect(await folder.latest()).toBe(five.note)
  })

  test('a fork is seen at any size ever published, not only at the newest', async () => {
    const folder = await openCheckpointFolder(directory)
    await folder.write(await checkpointOf(3))
    await folder.write(await checkpointOf(5))
    await expect(folder.write(await checkpointOf(3, 'other'))).rejects.toMatchObject({ code: 'CHECKPOINT_FORKED' })
  })

  test('a file that is not a checkpoint is never written over', async () => {
    const folder = await openCheckpointFolder(directory)
    writeFileSync(join(directory, 'checkpoint'), '')
    await expect(folder.write(await checkpointOf(5))).rejects.toMatchObject({ code: 'CHECKPOINT_UNREADABLE' })
    expect(await folder.latest()).toBe('')
  })

  test('many writers at once leave whole files and no drafts', async () => {
    const folder = await openCheckpointFolder(directory)
    const checkpoints = await Promise.all(Array.from({ length: 20 }, (_, at) => checkpointOf(at + 1)))
    await Promise.all(checkpoints.map((checkpoint) => folder.write(checkpoint)))
    expect(checkpoints.map(({ note }) => note)).toContain(await folder.latest())
    expect(readdirSync(directory).sort()).toEqual(['checkpoint', 'checkpoints'])
    expect(readdirSync(join(directory, 'checkpoints'))).toHaveLength(20)
  })
})
