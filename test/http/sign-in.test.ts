import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { createTurns } from '../../src/signing/turns.ts'
import { chosen, withPassword, withTotp } from '../support/accounts.ts'
import { binhai, hedong } from '../support/court.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { toldByHeader } from '../support/told-peers.ts'
import { codeOf, read } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let dir: string
const securityAn = personWith('security-an', '安立诚', ['security-administrator'])
const auditShen = personWith('audit-shen', '沈鉴明', ['audit-administrator'])
const securityThere = personWith('security-there', '外院管理员', ['security-administrator'], hedong)

beforeAll(async () => {
  edge = await openTestEdge({ peers: toldByHeader })
  dir = mkdtempSync(join(tmpdir(), 'writ-certificates-'))
  for (const person of [securityAn, auditShen, securityThere]) {
    await seat(edge.opened, person)
    await signIn(edge.opened, person, person.id)
  }
})
afterAll(async () => {
  await edge.close()
  rmSync(dir, { recursive: true, force: true })
})

type View = Record<string, unknown>
const as = (token: string, method: string, path: string, body?: unknown) =>
  edge.call(undefined, method, path, body, { Authorization: `Bearer ${token}` })
const an = (method: string, path: string, body?: unknown) => as(securityAn.id, method, path, body)
const signingIn = (body: object, headers = {}) => edge.call(undefined, 'POST', '/v1/sign-in', body, headers)

let serial = 0
async function someone(...roles: Parameters<typeof personWith>[2]): Promise<Person> {
  serial += 1
  const person = personWith(`somebody-${serial}`, '某某', roles, binhai)
  await seat(edge.opened, person)
  await withPassword(edge.gateway, person)
  return person
}

describe('a program', () => {
  test('signs in by password, is who it says, and signs out', async () => {
    const { username } = await someone('officer')
    const { token, expiresAt, second } = await read<{ token: string; expiresAt: string; second: boolean }>(
      await signingIn({ username, password: chosen, hours: 1 }),
      200,
    )
    expect(token).toMatch(/^writ_[\w-]{43}$/)
    expect(second).toBe(false)
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000)
    const me = await read<View>(await as(token, 'GET', '/v1/me'), 200)
    expect(me).toMatchObject({ username, court: binhai, holds: [{ role: 'officer', roleName: '经办人' }] })
    expect(await read(await as(token, 'GET', '/v1/me/sessions'), 200)).toMatchObject({
      sessions: [{ method: 'password' }],
    })
    expect((await as(token, 'POST', '/v1/sign-out')).status).toBe(204)
    expect(await codeOf(await as(token, 'GET', '/v1/me'))).toBe('401 token-invalid')
  })

  test('shows a code or a certificate where there is one, and then counts for more', async () => {
    const person = await someone('approver')
    const { username } = person
    const codeAt = await withTotp(edge.parts.accounts, person)
    const given = { username, password: chosen }
    expect(await codeOf(await signingIn(given))).toBe('401 code-needed')
    expect(await codeOf(await signingIn({ ...given, code: '000000' }))).toBe('401 sign-in-refused')
    expect(await read(await signingIn({ ...given, code: codeAt(0) }), 200)).toMatchObject({ second: true })
  })

  test('asks for no more than a working day, and for nothing that is not written down', async () => {
    const { username } = await someone()
    expect(await codeOf(await signingIn({ username, password: chosen, hours: 13 }))).toBe('422 invalid-body')
    expect(await codeOf(await signingIn({ username, password: chosen, role: 'auditor' }))).toBe('422 invalid-body')
  })

  test('is told to come again where too many sign in at once, and nothing is counted', async () => {
    const person = await someone()
    const turns = createTurns({ atOnce: 0, waiting: 0, waitingPerName: 0 })
    const { turns: whole } = edge.parts.accounts
    Object.assign(edge.parts.accounts, { turns })
    const answer = await signingIn({ username: person.username, password: chosen })
    Object.assign(edge.parts.accounts, { turns: whole })
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(await codeOf(answer)).toBe('503 sign-in-busy')
    expect((await edge.opened.accounts.account(person.id))?.failures).toBe(0)
  })

  test('that tries a thousand passwords is heard ten times; whoever else comes is served', async () => {
    const [victim, other] = [await someone(), await someone()]
    const from = (address: string) => ({ 'x-test-address': address })
    const before = (await edge.gateway.reads.entries({ about: victim.id, limit: 200 })).length
    const answers: number[] = []
    const attack = async () => {
      for (let at = 0; at < 50; at += 1) {
        const guess = { username: victim.username, password: `guess number ${answers.length}` }
        answers.push((await signingIn(guess, from('198.51.100.7'))).status)
      }
    }
    const attacks = Array.from({ length: 20 }, attack)
    const theirs = await signingIn({ username: other.username, password: chosen }, from('198.51.100.8'))
    const { token } = await read<{ token: string }>(theirs, 200)
    await Promise.all(attacks)
    expect((await as(token, 'GET', '/v1/me')).status).toBe(200)
    expect(answers).toHaveLength(1000)
    // Nothing but: wrong, busy, or come again later. At most ten were looked at, five of them weighed.
    expect(answers.filter((status) => ![401, 429, 503].includes(status))).toEqual([])
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(10)
    expect((await edge.gateway.reads.entries({ about: victim.id, limit: 200 })).length - before).toBeLessThanOrEqual(6)
  })

  test('ends a session of its own, and none of anybody else’s', async () => {
    const [mine, other] = [await someone(), await someone()]
    const tokens = await Promise.all(
      [mine, mine, other].map(async ({ username }) => {
        const { token } = await read<{ token: string }>(await signingIn({ username, password: chosen }), 200)
        return token
      }),
    )
    const sessionOf = async (token: string) =>
      (await read<{ session: { id: string } }>(await as(token, 'GET', '/v1/me'), 200)).session.id
    const [first = '', second = '', others = ''] = tokens
    expect((await as(first, 'DELETE', `/v1/me/sessions/${await sessionOf(second)}`)).status).toBe(204)
    expect(await codeOf(await as(second, 'GET', '/v1/me'))).toBe('401 token-invalid')
    const foreign = await as(first, 'DELETE', `/v1/me/sessions/${await sessionOf(others)}`)
    expect(await codeOf(foreign)).toBe('404 session-unknown')
    expect((await as(others, 'GET', '/v1/me')).status).toBe(200)
  })
})

describe('a security administrator', () => {
  test('registers a person, gives a role and an initial password, and the person comes in', async () => {
    const { id } = await read<{ id: string }>(
      await an('POST', '/admin/v1/people', { username: 'wen.xiulan', name: '温秀兰', court: binhai }),
      201,
    )
    const { id: grant } = await read<{ id: string }>(
      await an('POST', `/admin/v1/people/${id}/grants`, { role: 'registrar', court: binhai }),
      201,
    )
    const { password } = await read<{ password: string }>(await an('POST', `/admin/v1/people/${id}/password`), 200)
    const given = { username: 'wen.xiulan', password }
    expect(await codeOf(await signingIn(given))).toBe('403 password-change-needed')
    expect(await codeOf(await signingIn({ ...given, newPassword: 'wen.xiulan12' }))).toBe('422 password-like-name')
    const { token } = await read<{ token: string }>(await signingIn({ ...given, newPassword: chosen }), 200)
    expect(await read(await as(token, 'GET', '/v1/me'), 200)).toMatchObject({
      grants: [{ id: grant, role: 'registrar' }],
    })
    const list = await read<{ people: View[] }>(await an('GET', '/admin/v1/people'), 200)
    expect(list.people).toContainEqual(expect.objectContaining({ username: 'wen.xiulan', name: '温秀兰' }))
  })

  test('sees which grants are due, attests one and ends another', async () => {
    const person = await someone('officer', 'approver')
    const path = `/admin/v1/people/${person.id}/grants`
    const { grants } = await read<{ grants: { id: string; attestBy: string }[] }>(await an('GET', path), 200)
    const [first, second] = grants
    const dueOf = async () => {
      const due = await read<{ grants: { id: string }[] }>(await an('GET', '/admin/v1/grants/due?days=40'), 200)
      return due.grants.map(({ id }) => id)
    }
    expect(await dueOf()).toEqual(expect.arrayContaining([first?.id, second?.id]))
    expect((await an('POST', `${path}/${first?.id}/attestation`)).status).toBe(204)
    expect((await an('DELETE', `${path}/${second?.id}`)).status).toBe(204)
    expect(await dueOf()).not.toContain(second?.id)
    expect(await codeOf(await an('DELETE', `${path}/${second?.id}`))).toBe('404 grant-unknown')
  })

  test('sees a lock and ends it', async () => {
    const person = await someone()
    for (let at = 0; at < 5; at += 1) await signingIn({ username: person.username, password: 'wrong wrong wrong' })
    const path = `/admin/v1/people/${person.id}`
    const seen = await read<{ account: View }>(await an('GET', path), 200)
    expect(seen.account).toMatchObject({ hasPassword: true, lockedUntil: expect.any(String) })
    expect((await an('DELETE', `${path}/lock`)).status).toBe(204)
    expect((await signingIn({ username: person.username, password: chosen })).status).toBe(200)
  })

  test('signs a person out of one session and of all', async () => {
    const person = await someone()
    for (const name of ['a', 'b', 'c']) await signIn(edge.opened, person, `${person.id}-${name}`)
    const path = `/admin/v1/people/${person.id}/sessions`
    const { sessions } = await read<{ sessions: { id: string }[] }>(await an('GET', path), 200)
    expect(sessions).toHaveLength(3)
    expect(await read(await an('DELETE', `${path}/${sessions[0]?.id}`), 200)).toEqual({ ended: 1 })
    expect(await codeOf(await an('DELETE', `${path}/${sessions[0]?.id}`))).toBe('404 session-unknown')
    expect(await read(await an('DELETE', path), 200)).toEqual({ ended: 2 })
    expect(await codeOf(await as(`${person.id}-c`, 'GET', '/v1/me'))).toBe('401 token-invalid')
  })

  test('registers a certificate, which then stands for the code; it is one person’s, and lost, it is removed', async () => {
    const [person, other] = [await someone('approver'), await someone('approver')]
    const pem = certificate('approver')
    const path = (of: Person) => `/admin/v1/people/${of.id}`
    const { id, thumbprint } = await read<{ id: string; thumbprint: string }>(
      await an('POST', `${path(person)}/certificates`, { certificate: pem }),
      201,
    )
    const fingerprint = execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha256'], { input: pem })
    const hex = String(fingerprint).split('=')[1]?.replaceAll(':', '').trim() ?? ''
    expect(thumbprint).toBe(Buffer.from(hex, 'hex').toString('base64url'))
    const given = { username: person.username, password: chosen }
    const shown = await signingIn(given, { 'x-test-certificate': thumbprint })
    expect(await read(shown, 200)).toMatchObject({ second: true })
    expect(await read(await signingIn(given), 200)).toMatchObject({ second: false })
    const taken = await an('POST', `${path(other)}/certificates`, { certificate: pem })
    expect(await codeOf(taken)).toBe('409 certificate-taken')
    const unread = await an('POST', `${path(other)}/certificates`, { certificate: 'none' })
    expect(await codeOf(unread)).toBe('422 certificate-unreadable')
    const { factors } = await read<{ factors: View[] }>(await an('GET', `${path(person)}/factors`), 200)
    expect(factors).toMatchObject([{ id, kind: 'certificate', label: 'CN=approver', confirmed: true }])
    expect((await an('DELETE', `${path(person)}/factors/${id}`)).status).toBe(204)
    expect(await codeOf(await an('DELETE', `${path(person)}/factors/${id}`))).toBe('404 factor-unknown')
  })

  test('keeps no account of their own, and none outside the court they are there for', async () => {
    expect(await codeOf(await an('POST', `/admin/v1/people/${securityAn.id}/password`))).toBe('403 account-own')
    const person = await someone()
    const there = await as(securityThere.id, 'POST', `/admin/v1/people/${person.id}/password`)
    expect(await codeOf(there)).toBe('404 not-found')
    const { people } = await read<{ people: { court?: string }[] }>(
      await as(securityThere.id, 'GET', '/admin/v1/people'),
      200,
    )
    expect(new Set(people.map(({ court }) => court))).toEqual(new Set([hedong]))
  })
})

test('an audit administrator sees all of it and changes nothing', async () => {
  const person = await someone('officer')
  const path = `/admin/v1/people/${person.id}`
  for (const seen of ['', '/grants', '/sessions', '/factors'])
    expect((await as(auditShen.id, 'GET', `${path}${seen}`)).status).toBe(200)
  for (const [method, done] of [
    ['POST', '/password'],
    ['DELETE', '/lock'],
    ['DELETE', '/sessions'],
    ['POST', '/grants'],
  ] as const)
    expect(await codeOf(await as(auditShen.id, method, `${path}${done}`))).toBe('403 role-missing')
})

test('no answer and no entry holds a password', async () => {
  expect(edge.faults).toEqual([])
  const entries = await edge.gateway.reads.entries({ limit: 200 })
  expect(entries.length).toBeGreaterThan(20)
  expect(JSON.stringify(entries.map(({ leaf }) => Buffer.from(leaf).toString()))).not.toMatch(/银杏|scrypt/)
})

function certificate(name: string): string {
  const [key, cert] = [join(dir, `${name}.key`), join(dir, `${name}.pem`)]
  const subject = ['-subj', `/CN=${name}`, '-days', '30', '-nodes', '-keyout', key, '-out', cert]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', ...subject], {
    stdio: 'ignore',
  })
  return readFileSync(cert, 'utf8')
}
