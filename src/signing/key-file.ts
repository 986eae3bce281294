import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { SigningFault } from './fault.ts'

const moment = z.iso.datetime()

const storedKey = z.strictObject({
  kid: z.string(),
  state: z.enum(['next', 'current', 'retired', 'revoked']),
  validFrom: moment,
  retiredAt: moment.optional(),
  revokedAt: moment.optional(),
  /** Made for a demonstration; production refuses it. */
  demo: z.boolean(),
  /** A private JWK, or `{kty: "oct", k}` for a secret. */
  jwk: z.looseObject({ kty: z.enum(['OKP', 'EC', 'oct']) }),
})

const keyFile = z.strictObject({ use: z.string(), keys: z.array(storedKey).min(1) })

export type StoredKey = z.infer<typeof storedKey>

/** All keys of one use, in one file: a rotation is then one atomic replacement. */
export type KeyFile = z.infer<typeof keyFile>

/** Reads a key file; undefined when there is none. Throws when anyone but its owner could read it. */
export function readKeyFile(path: string): KeyFile | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return undefined
  if (found.mode & 0o077) throw new SigningFault('KEYS_EXPOSED', `others can read ${path}: chmod 600 it, then rotate`)
  const parsed = keyFile.safeParse(parseJson(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new SigningFault('KEY_UNREADABLE', `${path} is not a key file of this program`)
  return parsed.data
}

/** Changes whenever the file at this path is replaced; undefined when there is none. */
export function markOfFile(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`
}

/** Writes a key file that did not exist. False when another process was first: its keys stand. */
export function createKeyFile(path: string, file: KeyFile): boolean {
  const draft = writeDraft(path, file)
  try {
    linkSync(draft, path)
    syncDirectory(path)
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    throw cause
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Replaces a key file. A crash leaves the old keys or the new ones, never half of each and never none. */
export function replaceKeyFile(path: string, file: KeyFile): void {
  renameSync(writeDraft(path, file), path)
  syncDirectory(path)
}

function writeDraft(path: string, file: KeyFile): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`
  const opened = openSync(draft, 'wx', 0o600)
  writeSync(opened, `${JSON.stringify(file, null, 2)}\n`)
  fsyncSync(opened)
  closeSync(opened)
  return draft
}

function syncDirectory(path: string): void {
  const opened = openSync(dirname(path), 'r')
  fsyncSync(opened)
  closeSync(opened)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
