import type { z } from 'zod'
import type { Reading } from '../../domain/errand.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { fieldName } from '../errands/fields.ts'
import { choiceMissing, formTrouble, type Trouble } from '../form-trouble.ts'
import { fieldsDiffering } from './again.ts'
import type { AnswerFields } from './read.ts'
import { answerWords as words } from './words.ts'

/** What an answer lacks, by the name of its field: the whole result first, for without it nothing else is read. */
export function troubleIn(fields: AnswerFields, { issues }: z.ZodError): Trouble {
  if ((fields.result ?? '') === '') return choiceMissing(words.result)
  return formTrouble(issues.map(({ path }) => fieldName(path.join('/'))))
}

type Asked = Parameters<typeof fieldsDiffering>[2]

/** The fields at which an answer cannot be read, for the form to mark. */
export function placesUnread({ issues }: z.ZodError, reading: Reading, asked: Asked): readonly string[] {
  return fieldsDiffering(
    issues.map(({ path }) => path.join('/')),
    reading,
    asked,
  )
}

/** What each refusal of a whole answer is about: fields of the target or the thing that it names. */
const placesOf: Readonly<Record<string, readonly string[]>> = {
  'answer-amount-missing': ['amount'],
  'answer-term-missing': ['term/from', 'term/to'],
  'answer-queue-missing': ['queuePlace'],
}

/** The fields at which a refused answer is to be mended. */
export function placesRefused({ code, detail }: Refusal, reading: Reading, asked: Asked): readonly string[] {
  if (code.startsWith('person-number') || code.startsWith('credit-code')) return ['idNumber']
  if (code === 'statement-other-subject') return ['name', 'idNumber']
  if (code === 'statement-other-case') return ['case']
  const at = Number(detail?.target ?? detail?.holding ?? 1) - 1
  if (code === 'answer-target-missing') return [`t${at}.outcome`]
  if (code === 'answer-reason-missing' || code === 'answer-reason-unknown') return ['reasonCode']
  if (code === 'answer-holdings-missing') return ['h0.number']
  if (code === 'answer-available-above-balance') return [`h${at}.balance`, `h${at}.available`]
  if (code === 'answer-content') return ['result']
  const paths = placesOf[code]?.map((place) => `targets/${at}/${place}`) ?? []
  return fieldsDiffering(paths, reading, asked)
}
