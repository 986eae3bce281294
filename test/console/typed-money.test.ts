import { expect, test } from 'vitest'
import { typedMoney } from '../../src/console/typed-money.ts'

test('a sum is read as pages write it and as keyboards type it; a comma that parts no thousands stays, to be refused', () => {
  expect(['1,560,000.00', '１５６００００．５', '￥1，000 元', '5'].map(typedMoney)).toEqual([
    ...['1560000.00', '1560000.5', '1000', '5'],
  ])
  expect(['156,0000', '1,56', '12 万', '-5', ''].map(typedMoney)).toEqual(['156,0000', '1,56', '12 万', '-5', ''])
})
