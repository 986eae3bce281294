import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { sandboxPeople } from '../../adapters/sandbox.ts'
import { isAnswered, type Standing } from '../../src/domain/fold.ts'
import type { StatementKind } from '../../src/domain/statement.ts'

/** Someone every sandbox registry knows, and who makes it behave in one way. */
export type Subject = keyof typeof sandboxPeople

/** `inquire` asks after everything the registry keeps; `control` freezes or seals the first thing this subject owns there. */
export type Asked = { readonly subject: Subject; readonly measure: 'inquire' | 'control' }

export type Told = { readonly kind: StatementKind; readonly sequence: number; readonly jti: string }

/**
 * A gateway and one registry in its own process, over real sockets, pushed or pulled. What the suite asks of them is the
 * same; how a request becomes their dialect is theirs.
 */
export type World = {
  /** Commits a delivery and sets it going; everything after that happens by itself. Gives its id. */
  send(asked: Asked): Promise<string>
  /** The proved statements, by sequence. */
  statementsOf(delivery: string): Promise<readonly Told[]>
  standingOf(delivery: string): Promise<Standing>
  /** Codes of what came and was not believed: quarantined for this delivery, or refused at the door since it was sent. */
  refusedOf(delivery: string): Promise<readonly string[]>
  /** What the registry's own books say the delivery did, one line an effect. */
  effectsAtRegistry(delivery: string): Promise<readonly string[]>
  close(): Promise<void>
}

/** How long a sandbox may take: `slow` and `corrected` come after `slowMs` of its options; make that about a second. */
const patience = 20_000

/**
 * The suite every adapter passes: ten things registries do. An adapter is finished when it keeps this and its own oddities.
 *
 * @example
 * keepsTheRegistryContract('land, pushed', () => openLandWorld('push'))
 */
export function keepsTheRegistryContract(name: string, setup: () => Promise<World>, only?: readonly Subject[]): void {
  /** What a registry cannot do, because people answer for it, is not asked of it. */
  const plays = (...subjects: readonly Subject[]) => subjects.every((one) => only?.includes(one) ?? true)
  describe(`the registry contract: ${name}`, () => {
    let world: World
    const sent: string[] = []
    const send = async (subject: Subject, measure: Asked['measure'] = 'inquire') => {
      const delivery = await world.send({ subject, measure })
      sent.push(delivery)
      return delivery
    }
    const answerOf = async (delivery: string) => (await world.standingOf(delivery)).answer
    const answered = (delivery: string) =>
      eventually(async () => expect(isAnswered(await answerOf(delivery))).toBe(true))
    const onlyOneEffect = async (delivery: string) => expect(await world.effectsAtRegistry(delivery)).toHaveLength(1)

    beforeAll(async () => {
      world = await setup()
    })
    afterAll(async () => {
      try {
        // Asked of every delivery, whatever it went through: invariant 2.
        for (const delivery of sent) expect((await world.effectsAtRegistry(delivery)).length).toBeLessThanOrEqual(1)
      } finally {
        await world?.close()
      }
    })

    test.runIf(plays('nothing'))('nothing found is an answer of its own, and not silence', async () => {
      const delivery = await send('nothing')
      await answered(delivery)
      const standing = await world.standingOf(delivery)
      expect(standing.answer).toBe('nothing')
      expect(standing.holdings).toEqual([])
    })

    test.runIf(plays('found'))('what is found is told, and a control on it is executed once', async () => {
      const inquiry = await send('found')
      await answered(inquiry)
      const found = await world.standingOf(inquiry)
      expect(found.answer).toBe('executed')
      expect(found.holdings.length).toBeGreaterThan(0)
      const control = await send('found', 'control')
      await answered(control)
      const held = await world.standingOf(control)
      expect(held.answer).toBe('executed')
      expect(held.targets.map(({ effect }) => effect)).toContain('effective')
      await onlyOneEffect(control)
    })

    test.runIf(plays('slow'))('a slow registry is silent or at work until it answers, and then answered', async () => {
      const delivery = await send('slow')
      expect(isAnswered(await answerOf(delivery))).toBe(false)
      await answered(delivery)
      expect(await answerOf(delivery)).toBe('executed')
      await onlyOneEffect(delivery)
    })

    test.runIf(plays('duplicate'))('the same statement twice is one statement', async () => {
      const delivery = await send('duplicate', 'control')
      await answered(delivery)
      await pause(1500)
      const told = await world.statementsOf(delivery)
      expect(new Set(told.map(({ jti }) => jti)).size).toBe(told.length)
      expect(told.filter(({ kind }) => kind === 'executed')).toHaveLength(1)
      await onlyOneEffect(delivery)
    })

    test.runIf(plays('out-of-order'))('statements out of order fold to what the registry meant', async () => {
      const delivery = await send('out-of-order', 'control')
      await eventually(async () => expect((await world.statementsOf(delivery)).length).toBeGreaterThan(1))
      await eventually(async () => expect(await answerOf(delivery)).toBe('executed'))
      await pause(1000)
      expect(await answerOf(delivery)).toBe('executed')
    })

    test.runIf(plays('malformed'))('a malformed answer is kept as evidence and believed by nobody', async () => {
      const delivery = await send('malformed')
      await eventually(async () => expect((await world.refusedOf(delivery)).length).toBeGreaterThan(0))
      expect(isAnswered(await answerOf(delivery))).toBe(false)
    })

    test.for((['wrong-reference', 'lies-about-digest'] as const).filter((subject) => plays(subject)))(
      'an answer to something else proves nothing: %s',
      async (subject) => {
        const delivery = await send(subject, 'control')
        await eventually(async () => expect((await world.refusedOf(delivery)).length).toBeGreaterThan(0))
        expect(isAnswered(await answerOf(delivery))).toBe(false)
      },
    )

    test.runIf(plays('wrong-key'))('an answer under a wrong key or credential proves nothing', async () => {
      const delivery = await send('wrong-key')
      await eventually(async () => expect((await world.refusedOf(delivery)).length).toBeGreaterThan(0))
      expect(isAnswered(await answerOf(delivery))).toBe(false)
    })

    test.runIf(plays('corrected'))('a correction changes the state and keeps what was said before', async () => {
      const delivery = await send('corrected')
      await answered(delivery)
      const before = await world.standingOf(delivery)
      await eventually(async () => expect(await world.standingOf(delivery)).not.toEqual(before))
      const told = await world.statementsOf(delivery)
      expect(told.length).toBeGreaterThan(1)
      expect(told.at(-1)?.kind).toBe('corrected')
    })

    test.runIf(plays('unavailable'))('a registry that was away and is back has done it once', async () => {
      const delivery = await send('unavailable', 'control')
      await answered(delivery)
      expect(await answerOf(delivery)).toBe('executed')
      await onlyOneEffect(delivery)
    })
  })
}

/** Waits until what is expected has come true; the last failure is the one that is told. */
export async function eventually(expectation: () => Promise<void>, milliseconds = patience): Promise<void> {
  const end = Date.now() + milliseconds
  for (;;) {
    try {
      return await expectation()
    } catch (failure) {
      if (Date.now() > end) throw failure
      await pause(60)
    }
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
