import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOfPassword } from '../../src/domain/password-rule.ts'

const lin = { username: 'lin.shuyuan', name: '林书远' }
const codeOf = (password: string) => refusalOfPassword(password, lin)?.code

describe('a password', () => {
  test('needs length and nothing else: no digit, no sign, no capital', () => {
    for (const password of ['院里第三棵银杏树叶子黄了', 'four plain words here', 'ninety nine bottles'])
      expect(codeOf(password)).toBeUndefined()
  })

  test.each([
    ['eleven here', 'password-too-short'],
    ['x'.repeat(129).replace(/./g, (_, at) => 'abcdefghijk'[at % 11] ?? ''), 'password-too-long'],
    ['lin.shuyuan2026', 'password-like-name'],
    ['林书远林书远林书远abc1', 'password-like-name'],
    ['Password1234!', 'password-common'],
    ['PASSWORD1234', 'password-common'],
    ['woaini1314520', 'password-common'],
    ['123456789012', 'password-common'],
    ['abcabcabcabc', 'password-common'],
    ['aaaaaaaaaaaa!', 'password-common'],
  ])('%s is refused: %s', (password, code) => {
    expect(codeOf(password)).toBe(code)
  })

  test('is counted in characters, after NFKC: the same keys on another keyboard are the same password', () => {
    expect(codeOf('ｐａｓｓｗｏｒｄ１２３４')).toBe('password-common')
    expect(codeOf('😀😁😂😃😄😅😆😇😈😉😊')).toBe('password-too-short')
    expect(codeOf('😀😁😂😃😄😅😆😇😈😉😊😋')).toBeUndefined()
  })

  test('of any kind of characters is taken when it is long enough and nobody’s guess', () => {
    fc.assert(
      fc.property(fc.uuid(), (text) => {
        expect(codeOf(text)).toBeUndefined()
      }),
    )
  })
})
