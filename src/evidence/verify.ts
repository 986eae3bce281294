import { type Check, failed, passed, type Verdict, verdictOf } from './check.ts'
import { checkAttachments } from './check-attachments.ts'
import { checkEntry, type ProvedEntry } from './check-entry.ts'
import { checkReceipt, checkRequest, checkStatement, type ProvedStatement } from './check-exchange.ts'
import { checkCheckpoints, checkLinks, checkOrder } from './check-order.ts'
import { type Layout, type Manifest, parseManifest, places } from './manifest.ts'
import { parseOpenings } from './openings.ts'
import { checkFiles, checkSums } from './sums.ts'
import { findTrust, type OutsideTrust, type Trusted } from './trust.ts'

/**
 * What came of verifying a bundle. `trust` tells whose policy it was judged by: one that is judged by its own shows only
 * that it does not contradict itself, until somebody compares its keys with those they know.
 */
export type Report = {
  readonly verdict: Verdict
  readonly trust: 'outside' | 'own'
  readonly delivery?: string
  readonly checks: readonly Check[]
}

/**
 * Verifies a bundle offline: needs nothing but its arguments, no clock, no network, no database, and nothing of whoever
 * wrote it. The bundle is a stranger's: whatever is in it ends as a check, never as an exception.
 */
export async function verifyLayout(layout: Layout, outside: OutsideTrust = {}): Promise<Report> {
  const trust = outside.policy === undefined ? ('own' as const) : ('outside' as const)
  const sums = checkSums(layout)
  const bytes = layout.get(places.manifest)
  const manifest = bytes && parseManifest(bytes)
  if (!manifest) {
    const checks = [...sums, failed('manifest', places.manifest, bytes ? 'manifest-malformed' : 'manifest-absent')]
    return { verdict: verdictOf(checks), trust, checks }
  }
  const found = findTrust(layout, manifest, outside)
  const told = found.trusted ? await checkContents(layout, manifest, found.trusted, outside) : []
  const checks = [...sums, ...checkFiles(layout, manifest), ...found.checks, ...told]
  return { verdict: verdictOf(checks), trust, delivery: manifest.delivery, checks }
}

async function checkContents(
  layout: Layout,
  manifest: Manifest,
  trusted: Trusted,
  outside: OutsideTrust,
): Promise<readonly Check[]> {
  const salts = parseOpenings(layout.get(places.openings) ?? new Uint8Array())
  const openings = salts
    ? passed('opening', places.openings, `${salts.size} salts`)
    : failed('opening', places.openings, 'openings-malformed')
  const bundle = { layout, manifest, trusted, salts: salts ?? new Map() }
  const checked = manifest.entries.map((about) => checkEntry(bundle, about))
  const entries = checked.flatMap(({ entry }) => entry ?? [])
  const said = await checkSaid(bundle, entries)
  return [
    openings,
    ...checked.flatMap(({ checks }) => checks),
    ...said.checks,
    ...checkAttachments(bundle, entries, said.request, said.statements),
    ...checkLinks(entries),
    ...checkOrder(entries, said.statements),
    ...checkCheckpoints(entries, outside.checkpoints ?? [], trusted.log),
  ]
}

type Judged = { readonly layout: Layout; readonly manifest: Manifest; readonly trusted: Trusted }

async function checkSaid(judged: Judged, entries: readonly ProvedEntry[]) {
  const checks: Check[] = []
  const statements: ProvedStatement[] = []
  const asked = entries.find(({ about }) => about.role === 'request')
  const request = asked && (await checkRequest(judged, asked))
  if (request) checks.push(request.check)
  for (const entry of entries.filter(({ about }) => about.role === 'statement')) {
    const { check, statement } = await checkStatement(judged, entry, request?.request)
    checks.push(check, await checkReceipt(judged, entry))
    if (statement) statements.push(statement)
  }
  return { checks, statements, request: request?.request }
}
