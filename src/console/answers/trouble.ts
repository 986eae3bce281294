import type { z } from 'zod'
import { fieldName } from '../errands/fields.ts'
import { choiceMissing, formTrouble, type Trouble } from '../form-trouble.ts'
import type { AnswerFields } from './read.ts'
import { answerWords as words } from './words.ts'

/** What an answer lacks, by the name of its field: the whole result first, for without it nothing else is read. */
export function troubleIn(fields: AnswerFields, { issues }: z.ZodError): Trouble {
  if ((fields.result ?? '') === '') return choiceMissing(words.result)
  return formTrouble(issues.map(({ path }) => fieldName(path.join('/'))))
}
