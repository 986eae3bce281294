import { createHash } from 'node:crypto'
import { type Books, type Misbehaviour, misbehaviourOf, recordEffect, sandboxNow } from '../sandbox.ts'
import { acceptance, laterWord, lookUp, refusal, registration } from './sandbox-answers.ts'
import type { CentreBooks, Task } from './sandbox-books.ts'
import { type Caller, isFinal } from './sandbox-caller.ts'
import { type Delays, lettersFor, receiptFor } from './sandbox-letters.ts'
import { anyExpired, type Changed, expireAll } from './sandbox-queue.ts'
import { register, serveConveyance } from './sandbox-register.ts'
import * as wire from './wire.ts'
import type { ControlResult, QueryResult } from './wire-result.ts'

export type ClerkParts = {
  readonly books: Books<CentreBooks>
  readonly caller: Caller
  readonly delays: Delays & { readonly registerMs: number; readonly taxMs: number; readonly awayMs: number }
}

export type Clerk = {
  /** One round: fetch, confirm, register what is due, send what is written. */
  round(): Promise<void>
  /** Does something to the register that nobody applied for, and writes of the seals of ours that it changed. */
  happen(deed: (state: CentreBooks) => readonly Changed[]): Promise<readonly Changed[]>
  /** The tax of whatever conveys this unit is paid: it goes to the register now. */
  taxPaid(unitCode: string): Promise<void>
}

const ok = wire.codes.ok[0]
const businesses = {
  query: { receive: wire.calls.queryReceive, confirm: wire.calls.queryConfirm, application: wire.queryApplication },
  control: {
    receive: wire.calls.controlReceive,
    confirm: wire.calls.controlConfirm,
    application: wire.controlApplication,
  },
} as const

/** The person at the centre who works off what the gateway has for it; everything is in the books before it is said. */
export function employClerk({ books, caller, delays }: ClerkParts): Clerk {
  const fetchAll = async (business: Task['business']) => {
    const reply = await caller.call(businesses[business].receive, {})
    if (reply.kind === 'silent' || !Array.isArray(reply.data)) return
    for (const raw of reply.data) await keep(business, raw)
  }

  // A 单号 once in the books is never begun again, however often it is handed out.
  const keep = async (business: Task['business'], raw: unknown) => {
    const application = businesses[business].application.safeParse(raw).data
    if (!application) return complain('an application that this centre cannot read')
    if (books.read().tasks[application.reference]) {
      await books.change(({ tasks }) => {
        const task = tasks[application.reference]
        if (task?.confirmed) task.confirmed = false
      })
      return
    }
    const refused = await papersOf(application)
    const wrong = misbehaviourOf(numberIn(application), books.read())
    const confirmFrom = sandboxNow().getTime() + (wrong === 'unavailable' ? delays.awayMs : 0)
    await books.change(({ tasks }) => {
      tasks[application.reference] = {
        business,
        application: raw,
        confirmFrom,
        confirmed: false,
        ...(refused && { refused }),
      }
    })
  }

  /**
   * Without its papers nothing is done: 无文书、无证件，协助执行单位业务审核未通过. A gateway that cannot be reached just now
   * has not said that there are none: then nothing is kept, and the application comes again.
   */
  const papersOf = async (
    application: wire.QueryApplication | wire.ControlApplication,
  ): Promise<string | undefined> => {
    const { reference } = application
    for (const { no, digest } of application.documents) {
      const reply = await caller.call(wire.calls.document, wire.documentWanted.encode({ reference, no }))
      if (!isFinal(reply)) throw new Error('the gateway went away while papers were fetched')
      const sent = reply.kind === 'answered' ? wire.documentSent.safeParse(reply.data).data : undefined
      const bytes = Buffer.from(sent?.content ?? '', 'base64')
      if (!sent || createHash('sha256').update(bytes).digest('base64url') !== digest)
        return '无文书内容，业务审核未通过'
    }
    const reply = await caller.call(wire.calls.certificates, wire.certificatesWanted.encode({ reference }))
    if (!isFinal(reply)) throw new Error('the gateway went away while certificates were fetched')
    return reply.kind === 'answered' && reply.code === ok ? undefined : '无证件，业务审核未通过'
  }

  const confirmAll = async (business: Task['business']) => {
    const waiting = Object.entries(books.read().tasks).filter(
      ([, task]) => task.business === business && !task.confirmed && task.confirmFrom <= sandboxNow().getTime(),
    )
    const references = waiting.slice(0, 10).map(([reference]) => reference)
    if (references.length === 0) return
    const encoded =
      business === 'query' ? wire.queryConfirm.encode({ references }) : wire.controlConfirm.encode({ references })
    const reply = await caller.call(businesses[business].confirm, encoded)
    if (reply.kind === 'silent' || !Array.isArray(reply.data)) return
    const confirmed = reply.data.flatMap((line) => wire.confirmed.safeParse(line).data ?? [])
    const taken = confirmed.filter(({ code }) => code === ok || code === wire.codes['already-received'][0])
    await books.change((state) => {
      for (const { reference } of taken) begin(state, reference)
    })
  }

  const begin = (state: CentreBooks, reference: string) => {
    const task = state.tasks[reference]
    if (!task || task.confirmed) return
    task.confirmed = true
    if (task.begun) return
    task.begun = true
    const application = businesses[task.business].application.parse(task.application)
    const wrong = misbehaviourOf(numberIn(application), state)
    const why = task.refused ?? (wrong === 'refuses' ? '经审核不符合协助条件' : undefined)
    const now = sandboxNow().getTime()
    if ('persons' in application) return answerInquiry(state, application, why, wrong, now)
    if (why) return write(state, refusal(application, why, new Date(now)), wrong, now)
    // Out of order: what the counter said is still on its way when the register has spoken.
    const later = wrong === 'out-of-order' ? delays.registerMs + 400 : 0
    const misnamed = wrong === 'wrong-reference' ? wrong : undefined
    write(state, acceptance(application, new Date(now)), misnamed, now + later)
    const conveys = application.measure === 'convey'
    if (conveys) serveConveyance(state, application)
    task.dueAt = now + (conveys ? delays.taxMs : delays.registerMs)
  }

  const answerInquiry = (
    state: CentreBooks,
    application: wire.QueryApplication,
    why: string | undefined,
    wrong: Misbehaviour | undefined,
    now: number,
  ) => {
    const found = lookUp(state, application, new Date(now))
    recordEffect(state, application.reference, 'inquire')
    write(state, why ? { ...found, persons: [], reason: why } : found, wrong, now)
  }

  const write = (
    state: CentreBooks,
    result: QueryResult | ControlResult,
    wrong: Misbehaviour | undefined,
    now: number,
  ) => state.letters.push(...lettersFor(result, wrong, now, delays))

  const registerDue = async () => {
    const due = ({ dueAt }: Task) => dueAt !== undefined && dueAt <= sandboxNow().getTime()
    if (!Object.values(books.read().tasks).some(due)) return
    await books.change((state) => {
      for (const task of Object.values(state.tasks).filter(due)) {
        delete task.dueAt
        const application = wire.controlApplication.parse(task.application)
        const now = sandboxNow()
        const { done, changed } = register(state, application, now)
        const receipt = receiptFor(application.reference)
        const wrong = misbehaviourOf(application.number, state)
        write(state, { ...registration(application, done, now), receipt }, wrong, now.getTime())
        writeChanged(state, changed)
      }
    })
  }

  const writeChanged = (state: CentreBooks, changed: readonly Changed[]) => {
    const byReference = new Map<string, Changed[]>()
    for (const one of changed) {
      const { reference } = one.seal
      if (!reference) continue
      const key = `${reference} ${one.kind}`
      byReference.set(key, [...(byReference.get(key) ?? []), one])
    }
    for (const ours of byReference.values()) {
      const reference = ours[0]?.seal.reference ?? ''
      const application = wire.controlApplication.parse(state.tasks[reference]?.application)
      const now = sandboxNow()
      write(state, { ...laterWord(application, ours, now), receipt: receiptFor(reference) }, undefined, now.getTime())
    }
  }

  const letExpire = async () => {
    if (!anyExpired(books.read(), sandboxNow())) return
    await books.change((state) => writeChanged(state, expireAll(state, sandboxNow())))
  }

  // A letter is struck out only when the gateway has answered it; until then those after it about the same 单号 wait.
  const sendLetters = async () => {
    const stuck = new Set<string>()
    const ready = books.read().letters.filter(({ notBefore }) => notBefore <= sandboxNow().getTime())
    for (const letter of ready) {
      if (stuck.has(letter.reference)) continue
      const reply = await caller.call(letter.call, letter.data, letter.token)
      if (!isFinal(reply)) stuck.add(letter.reference)
      else
        await books.change((state) => {
          state.letters = state.letters.filter((other) => other !== letter)
        })
    }
  }

  return {
    round: async () => {
      await fetchAll('query')
      await fetchAll('control')
      await confirmAll('query')
      await confirmAll('control')
      await letExpire()
      await registerDue()
      await sendLetters()
    },
    taxPaid: (unitCode) =>
      books.change(({ units, tasks }) => {
        const task = tasks[units[unitCode]?.conveying ?? '']
        if (task?.dueAt !== undefined) task.dueAt = sandboxNow().getTime()
      }),
    happen: (deed) =>
      books.change((state) => {
        const changed = deed(state)
        writeChanged(state, changed)
        return changed
      }),
  }
}

const complain = (about: string) => void process.stderr.write(`real-estate sandbox: ${about}\n`)

function numberIn(application: wire.QueryApplication | wire.ControlApplication): string {
  return 'persons' in application ? (application.persons[0]?.number ?? '') : application.number
}
