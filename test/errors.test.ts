import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue, errorsMarkdown, isProblemCode, problemsByArea } from '../src/http/problem-catalogue.ts'
import { actors, areas, type ProblemEntry } from '../src/http/problems/entry.ts'
import { unprovedCodes } from '../src/relay/port.ts'

const entries = Object.entries<ProblemEntry>(catalogue)

function sources(folder: string, named = /\.ts$/): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => named.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
}

describe('the catalogue of problems', () => {
  test('docs/errors.md is what the catalogue prints', async () => {
    await expect(errorsMarkdown()).toMatchFileSnapshot('../docs/errors.md')
  })

  test.each(entries)('%s says in both languages what it is, who must act and what next', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(entry.title.zh).toMatch(/[\u4e00-\u9fa5]/)
    expect(entry.next.zh).toMatch(/[\u4e00-\u9fa5]/)
    expect(entry.title.en).toMatch(/^[A-Z][^\u4e00-\u9fa5]{5,}$/)
    expect(entry.next.en.length).toBeGreaterThan(5)
    expect(Object.keys(actors)).toContain(entry.who)
    expect(Object.keys(areas)).toContain(entry.area)
  })

  test('every code is printed exactly once', () => {
    const printed = problemsByArea().flatMap(([, rows]) => rows.map(([code]) => code))
    expect(printed.toSorted()).toEqual(Object.keys(catalogue).toSorted())
    for (const code of printed) expect(errorsMarkdown().split(`<a id="${code}">`)).toHaveLength(2)
  })

  test('every code is met by a test that brings it about', () => {
    const met = sources('test', /\.test\.ts$|-vectors\.json$/).filter((text) => !text.includes('errorsMarkdown'))
    const unmet = entries.filter(([code]) => !met.some((text) => new RegExp(`['"\`\\d] ?${code}['"\`]`).test(text)))
    expect(unmet.map(([code]) => code)).toEqual([])
  })

  test('every refusal that domain and gateway can say is in it', () => {
    const said = [...sources('src/domain'), ...sources('src/gateway')].flatMap((text) =>
      [...text.matchAll(/refuse\(\s*'([a-z-]+)'/g)].map(([, code = '']) => code),
    )
    expect(said.length).toBeGreaterThan(50)
    expect([...new Set(said)].filter((code) => !isProblemCode(code))).toEqual([])
  })

  test('every way in which a statement can prove nothing is in it', () => {
    expect(unprovedCodes.filter((code) => !isProblemCode(code))).toEqual([])
  })

  test('every problem that the edge itself raises is in it, and every entry is raised by somebody', () => {
    const texts = [
      ...sources('src/http'),
      ...sources('src/console'),
      ...sources('src/domain'),
      ...sources('src/gateway'),
      ...sources('src/signing'),
    ]
    const tables = entries.map(([code]) => code)
    const unused = tables.filter((code) => texts.filter((text) => text.includes(`'${code}'`)).length < 2)
    expect(unused.filter((code) => !isSpelledInParts(code))).toEqual([])
  })
})

/** `statement-${code}` is put together from the code of an envelope; a bare word needs no quotes as a key. */
function isSpelledInParts(code: string): boolean {
  return code === 'internal' || unprovedCodes.some((unproved) => unproved === code)
}
