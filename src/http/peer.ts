import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Context, MiddlewareHandler } from 'hono'
import { isLoopback, type Within } from '../relay/networks.ts'
import { type ClientCertificate, clientCertificateOf, readCertificateHeader } from './client-certificate.ts'
import { callerOf, type ForwardedHeader, hopsOf, schemeOf } from './forwarded.ts'
import { Refused } from './problem.ts'

/** A declared proxy: what it says of a caller is believed, and nobody else's word is. */
export type TrustedProxy = {
  readonly isProxy: Within
  readonly forwarded: ForwardedHeader
  /** The header with the client certificate it has verified; lower case. */
  readonly certificateHeader?: string
}

/** Who is at the other end of the line, as far as the line itself can tell. */
export type Peers = {
  /** The caller's address: that of the socket, or of the hop before the declared proxies. Undefined in process. */
  callerAddress(c: Context): string | undefined
  /** The verified client certificate, while it is valid. */
  clientCertificate(c: Context): ClientCertificate | undefined
  /** Whether the call came over https, or never left this machine. */
  cameSecurely(c: Context): boolean
  /** Whether registries are asked for client certificates at all, by us or by the proxy. */
  readonly asksForCertificates: boolean
}

export type PeerOptions = {
  readonly asksForCertificates: boolean
  readonly proxy?: TrustedProxy
  readonly clock: () => Date
  /** Hears whose certificate was shown, by its common name, and when it ends. */
  readonly onCertificate?: (whose: string, endsAt: Date) => void
}

/** What is known of a call before a word of it is believed. */
type Line = {
  readonly address: string
  readonly encrypted: boolean
  readonly certificate: X509Certificate | undefined
  header(name: string): string | undefined
}

export function createPeers({ asksForCertificates, proxy, clock, onCertificate }: PeerOptions): Peers {
  /** The proxy, when this call came from it. */
  const behind = ({ address }: Line) => (proxy?.isProxy(address) ? proxy : undefined)
  return {
    asksForCertificates,
    callerAddress: (c) => {
      const line = lineOf(c)
      if (!line) return undefined
      const by = behind(line)
      return by ? callerOf(line.address, hopsOf(by.forwarded, line.header(by.forwarded)), by.isProxy) : line.address
    },
    clientCertificate: (c) => {
      const line = lineOf(c)
      const certificate = line && certificateOf(line, behind(line))
      const shown = certificate && clientCertificateOf(certificate, clock())
      if (shown) onCertificate?.(shown.subjectCn ?? shown.serial, shown.validTo)
      return shown
    },
    cameSecurely: (c) => {
      const line = lineOf(c)
      if (!line || !proxy) return true
      const by = behind(line)
      // A call made on this machine itself: a health check, an operator's curl. The proxy always says where from.
      if (isLoopback(line.address) && !told.some((name) => line.header(name) !== undefined)) return true
      if (!by) return line.encrypted
      return (
        schemeOf(by.forwarded, line.header(by.forwarded === 'forwarded' ? 'forwarded' : 'x-forwarded-proto')) ===
        'https'
      )
    },
  }
}

const told = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto']

/** The proxy's own certificate, on a line between it and us, is never a registry's. */
function certificateOf(line: Line, by: TrustedProxy | undefined): X509Certificate | undefined {
  if (!by) return line.certificate
  const value = by.certificateHeader === undefined ? undefined : line.header(by.certificateHeader)
  return value === undefined ? undefined : readCertificateHeader(value)
}

/** Undefined where no socket is: a call inside the process. */
function lineOf(c: Context): Line | undefined {
  const { incoming } = (c.env ?? {}) as { readonly incoming?: IncomingMessage }
  if (!incoming) return undefined
  const { socket } = incoming
  const secure = socket instanceof TLSSocket ? socket : undefined
  return {
    address: plain(socket.remoteAddress),
    encrypted: secure !== undefined,
    certificate: secure?.authorized ? secure.getPeerX509Certificate() : undefined,
    header: (name) => c.req.header(name),
  }
}

/** Nobody, when the caller has already gone. */
const plain = (address = '') => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** Behind a declared proxy every call must have reached it over https. Whether we live may be asked by anybody. */
export function overHttpsOnly(peers: Peers): MiddlewareHandler {
  return async function requireHttps(c, next) {
    const open = c.req.path === '/livez' || c.req.path === '/readyz'
    if (!open && !peers.cameSecurely(c)) throw new Refused('https-required', { headers: { connection: 'close' } })
    await next()
  }
}
