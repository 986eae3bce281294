import { randomUUID } from 'node:crypto'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import type { StatusClaims } from '../../src/signing/claims/service.ts'
import { digestOf, readCompact } from '../../src/signing/compact.ts'
import { type EnvelopeCode, envelopeTypes, sealEnvelope } from '../../src/signing/envelope.ts'
import type { Between } from '../../src/signing/service.ts'
import type { Books } from '../sandbox.ts'
import { sandboxNow } from '../sandbox.ts'
import { type Job, keptIn, type LandBooks, type Letter, post, type Statement, say } from './sandbox-books.ts'
import type { Content } from './sandbox-bureau.ts'
import {
  answer,
  anyExpired,
  correct,
  dropConveyance,
  expireAll,
  flawInPapers,
  type Pace,
  readRequest,
  register,
  takeIn,
} from './sandbox-intake.ts'
import { openKeys } from './sandbox-keys.ts'
import { paperOf } from './sandbox-paper.ts'
import { callPartner } from './sandbox-partner.ts'

type OfficeOptions = Pace & {
  readonly books: Books<LandBooks>
  readonly code: string
  readonly gateway: { readonly origin: string; readonly id: string }
  readonly mode: 'push' | 'pull'
  readonly algorithm: Algorithm
}

export type Received =
  | { readonly kind: 'said'; readonly text: string; readonly final: boolean }
  | { readonly kind: 'contradicts' | 'away' }
  | { readonly kind: 'unproved'; readonly code: EnvelopeCode }

/** The bureau at work: its counter, its desks and its post. Everything it knows stands in the books. */
export async function openOffice({ books, code, gateway, mode, algorithm, ...pace }: OfficeOptions) {
  const keys = await openKeys(books, algorithm)
  const partner = callPartner({ origin: gateway.origin, gatewayId: gateway.id, code, key: keys.own })

  const textOf = async ({ claims, twist }: Statement): Promise<string> => {
    // The wrong key borrows the right one's name: only its signature gives it away.
    const key = twist === 'wrong-key' ? { ...keys.wrong, kid: keys.own().kid } : keys.own()
    const text = await sealEnvelope(key, envelopeTypes.statement, claims)
    return twist === 'malformed' ? text.slice(0, Math.floor(text.length * 0.6)) : text
  }

  const receive = async (text: string): Promise<Received> => {
    const opened = await readRequest(text, code, gateway.id, partner)
    if (opened.kind === 'unproved') return { kind: 'unproved', code: opened.code }
    const { claims, payloadDigest } = opened
    const brought = await books.change((state) => {
      const came = takeIn(state, text, claims, payloadDigest, pace)
      if (mode === 'pull' && came.kind === 'said') post(state, claims.jti, [came.statement])
      return came
    })
    if (brought.kind !== 'said') return brought
    const statement = keptIn(books.read(), claims.jti).said[brought.statement]
    if (!statement) throw new Error('nothing was said of a delivery that was taken in')
    return { kind: 'said', text: await textOf(statement), final: statement.claims.kind !== 'received' }
  }

  const work = async (job: Job): Promise<void> => {
    const { claims } = keptIn(books.read(), job.delivery)
    const flaw = job.kind === 'answer' ? await flawInPapers(claims, partner) : undefined
    await books.change((state) => {
      // Off the desk in the same change that has the effect: a crash before it leaves the job, after it the answer.
      state.jobs = state.jobs.filter((other) => other !== job)
      post(state, job.delivery, spoken(state, job, flaw))
    })
  }

  const spoken = (state: LandBooks, { kind, delivery }: Job, flaw: Content | undefined): number[] => {
    switch (kind) {
      case 'answer':
        return answer(state, delivery, flaw ?? 'as-sent', pace)
      case 'register':
        return register(state, delivery, pace)
      case 'correct':
        return [correct(state, delivery)]
    }
  }

  const send = async (letter: Letter): Promise<void> => {
    const statement = keptIn(books.read(), letter.delivery).said[letter.statement]
    if (!statement) throw new Error('a letter without a statement')
    if (statement.paper) {
      const paper = paperOf(statement.paper)
      const status = await partner.putReceipt(letter.delivery, digestOf(paper), paper)
      if (status >= 300) throw new Error(`a sealed receipt: HTTP ${status}`)
    }
    const status = await partner.postStatement(await textOf(statement))
    if (status !== 200) throw new Error(`a statement: HTTP ${status}`)
    await books.change((state) => {
      state.letters = state.letters.filter((other) => other !== letter)
    })
  }

  /** Until it is acknowledged, at growing intervals; only what is meant to be wrong is given up. */
  const again = (letter: Letter) =>
    books.change((state) => {
      letter.tries += 1
      letter.due = sandboxNow().getTime() + Math.min(200 * 2 ** letter.tries, 30_000)
      if (letter.tries >= (letter.mostTries ?? Number.POSITIVE_INFINITY))
        state.letters = state.letters.filter((other) => other !== letter)
    })

  const later = (job: Job) =>
    books.change(() => {
      job.due = sandboxNow().getTime() + 1000
    })

  const round = async (): Promise<void> => {
    const isDue = ({ due }: { due: number }) => due <= sandboxNow().getTime()
    if (anyExpired(books.read())) await books.change(expireAll)
    const { jobs, letters } = books.read()
    await Promise.all([
      ...jobs
        .filter(isDue)
        .slice(0, 16)
        .map((job) => work(job).catch(() => later(job))),
      ...letters
        .filter(isDue)
        .slice(0, 16)
        .map((letter) => send(letter).catch(() => again(letter))),
    ])
  }

  return {
    receive,
    keys,
    /** Proves to the gateway that the private half of a key is here; `nonce` is what the gateway gave for it. */
    prove: async (kid: string, nonce: string): Promise<unknown> => {
      const iat = Math.floor(sandboxNow().getTime() / 1000)
      const claims = { iss: code, aud: gateway.id, nonce, iat, jti: randomUUID() }
      return partner.postPossession(await keys.sealWith(kid, envelopeTypes.possession, claims))
    },
    fromCourt: async (text: string): Promise<Between> => {
      const kid = readCompact(text)?.header.kid
      const found = kid === undefined ? undefined : await partner.keyOf(kid)
      const issuer = found?.owner.replace(/^court:/, '') ?? ''
      return { keysOf: () => found?.key, issuer, audience: code, now: sandboxNow() }
    },
    statusAnswer: async ({ jti, re }: StatusClaims): Promise<string> => {
      const kept = books.read().deliveries[re]
      const statements = await Promise.all((kept?.said ?? []).map(textOf))
      const claims = {
        iss: code,
        aud: gateway.id,
        iat: Math.floor(sandboxNow().getTime() / 1000),
        inquiry: jti,
        re,
        known: kept !== undefined,
        statements,
      }
      return sealEnvelope(keys.own(), envelopeTypes.statusAnswer, claims)
    },
    /** No court may ask after another's delivery, nor take it back. */
    isOfAnotherCourt: ({ iss, re }: { iss: string; re: string }): boolean => {
      const kept = books.read().deliveries[re]
      return kept !== undefined && kept.claims.iss !== iss
    },
    /** Takes a delivery back if nothing has come of it; else says again what has. */
    withdraw: async ({ iss, re }: { iss: string; re: string }): Promise<string | undefined> => {
      const last = await books.change((state) => {
        const kept = state.deliveries[re]
        if (!kept) {
          state.barred.push({ delivery: re, court: iss })
          return undefined
        }
        const undone = state.jobs.some((job) => job.delivery === re && job.kind !== 'correct')
        if (undone) dropConveyance(state, re)
        if (undone) say(state, re, { kind: 'returned', reason: { code: 'withdrawn', text: '法院已撤回' } })
        if (undone) state.jobs = state.jobs.filter((job) => job.delivery !== re)
        return kept.said.at(-1)
      })
      return last && textOf(last)
    },
    /** The tax of whatever conveys this unit is paid: it goes to the register now. */
    taxPaid: (delivery: string | undefined) =>
      books.change(({ jobs }) => {
        for (const job of jobs)
          if (job.kind === 'register' && job.delivery === delivery) job.due = sandboxNow().getTime()
      }),
    open: () => {
      void forEver(round, 50)
      if (mode === 'pull')
        void forEver(async () => {
          for (const jws of await partner.takeDeliveries(10, 2)) await receive(jws)
        }, 50)
    },
  }
}

/** The gateway may be away: what fails is simply due again. */
async function forEver(round: () => Promise<void>, pauseMs: number): Promise<never> {
  for (;;) {
    await round().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
