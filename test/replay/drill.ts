import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Declined, deskOf } from '../support/desk-client.ts'
import { gatewayProcess } from '../support/gateway-process.ts'
import { newPartyKey, nowInSeconds } from '../support/party-key.ts'

export type ReplayOptions = {
  readonly replays: number
  /** How many are shown at once. */
  readonly atOnce: number
  /** 1: the limits as an installation has them. More: so wide that every replay is looked at. */
  readonly rateScale: number
}

export type ReplayEnd = {
  /** What the replays were answered, by status and code. */
  readonly answers: Readonly<Record<string, number>>
  /** Entries of the log that tell of it. The others are counted. */
  readonly entries: number
  readonly counted: number
  /** The calls of another system and of an officer meanwhile: how many, how many failed, the slowest in milliseconds. */
  readonly others: { readonly calls: number; readonly failed: readonly string[]; readonly slowestMs: number }
}

const gatewayId = 'gw.writ.example'

/** Shows one assertion again and again over real sockets, while another system and an officer are served. */
export async function replayDrill({ replays, atOnce, rateScale }: ReplayOptions): Promise<ReplayEnd> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-replay-'))
  const gateway = await gatewayProcess(dir, gatewayId, { WRIT_RATE_SCALE: String(rateScale) })
  await gateway.rise()
  try {
    const [victim, other] = [await systemAt('anjian-victim'), await systemAt('anjian-other')]
    const token = await other.token()
    const assertion = await victim.assertion()
    await victim.ask(assertion)
    const others = serveOthers(gateway.origin, { other, token, officer: (await gateway.writ('token', 'lin'))[0] ?? '' })
    const answers = await showAgain(() => victim.ask(assertion), { replays, atOnce })
    const served = await others.stop()
    const mei = deskOf(gateway.origin, (await gateway.writ('token', 'mei'))[0] ?? '')
    const { entries } = await mei.get<{ entries: object[] }>('/audit/v1/entries?kind=client.refused&limit=200')
    const [, counted] =
      /refused in a day: (\d+)/.exec(
        (await gateway.writ('client', 'list')).join('\n').split('anjian-victim')[1] ?? '',
      ) ?? []
    return { answers, entries: entries.length, counted: Number(counted), others: served }
  } finally {
    await gateway.stop()
    rmSync(dir, { recursive: true, force: true })
  }

  async function systemAt(id: string) {
    const key = await newPartyKey()
    const path = join(dir, `${id}.json`)
    const file = { id, court: '津0116', name: '案件管理系统', kind: 'case-system', keys: [{ jwk: key.jwk }] }
    writeFileSync(path, JSON.stringify(file))
    await gateway.writ('client', 'add', path)
    const assertion = () => {
      const iat = nowInSeconds()
      return key.sign('JWT', { iss: id, sub: id, aud: gatewayId, iat, exp: iat + 290, jti: randomUUID() })
    }
    const ask = (given: string) =>
      fetch(`${gateway.origin}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: given,
        }),
      })
    const token = async () => ((await (await ask(await assertion())).json()) as { access_token: string }).access_token
    return { id, key, assertion, ask, token }
  }
}

type System = { readonly id: string; readonly key: Awaited<ReturnType<typeof newPartyKey>> }

async function showAgain(
  show: () => Promise<Response>,
  { replays, atOnce }: Pick<ReplayOptions, 'replays' | 'atOnce'>,
): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  let left = replays
  const hand = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const answer = await show()
      const { code = 'a token' } = (await answer.json()) as { code?: string }
      const said = `${answer.status} ${code}`
      answers[said] = (answers[said] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
  return answers
}

/** Another system brings case after case, an officer reads the list of cases, until it is over. */
function serveOthers(origin: string, by: { readonly other: System; readonly token: string; readonly officer: string }) {
  const failed: string[] = []
  let [on, calls, slowestMs] = [true, 0, 0]
  const keepOn = async (call: (nth: number) => Promise<unknown>): Promise<void> => {
    for (let nth = 1; on; nth += 1) {
      const began = performance.now()
      await call(nth).catch((cause: Error) => failed.push(cause.message))
      calls += 1
      slowestMs = Math.max(slowestMs, Math.round(performance.now() - began))
    }
  }
  const bring = async (nth: number): Promise<void> => {
    const headers = { Authorization: `Bearer ${by.token}`, 'Content-Type': 'application/jose' }
    const body = await by.other.key.sign('writ-case+jws', caseOf(by.other.id, nth))
    const answer = await fetch(`${origin}/v1/case-files`, { method: 'POST', body, headers })
    if (!answer.ok) throw new Declined('POST /v1/case-files', answer.status, await answer.text())
  }
  const both = Promise.all([keepOn(bring), keepOn(() => deskOf(origin, by.officer, 0).get('/v1/cases?limit=5'))])
  return {
    stop: async () => {
      on = false
      await both
      return { calls, failed, slowestMs }
    },
  }
}

function caseOf(iss: string, nth: number): object {
  const subject = { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' }
  return {
    ...{ iss, aud: gatewayId, iat: nowInSeconds(), jti: randomUUID(), sequence: 1 },
    ...{ case: `（2026）津0116执${nth}号`, standing: 'open', claim: '50000.00', judge: '周正' },
    parties: [{ id: 'P-1', role: 'debtor', subject }],
  }
}
