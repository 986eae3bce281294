/** How much slow work goes on at once, and how much may wait for it: in all, and under one name. */
export type TurnLimits = { readonly atOnce: number; readonly waiting: number; readonly waitingPerName: number }

/**
 * Lets slow work in a few at a time. Hashing a password takes a third of a second of one processor: a thousand at once would
 * leave nothing for anybody else, and whoever hammers one name would hold up all others who wait.
 */
export type Turns = {
  /** Runs `work` when its turn comes; undefined when too many wait already, and then nothing was done. */
  take<T>(name: string, work: () => Promise<T>): Promise<T | undefined>
}

export function createTurns({ atOnce, waiting, waitingPerName }: TurnLimits): Turns {
  const line: { readonly name: string; readonly go: () => void }[] = []
  let running = 0
  const turn = (name: string): Promise<void> | undefined => {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    if (line.length >= waiting || line.filter((other) => other.name === name).length >= waitingPerName) return undefined
    return new Promise((go) => line.push({ name, go }))
  }
  const done = (): void => {
    const next = line.shift()
    if (next) next.go()
    else running -= 1
  }
  return {
    take: async (name, work) => {
      const mine = turn(name)
      if (!mine) return undefined
      await mine
      try {
        return await work()
      } finally {
        done()
      }
    },
  }
}
