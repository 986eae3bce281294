import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manuals } from '../../src/http/docs/manuals.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

/** What is written beside the reference is read at the gateway itself: a court's network reaches no other place. */
let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())
const get = async (path: string) => {
  const answer = await edge.call(undefined, 'GET', path)
  return { status: answer.status, text: await answer.text() }
}

test('every manual and every dialect is on the first page of the documentation', async () => {
  const names = manuals().map(({ name }) => name)
  for (const dialect of readdirSync('adapters', { withFileTypes: true }))
    if (dialect.isDirectory()) expect(names).toContain(`adapter-${dialect.name}`)
  expect(names).toContain('protocol')
  const { text } = await get('/docs')
  for (const name of names) expect(text).toContain(`href="/docs/manuals/${name}"`)
})

test('every link in a manual leads to a page and a place that is there, and none out of the gateway', async () => {
  const pages = new Map<string, Awaited<ReturnType<typeof get>>>()
  const known = async (path: string) => {
    const page = pages.get(path) ?? (await get(path))
    pages.set(path, page)
    return page
  }
  const wrong: string[] = []
  for (const { name } of manuals()) {
    const own = `/docs/manuals/${name}`
    for (const [, href = ''] of (await known(own)).text.matchAll(/href="([^"]+)"/g)) {
      if (!/^[/#]/.test(href)) wrong.push(`${name}: ${href}`)
      // The first page is the console's, which is not here.
      if (href === '/') continue
      const [path, mark] = href.split('#')
      const page = await known(path || own)
      if (page.status !== 200) wrong.push(`${name}: ${href} is ${page.status}`)
      else if (mark && !page.text.includes(`id="${decodeURI(mark)}"`)) wrong.push(`${name}: ${href} is no place`)
    }
  }
  expect(wrong).toEqual([])
})

test('nothing else of the folder is served', async () => {
  for (const path of ['/docs/manuals/..%2FREADME', '/docs/manuals/nothing', '/docs/protocol/..%2Fprotocol.md'])
    expect((await get(path)).status).toBe(404)
  expect(JSON.parse((await get('/docs/protocol/vectors.json')).text)).toBeTypeOf('object')
})
