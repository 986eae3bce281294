import { X509Certificate } from 'node:crypto'

const day = 86_400_000

/** Days before the end on which a warning is due; the next one is told when its day comes. */
export const warningDays = [30, 14, 7, 1] as const

/** Whole days that are left; negative once it is over. */
export function daysLeft(endsAt: Date, now: Date): number {
  return Math.floor((endsAt.getTime() - now.getTime()) / day)
}

/** The warning that is due: the smallest of 30, 14, 7 and 1 that is not yet passed, 0 once it is over. */
export function warningDue(endsAt: Date, now: Date): number | undefined {
  if (now >= endsAt) return 0
  const left = daysLeft(endsAt, now)
  return warningDays.filter((days) => left <= days).at(-1)
}

/** What `/readyz` says of a certificate: `ok`, or how long it has. A warning alone never makes a gateway unready. */
export function sayEnding(endsAt: Date, now: Date): string {
  const due = warningDue(endsAt, now)
  if (due === undefined) return 'ok'
  if (due === 0) return `ended ${endsAt.toISOString().slice(0, 10)}`
  const left = daysLeft(endsAt, now)
  return left === 1 ? 'ends in 1 day' : `ends in ${left} days`
}

/** When the first certificate of a bundle ends; undefined for no certificate at all. */
export function endOfBundle(pem: string): Date | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const ends = blocks.map((block) => new Date(new X509Certificate(block).validTo))
  return ends.sort((one, other) => one.getTime() - other.getTime())[0]
}
