import { defineConfig } from 'vitest/config'

/** What `npm run mutate` runs against every mutant of src/domain: the tests of the law alone, no database, no process. */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts'],
    exclude: ['test/domain/law.test.ts'],
    env: { TZ: 'America/Sao_Paulo' },
    testTimeout: 30_000,
  },
})
