import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { openCase, read, submitted, takenByBureau, tell } from '../http/case.ts'
import { landBureau, type TestEdge } from '../http/edge.ts'

/** The day so many days from today, in Beijing. */
export const inDays = (days: number) => addDays(toBeijingDate(new Date()), days)

/** What the bureau says about the last delivery it took, as its one statement. */
export async function answered(edge: TestEdge, said: object) {
  const taken = (await takenByBureau(edge)).at(-1)
  if (!taken) throw new Error('nothing was delivered')
  const claims = {
    ...{ iss: landBureau, aud: edge.gateway.gatewayId, iat: Math.floor(Date.now() / 1000) },
    ...{ jti: newId(), re: taken.delivery, kind: 'executed', sequence: 1, receiptNumber: taken.delivery },
    re_sha256: createHash('sha256').update(taken.jws).digest('base64url'),
    receivedAt: new Date().toISOString(),
    ...said,
  }
  const told = await tell(edge, await edge.bureau.sign(claims))
  if (told.status !== 200) throw new Error(`the bureau was answered ${told.status}`)
}

/** A case whose house is sealed until a day so many days from today: asked for, approved, and answered by its bureau. */
export async function sealedUntil(edge: TestEdge, days: number) {
  const file = await openCase(edge)
  const { id } = await read<{ id: string }>(await submitted(edge, file.seal), 202)
  await read(await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const targets = file.seal.measure.targets.map(({ asset }) => ({
    ...{ asset: { ...asset, address: '滨海新区某路1号' }, effect: 'effective' },
    term: { from: inDays(days - 1095), to: inDays(days) },
  }))
  await answered(edge, { targets })
  return file
}

/** A case in which an inquiry found these things. */
export async function foundIn(edge: TestEdge, holdings: readonly object[]) {
  const file = await openCase(edge)
  await read(await submitted(edge, file.inquiry), 202)
  await answered(edge, { holdings })
  return file
}
