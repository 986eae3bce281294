import { z } from '@hono/zod-openapi'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import type { DraftedRequest } from '../../domain/request.ts'
import { caseNumber } from '../fields.ts'
import { isProblemCode } from '../problem-catalogue.ts'
import { askedBody } from './asked.ts'

const part = z.unknown().optional().openapi({ description: '同 AskedRequest，可不完整 · as in AskedRequest, or less' })

/** The parts of a request, each as far as it is written. What stands in them is read when the draft is submitted. */
const parts = {
  party: part,
  measure: part,
  registries: part,
  basis: part,
  officers: part,
  contact: part,
  excessReason: part,
  restrictedReason: part,
  urgentReason: part,
  repeatUntil: part,
  respondBy: part,
}

export const draftBody = z.strictObject({ case: caseNumber, ...parts }).openapi('DraftOfRequest')
export const draftContent = z.strictObject(parts).openapi('DraftContent')

/** Reads a draft as the request it is to be; every place that is missing or cannot be read is an objection of its own. */
export function readDraft(number: string, content: unknown): DraftedRequest | readonly Refusal[] {
  const written = typeof content === 'object' && content !== null ? content : {}
  const read = askedBody.safeParse({ ...written, case: number })
  if (!read.success) return read.error.issues.map(objectionOf)
  const { case: _, ...drafted } = read.data
  return drafted
}

function objectionOf({ path, ...issue }: z.core.$ZodIssue): Refusal {
  const said: unknown = issue.code === 'custom' ? issue.params?.refusal : undefined
  const code = typeof said === 'string' && isProblemCode(said) ? said : 'draft-incomplete'
  return refuse(code, path.join('.'))
}

/** A request as the form writes it, so that its next version begins with what it said. */
export function writeDraft({ measure, ...asked }: DraftedRequest): object {
  return {
    ...asked,
    measure: 'term' in measure && measure.term ? { ...measure, term: writeTerm(measure.term) } : measure,
  }
}

function writeTerm(term: { readonly kind: string }): object {
  const { kind: _, ...written } = term
  return written
}
