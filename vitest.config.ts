import { defineConfig } from 'vitest/config'
import { flags } from './test/support/compiled.ts'

// Set by .ci/run: where the run's counts go as JSON, beside what a person reads.
const report = process.env.WRIT_TEST_REPORT

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // The log states times in UTC and the law counts days in Beijing: a test that leans on the machine's zone is wrong,
    // so the zone is one that is neither.
    env: { TZ: 'America/Sao_Paulo' },
    // A process a file: the embedded database blocks its event loop, and 512 MB of it should leave with its test.
    execArgv: [...flags],
    globalSetup: 'test/support/compiled.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report && { outputFile: { json: report } }),
  },
})
