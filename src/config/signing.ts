import { z } from 'zod'
import type { Algorithm } from '../signing/algorithm.ts'
import { holdsCertificates } from '../signing/certificate.ts'

/** With what the gateway signs, and who vouches for those whose signatures it believes. */
export type SigningSettings = {
  /** Of keys newly made. A key that is there keeps its own until it is rotated away. */
  readonly algorithm: Algorithm
  /** Whether checkpoints bear an SM2 line beside the log's own. */
  readonly logSm2: boolean
  /** Certificates in PEM, one at least: a registry's key counts while they vouch for it, and only then. */
  readonly registryCa?: string
}

/** The settings of this part, each of which may also be given as a file. */
export const signingSettings = {
  WRIT_SIGNING_ALGORITHM: z
    .enum(['EdDSA', 'ES256', 'SM2'])
    .default('EdDSA')
    .transform((name): Algorithm => (name === 'SM2' ? 'SM2-SM3' : name)),
  WRIT_LOG_SM2: z.stringbool().default(false),
  WRIT_REGISTRY_CA: z.string().refine(holdsCertificates, 'must be certificates in PEM').optional(),
}

type Values = z.infer<z.ZodObject<typeof signingSettings>>

/** Reads the settings of signing and adds whatever is wrong with them to `problems`. */
export function readSigning(values: Values, problems: string[], sandboxes: boolean): SigningSettings {
  const { WRIT_SIGNING_ALGORITHM: algorithm, WRIT_LOG_SM2: logSm2, WRIT_REGISTRY_CA: registryCa } = values
  if (sandboxes && registryCa !== undefined)
    problems.push('WRIT_REGISTRY_CA: no CA vouches for the sandbox registries; set WRIT_SANDBOXES=false as well')
  return { algorithm, logSm2, ...(registryCa !== undefined && { registryCa }) }
}
