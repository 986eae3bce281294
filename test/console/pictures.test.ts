import { expect, test } from 'vitest'
import { consolePages } from '../../src/console/pages.ts'
import type { ConsoleParts } from '../../src/console/parts.ts'
import { taskKindList } from '../../src/domain/task.ts'
import { type Found, picturesOf } from '../pictures/plan.ts'

/** What a page leads to that is no page: files to keep, words for a script, and ways that only lead on. */
const noPage =
  /\.(?:css|js|svg|xlsx)$|^\/language\/|^\/proofs\/|version$|\/(?:proof|export|template|population)$|:sha256$|^\/sign-in\/openid/

/** Enough of a house to name its pages: nothing of it is asked for anything. */
const parts = {
  ...{ gateway: { clock: () => new Date() }, authorities: {}, log: {}, limits: {}, accounts: {} },
  ...{ door: 'open', tour: {}, secret: new Uint8Array(32), lasts: { idleSeconds: 1, seconds: 1 }, secondFactorFor: [] },
} as unknown as ConsoleParts

/** Every name in an address is its own, and there is a task of every kind. */
const found = new Proxy({} as Found, {
  get: (_, name) => {
    if (name === 'tasks') return Object.fromEntries(taskKindList.map((kind) => [kind, kind]))
    if (name === 'progress') return '/progress/link'
    return name === 'anomaly' ? '/audit/anomalies/one' : String(name)
  },
})

const pictured = picturesOf(found)
const paths = pictured.map(({ path }) => new URL(path, 'http://writ').pathname)

test('every page that the console serves, and every paper among them, has a picture in the plan', () => {
  const served = consolePages(parts).routes.filter(({ method, path }) => method === 'GET' && !noPage.test(path))
  const left = served.filter(({ path }) => {
    const shape = new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`)
    return !paths.some((one) => shape.test(one))
  })
  expect(served.length).toBeGreaterThan(40)
  expect(left.map(({ path }) => path)).toEqual([])
})

test('the paper of every kind of task is in it, and no two pictures have one name', () => {
  const papers = pictured.filter(({ paper }) => paper).map(({ path }) => path)
  expect(papers).toEqual(expect.arrayContaining(taskKindList.map((kind) => `/tasks/${kind}/printout`)))
  expect(new Set(pictured.map(({ name }) => name)).size).toBe(pictured.length)
})
