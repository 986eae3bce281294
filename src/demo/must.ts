import { isRefusal, type Refusal } from '../domain/refusal.ts'

/** What an act of the demo granted; a refusal means that the demo itself is wrong. */
export function must<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`the demo was refused: ${answer.code} ${answer.field ?? ''}`)
  return answer
}
