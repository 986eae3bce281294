import { compareDates, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { claimsIn, type Hall } from './hall.ts'
import { type Notebook, NotShown } from './report.ts'
import { expects, type Told } from './story.ts'

const slack = 5 * 60_000

/** What must hold of everything that was said, asked when the day is over. */
export async function inOrder(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const said = told.orders.map(({ delivery }) => ({ delivery, statements: hall.said(delivery) }))
  await check('13', 'sequence counts from 1 without a gap, for every delivery', async () => {
    for (const { delivery, statements } of said) {
      const numbers = statements.map(({ claims }) => claims.sequence)
      expects(
        numbers.every((number, at) => number === at + 1),
        `${delivery}: ${numbers.join(', ')}`,
      )
    }
    return `${said.length} deliveries, ${said.flatMap(({ statements }) => statements).length} statements`
  })
  await check(
    '11',
    'asked for its status, it tells every statement, by sequence, with the bytes it signed',
    async () => {
      for (const { delivery, statements } of said) {
        const { known, statements: told } = await hall.probe.status(delivery)
        expects(known, `${delivery}: not known`)
        const payloads = (list: readonly string[]) => list.map((jws) => jws.split('.')[1]).join()
        const seen = statements.map(({ jws }) => jws)
        expects(payloads(told) === payloads(seen), `${delivery}: ${told.length} told, ${seen.length} seen`)
      }
      return undefined
    },
  )
  await check('7.3', 'receivedAt stays what the first statement said, between first try and answer', async () => {
    for (const { delivery, statements } of said) {
      const times = new Set(statements.map(({ claims }) => claims.receivedAt))
      expects(times.size === 1, `${delivery}: ${[...times].join(', ')}`)
      const at = Date.parse([...times].join())
      const [tried = 0, came = 0] = [hall.handovers(delivery)[0]?.at, statements[0]?.at]
      expects(at >= tried - slack && at <= came + slack, `${delivery}: ${[...times].join()}`)
    }
    return undefined
  })
  await check('7', 'no jti and no receiptNumber is used for two statements', async () => {
    const all = said.flatMap(({ statements }) => statements.map(({ claims }) => claims))
    expects(new Set(all.map(({ jti }) => jti)).size === all.length, 'a jti was used again')
    const whole = all.filter(({ part }) => part === undefined)
    expects(
      new Set(whole.map(({ receiptNumber }) => receiptNumber)).size === whole.length,
      'a receiptNumber was used again',
    )
    return undefined
  })
  await check('7.3', 'a control that was executed at once is in force from the day of its receivedAt', async () => {
    const executed = said.flatMap(({ statements }) => statements.filter(({ claims }) => claims.kind === 'executed'))
    const begun = executed.flatMap(({ claims }) =>
      (claims.targets ?? []).flatMap(({ effect, term }) => (effect === 'effective' && term ? [{ claims, term }] : [])),
    )
    if (begun.length === 0) throw new NotShown('none was')
    for (const { claims, term } of begun) {
      const day = toBeijingDate(new Date(claims.receivedAt))
      expects(
        compareDates(toBeijingDate(new Date(`${term.from}T12:00:00+08:00`)), day) === 0,
        `${term.from}, received on ${day}`,
      )
    }
    return undefined
  })
  await check(
    '10.1',
    'every call of its own bears a new token, good for a minute, and no name in the address',
    async () => {
      const calls = hall.back.passages.filter(({ path }) => path.startsWith('/partner/'))
      const tokens = calls.map(({ headers }) => claimsIn(headers.authorization?.replace(/^Bearer /, '') ?? ''))
      expects(
        tokens.every(({ exp, iat }) => Number(exp) - Number(iat) <= 60),
        'a token is longer than 60 s',
      )
      expects(new Set(tokens.map(({ jti }) => jti)).size === tokens.length, 'a token was used again')
      expects(
        calls.every(({ path }) => !path.includes(encodeURIComponent(hall.subjects.owner.name))),
        'a name in an address',
      )
      return `${calls.length} calls`
    },
  )
  await check('12.3', 'nothing it brought about our deliveries was refused by the gateway', async () => {
    const ours = new Set(told.orders.map(({ delivery }) => delivery))
    const refused = hall.back.passages.filter(({ path, body, answer }) => {
      const isOurs = ours.has(String(claimsIn(body.toString()).re)) || [...ours].some((id) => path.includes(id))
      return isOurs && (answer?.status ?? 0) >= 400 && (answer?.status ?? 0) < 500
    })
    expects(
      refused.length === 0,
      refused.map(({ answer }) => `${answer?.status} ${answer?.body.toString('utf8').slice(0, 120)}`).join('; '),
    )
    return undefined
  })
}
