import { X509Certificate } from 'node:crypto'
import type { Operator, Person } from '../../domain/person.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { drawTotpSecret, totpStepOf } from '../../signing/totp.ts'
import { noteLoose } from '../journal.ts'
import type { Factor } from '../ports/accounts.ts'
import { mayKeep } from './may-keep.ts'
import type { OfAccounts, OfPeople } from './parts.ts'

export type FactorCode =
  | 'role-missing'
  | 'wrong-court'
  | 'account-own'
  | 'code-wrong'
  | 'factor-unknown'
  | 'factor-there'
  | 'certificate-unreadable'
  | 'certificate-taken'

/** The authenticator a person has confirmed. */
export async function confirmedTotp(parts: Pick<OfAccounts, 'accounts'>, person: string): Promise<Factor | undefined> {
  return (await parts.accounts.factors(person)).find(({ kind, confirmedAt }) => kind === 'totp' && confirmedAt)
}

/**
 * How somebody stands with the second factor after the first one was right: shown, by a certificate on the line that is
 * registered as theirs; wanted, because they have an authenticator; or none, and then the roles that want one do not count.
 */
export async function secondOf(
  parts: Pick<OfAccounts, 'accounts'>,
  person: string,
  certificate: string | undefined,
): Promise<'shown' | 'code-needed' | 'none'> {
  const factors = (await parts.accounts.factors(person)).filter(({ confirmedAt }) => confirmedAt)
  if (certificate !== undefined && factors.some(({ thumbprint }) => thumbprint === certificate)) return 'shown'
  return factors.some(({ kind }) => kind === 'totp') ? 'code-needed' : 'none'
}

/** Draws the secret of a new authenticator. It counts once `confirmTotp` has seen a code of it. */
export async function beginTotp(
  parts: OfAccounts,
  person: Person,
): Promise<{ kind: 'begun'; factor: string; secret: Uint8Array } | Refusal<'factor-there'>> {
  if (await confirmedTotp(parts, person.id)) return refuse('factor-there')
  const secret = drawTotpSecret()
  const factor = parts.newId()
  const set = { id: factor, person: person.id, kind: 'totp', setAt: parts.clock(), setBy: person.id } as const
  const begun = (await parts.accounts.factors(person.id)).filter(({ kind }) => kind === 'totp')
  await parts.store.note(async (act) => {
    for (const { id } of begun) await act.accounts.removeFactor(person.id, id, parts.clock())
    const kept = await act.keep('factor', secret)
    await act.accounts.addFactor(set, kept.id)
  })
  return { kind: 'begun', factor, secret }
}

/** The first code of a new authenticator: from now on it is asked for. */
export async function confirmTotp(
  parts: OfAccounts,
  person: Person,
  code: string,
): Promise<{ kind: 'confirmed' } | Refusal<'code-wrong' | 'factor-unknown'>> {
  const begun = (await parts.accounts.factors(person.id)).find(
    ({ kind, confirmedAt }) => kind === 'totp' && !confirmedAt,
  )
  const secret = begun && (await parts.accounts.totpSecret(begun.id))
  if (!secret) return refuse('factor-unknown')
  const step = totpStepOf(secret, code, parts.clock())
  if (step === undefined) return refuse('code-wrong', 'code')
  return parts.store.note(async (act) => {
    const now = parts.clock()
    if (!(await act.accounts.useStep(begun.id, step))) return refuse('code-wrong', 'code')
    if (!(await act.accounts.confirmFactor(begun.id, now))) return refuse('factor-unknown')
    await noteLoose(parts, act, { kind: 'factor.set', by: person, about: begun.id })
    return { kind: 'confirmed' as const }
  })
}

/** Registers a client certificate (数字证书, UKey) as a person's second factor, by its SHA-256. Never one's own. */
export async function registerCertificate(
  parts: OfPeople,
  by: Person | Operator,
  person: Person,
  pem: string,
): Promise<{ kind: 'registered'; factor: string; thumbprint: string } | Refusal<FactorCode>> {
  const refused = mayKeep(by, 'factor.set', person)
  if (refused) return refused
  const certificate = readCertificate(pem)
  if (!certificate) return refuse('certificate-unreadable', 'certificate')
  const thumbprint = certificate.fingerprint256.replaceAll(':', '')
  const now = parts.clock()
  const factor: Factor = {
    id: parts.newId(),
    person: person.id,
    kind: 'certificate',
    thumbprint: Buffer.from(thumbprint, 'hex').toString('base64url'),
    label: certificate.subject.replaceAll('\n', ', ').slice(0, 200),
    setAt: now,
    setBy: by.id,
    confirmedAt: now,
  }
  return parts.store.note(async (act) => {
    if (!(await act.accounts.addFactor(factor))) return refuse('certificate-taken', 'certificate')
    await noteLoose(parts, act, { kind: 'factor.set', by, about: factor.id })
    return { kind: 'registered' as const, factor: factor.id, thumbprint: factor.thumbprint ?? '' }
  })
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}
