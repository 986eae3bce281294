import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { commitment } from '../../src/ledger/record.ts'
import { heldWrapper, heldWrappers, type KeyEncryptionKey, type KeyWrapper } from '../../src/store/key-wrapper.ts'
import { createVault } from '../../src/store/vault.ts'

const kek = { id: 'kek-1', secret: randomBytes(32) }
const vaultOf = (...keys: readonly KeyEncryptionKey[]) => createVault(heldWrappers(() => keys))
const vault = vaultOf(kek)
const key = vault.newKey('key-1')
const name = { id: 'payload-1', kind: 'document' } as const
const text = Buffer.from('裁定书')

test('what is sealed opens again, with the salt its commitment was made with', () => {
  const { sealed, commitment: committed } = vault.seal(key, name, text)
  const { salt, bytes } = vault.open(key, name, sealed)
  expect(bytes).toEqual(text)
  expect(commitment(salt, bytes)).toBe(committed)
  expect(Buffer.from(sealed).includes(Buffer.from(salt))).toBe(false)
})

test('nothing opens under another payload, kind or key, nor when a byte was changed', () => {
  const { sealed } = vault.seal(key, name, text)
  const flipped = Buffer.from(sealed)
  flipped.writeUInt8(flipped.readUInt8(20) ^ 1, 20)
  const tries = [
    () => vault.open(key, { ...name, id: 'payload-2' }, sealed),
    () => vault.open(key, { ...name, kind: 'comment' }, sealed),
    () => vault.open({ ...key, id: 'key-2' }, name, sealed),
    () => vault.open(vault.newKey('key-1'), name, sealed),
    () => vault.open(key, name, flipped),
    () => vault.open(key, name, sealed.subarray(0, 27)),
  ]
  for (const attempt of tries) expect(attempt).toThrow(expect.objectContaining({ code: 'PAYLOAD_UNREADABLE' }))
})

test('the same text is sealed differently each time', () => {
  const [one, other] = [vault.seal(key, name, text), vault.seal(key, name, text)]
  expect(one.commitment).not.toBe(other.commitment)
  expect(Buffer.compare(one.sealed, other.sealed)).not.toBe(0)
})

const wrong = expect.objectContaining({ code: 'KEY_WRONG' })

test('a data key unwraps under the key that wrapped it alone, also after a rotation', async () => {
  const wrapped = await vault.wrap(key)
  expect(await vault.unwrap(wrapped)).toEqual(key)
  const next = { id: 'kek-2', secret: randomBytes(32) }
  expect(await vaultOf(next, kek).unwrap(wrapped)).toEqual(key)
  await expect(vaultOf(next).unwrap(wrapped)).rejects.toEqual(wrong)
  await expect(vaultOf({ ...kek, secret: randomBytes(32) }).unwrap(wrapped)).rejects.toEqual(wrong)
  await expect(vault.unwrap({ ...wrapped, id: 'key-2' })).rejects.toEqual(wrong)
})

test('a key that another process made current is found when it is met, and wraps from then on', async () => {
  const keys = [kek]
  const here = createVault(heldWrappers(() => keys))
  await here.wrap(key)
  const next = { id: 'kek-2', secret: randomBytes(32) }
  const there = await vaultOf(next).wrap(key)
  keys.unshift(next)
  expect(await here.unwrap(there)).toEqual(key)
  expect((await here.wrap(key)).kek).toBe('kek-2')
})

test('an unwrapped key is remembered, the ones not asked for longest are forgotten, and a failure is not remembered', async () => {
  let unwrapped = 0
  const counting: KeyWrapper = {
    ...heldWrapper(kek),
    unwrap: async (...given) => {
      unwrapped += 1
      if (unwrapped === 1) throw new Error('the service is away')
      return heldWrapper(kek).unwrap(...given)
    },
  }
  const few = createVault({ isRemote: true, current: async () => counting, named: async () => counting }, 2)
  const [one, two, three] = await Promise.all(['1', '2', '3'].map((id) => few.wrap(few.newKey(id))))
  if (!one || !two || !three) throw new Error('no keys')
  await expect(few.unwrap(one)).rejects.toThrow('away')
  for (const row of [one, two, one, three, one, two]) await few.unwrap(row)
  expect(unwrapped).toBe(5)
})

test('a key that is not 32 bytes is refused', async () => {
  const malformed = expect.objectContaining({ code: 'KEY_MALFORMED' })
  await expect(vaultOf({ id: 'k', secret: randomBytes(16) }).wrap(key)).rejects.toEqual(malformed)
})
