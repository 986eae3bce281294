import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addYears, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { answerWord } from '../../src/domain/fold.ts'
import { type Measure, type MeasureKind, measures, type Parent, type Target } from '../../src/domain/measure.ts'
import { renminbi } from '../../src/domain/money.ts'
import { applicant } from '../support/court.ts'
import { eventually, type World } from './contract.ts'

/** A world in which any measure can be sent about what `sandboxPeople.found` owns. */
export type MeasureWorld = World & {
  order(measure: Measure): Promise<string>
  /** How a later measure names what this delivery made. */
  parentOf(delivery: string): Parent
  /** Something that happens at the registry without us. */
  happens(path: string, body: object): Promise<unknown>
}

/** What the rows are played on; each thing is touched by nothing else in the file. */
export type Things = {
  readonly speaks: readonly MeasureKind[]
  /** Held whole, extended, then released, first in part and then for the rest. */
  readonly held: readonly Target[]
  readonly part: readonly Target[]
  /** Sent to the court's account. */
  readonly sent?: readonly Target[]
  readonly presold?: Target
  readonly sold?: Target
}

const today = toBeijingDate(new Date())
const inAYear = addYears(today, 1)
const term = { kind: 'dates', from: today, to: inAYear } as const
const payee = {
  name: '天津市滨海新区人民法院',
  bankName: '某某建设银行',
  bankCode: '105110000035',
  account: '12050110',
}

/**
 * The rows for measures, of the suite every adapter passes: whatever a registry speaks of the eight is carried out for
 * real, and its answers mean the same whichever dialect they came in.
 */
export function keepsTheMeasures(name: string, things: Things, setup: () => Promise<MeasureWorld>): void {
  const { speaks, held, part, sent, presold, sold } = things
  const hold: Measure = speaks.includes('transfer')
    ? { kind: 'freeze', targets: held, currency: renminbi, term }
    : { kind: 'seal', targets: held, term }
  const speaksOf = (measure: MeasureKind) => ({ skip: !speaks.includes(measure) })

  describe(`the measures of the registry contract: ${name}`, () => {
    let world: MeasureWorld
    let made: string
    const answer = async (delivery: string) => (await world.standingOf(delivery)).answer
    const targets = async (delivery: string) => (await world.standingOf(delivery)).targets
    const done = async (measure: Measure, as = 'executed') => {
      const delivery = await world.order(measure)
      await eventually(async () => expect(await answer(delivery)).toBe(as))
      return delivery
    }
    const onMade = (on: readonly Target[]) => ({ targets: on, parent: world.parentOf(made) })
    const release = (on: readonly Target[]): Measure => ({ kind: 'release', ...onMade(on), ground: 'paid' })

    beforeAll(async () => {
      world = await setup()
    })
    afterAll(() => world?.close())

    test(`${measures[hold.kind]} holds every target, with a number and a term`, async () => {
      made = await done(hold)
      expect((await targets(made)).map(({ asset }) => asset.class)).toEqual(held.map(({ asset }) => asset.class))
      for (const target of await targets(made))
        expect(target).toMatchObject({ effect: 'effective', controlNo: expect.any(String), term: { to: inAYear } })
    })

    test(`${measures.extend} moves the end on, and not beyond what the law allows`, speaksOf('extend'), async () => {
      const until = (years: number): Measure => ({
        kind: 'extend',
        ...onMade(held),
        term: { kind: 'dates', from: inAYear, to: addYears(inAYear, years) },
      })
      const extended = await done(until(1))
      for (const target of await targets(extended))
        expect(target).toMatchObject({ effect: 'effective', term: { to: addYears(inAYear, 1) } })
      const tooLong = await done(until(5), 'refused')
      for (const target of await targets(tooLong)) expect(target).toMatchObject({ effect: 'none', reason: /./ })
    })

    test(`${measures.release} of part leaves the rest, of the rest leaves nothing, and then there is nothing`, async () => {
      const some = await done(release(part))
      expect((await targets(some)).map(({ effect }) => effect)).not.toContain('none')
      const rest = held.filter(({ asset }) => !part.some((lifted) => lifted.asset.unitCode === asset.unitCode))
      const all = await done(release(rest.length > 0 ? rest : held.map(({ amount: _, ...target }) => target)))
      for (const target of await targets(all)) expect(target).toMatchObject({ effect: 'ended', endedBy: 'released' })
      await done(release(part), 'refused')
    })

    test(`${measures.transfer} sends money from a freeze and says how much`, speaksOf('transfer'), async () => {
      made = await done(hold)
      const moved = await done({ kind: 'transfer', ...onMade(sent ?? []), currency: renminbi, payee })
      expect(await targets(moved)).toMatchObject([{ effect: 'ended', endedBy: 'disposed', amount: sent?.[0]?.amount }])
    })

    test(
      `${measures['pre-seal']} becomes a seal with the title, its term from its own day`,
      speaksOf('pre-seal'),
      async () => {
        if (!presold) throw new Error('something presold is wanted')
        await done({ kind: 'seal', targets: [presold], term }, 'refused')
        const early = await done({ kind: 'pre-seal', targets: [presold], term })
        const [before] = await targets(early)
        await world.happens('/sandbox/grant-title', { unit: presold.asset.unitCode })
        await eventually(async () => expect((await world.statementsOf(early)).at(-1)?.kind).toBe('converted'))
        expect(await targets(early)).toMatchObject([{ effect: 'effective', term: before?.term }])
      },
    )

    test(
      `${measures.convey} is accepted when served and ${answerWord('executed', 'convey')} only in the register`,
      speaksOf('convey'),
      async () => {
        if (!sold) throw new Error('something to be sold is wanted')
        const sealed = await done({ kind: 'seal', targets: [sold], term })
        const cancels = (await targets(sealed)).flatMap(({ controlNo }) => controlNo ?? [])
        const conveyed = await world.order({ kind: 'convey', targets: [sold], transferee: applicant, cancels })
        await eventually(async () => expect(await answer(conveyed)).toBe('accepted'))
        // Served first, it stands in front of whoever comes now.
        const late = await done({ kind: 'seal', targets: [sold], term }, 'waiting')
        expect(await answer(conveyed)).toBe('accepted')
        await world.happens('/sandbox/tax-paid', { unit: sold.asset.unitCode })
        await eventually(async () => expect(await answer(conveyed)).toBe('executed'))
        expect(await targets(conveyed)).toMatchObject([{ effect: 'ended', endedBy: 'disposed' }])
        for (const gone of [sealed, late]) {
          await eventually(async () => expect((await world.statementsOf(gone)).at(-1)?.kind).toBe('ended'))
          expect(await targets(gone)).toMatchObject([{ effect: 'ended', endedBy: 'disposed' }])
        }
      },
    )
  })
}
