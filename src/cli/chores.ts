import type { Logger } from 'pino'
import { workBatches } from '../gateway/batches/work.ts'
import { raiseDue } from '../gateway/clocks.ts'
import type { Directory } from '../gateway/directory.ts'
import { escalateDue } from '../gateway/escalate.ts'
import { inquireAgain } from '../gateway/inquire-again.ts'
import { inquireTerminated } from '../gateway/inquire-terminated.ts'
import { keepAnomalies } from '../gateway/keep-anomalies.ts'
import type { Parts } from '../gateway/parts.ts'
import { repeatDue } from '../gateway/repeat.ts'
import { goRound, type Rounds } from '../ledger/rounds.ts'
import type { Keyring } from '../signing/keyring.ts'
import type { OpenStore } from '../store/open.ts'
import { retireKeks } from './kek.ts'
import type { Office } from './office.ts'

/** The daily work of a running gateway: partitions to come, what need not be remembered, what was left open. Never throws. */
export async function keepUp(opened: OpenStore, office: Office, log: Logger): Promise<void> {
  try {
    await opened.ensurePartitions()
    await opened.sweep()
  } catch (fault) {
    log.error(told(fault), 'upkeep of the database failed; it is tried again in an hour')
  }
  await catchUp(opened, office, log)
}

/** What an earlier release left open, or a change of key that was cut short, is made good beside the daily work. */
export async function catchUp(opened: OpenStore, { parts, kek }: Office, log: Logger): Promise<void> {
  try {
    const { sealed, indexed } = await opened.catchUp()
    const rewrapped = await retireKeks(parts, kek)
    if (sealed + indexed + rewrapped > 0) log.info({ sealed, indexed, rewrapped }, 'what was left open was made good')
  } catch (fault) {
    log.error(told(fault), 'what was left open could not be made good; it is tried again in an hour')
  }
}

const minuteMs = 60_000

/**
 * What falls due by the clock while the gateway works: the next is called for urgent requests, orders are repeated until
 * their sum is met, batches of inquiries are worked off, what ends or is silent becomes a task, banks that hold freezes are asked again, and what pages of the log would count each time is
 * counted. Every process goes round, each kind at its own pace; `stop` lets what is under way end.
 */
export function goRounds(parts: Parts, opened: Pick<OpenStore, 'people' | 'countDays'>, log: Logger): Rounds {
  const every = (ms: number, name: string, due: (parts: Parts) => Promise<number>): Rounds =>
    goRound(async () => {
      try {
        const count = await due(parts)
        if (count > 0) log.info({ count }, name)
      } catch (fault) {
        log.error(told(fault), `${name}: a round was cut short; the next one makes it good`)
      }
      return ms
    })
  const all = [
    every(minuteMs / 4, 'the next was called for urgent requests', escalateDue),
    every(minuteMs / 4, 'orders were repeated', repeatDue),
    every(1000, 'rows of batches were submitted', workBatches),
    every(minuteMs, 'tasks came due', raiseDue),
    every(minuteMs, 'days that are over were counted', opened.countDays),
    every(10 * minuteMs, 'anomalies were looked for', () => keepAnomalies({ ...parts, people: opened.people })),
    // What counts in days is looked at once an hour.
    every(60 * minuteMs, 'cases in 终本 were asked about again', inquireTerminated),
    every(60 * minuteMs, 'banks that hold freezes were asked again', inquireAgain),
  ]
  return { stop: async () => void (await Promise.all(all.map((rounds) => rounds.stop()))) }
}

/** What another process of the installation has changed: who is let in, and which keys are ours. A second late at most. */
export async function lookAround(directory: Directory, keyring: Keyring, log: Logger): Promise<void> {
  try {
    keyring.refresh()
    await directory.catchUp()
  } catch (fault) {
    log.error(told(fault), 'registries and keys could not be looked at; it is tried again in a second')
  }
}

/** What a log line may say of a fault: its name, code and message; never what it was about. */
export function told(fault: unknown): { fault: string; code?: string; message?: string } {
  if (!(fault instanceof Error)) return { fault: 'unknown' }
  const code = 'code' in fault && typeof fault.code === 'string' ? { code: fault.code } : {}
  return { fault: fault.name, message: fault.message.slice(0, 300), ...code }
}
