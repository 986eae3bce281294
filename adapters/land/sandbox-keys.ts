import type { Algorithm } from '../../src/signing/algorithm.ts'
import { type SigningKey, sealEnvelope } from '../../src/signing/envelope.ts'
import type { StoredKey } from '../../src/signing/key-file.ts'
import { makeKey, publicJwk, signingKeyOf } from '../../src/signing/make-key.ts'
import type { Books } from '../sandbox.ts'
import type { LandBooks } from './sandbox-books.ts'

/** The bureau's own keys, as it goes over from one to the next, and one it must never sign with. */
export type BureauKeys = {
  /** What it signs with today. */
  own(): SigningKey
  readonly wrong: SigningKey
  /** The public half of each of its own, as a gateway registers them. */
  published(): readonly object[]
  /** Makes one more, to be registered; it signs with it when told to. */
  make(): Promise<object>
  goOverTo(kid: string): Promise<void>
  /** Signs under a key of its own that it may not be using yet. */
  sealWith(kid: string, typ: string, claims: object): Promise<string>
}

const made = () => ({ state: 'current' as const, validFrom: new Date(), demo: true })

/** Opens the keys that stand in the books; the first two are made on the first day. */
export async function openKeys(books: Books<LandBooks>, algorithm: Algorithm): Promise<BureauKeys> {
  if (books.read().keys.length === 0) {
    const keys = [await makeKey(algorithm, made()), await makeKey(algorithm, made())]
    await books.change((state) => {
      state.keys = keys
    })
  }
  const [first, other] = books.read().keys
  if (!first || !other) throw new Error('the books have lost their keys')
  const ownKeys = () => books.read().keys.filter(({ kid }) => kid !== other.kid)
  const keyNamed = (kid: string): StoredKey => {
    const key = ownKeys().find((one) => one.kid === kid)
    if (!key) throw new Error('the bureau has no such key')
    return key
  }
  return {
    own: () => signingKeyOf(keyNamed(books.read().keyInUse ?? first.kid)),
    wrong: signingKeyOf(other),
    published: () => ownKeys().map(publicKeyOf),
    make: async () => {
      const key = await makeKey(algorithm, made())
      await books.change((state) => {
        state.keys.push(key)
      })
      return publicKeyOf(key)
    },
    goOverTo: async (kid) => {
      keyNamed(kid)
      await books.change((state) => {
        state.keyInUse = kid
      })
    },
    sealWith: (kid, typ, claims) => sealEnvelope(signingKeyOf(keyNamed(kid)), typ, claims),
  }
}

const publicKeyOf = (key: StoredKey) => {
  const { kid, alg } = signingKeyOf(key)
  return { ...publicJwk(key.jwk), kid, alg, use: 'sig' }
}
