import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { holdDirectory } from '../../src/store/lock-file.ts'

const made: string[] = []
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

let directory = ''
let lock = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'writ-lock-'))
  lock = join(directory, 'db.lock')
  made.push(directory)
})

/** What a lock of this very process says, changed as a crash or another machine would have it. */
function leave(over: object): void {
  const letGo = holdDirectory(directory)
  const own: object = JSON.parse(readFileSync(lock, 'utf8'))
  letGo()
  writeFileSync(lock, JSON.stringify({ ...own, ...over }))
}

const held = expect.objectContaining({ code: 'DATA_DIR_HELD' })

test('one holds it, and leaves nothing behind', () => {
  const letGo = holdDirectory(directory)
  expect(() => holdDirectory(directory)).toThrow(held)
  letGo()
  expect(readdirSync(directory)).toEqual([])
})

test.each([
  ['of a process that is gone', { pid: 2 ** 22 + 1 }],
  ['of an id that another process has now', { started: '1' }],
  ['of before the machine started', { boot: 'another-boot' }],
])('a lock %s is taken over', (_, over) => {
  leave(over)
  const letGo = holdDirectory(directory)
  expect(() => holdDirectory(directory)).toThrow(held)
  letGo()
  expect(readdirSync(directory)).toEqual([])
})

test('a lock that says nothing is taken over', () => {
  writeFileSync(lock, '')
  holdDirectory(directory)()
  expect(readdirSync(directory)).toEqual([])
})

test('a lock of another machine is believed for a minute after its last sign of life', () => {
  leave({ host: 'another-container' })
  expect(() => holdDirectory(directory)).toThrow('on another-container')
  const longAgo = new Date(Date.now() - 61_000)
  utimesSync(lock, longAgo, longAgo)
  holdDirectory(directory)()
})

test('who was taken over from lets go of nothing that is not theirs', () => {
  const letGo = holdDirectory(directory)
  writeFileSync(lock, 'somebody else')
  letGo()
  expect(readFileSync(lock, 'utf8')).toBe('somebody else')
})
