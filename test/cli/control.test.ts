import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { askControl, serveControl } from '../../src/cli/control.ts'
import type { Typed } from '../../src/cli/office.ts'

const dir = mkdtempSync(join(tmpdir(), 'writ-control-'))
const path = join(dir, 'control.sock')
const echo = async (args: readonly string[], { cwd, input }: Typed) => ({
  exitCode: 0,
  lines: [...args, cwd, ...(input === undefined ? [] : [input])],
})

beforeEach(() => rmSync(path, { force: true }))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the control socket', () => {
  test('carries a command to the running gateway and its outcome back, and is the owner’s alone', async () => {
    const control = await serveControl(path, echo)
    expect(await askControl(path, ['token', 'lin'], { cwd: '/here' })).toEqual({
      exitCode: 0,
      lines: ['token', 'lin', '/here'],
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await control.close()
    expect(await askControl(path, ['token', 'lin'], { cwd: '/here' })).toBeUndefined()
  })

  test('left behind by a gateway that was killed is nobody’s, and is taken over', async () => {
    writeFileSync(path, '')
    expect(await askControl(path, ['help'], { cwd: '/' })).toBeUndefined()
    const control = await serveControl(path, echo)
    expect(await askControl(path, ['help'], { cwd: '/' })).toMatchObject({ exitCode: 0 })
    await control.close()
  })

  test('tells of a command that broke, and goes on', async () => {
    const control = await serveControl(path, async ([name]) => {
      if (name === 'break') throw new Error('the keys are gone')
      return { exitCode: 0, lines: [] }
    })
    expect(await askControl(path, ['break'], { cwd: '/' })).toMatchObject({ lines: ['the keys are gone'] })
    expect((await askControl(path, ['break'], { cwd: '/' }))?.exitCode).not.toBe(0)
    expect(await askControl(path, ['go on'], { cwd: '/' })).toEqual({ exitCode: 0, lines: [] })
    await control.close()
  })
})
