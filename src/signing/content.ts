import { assetKey } from '../domain/asset.ts'
import type { Statement, StatementKind } from '../domain/statement.ts'
import type { RequestClaims } from './claims/request.ts'

/**
 * Whether a statement says what can be said of this request; a word for what is wrong with it, or undefined. A registry's
 * good signature proves who speaks, not that it speaks of what was asked.
 */
export function wrongContent(statement: Statement, request: RequestClaims): string | undefined {
  const { part, reason, kind } = statement
  if (part && part.n > part.of) return 'part'
  if ((kind === 'refused' || kind === 'returned') && !reason) return 'reason'
  return request.measure === 'inquire' ? wrongAnswer(statement) : wrongResult(statement, request)
}

const aboutInquiries: readonly StatementKind[] = [
  'received',
  'accepted',
  'executed',
  'partly',
  'nothing',
  'refused',
  'returned',
  'corrected',
]

/** Of an inquiry: what was found, and nothing about anything being held. */
function wrongAnswer({ kind, holdings, targets }: Statement): string | undefined {
  if (!aboutInquiries.includes(kind)) return 'kind'
  if (targets.length > 0) return 'targets'
  const finds = kind === 'executed' || kind === 'partly'
  if (finds && holdings.length === 0) return 'holdings'
  return !finds && kind !== 'corrected' && holdings.length > 0 ? 'holdings' : undefined
}

/** Of a measure: each asset once, only assets the request named, and an effect that the kind of statement can have. */
function wrongResult({ kind, holdings, targets }: Statement, request: RequestClaims): string | undefined {
  if (holdings.length > 0) return 'holdings'
  if (kind === 'converted' && request.measure !== 'pre-seal') return 'kind'
  const keys = new Set(targets.map((target) => assetKey(target.asset)))
  if (keys.size < targets.length) return 'targets'
  for (const { asset, effect, endedBy, term } of targets) {
    if (!request.targets?.some((asked) => isSame(asked.asset, asset))) return 'targets.asset'
    if ((effect === 'ended') !== (endedBy !== undefined)) return 'targets.endedBy'
    if (term && term.to <= term.from) return 'targets.term'
  }
  return wrongEffects(kind, new Set(targets.map((target) => target.effect)))
}

function wrongEffects(kind: StatementKind, effects: ReadonlySet<string>): string | undefined {
  const has = (...anyOf: string[]) => (anyOf.some((effect) => effects.has(effect)) ? undefined : 'targets.effect')
  switch (kind) {
    case 'received':
    case 'accepted':
      return effects.size > 0 ? 'targets' : undefined
    case 'nothing':
    case 'refused':
    case 'returned':
      return effects.size > 0 && (effects.size > 1 || !effects.has('none')) ? 'targets.effect' : undefined
    case 'executed':
      return has('effective', 'ended')
    case 'waiting':
      return has('waiting')
    case 'activated':
    case 'converted':
      return has('effective')
    case 'ended':
      return has('ended')
    case 'partly':
    case 'corrected':
      return effects.size === 0 ? 'targets' : undefined
  }
}

const names = ['account', 'unitCode', 'parcelCode', 'presaleContractNo', 'certNo', 'address'] as const

type Named = { readonly class: string } & {
  readonly [Name in (typeof names)[number] | 'subAccount']?: string | undefined
}

/**
 * Whether the registry speaks of the asset we asked about: same class, and every name we gave it by which it is known
 * there. It may add names of its own and restate an address, but not move the measure to another house.
 */
function isSame(asked: Named, told: Named): boolean {
  const name = names.find((candidate) => asked[candidate] !== undefined)
  if (asked.class !== told.class || !name || asked[name] !== told[name]) return false
  return asked.subAccount === undefined || asked.subAccount === told.subAccount
}
