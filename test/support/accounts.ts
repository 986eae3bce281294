import { operator, type Person } from '../../src/domain/person.ts'
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts'
import type { OfAccounts } from '../../src/gateway/roster/parts.ts'
import { givePassword } from '../../src/gateway/roster/passwords.ts'
import { beginTotp, confirmTotp } from '../../src/gateway/roster/second-factor.ts'
import { hashPassword } from '../../src/signing/password.ts'
import { totpCode, totpStep } from '../../src/signing/totp.ts'

/** A password that somebody chose; the rule takes it, and hashing it is as cheap as it gets. */
export const chosen = '院里第三棵银杏树叶子黄了'

let cheap: Promise<string> | undefined

/** Gives a person a password they have chosen already. One hash serves every test: scrypt is slow on purpose. */
export async function withPassword({ store }: Pick<OfAccounts, 'store'>, person: Pick<Person, 'id'>): Promise<void> {
  cheap ??= hashPassword(chosen)
  const kept = { hash: await cheap, mustChange: false, printed: false, changedAt: new Date() }
  await store.note((act) => act.accounts.keepPassword(person.id, kept))
}

/** An initial password, as an administrator gives it. */
export async function initialFor(parts: OfAccounts, person: Person): Promise<string> {
  return granted(await givePassword(parts, operator, person)).password
}

/** Enrols an authenticator and gives what it shows: the code of a step from now, each of which counts once. */
export async function withTotp(parts: OfAccounts, person: Person): Promise<(step?: number) => string> {
  const { secret } = granted(await beginTotp(parts, person))
  await awayFromTheEdge(parts.clock())
  const codeAt = (step = 0) => totpCode(secret, totpStep(parts.clock()) + step)
  granted(await confirmTotp(parts, person, codeAt(-1)))
  return codeAt
}

/** The code of the step before is taken until the present one ends: shown in its last moments it would come too late. */
async function awayFromTheEdge(now: Date): Promise<void> {
  const left = 30_000 - (now.getTime() % 30_000)
  // A timer may go off a moment before its time.
  if (left < 3000) await new Promise((resolve) => setTimeout(resolve, left + 20))
}

export function granted<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.code)
  return answer
}
