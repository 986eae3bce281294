import type { ProblemCode } from '../problem-catalogue.ts'
import type { Placed } from './document.ts'
import { isNeeded } from './sample.ts'

/**
 * The problems that the door of an operation itself may answer, known from how it is made; what the act behind it may refuse
 * besides stands in the catalogue.
 */
export function problemsAtDoor(operation: Placed): readonly ProblemCode[] {
  const { security = [], parameters = [], requestBody, path } = operation
  const scheme = Object.keys(security[0] ?? {})[0]
  const isDeed = scheme === 'person' && operation['x-opens'] !== 'person'
  const has = (where: string) => parameters.some((one) => one.in === where)
  const isJson = requestBody?.content?.['application/json'] !== undefined
  return [
    ...(scheme ? (['token-missing', 'token-invalid'] as const) : []),
    ...(scheme === 'partner' ? (['token-expired', 'partner-token-replayed', 'partner-not-live'] as const) : []),
    ...(isDeed ? (['role-missing', 'second-factor-needed'] as const) : []),
    ...(path.includes('{') ? (['not-found'] as const) : []),
    ...(has('query') || has('header') ? (['invalid-parameter'] as const) : []),
    ...(parameters.some((one) => one.name === 'idempotency-key' && isNeeded(one))
      ? (['idempotency-key-missing'] as const)
      : []),
    ...(isJson ? (['malformed-json', 'invalid-body'] as const) : []),
    ...(requestBody ? (['body-too-large', 'media-type-unsupported'] as const) : []),
    ...(scheme ? (['rate-limited'] as const) : []),
  ]
}
