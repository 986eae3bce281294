import { readFile } from 'node:fs/promises'
import type { Pem } from '../config/pem.ts'

/** Some certificates and keys, as they are now. */
export type Held<Name extends string> = Readonly<Partial<Record<Name, string>>>

export type PemFiles<Name extends string> = {
  now(): Held<Name>
  /** Called after what is held has changed. */
  onChange(deed: () => void): void
  /** Reads the files again; told `false` when nothing changed. Throws, and keeps what it had, when they cannot be used. */
  reread(): Promise<boolean>
}

/**
 * Certificates that were given as files, read again so that a renewed one is used without a restart. Files are compared
 * by what is in them: links that are swapped and clocks that are wrong then do not matter. A certificate and its key are
 * taken together or not at all, so one that has not been copied yet leaves the old pair in use.
 */
export function holdPems<Name extends string>(
  given: Readonly<Partial<Record<Name, Pem>>>,
  usable: (held: Held<Name>) => void,
): PemFiles<Name> {
  const named = Object.entries(given) as [Name, Pem][]
  let held = asHeld(named.map(([name, { text }]) => [name, text.reveal()]))
  const deeds: (() => void)[] = []
  return {
    now: () => held,
    onChange: (deed) => void deeds.push(deed),
    reread: async () => {
      const read = await Promise.all(named.map(async ([name, pem]) => [name, await textOf(pem)] as const))
      const fresh = asHeld(read)
      if (JSON.stringify(fresh) === JSON.stringify(held)) return false
      usable(fresh)
      held = fresh
      for (const deed of deeds) deed()
      return true
    },
  }
}

async function textOf({ text, file }: Pem): Promise<string> {
  return file === undefined ? text.reveal() : (await readFile(file, 'utf8')).trim()
}

function asHeld<Name extends string>(pairs: readonly (readonly [Name, string])[]): Held<Name> {
  return Object.fromEntries(pairs) as Partial<Record<Name, string>>
}
