import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { LedgerFault } from './fault.ts'
import { sameHash } from './merkle.ts'
import { splitNote } from './note.ts'
import type { CheckpointFolder, KeptCheckpoint } from './port.ts'

/**
 * The checkpoint folder on a disk that is not the database's: `checkpoint` is the newest, `checkpoints/<size>.note` each
 * one published. May be shared by several processes. Makes the folder when it is not there.
 */
export async function openCheckpointFolder(directory: string): Promise<CheckpointFolder> {
  const history = join(directory, 'checkpoints')
  const newest = join(directory, 'checkpoint')
  await mkdir(history, { recursive: true })
  await syncDirectory(directory)

  return {
    async write(checkpoint) {
      // Crash between the two: the history is one ahead of `checkpoint`, of a note that was not yet served.
      await keepOnce(history, checkpoint)
      const current = await readCheckpoint(newest)
      if (current) refuseFork(current, checkpoint)
      // Two processes may pass here at once and the smaller win: the guard then looks one second further back, no more.
      if (current && current.size > checkpoint.size) return
      const draft = await writeDraft(directory, checkpoint.note)
      await rename(draft, newest)
      await syncDirectory(directory)
    },
    latest: () => readText(newest),
  }
}

/** By link and not by rename: a rename would quietly replace what another database published under the same size. */
async function keepOnce(history: string, checkpoint: KeptCheckpoint): Promise<void> {
  const place = join(history, `${checkpoint.size}.note`)
  const draft = await writeDraft(history, checkpoint.note)
  try {
    await link(draft, place)
    await syncDirectory(history)
  } catch (failure) {
    if (!isCode(failure, 'EEXIST')) throw failure
    const earlier = await readCheckpoint(place)
    if (earlier) refuseFork(earlier, checkpoint)
  } finally {
    await rm(draft, { force: true })
  }
}

function refuseFork(earlier: Checkpoint, checkpoint: KeptCheckpoint): void {
  if (earlier.size === checkpoint.size && !sameHash(earlier.root, checkpoint.root))
    throw new LedgerFault('CHECKPOINT_FORKED', `two roots were published for ${checkpoint.size} leaves`)
}

async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  const note = await readText(path)
  if (note === undefined) return undefined
  const checkpoint = parseCheckpoint(splitNote(note)?.text ?? '')
  if (!checkpoint) throw new LedgerFault('CHECKPOINT_UNREADABLE', `${path} is not a checkpoint`)
  return checkpoint
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (failure) {
    if (isCode(failure, 'ENOENT')) return undefined
    throw failure
  }
}

/** A file under a name nobody reads, its bytes on the disk: only then may it take the name that is read. */
async function writeDraft(directory: string, text: string): Promise<string> {
  const path = join(directory, `.${randomUUID()}.draft`)
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return path
}

/** A new name is only as durable as the directory that holds it. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isCode(failure: unknown, code: string): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === code
}
