import { z } from '@hono/zod-openapi'
import { parseCreditCode } from '../../domain/credit-code.ts'
import { parseLegacyPersonNumber, parsePersonNumber } from '../../domain/person-number.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { type IdType, idTypeList } from '../../domain/subject.ts'
import { field, given, words } from '../fields.ts'

/** A subject by name and number. A number whose norm has a check must pass it, whoever typed it. */
export const subject = z
  .strictObject({
    kind: z.enum(['person', 'organisation']),
    name: words(200),
    idType: z.enum(idTypeList),
    idNumber: words(40).openapi({ example: '120116198503120013' }),
    legacyIdNumber: field(parseLegacyPersonNumber, '120116850312001').optional(),
  })
  .transform((written, context) => {
    const idNumber = readIdNumber(written.idType, written.idNumber)
    if (!isRefusal(idNumber)) return given({ ...written, idNumber })
    context.addIssue({ code: 'custom', path: ['idNumber'], params: { refusal: idNumber.code } })
    return z.NEVER
  })
  .openapi('Subject')

function readIdNumber(idType: IdType, text: string): string | Refusal {
  if (idType === 'id-card' || idType === 'residence-permit') return parsePersonNumber(text)
  return idType === 'credit-code' ? parseCreditCode(text) : text
}
