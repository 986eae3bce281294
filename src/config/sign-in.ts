import { z } from 'zod'
import { administrators, type Role, roleList } from '../domain/role.ts'
import { Secret } from './secret.ts'

/** How people sign in: what wants a second factor, how long a session lasts, and the identity provider if there is one. */
export type SignInSettings = {
  /** Roles that count only for who has shown a second factor. */
  readonly secondFactorFor: readonly Role[]
  readonly idleSeconds: number
  readonly sessionSeconds: number
  readonly openid?: OpenIdConfig
}

export type OpenIdConfig = {
  readonly issuer: string
  readonly clientId: string
  readonly proof: { readonly secret: Secret } | { readonly privateKey: Secret }
  readonly publicOrigin: string
  /** The authorities its certificate must come from, PEM; without it those that Node knows. */
  readonly ca?: string
  readonly claim: string
  readonly scope: string
  readonly secondFactor: readonly string[]
}

/** The part of the environment that is read here. */
export const signInSettings = {
  WRIT_SECOND_FACTOR: z.string().optional(),
  WRIT_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(720).default(30),
  WRIT_SESSION_HOURS: z.coerce.number().positive().max(24).default(12),
  WRIT_OIDC_ISSUER: z.url().optional(),
  WRIT_OIDC_CLIENT_ID: z.string().min(1).optional(),
  WRIT_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  WRIT_OIDC_CLIENT_KEY: z.string().min(1).optional(),
  WRIT_OIDC_REDIRECT: z.url().optional(),
  WRIT_OIDC_CA: z.string().includes('-----BEGIN CERTIFICATE-----').optional(),
  WRIT_OIDC_CLAIM: z.string().min(1).default('preferred_username'),
  WRIT_OIDC_SCOPE: z.string().min(1).default('openid profile'),
  WRIT_OIDC_SECOND_FACTOR: z.string().optional(),
} as const

type Read = z.infer<z.ZodObject<typeof signInSettings>>

/** In production whoever lets a measure go out, or keeps the house, shows a second factor; `none` asks nobody. */
const secondFactorInProduction: readonly Role[] = ['approver', 'enforcement-director', ...administrators]

export function readSignIn(values: Read, mode: 'demo' | 'production', problems: string[]): SignInSettings {
  const openid = readOpenId(values, problems)
  const named = values.WRIT_SECOND_FACTOR
  return {
    secondFactorFor:
      named === undefined ? (mode === 'production' ? secondFactorInProduction : []) : readRoles(named, problems),
    idleSeconds: values.WRIT_SESSION_IDLE_MINUTES * 60,
    sessionSeconds: Math.round(values.WRIT_SESSION_HOURS * 3600),
    ...(openid && { openid }),
  }
}

function readOpenId(values: Read, problems: string[]): OpenIdConfig | undefined {
  const { WRIT_OIDC_ISSUER: issuer, WRIT_OIDC_CLIENT_ID: clientId, WRIT_OIDC_REDIRECT: redirect } = values
  if (issuer === undefined) return undefined
  if (clientId === undefined) problems.push('WRIT_OIDC_CLIENT_ID: needed beside WRIT_OIDC_ISSUER')
  if (redirect === undefined) problems.push('WRIT_OIDC_REDIRECT: the origin under which browsers reach this gateway')
  for (const [name, url] of Object.entries({ WRIT_OIDC_ISSUER: issuer, WRIT_OIDC_REDIRECT: redirect }))
    if (url !== undefined && !isSafe(url)) problems.push(`${name}: must be https; plain http only on loopback`)
  const secret = values.WRIT_OIDC_CLIENT_SECRET
  const key = values.WRIT_OIDC_CLIENT_KEY
  if ((secret === undefined) === (key === undefined))
    problems.push('WRIT_OIDC_CLIENT_SECRET or WRIT_OIDC_CLIENT_KEY: give one of them')
  if (clientId === undefined || redirect === undefined) return undefined
  return {
    issuer,
    clientId,
    proof: key === undefined ? { secret: new Secret(secret ?? '') } : { privateKey: new Secret(key) },
    publicOrigin: new URL(redirect).origin,
    ...(values.WRIT_OIDC_CA !== undefined && { ca: values.WRIT_OIDC_CA }),
    claim: values.WRIT_OIDC_CLAIM,
    scope: values.WRIT_OIDC_SCOPE,
    secondFactor: listed(values.WRIT_OIDC_SECOND_FACTOR ?? ''),
  }
}

function readRoles(text: string, problems: string[]): Role[] {
  if (text.trim() === 'none') return []
  return listed(text).flatMap((name) => {
    const role = roleList.find((known) => known === name)
    if (role) return [role]
    problems.push(`WRIT_SECOND_FACTOR: names no role; none, or of ${roleList.join(', ')}`)
    return []
  })
}

function listed(text: string): readonly string[] {
  return text.split(',').flatMap((part) => part.trim() || [])
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
}
