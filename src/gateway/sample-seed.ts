import { createHash } from 'node:crypto'
import type { Drawn, SampleAsked } from './ports/samples.ts'

/**
 * What decides a sample, as a text that anybody can hash again: what was asked for and announced in the log, and the root of
 * the first checkpoint over that announcement, which nobody knew when they asked.
 */
export function seedText(
  { court, what, from, to, size }: SampleAsked,
  { index, treeSize, root }: Pick<Drawn, 'index' | 'treeSize' | 'root'>,
): string {
  const lines = [`court ${court}`, `what ${what}`, `from ${from}`, `to ${to}`, `size ${size}`, `before ${index}`]
  return ['writ-sample/v1', ...lines, `tree ${treeSize}`, `root ${Buffer.from(root).toString('base64')}`, ''].join('\n')
}

/**
 * Draws: every id is hashed behind the hash of the seed, SHA-256(SHA-256(seed) ‖ id), and those with the smallest hashes are
 * taken, in that order. The same seed and the same ids give the same sample, in whatever order the ids come.
 */
export function drawFrom(seed: string, ids: readonly string[], size: number): readonly string[] {
  const start = createHash('sha256').update(seed).digest()
  const ranked = ids.map((id) => ({ id, rank: createHash('sha256').update(start).update(id).digest('hex') }))
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  return ranked.slice(0, size).map(({ id }) => id)
}

/** SHA-256, in hex, over the ids in their order, one a line: whoever has the same list has the same digest. */
export function digestOf(ids: readonly string[]): string {
  const hash = createHash('sha256')
  for (const id of [...ids].sort()) hash.update(`${id}\n`)
  return hash.digest('hex')
}
