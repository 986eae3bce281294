import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { askControl } from './control.ts'
import type { Outcome } from './office.ts'

/**
 * `writ`: asks the running gateway through its control socket; when none runs, opens the same keys and database for the
 * length of one command. Each way is loaded when it is taken: most commands only have to reach the socket.
 */
async function writ(args: readonly string[]): Promise<Outcome> {
  const [name = 'help', ...rest] = args
  if (name === 'help' || name === '--help') return { exitCode: 0, lines: (await import('./commands.ts')).help() }
  if (name === 'verify') return (await import('./verify.ts')).verify(rest)
  if (name === 'config') return (await import('./config-check.ts')).configCheck(rest)
  const config = readConfig()
  // A secret comes in by standard input and never as an argument, which every user of the machine can read.
  const input = args.includes('--stdin') ? readFileSync(0, 'utf8') : undefined
  const typed = { cwd: process.cwd(), ...(input !== undefined && { input }) }
  const asked = await askControl(join(config.dataDir, 'control.sock'), args, typed)
  return asked ?? (await import('./alone.ts')).runAlone(config, args, typed)
}

// `writ … | head` has seen enough and closes: that is no fault.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? 0 : 2))

try {
  const { exitCode, lines } = await writ(process.argv.slice(2))
  const out = exitCode === 0 ? process.stdout : process.stderr
  for (const line of lines) out.write(`${line}\n`)
  process.exitCode = exitCode
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 2
}
