import type { Logger } from 'pino'
import type { Line } from '../relay/line.ts'
import { daysLeft, endOfBundle, sayEnding, warningDue } from './expiry.ts'

export type ExpiryWatch = {
  /** Our own certificates and authorities, in PEM, by what they are for; told anew whenever they change. */
  hold(bundles: Readonly<Record<string, string | undefined>>): void
  /** A registry showed a certificate that ends then. */
  saw(whose: string, endsAt: Date): void
  /** Looks at the certificates of the registries that are called, and warns of everything that is due. */
  look(origins: readonly string[], line: Pick<Line, 'look'>): Promise<void>
  checks(): Readonly<Record<string, string>>
}

/**
 * Watches when certificates end. Each warning (30, 14, 7 and 1 days before, and at the end) is logged once a process;
 * `/readyz` says it all the time, and stays ready.
 */
export function openExpiryWatch(clock: () => Date, log: Pick<Logger, 'warn'>): ExpiryWatch {
  let own = new Map<string, Date>()
  const seen = new Map<string, Date>()
  const warned = new Map<string, number>()
  const warn = (what: string, endsAt: Date): void => {
    const due = warningDue(endsAt, clock())
    const key = `${what} ${endsAt.getTime()}`
    if (due === undefined || (warned.get(key) ?? Number.POSITIVE_INFINITY) <= due) return
    warned.set(key, due)
    const left = daysLeft(endsAt, clock())
    log.warn({ certificate: what, endsAt: endsAt.toISOString(), daysLeft: left }, 'a certificate must be renewed')
  }
  const warnAll = () => {
    for (const [what, endsAt] of [...own, ...seen]) warn(what, endsAt)
  }
  return {
    hold: (bundles) => {
      own = new Map(
        Object.entries(bundles).flatMap(([what, pem]) => {
          const endsAt = pem === undefined ? undefined : endOfBundle(pem)
          return endsAt ? [[what, endsAt]] : []
        }),
      )
      warnAll()
    },
    saw: (whose, endsAt) => {
      seen.set(whose, endsAt)
      warn(whose, endsAt)
    },
    look: async (origins, line) => {
      for (const origin of origins.filter((text) => text.startsWith('https:'))) {
        const trouble = await line.look(origin)
        if (trouble === 'CERT_HAS_EXPIRED') seen.set(new URL(origin).hostname, clock())
      }
      warnAll()
    },
    // The names of registries are not for everybody who may ask whether we live: of theirs the first to end is told.
    checks: () => {
      const first = [...seen.values()].sort((one, other) => one.getTime() - other.getTime())[0]
      const all = first ? new Map([...own, ['of-registries', first]] as const) : own
      return Object.fromEntries([...all].map(([what, endsAt]) => [`certificate-${what}`, sayEnding(endsAt, clock())]))
    },
  }
}
