import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StoreFault } from './fault.ts'

/** Who holds a data directory. A process id alone is not enough: after a crash another process may have it. */
type Holder = {
  readonly pid: number
  /** When that process started, as the system counts, so that a reused id is told apart. */
  readonly started: string
  readonly boot: string
  readonly host: string
  readonly since: string
}

const signOfLifeMs = 10_000
/** A holder we cannot see (another machine or container on the same volume) is gone after this much silence. */
const silenceMs = 60_000

/**
 * Takes a data directory for this process, because PGlite would let two processes write one and lose what either wrote.
 * A lock left by a crash is taken over. Throws `DATA_DIR_HELD` saying who holds it. Returns how to let go.
 */
export function holdDirectory(directory: string): () => void {
  const path = join(directory, 'db.lock')
  const own = JSON.stringify(thisProcess())
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, own, { mode: 0o600 })
  try {
    if (!linked(mine, path)) {
      removeStale(path, directory)
      // Lost against another process that found the same stale lock: it holds the directory now.
      if (!linked(mine, path)) throw held(directory, readHolder(path))
    }
  } finally {
    rmSync(mine, { force: true })
  }
  const alive = setInterval(() => showLife(path), signOfLifeMs)
  alive.unref()
  return () => {
    clearInterval(alive)
    if (read(path) === own) rmSync(path, { force: true })
  }
}

/** Creates `path` with the content already in it, or not at all: nobody ever reads half a lock. */
function linked(from: string, path: string): boolean {
  try {
    linkSync(from, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function removeStale(path: string, directory: string): void {
  const found = read(path)
  const holder = readHolder(path)
  if (holder && isAlive(holder, path)) throw held(directory, holder)
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = read(aside)
  // Between reading and renaming somebody else took over: give the lock back.
  if (moved !== found) linked(aside, path)
  rmSync(aside, { force: true })
}

function isAlive(holder: Holder, path: string): boolean {
  const own = thisProcess()
  if (holder.host !== own.host) return Date.now() - lastSign(path) < silenceMs
  if (holder.boot !== own.boot) return false
  if (!runs(holder.pid)) return false
  const { state, started } = processStat(holder.pid)
  // A zombie has an id and nothing else: it died and nobody has asked how.
  if (state === 'Z') return false
  return started === '' || holder.started === '' || started === holder.started
}

function held(directory: string, holder: Holder | undefined): StoreFault {
  const who = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process'
  return new StoreFault('DATA_DIR_HELD', `${directory} is held by ${who}; two processes would destroy the database`)
}

function thisProcess(): Holder {
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  const since = new Date().toISOString()
  return { pid: process.pid, started: processStat(process.pid).started, boot, host: hostname(), since }
}

/** Fields 3 and 22 of `/proc/<pid>/stat`; empty where there is no such file. The name, field 2, may hold anything. */
function processStat(pid: number): { readonly state: string; readonly started: string } {
  const stat = read(`/proc/${pid}/stat`) ?? ''
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', started: fields[19] ?? '' }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(read(path) ?? '') as Holder
  } catch {
    return undefined
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function lastSign(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function showLife(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The directory is gone under us; the database will say so better than we could.
  }
}
