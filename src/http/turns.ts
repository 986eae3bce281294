/** Ends a turn; once, whatever happened in it. */
export type Leave = () => void

export type Turns = {
  /** Waits for a turn; undefined when none came in time. */
  enter(who: string): Promise<Leave | undefined>
}

type Waiting = { readonly who: string; readonly admit: () => void }

/**
 * Lets so many in at once, so many of them of one caller, and keeps the others waiting a while. Memory is then bounded
 * by what is inside, and one caller cannot take every place.
 */
export function createTurns(limits: {
  readonly atOnce: number
  readonly ofOne: number
  readonly waitMs: number
}): Turns {
  const waiting: Waiting[] = []
  const inside = new Map<string, number>()
  const mayEnter = (who: string): boolean => {
    const all = [...inside.values()].reduce((sum, count) => sum + count, 0)
    return all < limits.atOnce && (inside.get(who) ?? 0) < limits.ofOne
  }
  const admit = (who: string): Leave => {
    inside.set(who, (inside.get(who) ?? 0) + 1)
    return () => {
      const left = (inside.get(who) ?? 1) - 1
      if (left > 0) inside.set(who, left)
      else inside.delete(who)
      const next = waiting.find((other) => mayEnter(other.who))
      if (next) next.admit()
    }
  }
  return {
    enter: (who) => {
      if (mayEnter(who)) return Promise.resolve(admit(who))
      return new Promise((resolve) => {
        const end = (leave: Leave | undefined) => {
          clearTimeout(timer)
          waiting.splice(waiting.indexOf(place), 1)
          resolve(leave)
        }
        const place: Waiting = { who, admit: () => end(admit(who)) }
        const timer = setTimeout(() => end(undefined), limits.waitMs)
        waiting.push(place)
      })
    },
  }
}
