import type { Outgoing, RegistryDesk } from '../../src/relay/port.ts'
import { type Asked, type Certificate, type File, md5Of, writeCertificates, writeDocuments } from './messages.ts'
import { documentSetOf } from './render.ts'

type Document = Outgoing['claims']['basis']['documents'][number]

const suffixes: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/ofd': 'ofd',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** The rulings and notices of a request; undefined when this bank has no such request. */
export async function documentsOf(call: string, asked: Asked, desk: RegistryDesk): Promise<string | undefined> {
  const reference = asked.reference || asked.documents.replace(documentSetOf(''), '')
  const outgoing = await desk.find(reference)
  if (!outgoing) return undefined
  const images = new Set(certificateNumbers(outgoing))
  const papers = outgoing.claims.basis.documents.filter(({ number }) => !images.has(number))
  const files = await Promise.all(papers.map((paper) => fileOf(paper, outgoing, desk)))
  return writeDocuments(call, files.flat())
}

/**
 * Two officers, two certificates each. Their images are on file with the bank (法释〔2013〕20号 第二条), so a number may
 * be all there is; where the request brings one as a document under the certificate's number, it goes along.
 */
export async function certificatesOf({ reference }: Asked, desk: RegistryDesk): Promise<string | undefined> {
  const outgoing = await desk.find(reference)
  if (!outgoing) return undefined
  const certificates = outgoing.claims.officers.map(
    async ({ name, workCertificate, dutyCertificate }, at): Promise<Partial<Certificate>> => {
      const work = await imageOf(workCertificate, outgoing, desk)
      const duty = await imageOf(dutyCertificate, outgoing, desk)
      return {
        item: String(at + 1),
        name,
        work: workCertificate,
        duty: dutyCertificate,
        ...(work && { workType: work.type, workImage: work.content }),
        ...(duty && { dutyType: duty.type, dutyImage: duty.content }),
      }
    },
  )
  return writeCertificates(await Promise.all(certificates))
}

const certificateNumbers = ({ claims }: Outgoing): string[] =>
  claims.officers.flatMap(({ workCertificate, dutyCertificate }) => [workCertificate, dutyCertificate])

async function imageOf(number: string, outgoing: Outgoing, desk: RegistryDesk): Promise<File | undefined> {
  const image = outgoing.claims.basis.documents.find((document) => document.number === number)
  return image && (await fileOf(image, outgoing, desk))[0]
}

/** A document that the desk does not have is left out: the bank then refuses for want of it, and says so. */
async function fileOf(document: Document, outgoing: Outgoing, desk: RegistryDesk): Promise<File[]> {
  const content = await desk.document(outgoing, document.sha256)
  if (!content) return []
  const type = suffixes[document.mediaType] ?? 'bin'
  const { reference } = outgoing
  return [{ reference, name: document.number, type, kind: document.kind, md5: md5Of(content), content }]
}
