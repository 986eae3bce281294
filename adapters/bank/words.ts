import { type Element, readBytes, readText, spell, writeElement } from './envelope.ts'

/** Which of our words is which of theirs. */
export type Vocabulary = Readonly<Record<string, string>>

/** What an element says, in our words; what was not said is the empty text. */
export type Words<V extends Vocabulary> = { readonly [K in keyof V]: string }

/** Files inside an element: base64 of their bytes, without GBK between. */
export type Blobs<V extends Vocabulary> = { readonly [K in keyof V]: Uint8Array }

/** Writes every attribute of the vocabulary, in its order: the same words give the same bytes. */
export function write<V extends Vocabulary>(
  name: string,
  vocabulary: V,
  words: Partial<Words<V>>,
  children = '',
): string {
  return writeElement(name, spelled(vocabulary, words), children)
}

/** The same with files beside the words. */
export function writeWithBlobs<V extends Vocabulary, B extends Vocabulary>(
  name: string,
  vocabulary: V,
  words: Partial<Words<V>>,
  blobNames: B,
  blobs: Partial<Blobs<B>>,
): string {
  const bytes: Partial<Record<string, Uint8Array>> = blobs
  const files = Object.entries(blobNames).map(([ours, theirs]) => [
    theirs,
    Buffer.from(bytes[ours] ?? []).toString('base64'),
  ])
  return writeElement(name, { ...spelled(vocabulary, words), ...Object.fromEntries(files) })
}

/** Reads every attribute of the vocabulary; others are not ours to understand and stay in the kept bytes. */
export function read<V extends Vocabulary>(vocabulary: V, element: Element): Words<V> {
  const said = Object.entries(vocabulary).map(([ours, theirs]) => [ours, readText(element, theirs)])
  return Object.fromEntries(said) as Words<V>
}

export function readBlobs<B extends Vocabulary>(blobNames: B, element: Element): Blobs<B> {
  const files = Object.entries(blobNames).map(([ours, theirs]) => [ours, readBytes(element, theirs)])
  return Object.fromEntries(files) as Blobs<B>
}

function spelled<V extends Vocabulary>(vocabulary: V, words: Partial<Words<V>>): Record<string, string> {
  const said: Partial<Record<string, string>> = words
  return Object.fromEntries(Object.entries(vocabulary).map(([ours, theirs]) => [theirs, spell(said[ours] ?? '')]))
}
