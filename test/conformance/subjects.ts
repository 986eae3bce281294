import { z } from 'zod'
import { assetClassList } from '../../src/domain/asset.ts'
import { algorithmNames } from '../../src/signing/algorithm.ts'

const subject = z.strictObject({
  kind: z.enum(['person', 'organisation']).default('person'),
  name: z.string(),
  idType: z.string().default('id-card'),
  idNumber: z.string(),
})

const name = z.string().optional()

/** What has to be known of a registry's test books before it can be asked anything: `subjects.json`. */
const file = z.strictObject({
  /** Somebody the registry has nothing of. */
  nothing: subject,
  /** Somebody who owns `asset`, on which nothing stands: it is sealed, queued for and released again. */
  owner: subject,
  asset: z.strictObject({
    class: z.enum(assetClassList),
    unitCode: name,
    parcelCode: name,
    certNo: name,
    account: name,
    presaleContractNo: name,
  }),
  /** Where the registry's books say what each delivery did: `{"effects": {"<delivery>": ["one line an effect"]}}`. */
  effects: z.string().startsWith('/').optional(),
})

export type Subjects = z.infer<typeof file>

/** Reads `subjects.json`. Throws a zod error that names every field that is wrong. */
export const readSubjects = (given: unknown): Subjects => file.parse(given)

const jwk = z
  .looseObject({ kid: z.string(), kty: z.string(), alg: z.enum(algorithmNames) })
  .refine((key) => !('d' in key), 'this is a private key: keep it, and give the public one')

export type PublicKey = z.infer<typeof jwk>

/** Reads the registry's public keys: one JWK, or `{"keys": […]}`. */
export const readKeys = (given: unknown): readonly PublicKey[] =>
  z
    .union([z.strictObject({ keys: z.array(jwk).min(1) }).transform(({ keys }) => keys), jwk.transform((key) => [key])])
    .parse(given)
