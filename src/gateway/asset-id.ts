import { createHash } from 'node:crypto'
import type { Asset } from '../domain/asset.ts'
import type { Parts } from './parts.ts'

/**
 * The ids under which the assets of one delivery are spoken of, in their order. Made of keyed hashes: an account has so few
 * possible numbers that a bare hash of it could be tried through by anyone who sees the id.
 */
export function assetIdsIn(
  { assetRef }: Pick<Parts, 'assetRef'>,
  delivery: string,
  assets: readonly Asset[],
): readonly string[] {
  const met = new Map<string, number>()
  return assets.map((asset) => {
    const ref = assetRef(asset)
    const nth = met.get(ref) ?? 0
    met.set(ref, nth + 1)
    return uuidOf(`${delivery}|${ref}|${nth}`)
  })
}

/** The id of an asset that a delivery names once. */
export function assetIdIn(parts: Pick<Parts, 'assetRef'>, delivery: string, asset: Asset): string {
  return assetIdsIn(parts, delivery, [asset])[0] ?? ''
}

/** A UUID of version 8 (RFC 9562) out of a text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
