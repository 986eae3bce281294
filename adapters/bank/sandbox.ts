import { z } from 'zod'
import { openBooks, readSandboxOptions, sandboxNow, sandboxOptions, setSandboxClock, startSandbox } from '../sandbox.ts'
import { emptyBankBooks } from './sandbox-books.ts'
import { openLine } from './sandbox-line.ts'
import { round } from './sandbox-round.ts'
import { fen, firstVault } from './sandbox-vault.ts'

/**
 * The banks themselves, for demo and test: one process, several banks, each polling the gateway with its own login.
 * Money, freezes and every request ever taken in are in the books file and outlive the process.
 */
const options = await readSandboxOptions(
  process.argv.slice(2),
  sandboxOptions.extend({
    /** The gateway's origin; the banks add `/adapters/<code>/ws`. */
    gateway: z.url(),
    banks: z.array(z.object({ code: z.string().regex(/^\d{12}$/), user: z.string(), password: z.string() })).min(1),
    pollMs: z.int().min(20).default(1000),
    /** How long a transfer waits for a person at the bank; a release on the same freeze waits with it. */
    transferMs: z.int().min(0).default(2000),
  }),
)
if (options.at) setSandboxClock(options.at)

const books = openBooks(options.books, emptyBankBooks)
await books.change(({ vaults }) => {
  for (const { code } of options.banks) vaults[code] ??= firstVault(code, sandboxNow())
})

const creditOrder = z.object({ bank: z.string(), account: z.string(), amount: z.string().regex(/^\d{1,12}\.\d{2}$/) })

/** Money comes in: `POST /sandbox/credit {bank, account, amount}`. Whose freeze waits for it has it by the next round. */
async function credit(order: unknown): Promise<Response> {
  const { bank, account, amount } = creditOrder.parse(order)
  const known = books.read().vaults[bank]?.accounts.some((one) => one.account === account)
  if (!known) return new Response('no such account', { status: 404 })
  await books.change(({ vaults }) => {
    for (const one of vaults[bank]?.accounts ?? []) if (one.account === account) one.balance += fen(amount)
  })
  return Response.json({ kind: 'noted' })
}

const { origin } = await startSandbox({
  handle: async (request) =>
    `${request.method} ${new URL(request.url).pathname}` === 'POST /sandbox/credit'
      ? credit(await request.json())
      : new Response(null, { status: 204 }),
  books,
  host: options.host,
  port: options.port,
})

for (const login of options.banks) {
  const bank = { code: login.code, line: openLine(options.gateway, login), books, pace: options }
  void poll(() => round(bank))
}

/** Round after round, one at a time; what breaks one round is told and does not end the bank. */
async function poll(go: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      if (await isOpen()) await go()
    } catch (cause) {
      process.stderr.write(`bank sandbox: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
    }
    await new Promise((resolve) => setTimeout(resolve, options.pollMs))
  }
}

/** Whether the bank was told to be away (`unavailableForMs`) is known at its own front door. */
async function isOpen(): Promise<boolean> {
  const { status } = await fetch(origin)
  return status !== 503
}

// Started as a child with a channel, it ends with its parent, however that ends.
process.once('disconnect', () => process.exit(0))
