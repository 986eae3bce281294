import { z } from '@hono/zod-openapi'
import type { Asset } from '../domain/asset.ts'
import type { Encumbrance, Holding, TargetResult } from '../domain/statement.ts'
import { assetIdsIn } from '../gateway/asset-id.ts'
import type { Parts } from '../gateway/parts.ts'
import { revealKinds } from '../gateway/reveal-item.ts'

/** An asset as a registry named it. */
export const assetView = z.custom<Asset>().openapi('Asset', {
  type: 'object',
  required: ['class'],
  properties: {
    class: { type: 'string' },
    unitCode: { type: 'string' },
    parcelCode: { type: 'string' },
    certNo: { type: 'string' },
    address: { type: 'string' },
    account: { type: 'string' },
    subAccount: { type: 'string' },
    presaleContractNo: { type: 'string' },
  },
})

/** How a masked thing is named to have it revealed. */
export const revealName = z.object({ what: z.enum(revealKinds), which: z.string() }).openapi('RevealName', {
  description: '脱敏内容的编号，填写理由后可逐件查看 · goes into POST …/reveals with a reason',
})

export type RevealName = z.infer<typeof revealName>
type Item = { readonly id: string; readonly isMasked?: true; readonly reveal?: RevealName }

/** A holding as the statement has it, dates as texts; or masked. */
export type ShownHolding = Item & (Holding | MaskedHolding)
export type ShownTarget = Item & (TargetResult | MaskedTarget)

type MaskedEncumbrance = Pick<Encumbrance, 'kind' | 'until' | 'queuePlace'>
export type MaskedHolding = Pick<Holding, 'asset' | 'currency' | 'share'> & {
  readonly encumbrances: readonly MaskedEncumbrance[]
}
export type MaskedTarget = Pick<TargetResult, 'asset' | 'effect' | 'endedBy' | 'term' | 'queuePlace' | 'registeredAt'>

export const holdingView = z.custom<ShownHolding>().openapi('Holding', {
  type: 'object',
  required: ['id', 'asset', 'encumbrances'],
  additionalProperties: true,
})
export const targetView = z
  .custom<ShownTarget>()
  .openapi('TargetResult', { type: 'object', required: ['id', 'asset', 'effect'], additionalProperties: true })

/** Whether what is shown is masked; left out where it is plain. */
export const masking = {
  isMasked: z.literal(true).optional().openapi({ description: '未承办该案，内容已脱敏 · not on the case: masks' }),
}

/** Each with an id of its own, by which it can be spoken of. */
export function withIds<Thing extends { readonly asset: Asset }>(
  refs: Pick<Parts, 'assetRef'>,
  delivery: string,
  things: readonly Thing[],
): (Thing & { readonly id: string })[] {
  const ids = assetIdsIn(
    refs,
    delivery,
    things.map(({ asset }) => asset),
  )
  return things.map((thing, at) => ({ id: ids[at] ?? '', ...thing }))
}
