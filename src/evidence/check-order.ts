import type { LogTrust } from '../ledger/checkpoint.ts'
import { openCheckpoint } from '../ledger/checkpoint.ts'
import { sameHash } from '../ledger/merkle.ts'
import { type Check, failed, passed, skipped } from './check.ts'
import type { ProvedEntry } from './check-entry.ts'
import type { ProvedStatement } from './check-exchange.ts'
import { places } from './manifest.ts'

const file = places.manifest

/** A draft, a request that was sent back, an order that is repeated: acts of their own, in exchanges of their own. */
const earlierActs: readonly string[] = ['draft', 'replaces', 'repeats']

/** All entries are of one case and one request, and each entry that a record points to is here, but for earlier acts. */
export function checkLinks(entries: readonly ProvedEntry[]): Check[] {
  const [request] = entries.filter(({ about }) => about.role === 'request')
  if (!request) return [skipped('links', file, 'request-unproved')]
  const { act, case_ref } = request.record
  const here = new Set(entries.map(({ record }) => record.jti))
  const wrong = entries.flatMap(({ about, record }): Check[] => {
    if (record.case_ref !== case_ref) return [failed('links', about.record, 'record-other-case')]
    if (record.act !== undefined && record.act !== act) return [failed('links', about.record, 'record-other-request')]
    const away = (record.links ?? []).filter(({ rel, jti }) => !earlierActs.includes(rel) && !here.has(jti))
    return away.map(({ rel }) => skipped('links', about.record, 'link-absent', `${rel} is not in this bundle`))
  })
  return wrong.length > 0 ? wrong : [passed('links', file, `${entries.length} entries of one request`)]
}

/**
 * The acts of one case are numbered, and the log has them in that order; every answer comes after the request. What is
 * between two numbers belongs to the case and not to this exchange, so gaps are no fault here.
 */
export function checkOrder(entries: readonly ProvedEntry[], statements: readonly ProvedStatement[]): Check[] {
  const wrong: Check[] = []
  const unnumbered = entries.filter(({ record }) => record.case_seq === undefined)
  for (const { about } of unnumbered) wrong.push(failed('order', about.record, 'case-number-absent'))
  const numbered = [...entries].sort((a, b) => (a.record.case_seq ?? 0) - (b.record.case_seq ?? 0))
  for (const [at, { about, record, index }] of numbered.entries()) {
    const before = numbered[at - 1]
    if (!before) continue
    const isLater = index === undefined || before.index === undefined || index > before.index
    if (record.case_seq === before.record.case_seq || !isLater) wrong.push(failed('order', about.record, 'case-order'))
  }
  const asked = numbered.findIndex(({ about }) => about.role === 'request')
  for (const { about } of numbered.slice(0, Math.max(asked, 0)))
    if (about.role === 'statement') wrong.push(failed('order', about.record, 'answer-before-request'))
  const all = [...wrong, ...checkSequence(statements)]
  return all.length > 0 ? all : [passed('order', file, 'the case numbers rise with the places in the log')]
}

/** A registry numbers what it says of a delivery from 1: a number that is lacking was said and is not here. */
function checkSequence(statements: readonly ProvedStatement[]): Check[] {
  const numbers = new Map<number, string>()
  const wrong: Check[] = []
  for (const { sequence, file: path } of statements) {
    if (sequence === undefined) continue
    if (numbers.has(sequence)) wrong.push(failed('order', path, 'sequence-used', String(sequence)))
    numbers.set(sequence, path)
  }
  const last = Math.max(0, ...numbers.keys())
  if (numbers.size < last)
    wrong.push(skipped('order', file, 'sequence-gap', `${numbers.size} statements, numbered up to ${last}`))
  return wrong
}

/** No two checkpoints of one size differ: neither within the bundle, nor against one the auditor has noted earlier. */
export function checkCheckpoints(
  entries: readonly ProvedEntry[],
  noted: readonly string[],
  trust: LogTrust,
): readonly Check[] {
  const roots = new Map<number, Uint8Array>()
  for (const { about, checkpoint } of entries) {
    if (!checkpoint) continue
    const known = roots.get(checkpoint.size)
    if (known && !sameHash(known, checkpoint.root)) return [failed('checkpoints', about.proof, 'checkpoint-forked')]
    roots.set(checkpoint.size, checkpoint.root)
  }
  if (roots.size === 0) return [skipped('checkpoints', file, 'checkpoint-unreadable', 'no proof holds')]
  const sizes = [...roots.keys()].join(', ')
  return [
    passed('checkpoints', file, `sizes ${sizes}`),
    ...noted.map((note, at) => compare(note, `checkpoint ${at + 1} of yours`, roots, trust)),
  ]
}

function compare(note: string, name: string, roots: ReadonlyMap<number, Uint8Array>, trust: LogTrust): Check {
  const opened = openCheckpoint(note, trust)
  if (opened.kind === 'refused') return failed('checkpoints', name, 'checkpoint-unreadable', opened.reason)
  const { size, root } = opened.checkpoint
  const known = roots.get(size)
  if (!known) return skipped('checkpoints', name, 'consistency-absent', `no proof in the bundle is of size ${size}`)
  return sameHash(known, root)
    ? passed('checkpoints', name, `size ${size}, the same root`)
    : failed('checkpoints', name, 'checkpoint-forked', `size ${size}, another root: this log has told two stories`)
}
