import { defineConfig } from 'vitest/config'
import { flags } from './test/support/compiled.ts'

// Set by .ci/run: where the run's counts go as JSON, beside what a person reads.
const report = process.env.WRIT_TEST_REPORT

/** A project of its own, so that a machine without one can run all the others. */
const browser = ['test/browser/**/*.test.ts', 'test/**/*.browser.test.ts']

export default defineConfig({
  test: {
    // The log states times in UTC and the law counts days in Beijing: a test that leans on the machine's zone is wrong,
    // so the zone is one that is neither.
    env: { TZ: 'America/Sao_Paulo' },
    // Processes that each load the program once, one more than two cores: half of what many files do is wait for others.
    // A file leaves nothing open, so the next one finds a clean house.
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    execArgv: [...flags, '--max-semi-space-size=64'],
    globalSetup: 'test/support/compiled.ts',
    testTimeout: 60_000,
    hookTimeout: 90_000,
    projects: [
      {
        extends: true,
        test: { name: 'house', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: browser },
      },
      { extends: true, test: { name: 'browser', include: browser } },
    ],
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report && { outputFile: { json: report } }),
  },
})
