import type { Parts } from './parts.ts'

/** Whether two officers of the court go to this registry with every request: it is told nothing over any line. */
export function isVisited({ counter }: Pick<Parts, 'counter'>, registry: string): boolean {
  return counter(registry)?.adapter.kind === 'errand'
}
