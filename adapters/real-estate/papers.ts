import { createHash } from 'node:crypto'
import { answer, unfit } from './answer.ts'
import type { Call } from './handing.ts'
import { documentNamed } from './render.ts'
import { certificateSent, certificatesWanted, documentSent, documentWanted } from './wire.ts'

/** The dialect carries no file above this, in either direction. */
export const mostFile = 5 * 1_048_576

/** ws/info: one document of a delivery, by its 文书编号. */
export async function sendDocument({ data, desk }: Call): Promise<Response> {
  const said = documentWanted.safeParse(data)
  if (said.error) return unfit(said.error, data)
  const { reference, no } = said.data
  const outgoing = await desk.find(reference)
  if (!outgoing) return answer('unknown-reference')
  if (outgoing.claims.basis.documents.length === 0) return answer('no-document')
  const named = documentNamed(outgoing.claims, reference, no)
  if (!named) return answer('unknown-document')
  const bytes = await desk.document(outgoing, named.sha256)
  if (!bytes) return answer('document-missing')
  if (bytes.length > mostFile) return answer('too-large')
  const sent = documentSent.encode({
    no,
    name: named.number,
    mediaType: named.mediaType,
    md5: createHash('md5').update(bytes).digest('hex'),
    content: Buffer.from(bytes).toString('base64'),
  })
  return answer('ok', undefined, JSON.stringify(sent))
}

/**
 * zj/info: the two officers and their two certificates each. Numbers only: their images were filed with the centre
 * beforehand and need not travel with each request (法释〔2013〕20号 第二条).
 */
export async function sendCertificates({ data, desk }: Call): Promise<Response> {
  const said = certificatesWanted.safeParse(data)
  if (said.error) return unfit(said.error, data)
  const outgoing = await desk.find(said.data.reference)
  if (!outgoing) return answer('unknown-reference')
  const { officers } = outgoing.claims
  if (officers.length === 0) return answer('officers-missing')
  const sent = officers.map(({ name, workCertificate, dutyCertificate }, at) =>
    certificateSent.encode({ no: at + 1, name, work: workCertificate, duty: dutyCertificate }),
  )
  return answer('ok', undefined, JSON.stringify(sent))
}
