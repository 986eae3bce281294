import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { protocols } from '../../src/gateway/partners/conform.ts'
import { keysToProve } from '../support/onboarding.ts'
import { newPartyKey, nowInSeconds } from '../support/party-key.ts'
import { conformed } from './plan.ts'
import type { Stage } from './stage.ts'

/** Visited as the neighbour is, and let in for these pictures. */
export const lateCentre = 'house-131025'

/** The gateway of the pictures, as registries know it. */
export const gatewayId = 'writ.pictures'

/** One registry let in and one that waits for a second person's word, each by two administrators; and a court's system. */
export async function playOnboarding(stage: Stage): Promise<void> {
  const visit = { address: '某某市政务服务中心三楼', hours: '工作日 9:00—17:00' }
  const registration = {
    adapter: 'errand',
    mode: 'errand',
    assetClasses: ['real-estate'],
    measures: ['inquire'],
    visit,
  }
  const xiao = stage.as('xiao')
  for (const [code, name] of [
    [lateCentre, '邻市不动产登记中心（演示，须登门）'],
    ['house-131081', '远县不动产登记中心（演示，待批准）'],
  ]) {
    await xiao.post('/admin/v1/partners', { code, name, ...registration })
    const { consent } = await xiao.post<{ consent: string }>(`/admin/v1/partners/${code}/admission`, {})
    if (code === lateCentre) await stage.as('an').post(`/admin/v1/consents/${consent}`, { decision: 'allowed' })
  }
  const { jwk } = await newPartyKey()
  const system = { id: 'anjian-jin0116', court: '津0116', name: '案件管理系统', kind: 'case-system', keys: [{ jwk }] }
  await xiao.post('/admin/v1/clients', system)
}

/** A registry of the native protocol that has proved its key and shown that it conforms. */
export async function playConformance({ gateway }: Stage, dir: string): Promise<void> {
  const put = (name: string, value: object): string => {
    const path = join(dir, `${name}.json`)
    writeFileSync(path, JSON.stringify(value))
    return path
  }
  const key = await newPartyKey()
  const registration = {
    ...{ code: conformed, name: '邻区土地登记机构（演示，试接入）', adapter: 'land', mode: 'pull' },
    ...{ assetClasses: ['land'], measures: ['inquire', 'seal', 'release'], keys: [{ jwk: key.jwk }] },
  }
  const [proving] = keysToProve(await gateway.writ('partner', 'add', put('registration', registration), '--onboard'))
  const iat = nowInSeconds()
  const by = { iss: conformed, aud: gatewayId, iat, jti: newId() }
  const token = await key.sign('writ-partner+jwt', { ...by, exp: iat + 55 })
  const possession = { ...by, jti: newId(), nonce: proving?.nonce ?? '' }
  const proved = await fetch(`${gateway.origin}/partner/v1/possession`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/jose' },
    body: await key.sign('writ-possession+jws', possession),
  })
  if (!proved.ok) throw new Error(`${conformed} cannot prove its key: ${await proved.text()}`)
  const report = {
    protocol: protocols.land,
    registry: conformed,
    keys: [key.kid],
    at: new Date().toISOString(),
    results,
  }
  await gateway.writ('partner', 'conformance', conformed, put('report', report))
}

const results = [
  ['一次送达只生效一次；同一请求再来，答复不变', 'ok'],
  ['对请求原文摘要签名', 'ok'],
  ['不可识别的请求不予受理，并说明原因', 'ok'],
  ['文书与请求内容不一致的，以文书为准', 'ok'],
  ['反馈重送、次序颠倒，结果不变', 'ok'],
  ['轮候查封转为生效后主动反馈', 'ok'],
  ['加盖印章的回执随反馈送达', 'not-shown'],
].map(([title, outcome]) => ({ title, outcome }))
