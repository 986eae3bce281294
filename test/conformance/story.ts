import { digestOf } from '../../src/signing/compact.ts'
import type { DeliveryView } from '../journey/views.ts'
import type { CaseOfOurs } from './court.ts'
import { claimsIn, type Hall, sentIn } from './hall.ts'
import { type Notebook, NotShown } from './report.ts'

/** An order of ours: its case, the officer's request, and the delivery it became. */
export type Order = { readonly of: CaseOfOurs; readonly request: string; readonly delivery: string }

/** What the story has come to so far; later chapters stand on it. */
export type Told = { readonly orders: Order[]; first?: Order; second?: Order; third?: Order }

export const needed = (order: Order | undefined): Order => {
  if (!order) throw new Error('stands on an order that came to nothing')
  return order
}

export async function order(hall: Hall, told: Told, of: CaseOfOurs, request: string): Promise<Order> {
  const made = { of, request, delivery: (await hall.court.delivery(request)).id }
  told.orders.push(made)
  return made
}

/** Throws with what was found instead. */
export function expects(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

/** One effect by the registry's books: something was done, and nothing of it twice. Seen from outside where they are closed. */
export async function oneEffect(hall: Hall, delivery: string): Promise<string> {
  const effects = await hall.effects(delivery)
  if (effects === undefined) return 'by its statements; its books were not shown'
  expects(effects.length === 1, `${effects.length} effects in the books: ${effects.join(', ')}`)
  return effects.join()
}

export const onlyTarget = ({ targets }: DeliveryView): DeliveryView['targets'][number] => {
  const [target] = targets
  if (!target) throw new Error('no target is told')
  return target
}

/** What every registry is asked first, and a control on what it found. */
export async function ordinaryDay(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const { court, subjects } = hall
  await check('7.1', 'who owns nothing: the answer is `nothing`, and no silence', async () => {
    const of = await hall.openCase()
    const asked = await order(hall, told, of, await court.inquire(of, 'nothing'))
    const { holdings } = await court.awaits(asked.request, 'nothing')
    expects(holdings.length === 0, `${holdings.length} holdings beside a \`nothing\``)
    return undefined
  })
  await check('7.5', 'who owns something: every holding is told, under its names', async () => {
    const of = await hall.openCase()
    const asked = await order(hall, told, of, await court.inquire(of, 'owner'))
    await court.awaits(asked.request, 'executed')
    const holdings = hall.said(asked.delivery).at(-1)?.claims.holdings ?? []
    const { class: kind, ...names } = subjects.asset
    const named = holdings.find(({ asset }) =>
      Object.entries(names).some(([name, is]) => Object.entries(asset).some(([n, v]) => n === name && v === is)),
    )
    expects(named !== undefined, `${holdings.length} holdings, and the ${kind} of subjects.json is not among them`)
    const before = (named?.encumbrances ?? []).filter((one) => one.kind === 'seal' || one.kind === 'waiting-seal')
    expects(before.length === 0, 'something is sealed there already: give an asset on which nothing stands')
    return `${holdings.length} 项`
  })
  await check('7.2', 'a control is executed: effective, with number and term', async () => {
    const of = await hall.openCase()
    told.first = await order(hall, told, of, await court.seal(of))
    const { effect, term } = onlyTarget(await court.awaits(told.first.request, 'executed'))
    const { controlNo } = hall.said(told.first.delivery).at(-1)?.claims.targets?.[0] ?? {}
    expects(effect === 'effective', `the target is ${effect}`)
    expects(term !== undefined && term.to > term.from, 'there is no term')
    expects(controlNo !== undefined, 'there is no controlNo')
    return `${controlNo}，至 ${term?.to}`
  })
  await check('1', 'one delivery, one effect', async () => oneEffect(hall, needed(told.first).delivery))
  await check('6', 'every paper of a control was fetched before it was answered', async () => {
    const { delivery } = needed(told.first)
    const answered = hall.said(delivery).find(({ claims }) => claims.kind === 'executed')?.at ?? 0
    const fetched = hall.calls(delivery, 'GET').filter((one) => one.answer?.status === 200 && one.at <= answered)
    const { documents } = sentIn(hall, delivery).claims.basis
    const absent = documents.filter(({ sha256 }) => !fetched.some(({ path }) => path.endsWith(sha256)))
    expects(absent.length === 0, `not fetched: ${absent.map(({ kind }) => kind).join(', ')}`)
    return `${documents.length} 份`
  })
  await check('10.4', 'a sealed receipt is brought before the statement that names it', async () => {
    const { delivery } = needed(told.first)
    const naming = hall.said(delivery).find(({ claims }) => claims.sealedReceipt)
    if (!naming) throw new NotShown('no statement names one')
    const { sha256 = '', length = 0 } = naming.claims.sealedReceipt ?? {}
    const brought = hall.calls(delivery, 'PUT').find((one) => one.path.includes(sha256) && one.at < naming.at)
    expects(brought?.answer?.status === 200, 'the file was not there before')
    expects(digestOf(brought?.body ?? '') === sha256 && brought?.body.length === length, 'the file is another one')
    return undefined
  })
}

/** A queue: a second control waits, the first is let go, the second holds, and says so unasked. */
export async function queue(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const { court, out, back } = hall
  await check('7.2', 'a second control waits, its place quoted, no term yet', async () => {
    const of = await hall.openCase()
    out.obey({ before: ({ path }) => (path === '/requests' ? 'twice' : 'pass') })
    try {
      told.second = await order(hall, told, of, await court.seal(of))
      const target = onlyTarget(await court.awaits(told.second.request, 'waiting'))
      expects(target.effect === 'waiting', `the target is ${target.effect}`)
      expects((target.queuePlace ?? 0) >= 1, 'no queuePlace')
      expects(target.term === undefined, 'a term, though it does not hold yet')
      return `轮候第 ${target.queuePlace} 位`
    } finally {
      out.obey()
    }
  })
  await check('13', 'brought two times at once, it took effect once', async () =>
    oneEffect(hall, needed(told.second).delivery),
  )
  await check('16.1', 'a release, brought after the registry was out of reach, ends the control once', async () => {
    const { of, request } = needed(told.first)
    back.obey(losingTheFirstReceipt(needed(told.second).delivery))
    await out.fall()
    let release: Order
    try {
      release = await order(hall, told, of, await court.release(of, request))
      await hall.until('a try at a registry out of reach', async () => (await court.tries(release.request)) > 0)
    } finally {
      await out.stand()
    }
    const target = onlyTarget(await court.awaits(release.request, 'executed'))
    expects(target.effect === 'ended', `the target is ${target.effect}`)
    return oneEffect(hall, release.delivery)
  })
  await check('7.1', 'what waited holds then: `activated`, unasked, with the term that begins', async () => {
    const { request } = needed(told.second)
    const { effect, term } = onlyTarget(await court.awaits(request, 'executed'))
    expects(effect === 'effective', `the target is ${effect}`)
    expects(term !== undefined, 'there is no term')
    const kinds = hall.said(needed(told.second).delivery).map(({ claims }) => claims.kind)
    expects(kinds.at(-1) === 'activated', `said was ${kinds.join(', ')}`)
    return kinds.join(' → ')
  })
  await check('14', 'a statement whose receipt was lost is brought again, and gets the same receipt', async () => {
    const { delivery } = needed(told.second)
    const tries = () =>
      hall
        .calls(delivery, 'POST')
        .filter(({ body, answer }) => answer && claimsIn(body.toString()).kind === 'activated')
    await hall.until('the same statement again', () => tries().length > 1)
    back.obey()
    const [lost, again] = tries()
    expects(
      again?.body.equals(lost?.body ?? Buffer.of()) === true || sameClaims(lost?.body, again?.body),
      'it said something else',
    )
    const receipts = [lost, again].map((one) => claimsIn(one?.answer?.body.toString() ?? ''))
    expects(receipts[0]?.entry !== undefined && receipts[0].entry === receipts[1]?.entry, 'the receipts differ')
    return undefined
  })
}

const sameClaims = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
  one?.toString().split('.')[1] === other?.toString().split('.')[1]

/** The gateway commits the statement, and the line breaks before the registry hears of it. */
function losingTheFirstReceipt(delivery: string): Parameters<Hall['back']['obey']>[0] {
  let lost = false
  return {
    after: async ({ path, body }) => {
      const { re, kind } = claimsIn(body.toString())
      if (lost || path !== '/partner/v1/statements' || re !== delivery || kind !== 'activated') return 'pass'
      lost = true
      return 'cut'
    },
  }
}
