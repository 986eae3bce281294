import type { UsedOnce } from '../gateway/ports/used-once.ts'
import type { Database } from './database.ts'
import { nameKept } from './name-kept.ts'
import { usedJti } from './schema/used-once.ts'

/** The database decides who was first: two processes that are shown the same name at once do not both believe it. */
export function usedOnce({ transaction }: Database): UsedOnce {
  return {
    burn: async (issuer, jti, expiresAt) => {
      const burnt = await transaction((tx) =>
        tx
          .insert(usedJti)
          .values({ issuer, jti: nameKept(jti), expiresAt })
          .onConflictDoNothing()
          .returning({ jti: usedJti.jti }),
      )
      return burnt.length > 0
    },
  }
}
