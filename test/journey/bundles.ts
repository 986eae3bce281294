import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readLayout } from '../../src/evidence/read.ts'
import { verifyLayout } from '../../src/evidence/verify.ts'
import type { Town } from '../support/town.ts'

export type Verified = { readonly entries: number; readonly verified: number; readonly failed: number }

/** Fetches each exchange's bundle, writes it down, and verifies what was written: no gateway is asked any more. */
export async function verifyBundles(town: Town, deliveries: readonly string[]): Promise<Verified> {
  let [entries, verified, failed] = [0, 0, 0]
  for (const id of deliveries) {
    const folder = join(town.dir, 'evidence', id)
    for (const [path, content] of Object.entries(await bundleOf(town, id))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), Buffer.from(content, 'base64'))
    }
    const layout = await readLayout(folder)
    const { verdict } = await verifyLayout(layout)
    entries += [...layout.keys()].filter((path) => path.startsWith('records/')).length
    if (verdict === 'ok') verified += 1
    else failed += 1
  }
  return { entries, verified, failed }
}

/** A bundle is complete once the log has published its last entry; that takes about a second. */
async function bundleOf(town: Town, id: string): Promise<Record<string, string>> {
  for (let tries = 0; ; tries += 1) {
    try {
      return (await town.as('mei').get<{ files: Record<string, string> }>(`/audit/v1/exchanges/${id}/evidence`)).files
    } catch (cause) {
      if (tries >= 20) throw cause
      await sleep(500)
    }
  }
}
