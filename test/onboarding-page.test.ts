import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PartnerState, type PartnerStep, partnerStates, takeStep } from '../src/domain/onboarding.ts'
import { operator } from '../src/domain/person.ts'
import { attachConformance, protocols } from '../src/gateway/partners/conform.ts'
import { readRegistration } from '../src/gateway/registration.ts'
import { isProblemCode } from '../src/http/problem-catalogue.ts'
import { openTestEdge, type TestEdge } from './http/edge.ts'
import { commandsOf, isCommand, routesOf, routesThere, samplesOf } from './support/page.ts'

const page = readFileSync('docs/onboarding.md', 'utf8')
const samples = samplesOf(page)
const cells = (line: string) => line.split('|').map((cell) => cell.trim())

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

test('every route and command that the page names exists, and every one of registries is named', async () => {
  const { paths } = (await (await edge.app.request('/openapi.json')).json()) as { paths: Record<string, object> }
  const there = routesThere(paths)
  const named = routesOf(page)
  expect(named.filter((route) => !there.includes(route))).toEqual([])
  expect(there.filter((route) => /\/admin\/v1\/(?:partners|consents)/.test(route) && !named.includes(route))).toEqual(
    [],
  )
  const commands = commandsOf(page).filter((command) => command !== 'writ partner')
  expect(commands.length).toBeGreaterThan(10)
  expect(commands.filter((command) => !isCommand(command))).toEqual([])
})

test('the states and the steps between them are those of the table', () => {
  const rows = page.split('\n').filter((line) => /^\| `[a-z-]+` \| .*→ `/.test(line))
  const told = rows.map((line) => [...line.matchAll(/`([a-z-]+)`/g)].map(([, state]) => state).slice(0, 2))
  const steps: Readonly<Record<PartnerState, PartnerStep>> = {
    registered: 'prove',
    'possession-proved': 'conform',
    conformant: 'admit',
    live: 'suspend',
    suspended: 'admit',
  }
  const there = Object.entries(steps).map(([from, step]) => [from, takeStep(from as PartnerState, step)])
  expect(told).toEqual(there)
  for (const [state, zh] of Object.entries(partnerStates)) expect(page).toContain(`${state} ${zh}`)
})

test('the samples are read by what reads them', async () => {
  const registration = await readRegistration(samples.get('registration'), new Date(), false)
  expect(registration).toMatchObject({ code: 'land-120116', mode: 'push', respondWithinHours: 24 })
  const report = Buffer.from(JSON.stringify(samples.get('report')))
  const attached = await attachConformance(edge.gateway, operator, 'no-such-registry', report)
  // Read as a report: what is refused is that nobody is registered under that name.
  expect(attached).toMatchObject({ code: 'partner-unknown' })
  const nobody = '019b8b00-0000-7000-8000-000000000000'
  const decided = await edge.call('securityAdminAn', 'POST', `/admin/v1/consents/${nobody}`, samples.get('decision'))
  expect(((await decided.json()) as { code: string }).code).toBe('consent-unknown')
})

test('protocols, members and codes are those of the code', () => {
  const rows = page.split('\n').map(cells)
  for (const [adapter, protocol] of Object.entries(protocols))
    expect(rows.some(([, first, second]) => first === `\`${adapter}\`` && second === `\`${protocol}\``)).toBe(true)
  const codes = [...page.matchAll(/`((?:partner|possession|conformance|consent|registry|key)-[a-z-]+)`/g)]
  const told = [...new Set(codes.map(([, code = '']) => code))].filter((code) => !Object.hasOwn(partnerStates, code))
  expect(told.length).toBeGreaterThan(12)
  expect(told.filter((code) => !isProblemCode(code))).toEqual([])
})
