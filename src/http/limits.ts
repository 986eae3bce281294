import { longestWait } from './prefer.ts'

const kibibyte = 1024
const mebibyte = 1024 * kibibyte

/** What one connection may do, and for how long. Milliseconds, bytes and counts; `docs/limits.md` tells what comes of each. */
export const doorLimits = {
  /** From the first byte (or the connection, when none comes) to the end of the headers, and to the end of the body. */
  headersMs: 15_000,
  requestMs: 60_000,
  /** Without a byte in either direction; an event stream says something every 15 seconds. */
  idleMs: 120_000,
  /** Between two requests: longer than proxies keep theirs, so that none is sent into a closing connection. */
  keepAliveMs: 65_000,
  handshakeMs: 10_000,
  /** How often the first two are looked at. */
  checkEveryMs: 2_000,
  headerBytes: 16 * kibibyte,
  requestsPerConnection: 1000,
  connections: 2000,
} as const

export type DoorLimits = { readonly [Name in keyof typeof doorLimits]: number }

/** What a body may weigh, and how many heavy ones are read at once. */
export const bodyLimits = {
  small: mebibyte,
  /** A document, a stamped receipt, a message of a dialect. */
  large: 20 * mebibyte,
  /** From this length on, and whenever no length is told, a body where large ones are taken must wait for its turn. */
  heavyFrom: 256 * kibibyte,
  heavyAtOnce: 32,
  heavyOfOneCaller: 8,
  heavyWaitMs: 10_000,
} as const

/** How long a call may take once it is here, in milliseconds: the longest wait it may ask for, and time to do the work. */
export const longestCallMs = (longestWait + 15) * 1000
