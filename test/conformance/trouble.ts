import { claimsIn, type Hall, sentIn } from './hall.ts'
import type { Notebook } from './report.ts'
import { expects, needed, oneEffect, onlyTarget, order, type Told } from './story.ts'

/** The same bytes again: from the gateway that was killed, and straight to the door. */
export async function again(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const { probe, court, out, back, process } = hall
  await check('8', 'the same bytes again are answered with the latest statement, and change nothing', async () => {
    const { delivery } = needed(told.first)
    const { jws } = sentIn(hall, delivery)
    const before = await hall.effects(delivery)
    const latest = hall.said(delivery).at(-1)?.claims
    for (const { status, text } of [await probe.post('/requests', jws), await probe.post('/requests', jws)]) {
      expects(status === 200, `answered ${status}`)
      expects(
        claimsIn(text).jti === latest?.jti,
        `another statement: ${claimsIn(text).kind}, not the ${latest?.kind} of before`,
      )
    }
    expects(String(await hall.effects(delivery)) === String(before), 'a second effect')
    return undefined
  })
  await check('12.1', 'a known id with another payload is a conflict', async () => {
    const { delivery } = needed(told.first)
    const { claims } = sentIn(hall, delivery)
    const other = await probe.request(claims, { jti: delivery, caseSeq: claims.caseSeq + 1 })
    const { status } = await probe.post('/requests', other.jws)
    expects(status === 409, `answered ${status}`)
    return undefined
  })
  await check(
    '11',
    `${hall.kills ? 'the gateway is killed after the hand-over' : 'its answer is lost'}: asked for its status, it tells all it said`,
    async () => {
      const of = await hall.openCase()
      // The answer stays on the line until the order is seen to have gone out; by then whoever it was for is gone.
      let breaks = () => {}
      const broken = new Promise<void>((resolve) => {
        breaks = resolve
      })
      out.obey({ after: async ({ path }) => (path === '/requests' ? broken.then(() => 'cut') : 'pass') })
      // What it brings of its own accord is held back meanwhile: the question must be what settles it.
      back.obey({ before: ({ method }) => (method === 'POST' ? 'cut' : 'pass') })
      told.third = await order(hall, told, of, await court.seal(of))
      const { delivery, request } = told.third
      await hall.until('the hand-over', () => hall.handovers(delivery).some(({ answer }) => answer))
      if (hall.kills) await process.kill()
      breaks()
      out.obey()
      if (hall.kills) await process.rise()
      await hall.until('a status question that was answered', () =>
        hall.questions(delivery).some(({ answer }) => answer),
      )
      back.obey()
      const { answer } = hall.questions(delivery).find((one) => one.answer) ?? {}
      expects(answer?.status === 200, `answered ${answer?.status}`)
      const { known, statements } = claimsIn(answer?.body.toString() ?? '')
      expects(known === true, 'it says it does not know what it was handed')
      await court.awaits(request, 'waiting', 'executed')
      return `${Array.isArray(statements) ? statements.length : 0} statements`
    },
  )
  await check('13', 'and it took effect once', async () => oneEffect(hall, needed(told.third).delivery))
}

/** A paper that is not the paper the request names. */
export async function changedPaper(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const { court, back } = hall
  await check('6', 'a paper with another digest: refused, `document-mismatch`, no effect', async () => {
    const of = await hall.openCase()
    const { sha256 = '' } = of.papers.ruling ?? {}
    back.obey({ after: async ({ path }, { body }) => (path.endsWith(sha256) ? changed(body) : 'pass') })
    try {
      const { request, delivery } = await order(hall, told, of, await court.seal(of))
      await court.awaits(request, 'refused')
      const { reason } = hall.said(delivery).at(-1)?.claims ?? {}
      expects(reason?.code === 'document-mismatch', `the reason is ${reason?.code}`)
      expects(((await hall.effects(delivery)) ?? []).length === 0, 'it took effect')
      return undefined
    } finally {
      back.obey()
    }
  })
}

/** The same length, one bit another. */
function changed(body: Buffer): Buffer {
  const copy = Buffer.from(body)
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1
  return copy
}

/** Lets go of what still stands, so that the books are fit for another day, and looks whether they are. */
export async function letGo(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const { court } = hall
  await check('16.1', 'what was sealed is released, and nothing of it is left', async () => {
    for (const held of [needed(told.second), needed(told.third)]) {
      await court.awaits(held.request, 'executed')
      const release = await order(hall, told, held.of, await court.release(held.of, held.request))
      const { effect } = onlyTarget(await court.awaits(release.request, 'executed'))
      expects(effect === 'ended', `the target is ${effect}`)
    }
    const of = await hall.openCase()
    const asked = await order(hall, told, of, await court.inquire(of, 'owner'))
    await court.awaits(asked.request, 'executed')
    const ours = new Set(told.orders.map((one) => one.of.number))
    const left = (hall.said(asked.delivery).at(-1)?.claims.holdings ?? []).flatMap(({ encumbrances = [] }) =>
      encumbrances.filter((one) => ours.has(one.case ?? '')),
    )
    expects(left.length === 0, `${left.length} of ours still stand: ${left.map(({ kind }) => kind).join(', ')}`)
    return undefined
  })
}
