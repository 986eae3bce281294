import { refusalOf } from '../../domain/authority.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { RegisteredRegistry, RegistryCertificate } from '../ports/reads.ts'

type BindingCode = 'role-missing' | 'partner-unknown' | 'certificate-registered' | 'certificate-not-there'

export type BindingChanged = { readonly kind: 'changed'; readonly registry: RegisteredRegistry }

/** Binds a registry to one more client certificate; both count, so that one can be renewed without a pause. */
export async function addPartnerCertificate(
  parts: Noting,
  by: Person | Operator,
  code: string,
  certificate: RegistryCertificate,
): Promise<BindingChanged | Refusal<BindingCode>> {
  return change(parts, by, code, certificate.sha256, ({ certificates = [], ...registry }) =>
    certificates.some(({ sha256 }) => sha256 === certificate.sha256)
      ? refuse('certificate-registered', 'sha256')
      : { ...registry, certificates: [...certificates, certificate] },
  )
}

/** Ends a certificate from now on. A registry that was ever bound to one is let in by none when the last has ended. */
export async function revokePartnerCertificate(
  parts: Noting,
  by: Person | Operator,
  code: string,
  sha256: string,
): Promise<BindingChanged | Refusal<BindingCode>> {
  const revokedAt = parts.clock()
  return change(parts, by, code, sha256, ({ certificates = [], ...registry }) =>
    certificates.some((one) => one.sha256 === sha256 && !one.revokedAt)
      ? { ...registry, certificates: certificates.map((one) => (one.sha256 === sha256 ? { ...one, revokedAt } : one)) }
      : refuse('certificate-not-there', 'sha256'),
  )
}

/** Gives a registry that signs in another password. There is no overlap: it is told the new one when it is set. */
export async function setPartnerCredential(
  parts: Noting,
  by: Person | Operator,
  code: string,
  credential: NonNullable<RegisteredRegistry['credential']>,
): Promise<BindingChanged | Refusal<BindingCode>> {
  return change(parts, by, code, 'credential', (registry) => ({ ...registry, credential }))
}

async function change(
  parts: Noting,
  by: Person | Operator,
  code: string,
  about: string,
  changed: (registry: RegisteredRegistry) => RegisteredRegistry | Refusal<BindingCode>,
): Promise<BindingChanged | Refusal<BindingCode>> {
  const refused = refusalOf(by, 'partner.register')
  if (refused) return refused
  return parts.store.note(async (act): Promise<BindingChanged | Refusal<BindingCode>> => {
    const before = await act.partners.find(code)
    if (!before) return refuse('partner-unknown', 'code')
    const registry = changed(before)
    if (isRefusal(registry)) return registry
    await act.partners.put(registry)
    await noteLoose(parts, act, { kind: 'registry.changed', by, registry: code, about })
    return { kind: 'changed', registry }
  })
}
