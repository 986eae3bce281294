import { expect, test } from 'vitest'
import { addressRule } from '../../src/relay/address-rule.ts'
import { readOrigin, refusedByNumber } from '../../src/relay/origin.ts'

test.each([
  ['https://land.example', 'https://land.example'],
  ['https://land.example/', 'https://land.example'],
  ['https://LAND.example:443', 'https://land.example'],
  ['https://10.1.2.3:8443', 'https://10.1.2.3:8443'],
  ['https://[fd12::1]:8443', 'https://[fd12::1]:8443'],
  ['http://127.0.0.1:9001', 'http://127.0.0.1:9001'],
  ['http://localhost:9001', 'http://localhost:9001'],
  ['http://[::1]:9001', 'http://[::1]:9001'],
])('%s is where a registry may listen', (text, origin) => {
  expect(readOrigin(text)).toEqual({ kind: 'origin', origin })
})

test.each([
  ['land.example', /no address/],
  ['ftp://land.example', /begin with https/],
  ['http://land.example', /begin with https/],
  ['http://10.1.2.3', /begin with https/],
  ['http://127.0.0.1.evil.example', /begin with https/],
  ['http://localhost.evil.example', /begin with https/],
  ['https://writ:word@land.example', /user name or a password/],
  ['https://land.example@evil.example', /user name or a password/],
  ['https://land.example/api', /end after host and port/],
  ['https://land.example/?to=', /end after host and port/],
  ['https://land.example?', /end after host and port/],
  ['https://land.example#', /end after host and port/],
])('%s is refused in words', (text, why) => {
  expect(readOrigin(text)).toMatchObject({ kind: 'wrong', why: expect.stringMatching(why) })
})

test('a host given by number is judged at once, in whatever spelling', () => {
  const rule = addressRule({ loopback: false })
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:7f00:1]', '169.254.169.254', '[fe80::1]'])
    expect(refusedByNumber(`https://${host}`, rule), host).toBeDefined()
  for (const host of ['10.1.2.3', 'land.example']) expect(refusedByNumber(`https://${host}`, rule)).toBeUndefined()
})
