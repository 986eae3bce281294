import { createHmac } from 'node:crypto'
import { assetKey } from '../domain/asset.ts'
import { caseRef } from '../ledger/record.ts'
import type { Parts } from './parts.ts'

/** The keyed hashes that stand for cases and assets, out of the secrets of an installation. */
export function refsOf(secret: (of: 'case-ref' | 'asset-ref') => Uint8Array): Pick<Parts, 'caseRef' | 'assetRef'> {
  const [ofCases, ofAssets] = [secret('case-ref'), secret('asset-ref')]
  return {
    caseRef: (number) => caseRef(ofCases, number),
    assetRef: (asset) => createHmac('sha256', ofAssets).update(assetKey(asset)).digest('base64url'),
  }
}
