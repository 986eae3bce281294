import { expect, test } from 'vitest'
import { type Asset, assetKey } from '../../src/domain/asset.ts'

const unit = { class: 'real-estate', unitCode: '120116001001GB00001F00010001' } as const

test('an asset is the same however else its registry describes it', () => {
  const again: Asset = { ...unit, address: '某某路1号', certNo: '津（2023）滨海新区不动产权第1000001号' }
  expect(assetKey(again)).toBe(assetKey(unit))
  const account = { class: 'deposit', account: '6217000000000000012' } as const
  expect(assetKey({ ...account, certNo: '存单1' })).toBe(assetKey(account))
})

test('another account, another sub-account and another class are other assets', () => {
  const account: Asset = { class: 'deposit', account: '6217000000000000012' }
  const others: readonly Asset[] = [
    { ...account, account: '6217000000000000020' },
    { ...account, subAccount: '001' },
    { ...account, subAccount: '002' },
    { ...account, class: 'fund' },
  ]
  expect(new Set([account, ...others].map(assetKey)).size).toBe(5)
})
