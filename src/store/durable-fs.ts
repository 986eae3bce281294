import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** How bytes are forced to the disk; a test counts the calls. */
export type Sync = {
  /** For the write-ahead log: one call a commit, none for what only reads. */
  data(fd: number): void
  /** For everything else that a checkpoint makes durable, directories too. */
  whole(fd: number): void
}

export const diskSync: Sync = { data: fdatasyncSync, whole: fsyncSync }

/** 64 MiB of log, some seconds to replay. */
const usualLogFiles = 4

/** What of Emscripten's file system on Node we touch. */
type NodeStream = { readonly node: unknown; readonly nfd?: number }
type NodeFiles = {
  readonly stream_ops: { fsync?: (stream: NodeStream) => number }
  realPath(node: unknown): string
}

/**
 * PGlite's files on Node, made durable. PGlite runs PostgreSQL with fsync off and its `fsync` reaches no disk; here
 * fsync is on, by the method `fsync`, the only one that Emscripten hands to the file system, and it ends in a real
 * fdatasync. So PostgreSQL itself decides what is forced out, when and in which order, as on any machine: the log before
 * a commit is told, the data files before a checkpoint is.
 */
export class DurableFS extends NodeFS {
  readonly #sync: Sync
  /** Files of the write-ahead log that were written since the last checkpoint, 16 MiB each. */
  readonly #logFiles = new Set<string>()

  readonly #mostLogFiles: number

  constructor(directory: string, sync: Sync, mostLogFiles = usualLogFiles) {
    super(directory)
    this.#sync = sync
    this.#mostLogFiles = mostLogFiles
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args)
    const hook = (module: object) => this.#hook((module as { NODEFS: NodeFiles }).NODEFS)
    const preRun = [emscriptenOpts.preRun ?? []].flat()
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, hook] } }
  }

  /**
   * Whether it is time for a checkpoint. In single-user mode PostgreSQL makes none by itself, and the log would grow
   * until the next start had to replay all of it.
   */
  get logIsLong(): boolean {
    return this.#logFiles.size > this.#mostLogFiles
  }

  checkpointed(): void {
    this.#logFiles.clear()
  }

  #hook(files: NodeFiles): void {
    files.stream_ops.fsync = (stream) => {
      const path = files.realPath(stream.node)
      if (stream.nfd === undefined) this.#syncDirectory(path)
      else if (path.includes('/pg_wal/')) this.#syncLog(path, stream.nfd)
      else this.#sync.whole(stream.nfd)
      return 0
    }
  }

  #syncLog(path: string, fd: number): void {
    this.#logFiles.add(path)
    this.#sync.data(fd)
  }

  #syncDirectory(path: string): void {
    const fd = openSync(path, 'r')
    try {
      this.#sync.whole(fd)
    } finally {
      closeSync(fd)
    }
  }
}
