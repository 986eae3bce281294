import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  maskAccount,
  maskAddress,
  maskCertificate,
  maskIdNumber,
  maskName,
  maskPhone,
  maskPlaceCode,
  maskUnlessCode,
} from '../../src/domain/mask.ts'

describe('a name', () => {
  test.each([
    ['张三', '张*'],
    ['张某某', '张**'],
    ['欧阳锋', '欧阳*'],
    ['欧阳', '欧*'],
    ['𠮷野家', '𠮷**'],
    ['王', '*'],
    ['', ''],
  ])('of a person keeps the surname: %s is %s', (name, masked) => expect(maskName(name, 'person')).toBe(masked))

  test.each([
    ['某某商贸有限公司', '某某商贸****'],
    ['某某商店', '某某**'],
    ['厂', '*'],
  ])('of an organisation keeps four characters, or half: %s is %s', (name, masked) =>
    expect(maskName(name, 'organisation')).toBe(masked),
  )
})

test.each([
  ['120116198503120013', '120116********0013'],
  ['11010519491231002X', '110105********002X'],
  ['91120116MA0000015H', '911201********015H'],
  ['120116850312001', '120116******001'],
  ['E12345678', 'E1*****78'],
  ['军1234', '*****'],
])('the number %s shows as %s', (number, masked) => expect(maskIdNumber(number)).toBe(masked))

test.each([
  ['6217000000000000012', '6217****0012'],
  ['0302011409888012345_00001', '0302****0001'],
  ['123456789', '****789'],
  ['12', '****'],
])('the account %s shows as %s', (account, masked) => expect(maskAccount(account)).toBe(masked))

test.each([
  ['13800001234', '138****1234'],
  ['022-12345678', '022****5678'],
  ['12345678', '****78'],
])('the phone %s shows as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

test.each([
  ['天津市滨海新区新北路1号2-301', '天津市滨海新区****'],
  ['天津市和平区南京路小区3号楼', '天津市和平区****'],
  ['河北省三河市燕郊镇1号', '河北省三河市****'],
  ['广西壮族自治区南宁市青秀区民族大道1号', '广西壮族自治区南宁市青秀区****'],
  ['延边朝鲜族自治州延吉市人民路1号', '延边朝鲜族自治州延吉市****'],
  ['河北省沧州市孟村回族自治县建设街2号', '河北省沧州市孟村回族自治县****'],
  ['天津市第一大厦A区', '天津市****'],
  ['天津市卫国道小区5号', '天津市****'],
  ['天津市阳光小区5号', '天津市****'],
  ['和平路小区3号楼', '****'],
  ['', '****'],
])('the address %s shows as %s', (address, masked) => expect(maskAddress(address)).toBe(masked))

test('of any number, the end and little more is shown', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,40}$/), (number) => {
      const shown = (text: string) => text.replaceAll('*', '').length
      expect(shown(maskAccount(number))).toBeLessThanOrEqual(Math.max(8, number.length / 2))
      if (number.length <= 18) expect(shown(maskIdNumber(number))).toBeLessThanOrEqual(number.length * 0.6)
      expect(shown(maskPhone(number))).toBeLessThanOrEqual(7)
    }),
  )
})

test.each([
  ['120116001001GB00001F00010001', '120116****0001'],
  ['120116001001GB00', '120116****GB00'],
  ['120116001001GB0', '****'],
  ['', '****'],
])('of the place %s is shown %s', (code, shown) => {
  expect(maskPlaceCode(code)).toBe(shown)
})

test.each([
  ['津（2023）滨海新区不动产权第1000001号', '津（2023）****'],
  [' 津（1998）滨海', '津（1998）****'],
  ['津（2123）滨海', '****'],
  ['（2023）滨海', '****'],
  ['旧证津（2023）', '****'],
])('of the certificate %s is shown %s', (number, shown) => {
  expect(maskCertificate(number)).toBe(shown)
})

test.each([
  ['NOT-OWNED', true],
  ['a'.repeat(80), true],
  ['12345678901234', true],
  ['a'.repeat(81), false],
  ['', false],
  ['张某某不在名下', false],
  ['two words', false],
  ['123456789012345', false],
  ['x6217000000000000012', false],
  ['code\n', false],
])('%j stays as a code: %s', (text, stays) => {
  expect(maskUnlessCode(text)).toBe(stays ? text : '****')
})
