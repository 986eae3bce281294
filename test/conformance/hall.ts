import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import type { StatementClaims } from '../../src/signing/claims/statement.ts'
import { deliveryNamedIn } from '../../src/signing/statement.ts'
import { type CaseOfOurs, type Court, seatCourt } from './court.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { openProbe, type Probe } from './probe.ts'
import type { PublicKey, Subjects } from './subjects.ts'
import { openWire, type Passage, type Wire } from './wire.ts'

export type ConformanceOptions = {
  /** Where the registry listens, the code it answers for, its public keys. */
  readonly origin: string
  readonly code: string
  readonly keys: readonly PublicKey[]
  readonly subjects: Subjects
  /** What the registry was told of the gateway before it was started. */
  readonly gateway: { readonly port: number; readonly id: string }
  readonly patienceMs: number
  /** SIGKILL for the gateway after a hand-over; else only the answer is lost, which is quicker. */
  readonly kills: boolean
}

/** A statement as it was seen on the lines. */
export type Seen = { readonly jws: string; readonly claims: StatementClaims; readonly at: number }

/** A court, a gateway, the lines to a foreign registry, and everything that was said on them. */
export type Hall = ConformanceOptions & {
  readonly court: Court
  readonly process: Gateway
  /** The way to the registry, and the way from it to the gateway. */
  readonly out: Wire
  readonly back: Wire
  readonly probe: Probe
  /** Opens a case of its own for each order: two courts' orders then never look like one. */
  openCase(): Promise<CaseOfOurs>
  /** The hand-overs of a delivery to `POST /requests`. */
  handovers(delivery: string): readonly Passage[]
  /** The status questions about a delivery. */
  questions(delivery: string): readonly Passage[]
  /** The calls of the registry for a delivery: its documents, receipts and statements. */
  calls(delivery: string, method: string): readonly Passage[]
  /** All statements about a delivery that were ever on the lines, by sequence, each once. */
  said(delivery: string): readonly Seen[]
  /** What the registry's books say it did; undefined when they are not shown. */
  effects(delivery: string): Promise<readonly string[] | undefined>
  /** Waits until something has come true. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>
  close(): Promise<void>
}

export async function openHall(options: ConformanceOptions): Promise<Hall> {
  const process = await startGateway(options.gateway.id)
  try {
    return await furnish(options, process)
  } catch (cause) {
    await process.close()
    throw cause
  }
}

async function furnish(options: ConformanceOptions, process: Gateway): Promise<Hall> {
  const { origin, code, keys, subjects, gateway, patienceMs } = options
  const back = await openWire(gateway.port, process.origin)
  const out = await openWire(0, origin)
  await process.register({
    code,
    name: '受测登记机构',
    adapter: 'land',
    mode: 'push',
    origin: out.origin,
    assetClasses: [subjects.asset.class],
    measures: ['inquire', 'seal', 'release'],
    keys: keys.map((jwk) => ({ jwk })),
  })
  const court = seatCourt({ gateway: process, registry: code, subjects, patienceMs })
  const posted = (wire: Wire, path: string, delivery: string, name: 'jti' | 're') =>
    wire.passages.filter((one) => one.path === path && claimsIn(one.body.toString())[name] === delivery)
  const hall: Hall = {
    ...options,
    court,
    process,
    out,
    back,
    probe: openProbe({ origin, code, gateway: gateway.id, keys, keyring: process.keyring }),
    openCase: () => court.openCase(),
    handovers: (delivery) => posted(out, '/requests', delivery, 'jti'),
    questions: (delivery) => posted(out, '/status', delivery, 're'),
    calls: (delivery, method) =>
      back.passages.filter(
        (one) => one.method === method && (one.path.includes(delivery) || deliveryNamedIn(one.body) === delivery),
      ),
    said: (delivery) => saidOf(hall, delivery),
    effects: async (delivery) => {
      if (subjects.effects === undefined) return undefined
      const books = (await (await fetch(`${origin}${subjects.effects}`)).json()) as {
        effects: Record<string, string[]>
      }
      return books.effects[delivery] ?? []
    },
    until: async (what, holds) => {
      const deadline = Date.now() + patienceMs
      while (!(await holds())) {
        if (Date.now() > deadline) throw new Error(`${what}: not within ${patienceMs / 1000} s`)
        await sleep(40)
      }
    },
    close: async () => {
      await Promise.all([out.fall(), back.fall()])
      await process.close()
    },
  }
  return hall
}

function saidOf(hall: Hall, delivery: string): readonly Seen[] {
  const seen = new Map<string, Seen>()
  const note = (jws: string, at: number) => {
    const claims = claimsIn(jws) as unknown as StatementClaims
    if (claims.re === delivery && claims.kind !== undefined && !seen.has(claims.jti))
      seen.set(claims.jti, { jws, claims, at })
  }
  for (const { answer, answeredAt = 0 } of hall.handovers(delivery))
    if (answer) note(answer.body.toString(), answeredAt)
  for (const { body, at } of hall.calls(delivery, 'POST')) note(body.toString(), at)
  for (const { answer, answeredAt = 0 } of hall.questions(delivery)) {
    const told = answer ? claimsIn(answer.body.toString()).statements : undefined
    if (Array.isArray(told)) for (const jws of told) note(String(jws), answeredAt)
  }
  return [...seen.values()].sort((a, b) => a.claims.sequence - b.claims.sequence)
}

/** What an envelope says, proved or not; nothing for what is none. */
export function claimsIn(jws: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return read !== null && typeof read === 'object' ? { ...read } : {}
  } catch {
    return {}
  }
}

/** The request as it went out to the registry. */
export function sentIn(hall: Hall, delivery: string): { readonly jws: string; readonly claims: RequestClaims } {
  const jws = hall.handovers(delivery)[0]?.body.toString()
  if (jws === undefined) throw new Error('the request never went out')
  return { jws, claims: claimsIn(jws) as unknown as RequestClaims }
}
