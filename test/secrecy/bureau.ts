import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { envelopeTypes } from '../../src/signing/envelope.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { keysToProve, letIn } from '../support/onboarding.ts'
import type { Town } from '../support/town.ts'
import type { Caller } from './caller.ts'
import { marks } from './marks.ts'

const code = 'land-120199'

/** A land bureau that comes for its deliveries and finds marked property; it also sends what proves nothing. */
export async function openBureau(town: Town, call: Caller) {
  const ring = await openKeyring(join(town.dir, 'bureau'), { courts: [code], create: true, demo: true })
  const [current] = ring.keysOf(`court:${code}`)
  const keys = current ? [{ jwk: { ...current.jwk, kid: current.kid, alg: 'EdDSA' } }] : []
  const path = join(town.dir, 'bureau.json')
  const [measures, assetClasses] = [
    ['inquire', 'seal', 'release'],
    ['land', 'real-estate'],
  ]
  writeFileSync(
    path,
    JSON.stringify({ code, name: '标印土地登记机构', adapter: 'land', mode: 'pull', assetClasses, measures, keys }),
  )
  const added = await town.writ('partner', 'add', path)
  const iat = () => Math.floor(Date.now() / 1000)
  const token = () => {
    const claims = { iss: code, aud: 'gw.writ.example', iat: iat(), exp: iat() + 60, jti: newId() }
    return ring.sign(`court:${code}`, envelopeTypes.partner, claims)
  }
  const asBureau = async (type?: string) => ({
    Authorization: `Bearer ${await token()}`,
    ...(type && { 'Content-Type': type }),
  })
  // In production it proves its key, shows a report, and a second person lets it in; in a demo it is live at once.
  for (const { kid, nonce } of keysToProve(added)) {
    const claims = { iss: code, aud: 'gw.writ.example', nonce, iat: iat(), jti: newId() }
    const body = await ring.sign(`court:${code}`, envelopeTypes.possession, claims)
    await call('POST', '/partner/v1/possession', { body, headers: await asBureau('application/jose') })
    await letIn(town, code, kid)
  }
  const receipt = Buffer.from(`%PDF-1.4 ${marks.receiptText}`)
  const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('base64url')
  const tell = async (statement: string) =>
    call('POST', '/partner/v1/statements', { body: statement, headers: await asBureau('application/jose') })

  /** Takes all that waits; answers each with a marked parcel and a marked paper. */
  const answerAll = async (): Promise<readonly string[]> => {
    const taken = await call('GET', '/partner/v1/deliveries?wait=10', { headers: await asBureau() })
    const deliveries = JSON.parse(taken.text) as { delivery: string; jws: string }[]
    for (const { delivery, jws } of deliveries) {
      const put = `/partner/v1/receipts/${digest(receipt)}?delivery=${delivery}`
      await call('PUT', put, { body: receipt, headers: await asBureau('application/pdf') })
      const claims = statementOf(delivery, digest(jws))
      await tell(await ring.sign(`court:${code}`, envelopeTypes.statement, claims))
      await sendJunk(delivery, claims)
    }
    return deliveries.map(({ delivery }) => delivery)
  }

  const sendJunk = async (delivery: string, claims: object): Promise<void> => {
    await tell(marks.junk)
    await tell(
      await ring.sign(`court:${code}`, envelopeTypes.statement, {
        ...claims,
        jti: marks.number,
        re_sha256: 'A'.repeat(43),
      }),
    )
    await call('GET', `/partner/v1/documents/${delivery}/${encodeURIComponent(marks.documentNumber)}`, {
      headers: await asBureau(),
    })
    await call('GET', '/partner/v1/deliveries', { headers: { Authorization: `Bearer ${marks.token}` } })
  }

  const statementOf = (delivery: string, re_sha256: string) => ({
    iss: code,
    aud: 'gw.writ.example',
    iat: iat(),
    jti: newId(),
    re: delivery,
    re_sha256,
    kind: 'executed',
    sequence: 1,
    receivedAt: new Date().toISOString(),
    receiptNumber: '1',
    holdings: [
      {
        asset: { class: 'land', certNo: marks.certificate, address: marks.address },
        usage: marks.usage,
        encumbrances: [{ kind: 'mortgage', holder: marks.holder }],
      },
    ],
    reason: { code: 'note', text: marks.registryReason },
    sealedReceipt: { sha256: digest(receipt), mediaType: 'application/pdf', length: receipt.length },
  })

  return { code, answerAll }
}
