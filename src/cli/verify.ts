import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Check } from '../evidence/check.ts'
import { type Layout, places } from '../evidence/manifest.ts'
import { unpackLayout } from '../evidence/pack.ts'
import { readLayout } from '../evidence/read.ts'
import type { OutsideTrust } from '../evidence/trust.ts'
import { type Report, verifyLayout } from '../evidence/verify.ts'
import type { Outcome } from './office.ts'

const usage =
  'writ verify <folder|bundle.json> [--policy file] [--jwks file] [--registry-keys file] [--known-checkpoint file]… [--json]'

/** What to verify, and by whose word; paths of files all of them. Left out, the bundle's own trust is used and said to be. */
type VerifyAsked = {
  readonly path: string
  readonly policy?: string
  readonly jwks?: string
  readonly registryKeys?: string
  readonly checkpoints?: readonly string[]
  readonly json?: boolean
}

/**
 * `writ verify`: checks a bundle, or every bundle in a folder, with no network and no database. 0: all is proved; 1:
 * something is not what it says; 2: something needed is not here, or nothing could be read.
 */
export async function verify(args: readonly string[]): Promise<Outcome> {
  const asked = readArgs(args)
  if (!asked) return { exitCode: 2, lines: [`用法 usage: ${usage}`] }
  try {
    return await verifyPath(asked)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'cannot be read'
    return { exitCode: 2, lines: [`无法核验 cannot be verified: ${why}`] }
  }
}

async function verifyPath({ path, json, ...asked }: VerifyAsked): Promise<Outcome> {
  const outside = await readOutside(asked)
  const reports: { readonly name: string; readonly report: Report }[] = []
  for (const { name, read } of await bundlesAt(path))
    reports.push({ name, report: await verifyLayout(await read(), outside) })
  const verdicts = reports.map(({ report }) => report.verdict)
  const exitCode = verdicts.includes('failed') ? 1 : verdicts.length === 0 || verdicts.includes('incomplete') ? 2 : 0
  if (json) return { exitCode, lines: [JSON.stringify({ exitCode, bundles: reports }, null, 2)] }
  const told = reports.flatMap(({ name, report }) => linesOf(name, report))
  return { exitCode, lines: reports.length === 1 ? told : [...told, total(verdicts)] }
}

function readArgs(args: readonly string[]): VerifyAsked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        jwks: { type: 'string' },
        'registry-keys': { type: 'string' },
        'known-checkpoint': { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
    })
    const [path] = positionals
    if (path === undefined || positionals.length > 1) return undefined
    const { policy, jwks, json, 'registry-keys': registryKeys, 'known-checkpoint': checkpoints } = values
    return {
      path,
      ...(policy !== undefined && { policy }),
      ...(jwks !== undefined && { jwks }),
      ...(registryKeys !== undefined && { registryKeys }),
      ...(checkpoints && { checkpoints }),
      ...(json !== undefined && { json }),
    }
  } catch {
    return undefined
  }
}

async function readOutside(asked: Omit<VerifyAsked, 'path' | 'json'>): Promise<OutsideTrust> {
  const { policy, jwks, registryKeys, checkpoints = [] } = asked
  return {
    ...(policy !== undefined && { policy: await readFile(policy, 'utf8') }),
    ...(jwks !== undefined && { jwks: await readFile(jwks, 'utf8') }),
    ...(registryKeys !== undefined && { registryKeys: await readFile(registryKeys, 'utf8') }),
    checkpoints: await Promise.all(checkpoints.map((file) => readFile(file, 'utf8'))),
  }
}

type Found = { readonly name: string; readonly read: () => Promise<Layout> }

/** A saved JSON answer, one bundle's folder, or a folder of such folders: each of these is held to be a bundle. */
async function bundlesAt(path: string): Promise<readonly Found[]> {
  if ((await stat(path)).isFile()) return [{ name: basename(path), read: () => readSaved(path) }]
  const inside = await readdir(path, { withFileTypes: true })
  const isBundle = inside.some(({ name }) => name === places.manifest || name === places.sums)
  if (isBundle) return [{ name: basename(path), read: () => readLayout(path) }]
  const folders = inside.filter((one) => one.isDirectory() && !one.name.startsWith('.')).map(({ name }) => name)
  return folders.sort().map((name) => ({ name, read: () => readLayout(join(path, name)) }))
}

async function readSaved(path: string): Promise<Layout> {
  const layout = unpackLayout(await readFile(path))
  if (!layout) throw new Error(`${path} is no bundle in JSON`)
  return layout
}

const words = { ok: '通过 ok', failed: '不符 FAILED', skipped: '缺失 skipped' } as const
const verdictWords = { ok: '通过 ok', failed: '不通过 FAILED', incomplete: '不完整 incomplete' } as const

function linesOf(name: string, { verdict, trust, checks }: Report): string[] {
  const whose =
    trust === 'outside'
      ? '按所给策略 by the policy you gave'
      : "按包内自带公钥，请另行比对 by the bundle's own keys: compare them with yours"
  return [
    `== ${name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?')}`,
    ...checks.map(lineOf),
    `结论 verdict: ${verdictWords[verdict]}（${whose}）`,
  ]
}

function lineOf({ check, file, status, code, detail }: Check): string {
  const told = [words[status], check, file, ...(code === 'ok' ? [] : [`[${code}]`]), ...(detail ? [detail] : [])]
  // Names and details come out of a stranger's bundle, and a terminal obeys what it is shown.
  return told.join('  ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '?')
}

function total(verdicts: readonly Report['verdict'][]): string {
  const count = (wanted: Report['verdict']) => verdicts.filter((verdict) => verdict === wanted).length
  return `合计 total: ${verdicts.length} bundles, ok ${count('ok')}, failed ${count('failed')}, incomplete ${count('incomplete')}`
}
