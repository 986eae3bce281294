import { z } from 'zod'
import { algorithmNames } from '../../src/signing/algorithm.ts'
import { maxEnvelope } from '../../src/signing/compact.ts'
import { openStatus, openWithdrawal } from '../../src/signing/service.ts'
import { openBooks, readSandboxOptions, sandboxNow, sandboxOptions, setSandboxClock, startSandbox } from '../sandbox.ts'
import { emptyLandBooks } from './sandbox-books.ts'
import { tellConverted, tellMoved } from './sandbox-intake.ts'
import { openOffice } from './sandbox-office.ts'
import { settleQueue } from './sandbox-world.ts'
import { jose, registryPaths } from './wire.ts'

/**
 * The land bureau itself, as a process of its own: `tsx adapters/land/sandbox.ts '{"books": …, "gateway": …}'`, or `-` and
 * the options on standard input. It speaks the native protocol (docs/protocol.md) and forgets nothing.
 */
const options = await readSandboxOptions(
  process.argv.slice(2),
  sandboxOptions.extend({
    code: z.string().default('land-120116'),
    gateway: z.object({ origin: z.string(), id: z.string() }),
    mode: z.enum(['push', 'pull']).default('push'),
    /** From the served papers of a conveyance to the register: the tax has to be paid first. */
    taxMs: z.int().min(0).default(5000),
    algorithm: z.enum(algorithmNames).default('EdDSA'),
  }),
)
if (options.at) setSandboxClock(options.at)
const books = openBooks(options.books, emptyLandBooks)
const office = await openOffice({ ...options, books })

const envelope = (body: string, status = 200) => new Response(body, { status, headers: { 'content-type': jose } })
const no = (status: number, code: string) => Response.json({ code }, { status })

async function bring(text: string): Promise<Response> {
  if (text.length > maxEnvelope) return no(413, 'too-large')
  const brought = await office.receive(text)
  switch (brought.kind) {
    case 'unproved':
      return no(401, brought.code)
    case 'contradicts':
      return no(409, 'other-request-under-this-jti')
    case 'away':
      return no(503, 'away')
    case 'said':
      return envelope(brought.text, brought.final ? 200 : 202)
  }
}

async function status(text: string): Promise<Response> {
  const opened = await openStatus(text, await office.fromCourt(text))
  if (opened.kind === 'unproved') return no(401, opened.code)
  if (office.isOfAnotherCourt(opened.claims)) return no(401, 'issuer')
  return envelope(await office.statusAnswer(opened.claims))
}

async function withdraw(text: string): Promise<Response> {
  const opened = await openWithdrawal(text, await office.fromCourt(text))
  if (opened.kind === 'unproved') return no(401, opened.code)
  if (office.isOfAnotherCourt(opened.claims)) return no(401, 'issuer')
  const told = await office.withdraw(opened.claims)
  return told === undefined ? no(404, 'unknown-delivery') : envelope(told)
}

const priorOrder = z.object({ unit: z.string(), at: z.iso.datetime({ offset: true }).optional() })

const unitNamed = (name: string) =>
  books.read().units.find(({ unitCode, certNo }) => unitCode === name || certNo === name)

/** The seal in front of ours ends: what waited behind it comes to hold, on the day it is told. */
async function releasePrior(order: unknown): Promise<Response> {
  const { unit: unitCode, at } = priorOrder.parse(order)
  const unit = unitNamed(unitCode)
  if (!unit) return no(404, 'unknown-unit')
  const risen = await books.change((state) => {
    unit.seals.splice(0, 1)
    const came = settleQueue(unit, at ? new Date(at) : sandboxNow())
    tellMoved(state, came)
    return came.filter(({ how }) => how === 'activated')
  })
  return Response.json({ activated: risen.map(({ seal }) => seal.delivery ?? null) })
}

/** The title is entered: what was a pre-seal is a seal from now on, with the same queue and term (预查封转查封). */
async function convert(order: unknown): Promise<Response> {
  const { unit: unitCode } = priorOrder.parse(order)
  const unit = unitNamed(unitCode)
  if (!unit) return no(404, 'unknown-unit')
  await books.change((state) => tellConverted(state, unit))
  return Response.json({ kind: 'noted' })
}

/** Its seals are looked at as of a later day: what has run out by then is gone, and what waits comes to hold. */
async function expire(order: unknown): Promise<Response> {
  const { unit: name, at } = priorOrder.parse(order)
  const unit = unitNamed(name)
  if (!unit) return no(404, 'unknown-unit')
  await books.change((state) => tellMoved(state, settleQueue(unit, at ? new Date(at) : sandboxNow())))
  return Response.json({ kind: 'noted' })
}

/** The tax of the conveyance that was served for this unit is paid. */
async function taxPaid(order: unknown): Promise<Response> {
  await office.taxPaid(unitNamed(priorOrder.parse(order).unit)?.conveying)
  return Response.json({ kind: 'noted' })
}

const keyOrder = z.object({ kid: z.string(), nonce: z.string().optional() })

/** Whoever keeps the bureau's keys goes over to another, or proves one to the gateway. */
async function turnKey(order: unknown): Promise<Response> {
  const { kid, nonce } = keyOrder.parse(order)
  if (nonce !== undefined) return Response.json(await office.prove(kid, nonce))
  await office.keys.goOverTo(kid)
  return Response.json({ kind: 'noted' })
}

const capabilities = {
  assetClasses: ['land', 'real-estate', 'equity'],
  measures: ['inquire', 'freeze', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
  hours: '00:00-24:00',
}

await startSandbox({
  ...options,
  books,
  introduction: { code: options.code, mode: options.mode, keys: office.keys.published() },
  handle: async (request) => {
    const call = `${request.method} ${new URL(request.url).pathname}`
    if (call === `POST ${registryPaths.requests}`) return bring(await request.text())
    if (call === `POST ${registryPaths.status}`) return status(await request.text())
    if (call === `POST ${registryPaths.withdrawals}`) return withdraw(await request.text())
    if (call === 'GET /capabilities') return Response.json(capabilities)
    if (call === 'POST /sandbox/release-prior') return releasePrior(await request.json())
    if (call === 'POST /sandbox/new-key') return Response.json(await office.keys.make())
    if (call === 'POST /sandbox/key') return turnKey(await request.json())
    if (call === 'POST /sandbox/expire') return expire(await request.json())
    if (call === 'POST /sandbox/tax-paid') return taxPaid(await request.json())
    if (call === 'POST /sandbox/convert' || call === 'POST /sandbox/grant-title') return convert(await request.json())
    return no(404, 'no-such-path')
  },
})
office.open()
