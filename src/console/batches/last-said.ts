import type { OfficerCertificates } from '../../domain/legal-basis.ts'
import type { Person } from '../../domain/person.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { BatchFields } from './form.ts'

/**
 * What this officer wrote last begins the next batch: the two officers and the telephone of their last request or batch,
 * whichever is newer, and the statute and purpose of their last batch. Ids are UUIDv7, so the greater is the newer.
 */
export async function lastSaid({ reads }: Pick<Parts, 'reads'>, { id: person }: Person): Promise<Partial<BatchFields>> {
  const [batch] = await reads.batches({ maker: person, limit: 1 })
  const [entry] = await reads.entries({ person, kind: 'request.submitted', limit: 1 })
  const terms = batch && (await reads.batchTerms(batch.id))
  const asked = entry?.request ? (await reads.request(entry.request))?.asked : undefined
  const isBatchNewer = batch !== undefined && batch.id > (entry?.request ?? '')
  const people = isBatchNewer ? terms : asked
  return {
    ...(terms && { statute: terms.statute, purpose: terms.purpose }),
    ...(people && { phone: people.contact.phone, ...named(people.officers) }),
  }
}

function named([first, second]: readonly OfficerCertificates[]): Partial<BatchFields> {
  return {
    ...(first && { name1: first.name, work1: first.workCertificate, duty1: first.dutyCertificate }),
    ...(second && { name2: second.name, work2: second.workCertificate, duty2: second.dutyCertificate }),
  }
}
