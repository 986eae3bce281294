import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { commitment } from '../../src/ledger/record.ts'
import { createVault } from '../../src/store/vault.ts'

const kek = { id: 'kek-1', secret: randomBytes(32) }
const vault = createVault(kek)
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

test('a data key unwraps under the key that wrapped it alone, also after a rotation', () => {
  const wrapped = vault.wrap(key)
  expect(vault.unwrap(wrapped)).toEqual(key)
  const next = { id: 'kek-2', secret: randomBytes(32) }
  expect(createVault(next, [kek]).unwrap(wrapped)).toEqual(key)
  const wrong = expect.objectContaining({ code: 'KEY_WRONG' })
  expect(() => createVault(next).unwrap(wrapped)).toThrow(wrong)
  expect(() => createVault({ ...kek, secret: randomBytes(32) }).unwrap(wrapped)).toThrow(wrong)
  expect(() => vault.unwrap({ ...wrapped, id: 'key-2' })).toThrow(wrong)
})

test('a key that is not 32 bytes is refused', () => {
  const malformed = expect.objectContaining({ code: 'KEY_MALFORMED' })
  expect(() => createVault({ id: 'k', secret: randomBytes(16) })).toThrow(malformed)
})
