/** Seconds to wait after the nth try, before jitter: at once for a hiccup, rarely for a long outage, never giving up. */
const steps = [1, 2, 5, 10, 30, 60, 300, 900, 1800] as const

/**
 * When to try again after the nth attempt (1-based), in seconds: the step for n, shortened or lengthened by up to a
 * quarter so that a thousand deliveries do not come back in the same second. `random` gives 0…1.
 */
export function retryAfter(attempt: number, random: () => number): number {
  const step = steps[Math.min(attempt, steps.length) - 1] ?? 1800
  return step * (0.75 + random() / 2)
}

/** A registry that declined (4xx) will decline again until a person has looked: slowly, but never for ever silent. */
export const declinedRetrySeconds = 900
