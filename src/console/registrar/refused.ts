import type { Refusal } from '../../domain/refusal.ts'
import { Refused } from '../../http/problem.ts'
import { isProblemCode, type ProblemCode } from '../../http/problem-catalogue.ts'
import type { Trouble } from '../form-trouble.ts'
import { type Wrongs, wrongBy } from './read.ts'

/** What an act refused, beside the field it is about; what concerns no field ends the page, as it ends the call of the API. */
export function refusedIn({ code, field }: Refusal, names: Readonly<Record<string, string>> = {}): Wrongs {
  const known = codeIn(code)
  if (field === undefined || field === 'case') throw new Refused(known)
  return new Map([[names[field] ?? field, wrongBy(known)]])
}

/** The same at the head of a page. */
export function troubleWith({ code }: Refusal): Trouble {
  return wrongBy(codeIn(code))
}

function codeIn(code: string): ProblemCode {
  if (!isProblemCode(code)) throw new TypeError(`the code ${code} is not in the catalogue`)
  return code
}
