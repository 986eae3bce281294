import { readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { type LawSettings, lawSettings, readLaw } from './config/law.ts'
import { type PaperSettings, paperSettings, readPapers } from './config/papers.ts'
import { Secret } from './config/secret.ts'
import { readSignIn, type SignInSettings, signInSettings } from './config/sign-in.ts'
import { readSigning, type SigningSettings, signingSettings } from './config/signing.ts'
import { readTransport, type TransportSettings, transportSettings } from './config/transport.ts'
import { type CourtCode, parseCourtCode } from './domain/court.ts'
import { isRefusal } from './domain/refusal.ts'

export { Secret }

/** demo: embedded database, sandbox registries, demo people. production: everything must be given, nothing is made up. */
export type Config = {
  readonly mode: 'demo' | 'production'
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly keysDir: string
  /** Where checkpoints are copied outside the database; several processes of one installation share it. */
  readonly checkpointDir: string
  readonly databaseUrl?: Secret
  /**
   * Keys that wrap every case's key, 32 bytes in base64 each, kept apart from the other keys; the first is current, the
   * rest were. Else the keyring's own is used. `keyEncryptionFile` is where they were read, to be read again.
   */
  readonly keyEncryptionKey?: Secret
  readonly keyEncryptionFile?: string
  /** The program that speaks to the service in which the key-encryption keys live, and its arguments. */
  readonly keyCommand?: readonly string[]
  readonly gatewayId: string
  readonly logOrigin: string
  readonly courts: readonly CourtCode[]
  readonly signing: SigningSettings
  readonly transport: TransportSettings
  readonly signIn: SignInSettings
  readonly law: LawSettings
  readonly papers: PaperSettings
  /** Under which origin applicants reach the progress of their cases (公开进度), where it is another than the officers'. */
  readonly progressOrigin?: string
  /** Demo only: whether the sandbox registries are started beside the gateway. */
  readonly sandboxes: boolean
  /** Widens every limit of `http/rate-rules.ts` by this factor. */
  readonly rateScale: number
  readonly logLevel: string
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WRIT_KEYS_DIR: z.string().min(1).optional(),
  WRIT_CHECKPOINT_DIR: z.string().min(1).optional(),
  WRIT_KEK: z
    .string()
    .refine(
      (text) => text.split(/[\s,]+/).every((part) => Buffer.from(part, 'base64').length === 32),
      'must be 32 bytes in base64; several keys are parted by spaces or lines',
    )
    .optional(),
  WRIT_KEK_COMMAND: z
    .string()
    .regex(/^\/\S+/, 'must begin with the absolute path of a program')
    .optional(),
  WRIT_GATEWAY_ID: z
    .string()
    .regex(/^[a-z0-9.-]{3,100}$/, 'must look like a host name')
    .default('writ.local'),
  WRIT_LOG_ORIGIN: z
    .string()
    .regex(/^[\x21-\x7e]{3,100}$/, 'must be printable ASCII without spaces')
    .optional(),
  WRIT_COURTS: z.string().default('津0116'),
  ...signingSettings,
  ...transportSettings,
  ...signInSettings,
  ...lawSettings,
  ...paperSettings,
  WRIT_PROGRESS_ORIGIN: z.url({ protocol: /^https$/ }).optional(),
  WRIT_SANDBOXES: z.stringbool().default(true),
  WRIT_RATE_SCALE: z.coerce.number().min(0.01).max(10_000).default(1),
  WRIT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

type Environment = Readonly<Record<string, string | undefined>>

const settings = Object.keys(schema.shape)

/** Says all that is wrong with the environment at once. Never repeats a value: it may be a secret. */
export class ConfigFault extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`the configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigFault'
    this.problems = problems
  }
}

/**
 * Reads the environment once. Every setting may be given as `NAME_FILE`, the path of a file that holds it.
 * Throws `ConfigFault` with everything that is wrong.
 */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = []
  const parsed = schema.safeParse(withFiles(environment, problems))
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
    throw new ConfigFault(problems)
  }
  const values = parsed.data
  const courts = readCourts(values.WRIT_COURTS, problems)
  const mode = values.DATABASE_URL ? 'production' : 'demo'
  const sandboxes = mode === 'demo' && values.WRIT_SANDBOXES
  const signing = readSigning(values, problems, sandboxes)
  const transport = readTransport(values, (name) => environment[`${name}_FILE`], problems, mode === 'demo')
  const signIn = readSignIn(values, mode, problems)
  const law = readLaw(values, problems)
  const papers = readPapers(values, mode, problems)
  const hasTls = values.WRIT_TLS_CERT !== undefined && values.WRIT_TLS_KEY !== undefined
  if (!loopback.has(values.HOST) && !hasTls && !values.WRIT_BEHIND_PROXY)
    problems.push(
      'HOST: beyond loopback give WRIT_TLS_CERT_FILE and WRIT_TLS_KEY_FILE, or declare WRIT_BEHIND_PROXY=true',
    )
  if (values.WRIT_KEK && values.WRIT_KEK_COMMAND)
    problems.push('WRIT_KEK, WRIT_KEK_COMMAND: the key-encryption key is given, or it lives in a service, not both')
  if (problems.length > 0) throw new ConfigFault(problems)
  const dataDir = absolute(values.DATA_DIR)
  return Object.freeze({
    mode,
    host: values.HOST,
    port: values.PORT,
    dataDir,
    keysDir: absolute(values.WRIT_KEYS_DIR ?? `${dataDir}/keys`),
    checkpointDir: absolute(values.WRIT_CHECKPOINT_DIR ?? `${dataDir}/log`),
    ...(values.DATABASE_URL && { databaseUrl: new Secret(values.DATABASE_URL) }),
    ...(values.WRIT_KEK && { keyEncryptionKey: new Secret(values.WRIT_KEK) }),
    ...(values.WRIT_KEK && environment.WRIT_KEK_FILE && { keyEncryptionFile: absolute(environment.WRIT_KEK_FILE) }),
    ...(values.WRIT_KEK_COMMAND && { keyCommand: values.WRIT_KEK_COMMAND.split(/\s+/) }),
    gatewayId: values.WRIT_GATEWAY_ID,
    logOrigin: values.WRIT_LOG_ORIGIN ?? `${values.WRIT_GATEWAY_ID}/log`,
    courts,
    signing,
    transport,
    signIn,
    law,
    papers,
    ...(values.WRIT_PROGRESS_ORIGIN && { progressOrigin: new URL(values.WRIT_PROGRESS_ORIGIN).origin }),
    sandboxes,
    rateScale: values.WRIT_RATE_SCALE,
    logLevel: values.WRIT_LOG_LEVEL,
  } satisfies Config)
}

/** `NAME_FILE` wins over nothing: giving both is a mistake that would hide which one counts. */
function withFiles(environment: Environment, problems: string[]): Record<string, string> {
  const given: Record<string, string> = {}
  for (const name of settings) {
    const value = environment[name]
    const path = environment[`${name}_FILE`]
    if (value !== undefined && path !== undefined) problems.push(`${name}: given twice, as itself and as ${name}_FILE`)
    if (value !== undefined && value !== '') given[name] = value
    if (path === undefined) continue
    try {
      given[name] = readFileSync(path, 'utf8').trim()
    } catch {
      problems.push(`${name}_FILE: the file cannot be read`)
    }
  }
  return given
}

/** One setting as it was found: where its value comes from, and the value where it may be shown. */
export type FoundSetting = {
  readonly name: string
  readonly from: 'environment' | 'file' | 'default'
  readonly shown: string
}

/**
 * Every setting and where it comes from, secrets hidden; and what looks like a setting and is none, which a misspelt
 * name would otherwise be silently.
 */
export function describeConfig(environment: Environment = process.env): {
  readonly found: readonly FoundSetting[]
  readonly unknown: readonly string[]
} {
  const given = withFiles(environment, [])
  const found = settings.map((name): FoundSetting => {
    const value = given[name]
    if (value === undefined) return { name, from: 'default', shown: '' }
    const from = environment[`${name}_FILE`] === undefined ? 'environment' : 'file'
    return { name, from, shown: holdsSecret.test(name) ? '[secret]' : value.slice(0, 60).replace(/\s+/g, ' ') }
  })
  const known = new Set(settings.flatMap((name) => [name, `${name}_FILE`]))
  const unknown = Object.keys(environment).filter((name) => name.startsWith('WRIT_') && !known.has(name))
  return { found, unknown }
}

const holdsSecret = /^DATABASE_URL$|_KEK$|_KEY$|SECRET|PASSWORD/

function readCourts(text: string, problems: string[]): CourtCode[] {
  return text.split(',').flatMap((part) => {
    const code = parseCourtCode(part.trim())
    if (!isRefusal(code)) return [code]
    problems.push('WRIT_COURTS: names a court that is not in the table of courts')
    return []
  })
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path)
}
