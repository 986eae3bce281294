import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { operator, type Person } from '../../src/domain/person.ts'
import { dropTotp, removeFactor, unlockAccount } from '../../src/gateway/roster/accounts.ts'
import type { OfAccounts } from '../../src/gateway/roster/parts.ts'
import { changePassword, givePassword, givePrintedPassword } from '../../src/gateway/roster/passwords.ts'
import { registerPerson } from '../../src/gateway/roster/register-person.ts'
import { beginTotp, confirmTotp } from '../../src/gateway/roster/second-factor.ts'
import { openSession } from '../../src/gateway/roster/sessions.ts'
import { proveCode, provePassword, seldom, signIn } from '../../src/gateway/roster/sign-in.ts'
import { totpCode, totpStep } from '../../src/signing/totp.ts'
import { createTurns } from '../../src/signing/turns.ts'
import { secretsOf, storeOn } from '../../src/store/open.ts'
import { chosen, granted, initialFor, withPassword, withTotp } from '../support/accounts.ts'
import { binhai, hedong } from '../support/court.ts'
import { testSecrets } from '../support/database.ts'
import { personWith } from '../support/people.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
let parts: OfAccounts
const minute = 60_000
beforeAll(async () => {
  office = await openOffice()
  const { people, accounts } = office.opened
  const turns = createTurns({ atOnce: 2, waiting: 16, waitingPerName: 3 })
  // Stands still in the middle of a step: a code that is drawn at the end of one is of the step before when it is shown.
  const begun = (totpStep(new Date()) + 0.5) * 30_000
  const clock = () => new Date(begun + office.time.shift)
  parts = { ...office.parts, clock, people, accounts, turns, cost: 'machine', strangerDue: seldom(minute), demo: false }
})
beforeEach(() => {
  office.time.shift = 0
})
afterAll(() => office.close())

const securityAn = personWith('security-an', '安立诚', ['security-administrator'])
let serial = 0

async function newcomer(): Promise<Person> {
  serial += 1
  const username = `newcomer-${serial}`
  const { id } = granted(await registerPerson(parts, operator, { username, name: '某某', court: binhai }))
  return { id, username, name: '某某', court: binhai, holds: [] }
}

async function settled(): Promise<Person> {
  const person = await newcomer()
  await withPassword(parts, person)
  return person
}

const tries = async ({ username }: Person, password = chosen) => {
  const answer = await provePassword(parts, { username, password })
  return answer.kind === 'refused' ? answer.code : answer.kind
}
const entriesAbout = async (about: string) =>
  (await office.opened.reads.entries({ about, limit: 200 })).map(({ kind }) => kind).toReversed()
const wrong = '不是这一句话不是这一句'

describe('a password', () => {
  test('is right or wrong, and an unknown user is answered as a wrong password is', async () => {
    const person = await settled()
    expect(await tries(person)).toBe('proved')
    expect(await tries(person, wrong)).toBe('sign-in-refused')
    expect(await tries({ ...person, username: 'nobody-at-all' })).toBe('sign-in-refused')
    expect(await tries(await newcomer())).toBe('sign-in-refused')
    expect(await entriesAbout(person.id)).toEqual(['person.registered', 'person.sign-in-failed'])
  })

  test('of somebody unknown leaves an entry a minute, and no more', async () => {
    office.time.shift = 10 * minute
    const before = (await entriesAbout('unknown-user')).length
    for (let at = 0; at < 4; at += 1) await tries({ ...securityAn, username: `nobody-${at}` })
    expect((await entriesAbout('unknown-user')).length - before).toBe(1)
  })

  test('tried five times in vain locks the account; then nothing more is written, and the right one waits too', async () => {
    const person = await settled()
    const answers: string[] = []
    for (let at = 0; at < 8; at += 1) answers.push(await tries(person, wrong))
    expect(new Set(answers)).toEqual(new Set(['sign-in-refused']))
    expect(await tries(person)).toBe('sign-in-refused')
    const failed = Array<string>(5).fill('person.sign-in-failed')
    expect(await entriesAbout(person.id)).toEqual(['person.registered', ...failed, 'person.locked'])
    office.time.shift = minute + 1000
    expect(await tries(person)).toBe('proved')
    expect((await parts.accounts.account(person.id))?.failures).toBe(0)
  })

  test('locks for longer each time it is tried again, and a security administrator ends a lock', async () => {
    const person = await settled()
    for (let at = 0; at < 5; at += 1) await tries(person, wrong)
    office.time.shift = minute + 1000
    expect(await tries(person, wrong)).toBe('sign-in-refused')
    office.time.shift = 2 * minute + 1000
    expect(await tries(person)).toBe('sign-in-refused')
    expect(await unlockAccount(parts, personWith('lin', '林书远', ['officer'], binhai), person)).toMatchObject({
      code: 'role-missing',
    })
    granted(await unlockAccount(parts, securityAn, person))
    expect(await tries(person)).toBe('proved')
    expect((await entriesAbout(person.id)).filter((kind) => kind === 'person.locked')).toHaveLength(2)
  })

  test('tried many times at once is still weighed five times', async () => {
    const person = await settled()
    const wide = { ...parts, turns: createTurns({ atOnce: 100, waiting: 0, waitingPerName: 0 }) }
    await Promise.all(
      Array.from({ length: 12 }, () => provePassword(wide, { username: person.username, password: wrong })),
    )
    const kinds = await entriesAbout(person.id)
    expect(kinds.filter((kind) => kind === 'person.sign-in-failed')).toHaveLength(5)
    expect(kinds.filter((kind) => kind === 'person.locked').length).toBeGreaterThan(0)
    expect(await tries(person)).toBe('sign-in-refused')
  })

  test('tried a thousand times, against one and against many, leaves the others their turn', async () => {
    const [victim, other] = [await settled(), await settled()]
    const flood = Array.from({ length: 1000 }, (_, at) =>
      provePassword(parts, { username: at % 2 === 0 ? victim.username : `nobody-${at}`, password: wrong }),
    )
    // While all those wait or are turned away, somebody else signs in; a program tries again where it was busy.
    let answer = await tries(other)
    let asked = 1
    while (answer === 'sign-in-busy') {
      await new Promise((resolve) => setTimeout(resolve, 100))
      answer = await tries(other)
      asked += 1
    }
    expect(answer).toBe('proved')
    expect(asked).toBeLessThan(100)
    const codes = (await Promise.all(flood)).map((one) => (one.kind === 'refused' ? one.code : one.kind))
    expect(codes.filter((code) => code === 'sign-in-refused').length).toBeLessThan(60)
    expect(codes.every((code) => code === 'sign-in-refused' || code === 'sign-in-busy')).toBe(true)
    expect((await entriesAbout(victim.id)).filter((kind) => kind === 'person.sign-in-failed').length).toBeLessThan(6)
  })
})

describe('an initial password', () => {
  test('is told once, must be changed, and counts for seven days', async () => {
    const person = await newcomer()
    const password = await initialFor(parts, person)
    const { username } = person
    expect(await provePassword(parts, { username, password })).toMatchObject({ kind: 'proved', mustChange: true })
    expect(await signIn(parts, { username, password })).toMatchObject({ code: 'password-change-needed' })
    office.time.shift = 7 * 24 * 60 * minute
    expect(await provePassword(parts, { username, password })).toMatchObject({ code: 'password-expired' })
  })

  test('is exchanged for one that the rule takes, and ends what was open under it', async () => {
    const person = await newcomer()
    const password = await initialFor(parts, person)
    const { username } = person
    const opening = { carrier: 'bearer', method: 'password', second: false, idleSeconds: 60, seconds: 600 } as const
    await openSession(parts, person, opening)
    expect(await signIn(parts, { username, password, newPassword: 'short' })).toMatchObject({
      code: 'password-too-short',
    })
    expect(await signIn(parts, { username, password, newPassword: password })).toMatchObject({
      code: 'password-unchanged',
    })
    granted(await signIn(parts, { username, password, newPassword: chosen }))
    expect(await office.opened.people.sessions(person.id, parts.clock())).toEqual([])
    expect(await tries(person, password)).toBe('sign-in-refused')
    expect(await entriesAbout(person.id)).toEqual([
      'person.registered',
      'password.changed',
      'password.changed',
      'person.sign-in-failed',
    ])
  })

  test('is given by whoever may, at their own court, and never to oneself', async () => {
    const person = await newcomer()
    const there = { ...securityAn, id: 'an-there', holds: [{ role: 'security-administrator', court: hedong }] } as const
    expect(await givePassword(parts, there, person)).toMatchObject({ code: 'wrong-court' })
    expect(await givePassword(parts, securityAn, securityAn)).toMatchObject({ code: 'account-own' })
    expect(await givePassword(parts, operator, person, 'password1234')).toMatchObject({ code: 'password-common' })
    expect(await parts.accounts.account(person.id)).toBeUndefined()
  })

  test('that a demo has printed need not be changed there, and must be changed anywhere else', async () => {
    const person = await newcomer()
    await givePrintedPassword(parts, operator, person, chosen)
    const asked = { username: person.username, password: chosen }
    expect(await provePassword({ ...parts, demo: true }, asked)).toMatchObject({ mustChange: false })
    expect(await provePassword(parts, asked)).toMatchObject({ mustChange: true })
    granted(await changePassword(parts, person, `${chosen}也落了`))
    expect(await parts.accounts.account(person.id)).toMatchObject({ mustChange: false, printed: false, failures: 0 })
  })
})

describe('a one-time code', () => {
  test('is asked for once an authenticator has shown one, and counts with the password', async () => {
    const person = await settled()
    const { secret } = granted(await beginTotp(parts, person))
    expect(await provePassword(parts, { username: person.username, password: chosen })).toMatchObject({
      second: 'none',
    })
    expect(await confirmTotp(parts, person, '000000')).toMatchObject({ code: 'code-wrong' })
    granted(await confirmTotp(parts, person, totpCode(secret, totpStep(parts.clock()))))
    expect(await beginTotp(parts, person)).toMatchObject({ code: 'factor-there' })
    const given = { username: person.username, password: chosen }
    expect(await signIn(parts, given)).toMatchObject({ code: 'code-needed' })
    expect(await signIn(parts, { ...given, code: '000000' })).toMatchObject({ code: 'sign-in-refused' })
    office.time.shift = minute
    const code = totpCode(secret, totpStep(parts.clock()))
    expect(await signIn(parts, { ...given, code })).toMatchObject({ kind: 'known', second: true })
  })

  test('counts once, in whichever process it is shown first', async () => {
    const person = await settled()
    const codeAt = await withTotp(parts, person)
    const again = await storeOn(office.opened.database, secretsOf(testSecrets), parts.clock)
    const elsewhere = { ...parts, store: again.store, people: again.people, accounts: again.accounts }
    const both = await Promise.all([proveCode(parts, person, codeAt(0)), proveCode(elsewhere, person, codeAt(0))])
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['known', 'refused'])
    expect(await proveCode(elsewhere, person, codeAt(0))).toMatchObject({ code: 'sign-in-refused' })
    expect(await proveCode(elsewhere, person, codeAt(-1))).toMatchObject({ code: 'sign-in-refused' })
    expect(await proveCode(elsewhere, person, codeAt(1))).toMatchObject({ kind: 'known' })
  })

  test('cannot be guessed by whoever has the password: the right one never clears the count', async () => {
    const person = await settled()
    const codeAt = await withTotp(parts, person)
    for (let at = 0; at < 5; at += 1) {
      expect(await tries(person)).toBe('proved')
      expect(await proveCode(parts, person, '000000')).toMatchObject({ code: 'sign-in-refused' })
    }
    expect(await tries(person)).toBe('sign-in-refused')
    expect(await proveCode(parts, person, codeAt(1))).toMatchObject({ code: 'sign-in-refused' })
    expect((await entriesAbout(person.id)).at(-1)).toBe('person.locked')
  })

  test('is nowhere readable: its secret lies encrypted', async () => {
    const person = await settled()
    const { secret, factor } = granted(await beginTotp(parts, person))
    expect(Buffer.from((await parts.accounts.totpSecret(factor)) ?? [])).toEqual(Buffer.from(secret))
    const kept = await office.opened.database.queries.execute('select encode(sealed, $$hex$$) as sealed from payload')
    expect(JSON.stringify(kept)).not.toContain(Buffer.from(secret).toString('hex'))
  })

  test('that was lost is removed by a security administrator, who signs the person out with it; its holder needs a code', async () => {
    const person = await settled()
    const codeAt = await withTotp(parts, person)
    const [factor] = await parts.accounts.factors(person.id)
    const opening = { carrier: 'browser', method: 'password', second: true, idleSeconds: 60, seconds: 600 } as const
    await openSession(parts, person, opening)
    expect(await dropTotp(parts, person, '000000')).toMatchObject({ code: 'sign-in-refused' })
    expect(await removeFactor(parts, person, person, factor?.id ?? '')).toMatchObject({ code: 'account-own' })
    granted(await removeFactor(parts, securityAn, person, factor?.id ?? ''))
    expect(await removeFactor(parts, securityAn, person, factor?.id ?? '')).toMatchObject({ code: 'factor-unknown' })
    expect(await office.opened.people.sessions(person.id, parts.clock())).toEqual([])
    expect(await proveCode(parts, person, codeAt(1))).toMatchObject({ code: 'sign-in-refused' })
    expect(await entriesAbout(factor?.id ?? '')).toEqual(['factor.set', 'factor.removed'])
  })
})
