import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callerOf, hopsOf, schemeOf } from '../../src/http/forwarded.ts'
import { plainAddress, within } from '../../src/relay/networks.ts'

const isProxy = within([
  { address: '10.0.0.0', prefix: 8 },
  { address: 'fd00::', prefix: 8 },
])
const proxies = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((rest) => `10.${rest.join('.')}`),
  fc.nat(0xffff).map((last) => `fd00::${last.toString(16)}`),
)
const strangers = fc.oneof(fc.ipV4(), fc.ipV6()).filter((address) => !isProxy(address))
const anything = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constant('for="'), fc.constant('unknown'))
const plain = (address: string) => plainAddress(address) ?? ''

/** An address as `Forwarded` spells it. */
const spelled = (address: string) => `for="${address.includes(':') ? `[${address}]:4711` : address}";proto=https`

describe('who is calling', () => {
  test('whatever a stranger says of itself, it is the address of its own socket', () => {
    fc.assert(
      fc.property(strangers, anything, (peer, words) => {
        expect(callerOf(peer, hopsOf('x-forwarded-for', words), isProxy)).toBe(plain(peer))
        expect(callerOf(peer, hopsOf('forwarded', words), isProxy)).toBe(plain(peer))
      }),
    )
  })

  test('behind proxies it is whoever called the first of them, whatever stood in the header before', () => {
    const chain = fc.array(proxies, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anything, strangers, chain, (forged, caller, [peer = '', ...before]) => {
        const told = [caller, ...before]
        const list = [forged, ...told].join(', ')
        expect(callerOf(peer, hopsOf('x-forwarded-for', list), isProxy)).toBe(plain(caller))
        const elements = [forged, ...told.map(spelled)].join(', ')
        expect(callerOf(peer, hopsOf('forwarded', elements), isProxy)).toBe(plain(caller))
      }),
    )
  })

  test('where a proxy’s word cannot be read, the proxy stands for everybody behind it', () => {
    expect(callerOf('10.0.0.1', hopsOf('x-forwarded-for', '9.9.9.9, unknown'), isProxy)).toBe('10.0.0.1')
    expect(callerOf('10.0.0.1', hopsOf('forwarded', 'for=9.9.9.9, for=_hidden'), isProxy)).toBe('10.0.0.1')
    expect(callerOf('10.0.0.1', hopsOf('x-forwarded-for', undefined), isProxy)).toBe('10.0.0.1')
  })

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:c000:201]:4711', '192.0.2.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%s is %s', (written, meant) => {
    expect(hopsOf('x-forwarded-for', written)).toEqual([meant])
  })
})

describe('how the call came', () => {
  test.each([
    ['x-forwarded-proto alone', 'x-forwarded-for', 'https', 'https'],
    ['the nearest proxy’s word', 'x-forwarded-for', 'https, http', 'http'],
    ['the nearest element', 'forwarded', 'for=1.2.3.4;proto=https, for=10.0.0.1;proto=http', 'http'],
    ['quoted', 'forwarded', 'for=1.2.3.4; Proto="HTTPS"', 'https'],
    ['nothing', 'forwarded', 'for=1.2.3.4', undefined],
    ['nothing at all', 'x-forwarded-for', undefined, undefined],
  ] as const)('is told by %s', (_what, header, value, scheme) => {
    expect(schemeOf(header, value)).toBe(scheme)
  })
})
