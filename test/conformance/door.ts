import { randomUUID } from 'node:crypto'
import { v7 as newDelivery } from 'uuid'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { claimsIn, type Hall, sentIn } from './hall.ts'
import type { Forged, Probe } from './probe.ts'
import type { Notebook } from './report.ts'
import { expects, needed, type Told } from './story.ts'

type Bad = { readonly name: string; readonly word: string; make(probe: Probe, like: RequestClaims): Promise<Forged> }

/** What proves nothing, each for one reason; in the order of section 4. */
const bad: readonly Bad[] = [
  { name: 'half of it', word: 'malformed', make: async (probe, like) => halved(await probe.request(like, {})) },
  {
    name: 'under a key nobody published',
    word: 'key-unknown',
    make: (probe, like) => probe.request(like, {}, 'stranger'),
  },
  { name: 'under a key of the gateway’s', word: 'issuer', make: (probe, like) => probe.request(like, {}, 'gateway') },
  {
    name: 'under a wrong signature',
    word: 'signature',
    make: async (probe, like) => bent(await probe.request(like, {})),
  },
  {
    name: 'for another registry',
    word: 'audience',
    make: (probe, like) => probe.request(like, { aud: 'somebody-else' }),
  },
  {
    name: 'by another gateway',
    word: 'audience',
    make: (probe, like) => probe.request(like, { via: 'another.example' }),
  },
  {
    name: 'from tomorrow',
    word: 'from-future',
    make: (probe, like) => probe.request(like, { iat: inSeconds(86_400) }),
  },
  {
    name: 'with a member nobody knows',
    word: 'content',
    make: (probe, like) => probe.request(like, { urgent: true } as Partial<RequestClaims>),
  },
]

type Unlawful = { readonly name: string; readonly reason: string; change(like: RequestClaims): Partial<RequestClaims> }

/** What is proved and may not be done, each for one reason; in the order of section 6. */
const unlawful: readonly Unlawful[] = [
  { name: 'after `validUntil`', reason: 'out-of-time', change: () => ({ validUntil: '2020-01-01T00:00:00+08:00' }) },
  { name: 'a case number that is none', reason: 'case-number', change: () => ({ case: '第三千四百五十六号' }) },
  {
    name: 'one officer two times',
    reason: 'officers',
    change: ({ officers }) => ({ officers: [officers[0], officers[0]].flatMap((one) => one ?? []) }),
  },
  {
    name: 'without its paper',
    reason: 'document-missing',
    change: ({ basis }) => ({ basis: { ...basis, documents: [] } }),
  },
]

/** What comes to the registry's door that is no order, or none that may be carried out. */
export async function door(hall: Hall, { check }: Notebook, told: Told): Promise<void> {
  const { probe } = hall
  for (const { name, word, make } of bad) {
    await check('12.1', `a request ${name}: 401 \`${word}\`, and no effect`, async () => {
      const forged = await make(probe, sentIn(hall, needed(told.first).delivery).claims)
      const { status, text } = await probe.post('/requests', forged.jws)
      expects(status === 401, `answered ${status}`)
      expects(codeIn(text) === word, `the code is ${codeIn(text) || 'none'}`)
      await neverHappened(hall, forged.id)
      return undefined
    })
  }
  await check('12.1', 'more than 1 MiB: 413', async () => {
    const { status } = await probe.post('/requests', 'A'.repeat(1_048_577))
    expects(status === 413, `answered ${status}`)
    return undefined
  })
  for (const { name, reason, change } of unlawful) {
    await check('6', `an inquiry ${name}: \`refused\`, \`${reason}\``, async () => {
      const like = inquiryLike(hall, told)
      await refusedFor(hall, await probe.request(like, change(like)), reason)
      return undefined
    })
  }
  await check('11', 'a withdrawal of what never came: 404, and should it come, `refused`, `withdrawn`', async () => {
    const forged = await probe.request(inquiryLike(hall, told), {})
    const { status, text } = await probe.post('/withdrawals', await probe.withdrawal(forged.id))
    expects(status === 404 && codeIn(text) === 'unknown-delivery', `answered ${status} ${codeIn(text)}`)
    await refusedFor(hall, forged, 'withdrawn')
    return undefined
  })
  await check('12.1', 'a withdrawal of what is done is answered with the latest statement', async () => {
    const { delivery } = needed(told.first)
    const effects = await hall.effects(delivery)
    const { status, text } = await probe.post('/withdrawals', await probe.withdrawal(delivery))
    expects(status === 200, `answered ${status}`)
    expects(claimsIn(text).jti === hall.said(delivery).at(-1)?.claims.jti, `said was ${claimsIn(text).kind}`)
    expects(String(await hall.effects(delivery)) === String(effects), 'it had an effect')
    return undefined
  })
  await check('11', 'another court may neither ask after a delivery nor take it back: 401 `issuer`', async () => {
    const { question, withdrawal } = await probe.meddling(needed(told.first).delivery)
    for (const { status, text } of [
      await probe.post('/status', question),
      await probe.post('/withdrawals', withdrawal),
    ])
      expects(status === 401 && codeIn(text) === 'issuer', `answered ${status} ${codeIn(text)}`)
    return undefined
  })
  await check('11', 'what another court took back before it came is ours all the same', async () => {
    const forged = await probe.request(inquiryLike(hall, told), {})
    const { status } = await probe.post('/withdrawals', (await probe.meddling(forged.id)).withdrawal)
    expects(status === 404, `answered ${status}`)
    const answered = await probe.post('/requests', forged.jws)
    expects(answered.status === 200 || answered.status === 202, `answered ${answered.status}`)
    const { statement } = await probe.prove(answered.text, forged)
    expects(statement.reason?.code !== 'withdrawn', 'it is refused, withdrawn')
    return undefined
  })
}

/** Its word, and its books where they are open. */
async function neverHappened({ probe, effects }: Hall, delivery: string): Promise<void> {
  expects(!(await probe.status(delivery)).known, 'it says it has this delivery')
  expects(((await effects(delivery)) ?? []).length === 0, 'it took effect')
}

/** Refused at once, or received now and refused when it is asked a little later. */
async function refusedFor({ probe, until, effects }: Hall, forged: Forged, reason: string): Promise<void> {
  const { status, text } = await probe.post('/requests', forged.jws)
  expects(status === 200 || status === 202, `answered ${status}`)
  let last = (await probe.prove(text, forged)).statement
  if (status === 202) {
    await until('a refusal', async () => {
      const said = (await probe.status(forged.id)).statements.at(-1)
      if (said) last = (await probe.prove(said, forged)).statement
      return last.kind !== 'received'
    })
  }
  expects(last.kind === 'refused', `it is ${last.kind}`)
  expects(last.reason?.code === reason, `the reason is ${last.reason?.code}`)
  expects(((await effects(forged.id)) ?? []).length === 0, 'it took effect')
}

/** Status questions and what a registry says of itself. */
export async function questions(hall: Hall, { check }: Notebook): Promise<void> {
  const { probe, subjects } = hall
  await check('11', 'its capabilities: what it keeps and takes', async () => {
    const { status, text } = await probe.get('/capabilities')
    expects(status === 200, `answered ${status}`)
    const { assetClasses, measures, hours } = JSON.parse(text) as Record<string, unknown>
    expects(typeof hours === 'string', 'no hours')
    expects(Array.isArray(assetClasses) && assetClasses.includes(subjects.asset.class), `no ${subjects.asset.class}`)
    const needs = ['inquire', 'seal', 'release']
    expects(Array.isArray(measures) && needs.every((one) => measures.includes(one)), `not all of ${needs.join(', ')}`)
    return undefined
  })
  await check('11', 'asked for a delivery it never had, it says not known, for this very question', async () => {
    const { known, statements } = await probe.status(newDelivery())
    expects(!known && statements.length === 0, 'it says it knows it')
    return undefined
  })
  await check('4', 'a status question for another registry is answered with 401', async () => {
    const { status, text } = await probe.post('/status', await probe.strayQuestion(randomUUID()))
    expects(status === 401, `answered ${status}`)
    expects(codeIn(text) === 'audience', `the code is ${codeIn(text) || 'none'}`)
    return undefined
  })
  await check('12.1', 'an address that is none of the protocol’s: 404', async () => {
    const { status } = await probe.get('/no-such-address')
    expects(status === 404, `answered ${status}`)
    return undefined
  })
}

function inquiryLike(hall: Hall, told: Told): RequestClaims {
  const [asked] = told.orders
  return sentIn(hall, needed(asked).delivery).claims
}

const inSeconds = (later: number): number => Math.floor(Date.now() / 1000) + later

const halved = (forged: Forged): Forged => ({ ...forged, jws: forged.jws.slice(0, forged.jws.length >> 1) })

/** A right envelope but for some bits in the middle of its signature. */
function bent(forged: Forged): Forged {
  const [header = '', payload = '', signature = ''] = forged.jws.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[10] = (bytes[10] ?? 0) ^ 255
  return { ...forged, jws: `${header}.${payload}.${bytes.toString('base64url')}` }
}

function codeIn(text: string): string {
  try {
    const { code } = JSON.parse(text) as { code?: unknown }
    return typeof code === 'string' ? code : ''
  } catch {
    return ''
  }
}
