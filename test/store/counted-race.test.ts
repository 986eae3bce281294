import postgres from 'postgres'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { openTestStore, type TestStore, testDatabaseUrl } from '../support/database.ts'
import { entryFor } from './sample.ts'

/** The same as in `src/store/count-days.ts` and the migration: who counts holds it alone, who writes late shares it. */
const countLock = 1668247156
/** With which the test itself holds counting up once its figures are taken and not yet written. */
const gate = 54_780
const midday = startOf(toBeijingDate(new Date())).getTime() - 36 * 3_600_000
const day = toBeijingDate(new Date(midday))

let opened: TestStore
let other: postgres.Sql
beforeAll(async () => {
  if (!testDatabaseUrl) return
  opened = await openTestStore()
  other = postgres(opened.url ?? '', { max: 4, onnotice: () => {} })
  for (let n = 0; n < 3; n += 1) await write().done
  await other`
    create function held_up() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(${other.unsafe(String(gate))}); return new; end $$`
  await other`create trigger counting_is_held_up before insert on day_count for each row execute function held_up()`
})
afterAll(async () => {
  await other?.end()
  await opened?.close()
})

/** Writes an entry of the day before yesterday; with `until`, its transaction stays open for as long. `written` is when it stands in it. */
function write(until: Promise<void> = Promise.resolve()) {
  let say = () => {}
  const written = new Promise<void>((done) => {
    say = done
  })
  const done = opened.store.note(async (act) => {
    await act.enter(entryFor({ id: newId(), at: new Date(midday), kind: 'task.done' }))
    say()
    await until
  })
  return { written, done }
}

/** Holds an advisory lock from a connection of its own until it is let go. */
async function hold(lock: number): Promise<() => Promise<void>> {
  const connection = await other.reserve()
  await connection`select pg_advisory_lock(${lock})`
  return async () => {
    await connection`select pg_advisory_unlock(${lock})`
    connection.release()
  }
}

function latch() {
  let open = () => {}
  const shut = new Promise<void>((done) => {
    open = done
  })
  return { open, shut }
}

/** Until so many wait for a lock of this name. */
async function waitingFor(lock: number, count: number) {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await other`
      select count(*)::int as count from pg_locks
      where locktype = 'advisory' and not granted and objid = ${lock} and database = (
        select oid from pg_database where datname = current_database())`
    if (row?.count === count) return
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error('nobody waits')
}

const told = async () => (await opened.reads.entriesByDay({})).find((one) => one.day === day)?.count
const inTable = async () => (await other`select count(*)::int as count from entry where kind = 'task.done'`)[0]?.count
const isCounted = async () => (await other`select from counted_day where day = ${day}`).length > 0
const forget = () => other`delete from counted_day`

describe.skipIf(!testDatabaseUrl)(
  'an entry that comes late while its day is being counted, on another connection',
  () => {
    test('after the figures were taken takes the count away: it waits until it stands, and then it goes', async () => {
      const letGo = await hold(gate)
      const counting = opened.countDays()
      await waitingFor(gate, 1)
      const late = write()
      await waitingFor(countLock, 1)
      await letGo()
      expect(await counting).toBeGreaterThan(0)
      await late.done
      expect(await isCounted()).toBe(false)
      expect([await told(), await inTable()]).toEqual([4, 4])
      expect(await opened.countDays()).toBeGreaterThan(0)
      expect([await isCounted(), await told()]).toEqual([true, 4])
    })

    test('before they were taken is waited for, and is in them', async () => {
      await forget()
      // Counting has waited for every writer it found, and stands before its first day.
      const letGo = await hold(countLock)
      const counting = opened.countDays()
      await waitingFor(countLock, 1)
      const { open, shut } = latch()
      // It may share the lock only with its like; here it gets in as soon as the test lets go, before or after counting.
      const late = write(shut)
      await waitingFor(countLock, 2)
      await letGo()
      await Promise.race([late.written, counting])
      open()
      await Promise.all([late.done, counting])
      expect([await told(), await inTable()]).toEqual([5, 5])
      await opened.countDays()
      expect([await isCounted(), await told()]).toEqual([true, 5])
    })

    test('and is not committed yet is waited for, and several of them with it, however they come and go', async () => {
      await forget()
      const letGo = await hold(gate)
      const first = opened.countDays()
      await waitingFor(gate, 1)
      const { open, shut } = latch()
      const late = [write(shut), write(shut), write(shut)]
      await waitingFor(countLock, 3)
      await letGo()
      await first
      // The first takes the count away and the others wait for it; none is committed, so the day is told without them.
      await Promise.race(late.map(({ written }) => written))
      expect(await told()).toBe(5)
      const again = opened.countDays().catch(() => 0)
      open()
      await Promise.all([again, ...late.map(({ done }) => done)])
      expect([await told(), await inTable()]).toEqual([8, 8])
      while ((await opened.countDays()) > 0);
      expect([await isCounted(), await told()]).toEqual([true, 8])
    })

    test('many times over, in whatever order, leaves the figures what counting every entry says', async () => {
      for (let round = 0; round < 20; round += 1) {
        const all = Array.from({ length: 5 }, (_, at) =>
          at % 3 === 0 ? opened.countDays().catch(() => 0) : write().done,
        )
        await Promise.all(all)
        expect(await told()).toBe(await inTable())
      }
      while ((await opened.countDays()) > 0);
      expect([await isCounted(), await told()]).toEqual([true, await inTable()])
    })
  },
)
