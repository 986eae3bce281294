/** How long somebody who was called has, before the next is called as well. */
export const escalateEveryMinutes = 15

/** Somebody who is called for an urgent request, and as what: the approver on duty (值班), or the 执行局长. */
export type Called = { readonly person: string; readonly as: 'duty' | 'director' }

/**
 * Who is called next: those on duty one after the other, then the directors; nobody twice, and nobody who may not decide.
 * Undefined while there is nobody else: then it stays with the last, until somebody comes on duty.
 */
export function nextToCall(
  onDuty: readonly string[],
  directors: readonly string[],
  called: readonly Called[],
): Called | undefined {
  const line: readonly Called[] = [
    ...onDuty.map((person) => ({ person, as: 'duty' as const })),
    ...directors.map((person) => ({ person, as: 'director' as const })),
  ]
  return line.find(({ person }) => !called.some((one) => one.person === person))
}

/** True when whoever was called last has had their time; at once when nobody was. */
export function isTimeForNext(calledAt: Date | undefined, now: Date): boolean {
  return calledAt === undefined || now.getTime() - calledAt.getTime() >= escalateEveryMinutes * 60_000
}
