/** Work that comes round again and again, one round at a time. */
export type Rounds = {
  /** Starts no further round, and waits for the one under way. */
  stop(): Promise<void>
}

/** Runs `round` now and again after the milliseconds it answers with. A round that throws is the caller's to prevent. */
export function goRound(round: () => Promise<number>): Rounds {
  let stopped = false
  let wake = () => {}

  async function run(): Promise<void> {
    while (!stopped) {
      const rest = await round()
      if (!stopped) await pause(rest)
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
