import type { RegisteredRegistry } from './reads.ts'

/** Registries as an act changes them, in its own transaction beside its entry. */
export type Partners = {
  /** One registry, locked until the act ends, with every key it ever had. */
  find(code: string): Promise<RegisteredRegistry | undefined>
  /** Writes it whole. A key once registered is never forgotten: keys are added and ended. */
  put(registry: RegisteredRegistry): Promise<void>
}
