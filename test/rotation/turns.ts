import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { keysToProve } from '../support/onboarding.ts'
import { demoCodes } from '../support/sandbox-town.ts'
import type { Town } from '../support/town.ts'

/** One kind of key, and how an operator turns it while the gateway works. */
export type Turn = { readonly title: string; turn(town: Town, noted: Noted): Promise<void> }

/** What an auditor has noted of the registries' keys, as they were handed over. */
export type Noted = { readonly registryKeys: Record<string, unknown>[] }

const ownKey =
  (use: string): Turn['turn'] =>
  async (town) => {
    await town.writ('keys', 'rotate', use)
  }

/** Every key that turns, in the order in which they do; a new kind of key is one more line. */
export const turns: readonly Turn[] = [
  { title: '法院签名密钥 the court’s key', turn: ownKey('court:津0116') },
  { title: '签收密钥 the key of receipts', turn: ownKey('receipt') },
  { title: '存证记录密钥 the key of the log’s leaves', turn: ownKey('record') },
  { title: '密钥加密密钥 the key of all data keys', turn: (town) => town.writ('kek', 'rotate').then(() => {}) },
  { title: '协助单位密钥 the registry’s key', turn: turnPartnerKey },
]

/** The registry makes a key, the court registers it, the registry proves it and goes over, and the old one is retired. */
async function turnPartnerKey(town: Town, noted: Noted): Promise<void> {
  const jwk = await town.registries.happens<{ kid: string }>('land', '/sandbox/new-key', {})
  noted.registryKeys.push({ ...jwk, for: `registry:${demoCodes.land}`, nbf: 0 })
  const path = join(town.dir, `${jwk.kid}.json`)
  writeFileSync(path, JSON.stringify({ jwk: { kty: 'OKP', ...jwk } }))
  const before = await town.writ('partner', 'key', 'add', demoCodes.land, path)
  const waiting = keysToProve(before).find(({ kid }) => kid === jwk.kid)
  await town.registries.happens('land', '/sandbox/key', { kid: jwk.kid, nonce: waiting?.nonce })
  const proved = await town.writ('partner', 'show', demoCodes.land)
  const counting = proved.filter((line) => /^key\t\S+\tproved \S+\t$/.test(line)).map((line) => line.split('\t')[1])
  await town.registries.happens('land', '/sandbox/key', { kid: jwk.kid })
  // What it signed with the old key a moment ago is still on its way, and proves nothing once that key is retired.
  await sleep(1000)
  for (const kid of counting)
    if (kid && kid !== jwk.kid) await town.writ('partner', 'key', 'retire', demoCodes.land, kid)
}
