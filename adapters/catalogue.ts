import type { Dispatcher } from 'undici'
import type { RegistryAdapter } from '../src/relay/port.ts'
import type { RegisteredKey } from '../src/signing/key.ts'
import type { Signer } from '../src/signing/signer.ts'
import { bank } from './bank/adapter.ts'
import { clerkDesk, errand } from './errand/adapter.ts'
import { landPull, landPush } from './land/adapter.ts'
import { realEstate } from './real-estate/adapter.ts'

/** What an adapter may be given of the house. */
export type AdapterTools = {
  readonly signer: Signer
  readonly gatewayId: string
  readonly dispatcher: Dispatcher
}

/** How a registered registry is spoken to. */
export type Spoken = {
  readonly adapter: string
  readonly mode: 'push' | 'pull' | 'desk' | 'errand'
  readonly origin?: string
  readonly keys: readonly RegisteredKey[]
}

/**
 * The adapter for a registered registry; undefined for a dialect nobody has written. The only file that lists them.
 */
export function adapterFor(registry: Spoken, tools: AdapterTools): RegistryAdapter | undefined {
  switch (registry.adapter) {
    case 'land':
      return registry.mode === 'push' && registry.origin
        ? landPush({ ...tools, origin: registry.origin, keys: registry.keys })
        : landPull()
    case 'real-estate':
      return realEstate()
    case 'bank':
      return bank()
    case 'desk':
      return clerkDesk()
    case 'errand':
      return errand()
    default:
      return undefined
  }
}
