import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandWrappers } from '../../src/store/key-command.ts'
import { heldWrappers } from '../../src/store/key-wrapper.ts'
import { createVault } from '../../src/store/vault.ts'

const service = fileURLToPath(new URL('../support/key-service.mjs', import.meta.url))
let dir: string
let path: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'writ-kms-'))
  path = join(dir, 'service.json')
  put({ a: key() }, 'a')
})
afterAll(() => rmSync(dir, { recursive: true }))

const key = () => randomBytes(32).toString('base64')
const put = (keys: Record<string, string>, current: string) => writeFileSync(path, JSON.stringify({ keys, current }))
const held = { id: 'held', secret: randomBytes(32) }
const overTheLine = () =>
  commandWrappers(
    [process.execPath, service, path],
    heldWrappers(() => [held]),
  )

test('a key service wraps and unwraps, under its own name, and tells nobody its key', async () => {
  const vault = createVault(overTheLine())
  const data = vault.newKey('data-1')
  const wrapped = await vault.wrap(data)
  expect(wrapped.kek).toBe('kms:a')
  expect(await createVault(overTheLine()).unwrap(wrapped)).toEqual(data)
  const elsewhere = createVault(overTheLine()).unwrap({ ...wrapped, id: 'data-2' })
  await expect(elsewhere).rejects.toMatchObject({ code: 'KEY_WRONG' })
  const changed = Buffer.from(wrapped.wrapped)
  changed.writeUInt8(changed.readUInt8(40) ^ 1, 40)
  await expect(vault.unwrap({ ...wrapped, wrapped: changed })).rejects.toMatchObject({ code: 'KEY_WRONG' })
})

test('what was wrapped before there was a service, or by its former key, unwraps', async () => {
  const before = createVault(heldWrappers(() => [held]))
  const data = before.newKey('data-3')
  const vault = createVault(overTheLine())
  expect(await vault.unwrap(await before.wrap(data))).toEqual(data)
  const former = await vault.wrap(data)
  put({ ...JSON.parse(readFileSync(path, 'utf8')).keys, b: key() }, 'b')
  expect((await vault.wrap(data)).kek).toBe('kms:b')
  expect(await createVault(overTheLine()).unwrap(former)).toEqual(data)
})

test('a service that ends is told as a fault and started again; one that is not there is told too', async () => {
  const wrappers = overTheLine()
  const place = Buffer.from('place')
  await expect((await wrappers.named('kms:dies'))?.unwrap(Buffer.from('x'), place)).rejects.toMatchObject({
    code: 'KEY_SERVICE',
  })
  expect((await wrappers.current()).id).toMatch(/^kms:/)
  await expect(commandWrappers(['/nowhere/key-service']).current()).rejects.toMatchObject({ code: 'KEY_SERVICE' })
})
