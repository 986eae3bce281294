import { z } from '@hono/zod-openapi'
import { type ConfirmedField, confirmedFieldList, confirmedFields, fieldsToConfirm } from '../../domain/confirm.ts'
import { documentKindList, documentKinds } from '../../domain/legal-basis.ts'
import { conveyGrounds, releaseGrounds, targetsOf } from '../../domain/measure.ts'
import type { AskedRequest } from '../../domain/request.ts'
import { type SealFinding, sealVerdictList, sealVerdicts } from '../../domain/seal.ts'
import type { Subject } from '../../domain/subject.ts'
import type { DocumentRow, SealRow } from '../../gateway/ports/rows.ts'
import { masking, revealName } from '../shown.ts'

/** What verifying the seal found; an answer about a document that was never looked at has none. */
export const sealView = z
  .object({
    verdict: z.enum(sealVerdictList),
    zh: z.string(),
    en: z.string(),
    by: z.string().optional().openapi({ description: '签章单位，依证书 · the organisation its certificate names' }),
    signedAt: z.iso.datetime().optional(),
  })
  .openapi('Seal')

export const documentLine = z
  .object({
    kind: z.enum(documentKindList),
    zh: z.string(),
    number: z.string(),
    sha256: z.string(),
    mediaType: z.string(),
    length: z.int(),
    href: z.string().openapi({ description: '文书原件 · the document itself' }),
    seal: sealView.optional(),
    ...masking,
    reveal: revealName.optional(),
  })
  .openapi('DocumentLine')

export const reviewView = z
  .object({
    request: z.uuid(),
    required: z.boolean().openapi({ description: '签发前须逐项核对 · each must be confirmed before it leaves' }),
    fields: z.array(z.object({ field: z.enum(confirmedFieldList), zh: z.string(), value: z.unknown() })),
    documents: z.array(documentLine),
    ...masking,
    reveal: revealName.optional(),
  })
  .openapi('Review')

export type DocumentLine = z.infer<typeof documentLine>
export type ReviewView = z.infer<typeof reviewView>

export function viewSeal({ kind, by, signedAt }: SealFinding): z.infer<typeof sealView> {
  return {
    verdict: kind,
    ...sealVerdicts[kind],
    ...(by && { by }),
    ...(signedAt && { signedAt: signedAt.toISOString() }),
  }
}

/** A document of a case with what was found on its seal the last time something new was. */
export function viewDocument(caseId: string, row: DocumentRow, seals: readonly SealRow[]): DocumentLine {
  const { kind, number, sha256, mediaType, length } = row
  const seal = seals.findLast((one) => one.sha256 === sha256)
  return {
    ...{ kind, zh: documentKinds[kind], number, sha256, mediaType, length },
    href: `/v1/cases/${caseId}/documents/${sha256}`,
    ...(seal && { seal: viewSeal(seal.finding) }),
  }
}

/** What the approver compares with the papers, in the order in which it is read. */
export function viewFields(asked: AskedRequest, subject: Subject | undefined): ReviewView['fields'] {
  return fieldsToConfirm(asked.measure).map((field) => ({
    field,
    zh: confirmedFields[field],
    value: standingIn(field, asked, subject),
  }))
}

function standingIn(field: ConfirmedField, { measure }: AskedRequest, subject: Subject | undefined): unknown {
  switch (field) {
    case 'subject':
      return subject
    case 'targets':
      return targetsOf(measure)
    case 'amount':
      return targetsOf(measure).flatMap(({ amount }) => amount ?? [])
    case 'term':
      return 'term' in measure ? measure.term : undefined
    case 'payee':
      return 'payee' in measure ? measure.payee : undefined
    case 'transferee':
      return 'transferee' in measure ? measure.transferee : undefined
    case 'ground':
      if (measure.kind === 'release') return { code: measure.ground, zh: releaseGrounds[measure.ground] }
      return measure.kind === 'convey' && measure.ground
        ? { code: measure.ground, zh: conveyGrounds[measure.ground] }
        : undefined
  }
}
