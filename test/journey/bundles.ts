import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readLayout } from '../../src/evidence/read.ts'
import type { OutsideTrust } from '../../src/evidence/trust.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import type { Town } from '../support/town.ts'

export type Verified = { readonly entries: number; readonly verified: number; readonly failed: number }

/**
 * Fetches each exchange's bundle, writes it down, and verifies what was written, by keys the auditor noted beforehand: the
 * bundle's own are not believed, and no gateway is asked any more.
 */
export async function verifyBundles(town: Town, deliveries: readonly string[]): Promise<Verified> {
  let [entries, verified, failed] = [0, 0, 0]
  const trust = await notedKeys(town)
  for (const id of deliveries) {
    const folder = join(town.dir, 'evidence', id)
    for (const [path, content] of Object.entries(await bundleOf(town, id))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), Buffer.from(content, 'base64'))
    }
    const layout = await readLayout(folder)
    const { verdict } = await verifyLayout(layout, trust)
    entries += [...layout.keys()].filter((path) => path.startsWith('records/')).length
    if (verdict === 'ok') verified += 1
    else failed += 1
  }
  return { entries, verified, failed }
}

/** What an auditor writes down once: the log's key, the gateway's and the courts', and those the registries gave by hand. */
async function notedKeys(town: Town): Promise<OutsideTrust> {
  const vkey = (await town.as('mei').text('/log/key')).trim()
  const keys = town.registries.registrations.flatMap((registration) =>
    (registration.keys ?? []).map(({ jwk }) => ({ ...jwk, for: `registry:${registration.code}`, nbf: 0 })),
  )
  return {
    policy: `log ${vkey}\nquorum none\n`,
    jwks: await town.as('mei').text('/.well-known/jwks.json'),
    registryKeys: JSON.stringify({ keys }),
  }
}

/** A bundle is complete once the log has published its last entry; that takes about a second. */
async function bundleOf(town: Town, id: string): Promise<Record<string, string>> {
  const path = `/audit/v1/exchanges/${id}/evidence`
  const why = { reason: '庭审质证，逐次核验' }
  return (await town.as('mei').post<{ files: Record<string, string> }>(path, why, { Prefer: 'wait=20' })).files
}
