import { createSecureContext } from 'node:tls'
import type { Logger } from 'pino'
import type { TransportSettings } from '../config/transport.ts'
import type { RegisteredRegistry } from '../gateway/ports/reads.ts'
import type { DoorLimits } from '../http/limits.ts'
import type { TlsSource } from '../http/listen.ts'
import { createPeers, type Peers } from '../http/peer.ts'
import { type AddressRule, addressRule } from '../relay/address-rule.ts'
import { type Line, openLine } from '../relay/line.ts'
import { within } from '../relay/networks.ts'
import { openExpiryWatch } from './expiry-watch.ts'
import { type Held, holdPems } from './pem-files.ts'

export type Transport = {
  /** The one way out. */
  readonly dispatcher: Line['dispatcher']
  readonly addressRule: AddressRule
  readonly peers: Peers
  /** What the door is opened with. */
  readonly door: { readonly tls?: TlsSource; readonly limits: Partial<DoorLimits>; readonly onFull: () => void }
  /** How long each certificate has, for `/readyz`. */
  checks(): Readonly<Record<string, string>>
  /** From when the door is open: certificates are watched, and our own port is no registry's. */
  watch(port: number, registries: () => readonly RegisteredRegistry[]): void
  stop(): Promise<void>
}

const minute = 60_000
const day = 86_400_000

/** The way in and the way out, with the certificates both need. */
export function openTransport(settings: TransportSettings, clock: () => Date, log: Logger): Transport {
  const server = holdPems({ ...settings.tls, ...(settings.clientCa && { clientCa: settings.clientCa }) }, usable)
  const client = holdPems({ ...settings.client, ...(settings.registryCa && { ca: settings.registryCa }) }, usable)
  const expiry = openExpiryWatch(clock, log)
  const lookAtOwn = () =>
    expiry.hold({
      server: server.now().cert,
      'client-authorities': server.now().clientCa,
      'towards-registries': client.now().cert,
      'registry-authorities': client.now().ca,
    })
  lookAtOwn()
  server.onChange(lookAtOwn)
  client.onChange(lookAtOwn)

  const rule = addressRule(settings.registryNetworks)
  let ownPort: number | undefined
  const line = openLine({ rule, tls: client.now, ownPort: () => ownPort, onCertificate: expiry.saw })
  const peers = createPeers({ ...peerOptions(settings), clock, onCertificate: expiry.saw })
  const timers: NodeJS.Timeout[] = []
  const reread = async () => {
    for (const pems of [server, client])
      await pems.reread().then(
        (changed) => changed && log.info('renewed certificates are in use'),
        (trouble) => log.error({ trouble: String(trouble) }, 'renewed certificates cannot be used; the old ones stay'),
      )
  }
  return {
    dispatcher: line.dispatcher,
    addressRule: rule,
    peers,
    door: {
      ...(settings.tls && { tls: { now: () => asServer(server.now()), onChange: server.onChange } }),
      limits: { connections: settings.maxConnections },
      onFull: seldom(() => log.warn({ most: settings.maxConnections }, 'the house is full; slow callers are let go')),
    },
    checks: expiry.checks,
    watch: (port, registries) => {
      ownPort = port
      warnOfUnbound(registries(), peers, log)
      const look = () =>
        expiry.look(
          registries().flatMap(({ mode, origin }) => (mode === 'push' && origin) || []),
          line,
        )
      void look()
      timers.push(
        setInterval(() => void reread(), minute),
        setInterval(() => void look(), day),
      )
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await line.dispatcher.close()
    },
  }
}

/** Throws for a certificate that cannot be read or does not belong to its key. */
function usable({ cert, key, ca, clientCa }: Held<'cert' | 'key' | 'ca' | 'clientCa'>): void {
  createSecureContext({
    ...(cert && { cert }),
    ...(key && { key }),
    ...(ca && { ca }),
    ...(clientCa && { ca: clientCa }),
  })
}

function asServer({ cert = '', key = '', clientCa }: Held<'cert' | 'key' | 'clientCa'>) {
  return { cert, key, clientCa }
}

function peerOptions({ clientCa, proxy }: TransportSettings) {
  const asksForCertificates = clientCa !== undefined || proxy?.certificateHeader !== undefined
  if (!proxy) return { asksForCertificates }
  const { addresses, ...rest } = proxy
  return { asksForCertificates, proxy: { ...rest, isProxy: within(addresses) } }
}

/** A registry that is bound to a certificate while nobody asks for one comes in without: that must be seen. */
function warnOfUnbound(registries: readonly RegisteredRegistry[], peers: Peers, log: Logger): void {
  if (peers.asksForCertificates) return
  for (const { code, certificates } of registries)
    if (certificates) log.warn({ registry: code }, 'bound to a client certificate, but none is asked for')
}

/** Once a minute at most. */
function seldom(deed: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - last < minute) return
    last = performance.now()
    deed()
  }
}
