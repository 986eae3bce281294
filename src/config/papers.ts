import { z } from 'zod'
import { confirmedByDefault } from '../domain/confirm.ts'
import { type MeasureKind, measureList } from '../domain/measure.ts'
import type { SealPolicy } from '../domain/seal.ts'
import { holdsCertificates } from '../signing/certificate.ts'

/** What is asked of papers before anything rests on them. */
export type PaperSettings = {
  readonly seals: SealPolicy
  /** Certificates in PEM, one at least: those of the CA under which courts seal. */
  readonly sealCa?: string
  /** Measures whose fields an approver confirms one by one. */
  readonly confirm: readonly MeasureKind[]
}

/** The settings of this part, each of which may also be given as a file. */
export const paperSettings = {
  WRIT_DOCUMENT_SEALS: z.enum(['required', 'flagged']).optional(),
  WRIT_SEAL_CA: z.string().refine(holdsCertificates, 'must be certificates in PEM').optional(),
  WRIT_CONFIRM_FIELDS: z.string().optional(),
}

type Values = z.infer<z.ZodObject<typeof paperSettings>>

/** Reads the settings of papers and adds whatever is wrong with them to `problems`. */
export function readPapers(values: Values, mode: 'demo' | 'production', problems: string[]): PaperSettings {
  const { WRIT_DOCUMENT_SEALS: seals, WRIT_SEAL_CA: sealCa, WRIT_CONFIRM_FIELDS: fields } = values
  const byMode = mode === 'production' ? confirmedByDefault : []
  return {
    seals: seals ?? (mode === 'production' ? 'required' : 'flagged'),
    ...(sealCa !== undefined && { sealCa }),
    confirm: fields === undefined ? byMode : measuresIn(fields, problems),
  }
}

function measuresIn(text: string, problems: string[]): readonly MeasureKind[] {
  if (text.trim() === 'none') return []
  return text.split(',').flatMap((part) => {
    const measure = measureList.find((kind) => kind === part.trim())
    if (measure && measure !== 'inquire') return [measure]
    problems.push('WRIT_CONFIRM_FIELDS: names no measure that is approved; or `none`')
    return []
  })
}

/** What a person is told of the policy: nothing about it is left to be found out by a refusal. */
export function tellPapers({ seals, sealCa, confirm }: PaperSettings): readonly string[] {
  const ca =
    sealCa === undefined ? '未配置签章 CA no CA is configured' : '按 WRIT_SEAL_CA 验证 verified by WRIT_SEAL_CA'
  const policy =
    seals === 'required'
      ? '无有效签章的文书不得发出 nothing leaves without a seal that holds'
      : '未签章的文书可以发出并标明 an unsealed document may leave and is flagged'
  const fields = confirm.length === 0 ? '无 none' : confirm.join(', ')
  return [
    `文书签章 seals of documents: ${seals}, ${policy}; ${ca}`,
    `审批逐项核对 fields confirmed by the approver: ${fields}`,
  ]
}

/** Why a production gateway does not start: under its policy nothing could ever leave. */
export function lackingForPapers(mode: 'demo' | 'production', { seals, sealCa }: PaperSettings): readonly string[] {
  return mode === 'production' && seals === 'required' && sealCa === undefined ? [noSealCa] : []
}

const noSealCa =
  'WRIT_SEAL_CA: without the CA of the court’s seals no document can be verified and nothing leaves; name it, or say WRIT_DOCUMENT_SEALS=flagged'
