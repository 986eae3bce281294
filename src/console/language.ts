import { AsyncLocalStorage } from 'node:async_hooks'
import type { Said } from '../http/problems/entry.ts'

/** Of the pages: Chinese unless the reader chose otherwise. Papers of the court are Chinese always. */
export type Language = keyof Said

const spoken = new AsyncLocalStorage<Language>()

/** The language of the page that is being written. */
export function language(): Language {
  return spoken.getStore() ?? 'zh'
}

/** Writes a page in a language, whatever waits meanwhile. */
export function speaking<T>(chosen: Language, write: () => T): T {
  return spoken.run(chosen, write)
}

/** The words in the language of the page. */
export function say(said: Said): string {
  return said[language()]
}
