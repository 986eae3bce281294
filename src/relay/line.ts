import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { TLSSocket } from 'node:tls'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import type { AddressRule } from './address-rule.ts'
import { isLoopback, plainAddress } from './networks.ts'

/** What we show and whom we trust on the way to a registry; PEM. Without `ca` the authorities that Node knows. */
export type LineTls = { readonly cert?: string; readonly key?: string; readonly ca?: string }

/** Milliseconds and bytes. The courier's own time for a whole call is shorter; these hold when nobody else does. */
export const lineLimits = {
  connectMs: 5000,
  headersMs: 15_000,
  bodyMs: 15_000,
  /** An envelope, the largest thing a registry answers with. Its documents it brings itself. */
  answerBytes: 1_048_576,
  headerBytes: 16_384,
  connectionsPerRegistry: 16,
} as const

export type LineOptions = {
  readonly rule: AddressRule
  /** Asked at every connection, so that a renewed certificate is used from the next one on. */
  readonly tls: () => LineTls
  /** The port we listen on ourselves: no registry is there. */
  readonly ownPort: () => number | undefined
  /** Hears when the certificate of a registry that was reached ends. */
  readonly onCertificate?: (host: string, endsAt: Date) => void
  readonly lookup?: typeof systemLookup
  readonly limits?: Partial<typeof lineLimits>
}

export type Line = {
  readonly dispatcher: Dispatcher
  /** Connects, so that the registry's certificate is seen, and says nothing. Answers with the code of what went wrong. */
  look(origin: string): Promise<string | undefined>
}

/**
 * No byte of ours has left: the name was not found, the address is forbidden, nobody listens there, or the other is not
 * who it should be. `syscall` says so in Node's own words, which is how an adapter tells it from a call that broke.
 */
class NotConnected extends Error {
  override readonly name = 'NotConnected'
  readonly syscall = 'connect'
  readonly code: string
  constructor(code: string, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** The code of a connection that the rule forbade. */
export const addressForbidden = 'WRIT_ADDRESS_FORBIDDEN'

/** The code of a connection without https that would have left this machine. */
export const plainForbidden = 'WRIT_PLAIN_HTTP_FORBIDDEN'

/**
 * The line to registries: an undici dispatcher that goes nowhere it must not. The address is judged at the moment of
 * connecting, as a number, so a name that means something else by then (DNS rebinding) gains nothing. Redirects are
 * never followed, nothing is retried, no proxy of the environment is used.
 */
export function openLine(options: LineOptions): Line {
  const limits = { ...lineLimits, ...options.limits }
  const connect = guarded(options, limits.connectMs)
  const dispatcher = new Agent({
    connect,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxResponseSize: limits.answerBytes,
    maxHeaderSize: limits.headerBytes,
    connections: limits.connectionsPerRegistry,
    pipelining: 1,
  })
  return {
    dispatcher,
    look: (origin) =>
      new Promise((resolve) => {
        const { protocol, hostname, host, port } = new URL(origin)
        connect({ protocol, hostname: hostname.replace(/^\[|\]$/g, ''), host, port }, (trouble, socket) => {
          socket?.destroy()
          resolve(socket ? undefined : codeOf(trouble))
        })
      }),
  }
}

function guarded(
  { tls, rule, ownPort, onCertificate, lookup = systemLookup }: LineOptions,
  timeout: number,
): buildConnector.connector {
  let built: { readonly from: string; readonly connect: buildConnector.connector } | undefined
  /** One connector, and so one cache of TLS sessions, for as long as the certificates are the same. */
  const current = (): buildConnector.connector => {
    const shown = tls()
    const from = JSON.stringify(shown)
    // Never by the environment (NODE_TLS_REJECT_UNAUTHORIZED): a court's order goes to whoever proves its name.
    const secure = { ...shown, rejectUnauthorized: true, minVersion: 'TLSv1.2' as const, allowH2: false }
    if (built?.from !== from)
      built = { from, connect: buildConnector({ ...secure, timeout, lookup: guardedLookup(rule, lookup) }) }
    return built.connect
  }
  return (target, callback) => {
    // A host given by number is never looked up, so it is judged here.
    if (isIP(target.hostname) && rule(target.hostname)) return callback(new NotConnected(addressForbidden), null)
    return current()(target, (trouble, socket) => {
      if (!socket) return callback(new NotConnected(codeOf(trouble), trouble), null)
      const wrong = wrongEnd(socket, ownPort())
      if (wrong) {
        socket.destroy()
        return callback(new NotConnected(wrong), null)
      }
      if (onCertificate && socket instanceof TLSSocket) tellEnd(socket, target.hostname, onCertificate)
      return callback(null, socket)
    })
  }
}

/** One forbidden address among several forbids the name: whoever mixes them in is mistaken or means harm. */
function guardedLookup(rule: AddressRule, lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (trouble, found) => {
      if (trouble) return callback(trouble, [])
      const [first] = found
      if (!first || found.some(({ address }) => rule(address))) return callback(new NotConnected(addressForbidden), [])
      return options.all ? callback(null, found) : callback(null, first.address, first.family)
    })
  }
}

/** What is wrong with where we arrived; nothing has been said there yet. */
function wrongEnd(socket: Socket, ownPort: number | undefined): string | undefined {
  if (isOurselves(socket, ownPort)) return addressForbidden
  return socket instanceof TLSSocket || isLoopback(socket.remoteAddress ?? '') ? undefined : plainForbidden
}

/** Our own door under any of this machine's addresses; a registry there would be the gateway speaking to itself. */
function isOurselves({ remoteAddress = '', remotePort }: Socket, ownPort: number | undefined): boolean {
  if (remotePort !== ownPort) return false
  const address = plainAddress(remoteAddress)
  const own = Object.values(networkInterfaces()).flatMap((known) => known ?? [])
  return own.some((known) => plainAddress(known.address) === address)
}

function tellEnd(socket: TLSSocket, host: string, tell: (host: string, endsAt: Date) => void): void {
  const certificate = socket.getPeerX509Certificate()
  if (certificate) tell(host, new Date(certificate.validTo))
}

function codeOf(trouble: unknown): string {
  return trouble instanceof Error && 'code' in trouble ? String(trouble.code) : 'UNREACHED'
}
