import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import type { DatabaseHealth, RegistryTraffic } from '../../gateway/ports/machine.ts'
import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import type { LogStanding } from '../../ledger/watch.ts'
import type { HttpParts } from '../parts.ts'
import type { FactName, HealthPart, Standing } from './words.ts'

/** One thing that was looked at. Certificates have names of their own; every other fact is one of `FactName`. */
export type HealthLine = {
  readonly part: HealthPart
  readonly standing: Standing
  readonly facts: Readonly<
    Partial<Record<FactName, string | number | boolean>> & Record<string, string | number | boolean>
  >
}

export type SystemHealth = {
  readonly at: Date
  readonly lines: readonly HealthLine[]
  readonly registries: readonly RegistryTraffic[]
  /** The registries of these codes, as a court calls them. */
  readonly names: ReadonlyMap<string, string>
  /** How each of them is reached. */
  readonly modes: ReadonlyMap<string, RegisteredRegistry['mode']>
}

type OfHealth = Pick<HttpParts, 'gateway' | 'machine' | 'log' | 'registries'>

/**
 * How the gateway stands, from what it truly knows: nothing is guessed, and what cannot be asked is said to be unknown. The
 * pages and `GET /admin/v1/health` show this and nothing else.
 */
export async function lookAtHealth({ gateway, machine, log, registries: known }: OfHealth): Promise<SystemHealth> {
  const at = gateway.clock()
  const [database, disk] = await Promise.all([orNothing(machine.database()), orNothing(statfs(machine.dataDir))])
  const registries = database ? await gateway.reads.traffic(at) : []
  const registered = database ? await known.all() : []
  const checkpoint = log.checkpoint()
  const lines: HealthLine[] = [
    logLine(log.standing()),
    checkpointLine(checkpoint?.size, database),
    witnessLine(checkpoint?.note, gateway.logOrigin),
    databaseLine(database),
    clockLine(database),
    diskLine(disk && { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize }),
    memoryLine(),
    queueLine(database),
    certificatesLine(machine.certificates()),
    registriesLine(database && registries, registered),
  ]
  const names = new Map(registered.map(({ code, name }) => [code, name]))
  return { at, lines, registries, names, modes: new Map(registered.map(({ code, mode }) => [code, mode])) }
}

/** Bounds beyond which a part is worth a look, or needs somebody now. Seconds, milliseconds, percent and counts. */
const healthBounds = {
  checkpointSeconds: { look: 60, ill: 300 },
  clockMs: { look: 2000, ill: 60_000 },
  freePercent: { look: 20, ill: 5 },
  memoryPercent: { look: 10, ill: 3 },
  due: { look: 500, ill: 5000 },
} as const

function logLine(standing: LogStanding): HealthLine {
  const facts = {
    standing: standing.kind,
    ...(standing.kind === 'rolled-back' && { reason: standing.reason }),
  }
  const says = { sound: 'well', unknown: 'unknown', 'rolled-back': 'ill' } as const
  return { part: 'log', standing: says[standing.kind], facts }
}

/** An old checkpoint is well while nothing waits for the next: a quiet log publishes none. */
function checkpointLine(size: number | undefined, database: DatabaseHealth | undefined): HealthLine {
  if (!database) return { part: 'checkpoint', standing: 'unknown', facts: { ...(size !== undefined && { size }) } }
  const { pending, oldestPendingSeconds, checkpointSeconds } = database
  const facts = {
    ...(size !== undefined && { size }),
    ...(checkpointSeconds !== undefined && { ageSeconds: Math.round(checkpointSeconds) }),
    pending,
    oldestSeconds: Math.round(oldestPendingSeconds),
  }
  return { part: 'checkpoint', standing: above(oldestPendingSeconds, healthBounds.checkpointSeconds), facts }
}

/** A signature line of a note that is none of the log's own. */
function witnessLine(note: string | undefined, origin: string): HealthLine {
  const signed = (note ?? '').split('\n').filter((line) => line.startsWith('— '))
  const cosignatures = signed.filter((line) => line.split(' ')[1] !== origin).length
  return { part: 'witness', standing: cosignatures > 0 ? 'well' : 'look', facts: { cosignatures } }
}

function databaseLine(database: DatabaseHealth | undefined): HealthLine {
  if (!database) return { part: 'database', standing: 'ill', facts: {} }
  const { engine, version, size, migrated, partitionsLate } = database
  const standing = !migrated ? 'ill' : partitionsLate ? 'look' : 'well'
  return {
    part: 'database',
    standing,
    facts: { engine, version, megabytes: megabytes(size), migrated, partitionsLate },
  }
}

function clockLine(database: DatabaseHealth | undefined): HealthLine {
  if (!database) return { part: 'clock', standing: 'unknown', facts: {} }
  const { clockAheadMs: aheadMs } = database
  return { part: 'clock', standing: above(Math.abs(aheadMs), healthBounds.clockMs), facts: { aheadMs } }
}

function diskLine(disk: { readonly free: number; readonly total: number } | undefined): HealthLine {
  if (!disk || disk.total === 0) return { part: 'disk', standing: 'unknown', facts: {} }
  const freePercent = Math.floor((disk.free / disk.total) * 100)
  const facts = { freeMegabytes: megabytes(disk.free), freePercent }
  return { part: 'disk', standing: below(freePercent, healthBounds.freePercent), facts }
}

function memoryLine(): HealthLine {
  const freePercent = Math.floor((freemem() / totalmem()) * 100)
  const facts = {
    processMegabytes: megabytes(process.memoryUsage.rss()),
    freeMegabytes: megabytes(freemem()),
    freePercent,
  }
  return { part: 'memory', standing: below(freePercent, healthBounds.memoryPercent), facts }
}

function queueLine(database: DatabaseHealth | undefined): HealthLine {
  if (!database) return { part: 'queue', standing: 'unknown', facts: {} }
  return { part: 'queue', standing: above(database.due, healthBounds.due), facts: { due: database.due } }
}

function certificatesLine(checks: Readonly<Record<string, string>>): HealthLine {
  const said = Object.values(checks)
  const standing = said.some((text) => text.startsWith('ended'))
    ? 'ill'
    : said.every((text) => text === 'ok')
      ? 'well'
      : 'look'
  return { part: 'certificates', standing, facts: checks }
}

function registriesLine(
  registries: readonly RegistryTraffic[] | undefined,
  registered: readonly RegisteredRegistry[],
): HealthLine {
  if (!registries) return { part: 'registries', standing: 'unknown', facts: {} }
  const sum = (of: 'unknown' | 'declined' | 'overdue') => registries.reduce((all, one) => all + one[of], 0)
  const facts = { unknown: sum('unknown'), declined: sum('declined'), overdue: sum('overdue') }
  const suspended = registered.filter(({ state }) => state === 'suspended').map(({ name }) => name)
  const standing = suspended.length === 0 && registries.every(isWell) ? 'well' : 'look'
  return {
    part: 'registries',
    standing,
    facts: { ...(suspended.length > 0 && { suspended: suspended.join('、') }), ...facts },
  }
}

/** Nothing of a registry waits for a person. */
function isWell({ unknown, declined, overdue }: RegistryTraffic): boolean {
  return unknown + declined + overdue === 0
}

type Bounds = { readonly look: number; readonly ill: number }

const above = (value: number, { look, ill }: Bounds): Standing =>
  value >= ill ? 'ill' : value >= look ? 'look' : 'well'
const below = (value: number, { look, ill }: Bounds): Standing =>
  value <= ill ? 'ill' : value <= look ? 'look' : 'well'

const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576)

/** What cannot be asked is not known; that it could not be asked is what the line says. */
async function orNothing<T>(asking: Promise<T>): Promise<T | undefined> {
  return asking.catch(() => undefined)
}
