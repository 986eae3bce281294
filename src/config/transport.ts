import { isIP } from 'node:net'
import { z } from 'zod'
import { type Given, type Pair, type Pem, readBundle, readPair } from './pem.ts'

/** A block of addresses (CIDR). */
export type Network = { readonly address: string; readonly prefix: number }

/** A declared reverse proxy: what it says of a caller is believed, and only from these addresses. */
export type ProxySettings = {
  readonly addresses: readonly Network[]
  /** Which header tells the chain of addresses; the other one may be the caller's own words and is never read. */
  readonly forwarded: 'x-forwarded-for' | 'forwarded'
  /** The header that carries the client certificate the proxy has verified (RFC 9440, or nginx's escaped PEM). */
  readonly certificateHeader?: string
}

/** Where registries may be: in these networks, or without any anywhere but, outside a demo, on this machine itself. */
export type AllowedNetworks = { readonly networks?: readonly Network[]; readonly loopback: boolean }

/** How bytes come in and go out. */
export type TransportSettings = {
  readonly tls?: Pair
  /** The authorities that sign the client certificates of registries: with it they are asked for. */
  readonly clientCa?: Pem
  readonly proxy?: ProxySettings
  readonly maxConnections: number
  /** Our own certificate towards registries, the authorities theirs must come from, and the networks they must be in. */
  readonly client?: Pair
  readonly registryCa?: Pem
  readonly registryNetworks: AllowedNetworks
}

/** The settings of this part, each of which may also be given as a file. */
export const transportSettings = {
  WRIT_TLS_CERT: z.string().optional(),
  WRIT_TLS_KEY: z.string().optional(),
  WRIT_TLS_CLIENT_CA: z.string().optional(),
  WRIT_BEHIND_PROXY: z.stringbool().default(false),
  WRIT_PROXY_ADDRESSES: z.string().optional(),
  WRIT_PROXY_FORWARDED: z.enum(['x-forwarded-for', 'forwarded']).default('x-forwarded-for'),
  WRIT_PROXY_CERT_HEADER: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'must be the name of a header')
    .optional(),
  WRIT_MAX_CONNECTIONS: z.coerce.number().int().min(10).max(100_000).default(2000),
  WRIT_CLIENT_CERT: z.string().optional(),
  WRIT_CLIENT_KEY: z.string().optional(),
  WRIT_REGISTRY_TLS_CA: z.string().optional(),
  WRIT_REGISTRY_NETWORKS: z.string().optional(),
}

type Values = z.infer<z.ZodObject<typeof transportSettings>>
type PemName = 'WRIT_TLS_CERT' | 'WRIT_TLS_KEY' | 'WRIT_TLS_CLIENT_CA' | ClientPemName
type ClientPemName = 'WRIT_CLIENT_CERT' | 'WRIT_CLIENT_KEY' | 'WRIT_REGISTRY_TLS_CA'

/** Reads the settings of the transport and adds whatever is wrong with them to `problems`. */
export function readTransport(
  values: Values,
  fileOf: (name: string) => string | undefined,
  problems: string[],
  demo: boolean,
): TransportSettings {
  const given = (name: PemName): Given => ({ value: values[name], file: fileOf(name) })
  const pair = (cert: PemName, key: PemName) => readPair(cert, given(cert), key, given(key), problems)
  const bundle = (name: PemName) => readBundle(name, given(name), problems)
  const tls = pair('WRIT_TLS_CERT', 'WRIT_TLS_KEY')
  const clientCa = bundle('WRIT_TLS_CLIENT_CA')
  const client = pair('WRIT_CLIENT_CERT', 'WRIT_CLIENT_KEY')
  const registryCa = bundle('WRIT_REGISTRY_TLS_CA')
  const networks = readNetworks('WRIT_REGISTRY_NETWORKS', values.WRIT_REGISTRY_NETWORKS, problems)
  if (clientCa && values.WRIT_TLS_CERT === undefined)
    problems.push('WRIT_TLS_CLIENT_CA: client certificates are asked for over https only; give WRIT_TLS_CERT too')
  const proxy = readProxy(values, problems)
  return {
    ...(tls && { tls }),
    ...(clientCa && { clientCa }),
    ...(proxy && { proxy }),
    maxConnections: values.WRIT_MAX_CONNECTIONS,
    ...(client && { client }),
    ...(registryCa && { registryCa }),
    registryNetworks: { ...(networks && { networks }), loopback: demo },
  }
}

function readProxy(values: Values, problems: string[]): ProxySettings | undefined {
  const { WRIT_PROXY_ADDRESSES: listed, WRIT_PROXY_CERT_HEADER: header } = values
  if (!values.WRIT_BEHIND_PROXY) {
    for (const name of ['WRIT_PROXY_ADDRESSES', 'WRIT_PROXY_CERT_HEADER'] as const)
      if (values[name] !== undefined) problems.push(`${name}: means something with WRIT_BEHIND_PROXY=true only`)
    return undefined
  }
  const onlyLoopback = '127.0.0.0/8, ::1/128'
  const addresses = readNetworks('WRIT_PROXY_ADDRESSES', listed ?? onlyLoopback, problems) ?? []
  return {
    addresses,
    forwarded: values.WRIT_PROXY_FORWARDED,
    ...(header !== undefined && { certificateHeader: header.toLowerCase() }),
  }
}

/** Reads a list of networks: `10.20.0.0/16, 2001:db8::/32`, or single addresses. */
function readNetworks(name: string, text: string | undefined, problems: string[]): readonly Network[] | undefined {
  if (text === undefined) return undefined
  const read = text.split(',').map((part) => readNetwork(part.trim()))
  const networks = read.filter((network) => network !== undefined)
  if (networks.length < read.length) problems.push(`${name}: must be networks like 10.20.0.0/16, separated by commas`)
  return networks
}

function readNetwork(text: string): Network | undefined {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return undefined
  const longest = family === 4 ? 32 : 128
  if (prefix === undefined) return { address, prefix: longest }
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  return length <= longest ? { address, prefix: length } : undefined
}
