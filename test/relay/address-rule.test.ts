import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressRule } from '../../src/relay/address-rule.ts'
import { plainAddress } from '../../src/relay/networks.ts'

const production = addressRule({ loopback: false })
const demo = addressRule({ loopback: true })
const listed = addressRule({
  loopback: true,
  networks: [
    { address: '10.20.0.0', prefix: 16 },
    { address: '0.0.0.0', prefix: 0 },
  ],
})

describe('where no registry is', () => {
  test.each([
    ['169.254.169.254', 'link-local or metadata'],
    ['::ffff:169.254.169.254', 'link-local or metadata'],
    ['::ffff:a9fe:a9fe', 'link-local or metadata'],
    ['100.100.100.200', 'link-local or metadata'],
    ['fd00:ec2::254', 'link-local or metadata'],
    ['fe80::1%eth0', 'link-local or metadata'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast or reserved'],
    ['255.255.255.255', 'multicast or reserved'],
    ['ff02::1', 'multicast or reserved'],
    ['64:ff9b::a9fe:a9fe', 'an IPv4 address in disguise'],
    ['2002:7f00:1::', 'an IPv4 address in disguise'],
    ['::7f00:1', 'an IPv4 address in disguise'],
    ['registry.example', 'not an address'],
  ])('%s: %s, whatever is listed', (address, why) => {
    for (const rule of [production, demo, listed]) expect(rule(address)).toBe(why)
  })
})

test('courts and registries live in private networks', () => {
  for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', 'fd12:3456::1', '203.0.113.5', '2408:8000::1'])
    expect(production(address)).toBeUndefined()
})

test('this machine itself is called in a demo, and where a listed network says just that', () => {
  const exactly = addressRule({ loopback: false, networks: [{ address: '127.0.0.0', prefix: 8 }] })
  for (const address of ['127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1']) {
    expect(production(address)).toBe('this machine itself')
    expect(listed(address)).toBe('this machine itself')
    expect(demo(address)).toBeUndefined()
    expect(exactly(address)).toBeUndefined()
  }
  expect(exactly('::1')).toBe('this machine itself')
})

test('with networks listed nothing outside them is called', () => {
  const rule = addressRule({ loopback: false, networks: [{ address: '10.20.0.0', prefix: 16 }] })
  expect(rule('10.20.255.1')).toBeUndefined()
  expect(rule('10.21.0.1')).toBe('outside the networks of registries')
  expect(rule('2408:8000::1')).toBe('outside the networks of registries')
})

test('an address is judged the same in every spelling of it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
      const hex = (high: number, low: number) => (high * 256 + low).toString(16)
      const spellings = [
        `::ffff:${address}`,
        `::FFFF:${hex(a, b)}:${hex(c, d)}`,
        `0:0:0:0:0:ffff:${hex(a, b)}:${hex(c, d)}`,
      ]
      for (const spelling of spellings) {
        expect(plainAddress(spelling)).toBe(address)
        expect(production(spelling)).toBe(production(address))
      }
    }),
  )
})
