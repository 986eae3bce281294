import { AsyncLocalStorage } from 'node:async_hooks'
import type { Said } from '../http/problems/entry.ts'

/** Of the pages: Chinese unless the reader chose otherwise. Papers of the court are Chinese always. */
export type Language = keyof Said

/** Who reads a page and when: what every part of it is written for. */
type Reading = { readonly language: Language; readonly now: Date }

const reading = new AsyncLocalStorage<Reading>()

/** The language of the page that is being written. */
export function language(): Language {
  return reading.getStore()?.language ?? 'zh'
}

/** The moment of the page that is being written, by the gateway's clock; undefined where nothing is being written. */
export function readAt(): Date | undefined {
  return reading.getStore()?.now
}

/** Writes a page for a reader, whatever waits meanwhile. */
export function writtenFor<T>(reader: Reading, write: () => T): T {
  return reading.run(reader, write)
}

/** Several of a kind, as the language of the page strings them together. */
export function listed(words: readonly string[]): string {
  return words.join(language() === 'zh' ? '、' : ', ')
}

/** What stands between a heading and what follows it on the same line. */
export function colon(): string {
  return language() === 'zh' ? '：' : ': '
}

/** Put in brackets, as the language of the page has them. */
export function bracketed(text: string): string {
  return language() === 'zh' ? `（${text}）` : ` (${text})`
}

/** The words in the language of the page. */
export function say(said: Said): string {
  return said[language()]
}
